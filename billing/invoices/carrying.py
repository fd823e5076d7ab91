"""Small rests: what is left of a partly settled invoice and too little to ask for goes on to the account's next one.

The invoice then counts as settled; the rest is still owed, and stands on the next invoice as a row of its own below the
total, because its VAT was invoiced before. The caller has locked the account.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, select, update

from billing.clock import local_day
from billing.db import Work, table_of
from billing.inserting import insert_rows
from billing.invoices.tables import CarryForward, CarryState
from billing.ledger import rules
from billing.ledger import service as ledger
from billing.ledger.rules import EntryKind
from billing.settlement import is_small_rest

_TABLE = table_of(CarryForward)
_C = _TABLE.c
_WAITING = select(_C.id, _C.account_id, _C.cents).where(_C.state == CarryState.WAITING.value)
_OF_ACCOUNTS = _WAITING.where(_C.account_id.in_(bindparam("accounts", expanding=True))).order_by(_C.id)
_OF_INVOICE = _WAITING.where(_C.from_invoice_id == bindparam("invoice_id")).order_by(_C.id)
_MOVE = (
    update(_TABLE)
    .where(_C.id == bindparam("carry"))
    .values(state=bindparam("to"), into_invoice_id=bindparam("into"), into_number=bindparam("number"))
)


def waiting_cents(work: Work, accounts: Sequence[int]) -> dict[int, int]:
    """What the next invoice of each of these accounts will ask for besides its own total; nothing is left out."""
    cents: dict[int, int] = {}
    for rest in work.plain(_OF_ACCOUNTS, accounts=accounts):
        cents[rest.account_id] = cents.get(rest.account_id, 0) + rest.cents
    return cents


def waiting_of(work: Work, invoice_id: int) -> int:
    """What was carried forward of an invoice and has not come to stand on another one yet, in cents."""
    return sum(rest.cents for rest in work.plain(_OF_INVOICE, invoice_id=invoice_id))


def bring(work: Work, invoices: Iterable[tuple[int, int, str]]) -> dict[int, int]:
    """Let new invoices, given as (account, id, number) and one an account, ask for what waits; returns cents by id."""
    new = {account_id: (invoice_id, number) for account_id, invoice_id, number in invoices}
    brought: dict[int, int] = {}
    for rest in work.plain(_OF_ACCOUNTS, accounts=sorted(new)).all():
        invoice_id, number = new[rest.account_id]
        _move(work, rest, CarryState.BROUGHT, onto=invoice_id, into=(invoice_id, number))
        brought[invoice_id] = brought.get(invoice_id, 0) + rest.cents
    return brought


def carry_if_small(
    work: Work, *, account_id: int, invoice_id: int, number: str, open_cents: int, payable_cents: int
) -> int:
    """Carry forward what is left of an invoice when that is too little to ask for; returns it, else 0."""
    if not is_small_rest(open_cents, payable_cents, work.floor_cents):
        return 0
    carry_id = work.next_id("carry_forward")
    lines = rules.carried_forward(account_id=account_id, invoice_id=invoice_id, cents=open_cents)
    ledger.post(work, EntryKind.CARRIED_FORWARD, f"carried:{carry_id}", lines, occurred_on=local_day(work.now))
    work.defer(_write, {
        "id": carry_id, "account_id": account_id, "from_invoice_id": invoice_id, "from_number": number,
        "cents": open_cents, "state": CarryState.WAITING.value, "into_number": "",
    })  # fmt: skip
    return open_cents


def take_back(work: Work, invoice_id: int) -> int:
    """Let an invoice ask again for what still waits of it, before a credit note lowers it; returns the cents."""
    waiting = work.plain(_OF_INVOICE, invoice_id=invoice_id).all()
    for rest in waiting:
        _move(work, rest, CarryState.TAKEN_BACK, onto=invoice_id, into=(None, ""))
    return sum(rest.cents for rest in waiting)


def _move(work: Work, rest: Any, to: CarryState, *, onto: int, into: tuple[int | None, str]) -> None:
    lines = rules.carried_forward(account_id=rest.account_id, invoice_id=onto, cents=rest.cents)
    key = f"{to.value}:{rest.id}"
    ledger.post(work, EntryKind.BROUGHT_FORWARD, key, rules.mirrored(lines), occurred_on=local_day(work.now))
    work.defer(_move_rows, {"carry": rest.id, "to": to.value, "into": into[0], "number": into[1]})


def _write(work: Work, rows: list[dict[str, Any]]) -> None:
    insert_rows(work, CarryForward, rows)


def _move_rows(work: Work, moves: list[dict[str, Any]]) -> None:
    work.session.connection().execute(_MOVE, moves)
