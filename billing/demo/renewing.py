"""Bulk services: for every customer some that are due today, and credits for a third of them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import insert
from sqlmodel import func, select

from billing.access import SYSTEM
from billing.clock import local_day
from billing.credits.tables import CreditLot, LotSource
from billing.db import Work, table_of
from billing.ledger import rules
from billing.ledger import service as ledger
from billing.ledger.rules import EntryKind
from billing.products import service as products
from billing.products.service import AddProduct
from billing.products.tables import Product, ProductKind, Service, ServiceState
from billing.proration import ONE_DAY

RATE = Decimal(21)
CREDITS_EVERY = 3
_KINDS = (
    (ProductKind.HOSTING, "Webhosting", "12.50"), (ProductKind.EMAIL, "E-mail", "3.00"),
    (ProductKind.ADDON, "Back-up", "1.95"),
)  # fmt: skip


def add_products(work: Work, each: int) -> list[int]:
    """Monthly products, as many as each customer will have."""
    since = local_day(work.now).replace(year=2000, day=1)
    others = work.session.exec(select(func.count()).select_from(Product)).one()
    kinds = [_KINDS[place % len(_KINDS)] for place in range(each)]
    added = (
        AddProduct(f"bulk-{others + place}", name, kind, 1, Decimal(price), RATE, since, on_offer=False)
        for place, (kind, name, price) in enumerate(kinds)
    )
    return [
        products.add_product(work, SYSTEM, product) for product in added
    ]  # fmt: skip


def give_services(work: Work, accounts: Sequence[int], product_ids: Sequence[int]) -> None:
    """One service of each product for each account, and every third one credits for a part of the first invoice."""
    today = local_day(work.now)
    rows = [_service(account_id, product_id, today) for account_id in accounts for product_id in product_ids]
    work.session.execute(insert(table_of(Service)), rows)
    lots = [_lot(work, account_id) for account_id in accounts if account_id % CREDITS_EVERY == 0]
    if lots:
        work.session.execute(insert(table_of(CreditLot)), lots)
    for lot in lots:
        lines = rules.credits_given(account_id=lot["account_id"], credit_lot_id=lot["id"], cents=lot["left_cents"])
        ledger.post(work, EntryKind.CREDITS_GIVEN, f"lot:{lot['id']}", lines, occurred_on=today)


def _service(account_id: int, product_id: int, today: date) -> dict[str, Any]:
    return {
        "account_id": account_id, "product_id": product_id, "label": f"klant-{account_id}.test",
        "state": ServiceState.ACTIVE.value, "started_on": today, "anchor_day": today.day,
        "paid_through": today - ONE_DAY,
    }  # fmt: skip


def _lot(work: Work, account_id: int) -> dict[str, Any]:
    cents = 500 + account_id * 37 % 2_000
    return {
        "id": work.next_id("credit_lot"), "account_id": account_id, "source": LotSource.GOODWILL.value, "label": "",
        "reason": "Vooruitbetaald", "original_cents": cents, "left_cents": cents, "created_at": work.now,
    }  # fmt: skip
