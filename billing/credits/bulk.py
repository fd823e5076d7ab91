"""Settling many new invoices with credits in one transaction, as `service.settle_with_credits` does for one."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select, update

from billing.clock import local_day
from billing.credits.tables import CreditLot
from billing.db import Work, table_of
from billing.ledger import rules
from billing.ledger import service as ledger
from billing.ledger.rules import EntryKind
from billing.settlement import allocate
from billing.stops import service as stops

_L = table_of(CreditLot)
_LOTS = (
    select(_L.c.id, _L.c.account_id, _L.c.left_cents)
    .where(_L.c.account_id.in_(bindparam("accounts", expanding=True)), _L.c.left_cents > 0)
    .order_by(_L.c.account_id, _L.c.id)
)
_TAKE = update(_L).where(_L.c.id == bindparam("lot")).values(left_cents=bindparam("left"))


def settle_with_credits(work: Work, invoices: Sequence[dict[str, Any]]) -> int:
    """Use each account's credits, oldest lot first, for its invoice; returns the cents used.

    invoices: rows that are still to be written, one an account, whose accounts are locked.
    """
    lots: dict[int, list[Any]] = {}
    for lot in work.plain(_LOTS, accounts=[invoice["account_id"] for invoice in invoices]):
        lots.setdefault(lot.account_id, []).append(lot)
    taken = [share for invoice in invoices for share in _settle(work, invoice, lots.get(invoice["account_id"], []))]
    if taken:
        work.session.connection().execute(_TAKE, taken)
    return sum(invoice["credits_cents"] for invoice in invoices)


def balances(work: Work, accounts: Sequence[int]) -> dict[int, int]:
    """What each of these accounts has to spend, in cents; those without credits are left out."""
    have: dict[int, int] = {}
    for lot in work.plain(_LOTS, accounts=accounts):
        have[lot.account_id] = have.get(lot.account_id, 0) + lot.left_cents
    return have


def _settle(work: Work, invoice: dict[str, Any], lots: Sequence[Any]) -> list[dict[str, int]]:
    """Book what each lot gives; returns what is left of those that gave something."""
    today = local_day(work.now)
    shares, _ = allocate(invoice["open_cents"], [lot.left_cents for lot in lots])
    given = [(lot, cents) for lot, cents in zip(lots, shares, strict=True) if cents]
    for lot, cents in given:
        lines = rules.credit_applied(
            account_id=lot.account_id, invoice_id=invoice["id"], credit_lot_id=lot.id, cents=cents
        )
        key = f"credit:{lot.id}:{invoice['id']}:{invoice['version']}"
        ledger.post(work, EntryKind.CREDIT_APPLIED, key, lines, occurred_on=today)
    used = sum(shares)
    if used:
        stops.withdraw_for(work, invoice["account_id"])
        # What came back to a lot may settle the same invoice once more, under another key.
        invoice["version"] += 1
    invoice["credits_cents"] += used
    invoice["open_cents"] -= used
    if used and not invoice["open_cents"]:
        invoice["settled_on"] = today
    return [{"lot": lot.id, "left": lot.left_cents - cents} for lot, cents in given]
