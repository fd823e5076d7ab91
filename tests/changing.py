"""Cancelling, downgrading and upgrading for tests, on the shop of `tests.factories`."""

from datetime import date
from typing import Any

from billing.access import Actor
from billing.changes import service as changes
from billing.changes.planning import Asked
from billing.changes.service import ConfirmChange, Preview
from billing.changes.tables import ChangePreview
from billing.clock import local_day
from billing.credits.tables import CreditNote
from billing.invoices.tables import Invoice
from tests.factories import SELLER, Shop
from tests.renewals import product, run, service


def half_used(shop: Shop, owner: Actor, account_id: int) -> int:
    """A service of € 73 a year that began 265 days ago and is paid; 100 of 365 days are left."""
    shop.clock.advance(days=-265)
    started = service(shop, account_id, local_day(shop.clock.now()), product(shop, "73.00", months=12))
    run(shop)
    shop.pay(owner, shop.one(Invoice).number or "")
    shop.clock.advance(days=265)
    return started


def paid_of(shop: Shop, account: int, owner: Actor, **other: Any) -> int:
    """A paid service of € 120 a year that began today."""
    started = service(shop, account, local_day(shop.clock.now()), product(shop, "120.00", months=12, **other))
    number = shop.one(Invoice, run_id=run(shop).run_id).number or ""
    shop.pay(owner, number)
    return started


def preview(
    shop: Shop, actor: Actor, account_id: int, service_id: int, on: date, product_id: int | None = None,
    also: tuple[int, ...] = (),
) -> Preview:  # fmt: skip
    """What it would come to."""
    return shop.do(changes.preview, actor, account_id, Asked(service_id, on, product_id, also))


def command(account_id: int, shown: Preview) -> ConfirmChange:
    """A yes to it."""
    return ConfirmChange(account_id, shown.preview_id, shown.hash, SELLER)


def confirm(shop: Shop, actor: Actor, account_id: int, shown: Preview) -> None:
    """Say yes, right after a proof of identity."""
    shop.do(changes.confirm, shop.proven(actor), command(account_id, shown))


def change(
    shop: Shop, actor: Actor, account_id: int, service_id: int, on: date, product_id: int | None = None,
    also: tuple[int, ...] = (),
) -> Preview:  # fmt: skip
    """Look, and say yes; what came of it must equal what was shown."""
    shown = preview(shop, actor, account_id, service_id, on, product_id, also)
    notes, invoices = len(shop.all(CreditNote)), len(shop.all(Invoice))
    confirm(shop, actor, account_id, shown)
    made = shop.all(CreditNote)[notes:]
    assert [(n.invoice_id, n.net_cents, n.total_cents, n.offset_cents, n.credit_cents) for n in made] == [
        (n.invoice_id, n.net_cents, n.total_cents, n.offset_cents, n.credit_cents) for n in shown.plan.notes
    ]
    bill = [(i.total_cents, i.credits_cents, i.open_cents) for i in shop.all(Invoice)[invoices:]]
    assert bill == ([(b.total_cents, b.credits_cents, b.open_cents)] if (b := shown.plan.bill) else [])
    assert shop.one(ChangePreview, id=shown.preview_id).used_at is not None
    return shown
