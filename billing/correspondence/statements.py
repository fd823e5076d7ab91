"""The account statement of a customer, read from the journal: whatever moved what it owes or has to spend.

What only changes places within that (credits that pay an invoice, money that is kept, set apart, or carried forward)
moves nothing, and is no row.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Row, String, and_, bindparam, cast, func, select

from billing import access
from billing.access import Actor, Permission
from billing.accounts.tables import Account
from billing.clock import local_day
from billing.correspondence.periods import LONGEST, Period
from billing.credits.tables import CreditNote
from billing.db import Work, table_of
from billing.errors import PeriodRefused
from billing.invoices.tables import Invoice
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.ledger.tables import JournalEntry, Posting
from billing.ports import AccountStatement, MoveKind, Party, StatementRow

OF_CUSTOMER = tuple(
    account.value
    for account in (
        LedgerAccount.RECEIVABLE, LedgerAccount.CARRIED_FORWARD, LedgerAccount.CUSTOMER_CREDIT,
        LedgerAccount.UNALLOCATED, LedgerAccount.PAYOUT,
    )
)  # fmt: skip
_KINDS = {
    EntryKind.INVOICE_ISSUED: MoveKind.INVOICE,
    EntryKind.CREDIT_NOTE_ISSUED: MoveKind.CREDIT_NOTE,
    EntryKind.PAYMENT_RECEIVED: MoveKind.PAYMENT,
    EntryKind.MONEY_RETURNED: MoveKind.RETURNED,
    EntryKind.CREDITS_GIVEN: MoveKind.GIFT,
    EntryKind.MATCH_UNDONE: MoveKind.UNMATCHED,
}

_E, _P, _I, _C = (table_of(table).c for table in (JournalEntry, Posting, Invoice, CreditNote))
_OF_ACCOUNT = and_(_P.account_id == bindparam("account_id"), _P.ledger_account.in_(OF_CUSTOMER))
_OPENING = (
    select(func.coalesce(func.sum(_P.cents), 0))
    .join_from(table_of(Posting), table_of(JournalEntry), _E.id == _P.entry_id)
    .where(_OF_ACCOUNT, _E.occurred_on < bindparam("first"))
)
_OF_NOTE = and_(
    _E.kind == EntryKind.CREDIT_NOTE_ISSUED.value, _E.source_key == "credit_note:" + cast(_C.id, String)
)  # fmt: skip
_MOVES = (
    select(_E.id, _E.kind, _E.occurred_on, _P.ledger_account, _P.cents, _I.number, _C.number.label("note"))
    .join_from(table_of(Posting), table_of(JournalEntry), _E.id == _P.entry_id)
    .outerjoin(table_of(Invoice), _I.id == _P.invoice_id)
    .outerjoin(table_of(CreditNote), _OF_NOTE)
    .where(_OF_ACCOUNT, _E.occurred_on.between(bindparam("first"), bindparam("last")))
    .order_by(_E.occurred_on, _E.id, _P.id)
)


def account_statement(work: Work, actor: Actor, account_id: int, period: Period, seller: Party) -> AccountStatement:
    """How an account stood, and what happened, in a period. Raises NotFound, NotAllowed, PeriodRefused."""
    allowed = access.require(work, actor, Permission.INVOICES_VIEW, account_id)
    if period.first > period.last:
        raise PeriodRefused(reason="order")
    if period.last - period.first >= LONGEST:
        raise PeriodRefused(reason="long")
    days = {"first": period.first, "last": min(period.last, local_day(work.now) + timedelta(days=1))}
    opening = int(work.plain(_OPENING, account_id=allowed, first=period.first).scalar_one())
    rows = tuple(_rows(work.plain(_MOVES, account_id=allowed, **days), opening))
    return AccountStatement(
        seller=seller, buyer=_party(work.session.get_one(Account, allowed)), first=period.first, last=period.last,
        made_on=local_day(work.now), opening_cents=opening, rows=rows,
        closing_cents=rows[-1].balance_cents if rows else opening,
    )  # fmt: skip


def _rows(postings: Iterable[Row[Any]], balance_cents: int) -> Iterator[StatementRow]:
    for _, of_entry in groupby(postings, key=lambda row: row.id):
        moved = list(of_entry)
        cents = sum(row.cents for row in moved)
        if cents:
            balance_cents += cents
            yield StatementRow(moved[0].occurred_on, _kind(moved), _documents(moved), cents, balance_cents)


def _kind(moved: list[Row[Any]]) -> MoveKind:
    if any(row.ledger_account == LedgerAccount.PAYOUT for row in moved):
        return MoveKind.PAID_OUT
    return _KINDS.get(EntryKind(moved[0].kind), MoveKind.OTHER)


def _documents(moved: list[Row[Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.note or row.number for row in moved if row.note or row.number))


def _party(account: Account) -> Party:
    return Party(
        name=account.name, attention=account.attention, street=account.street, postal_code=account.postal_code,
        city=account.city, country=account.country, vat_number=account.vat_number,
    )  # fmt: skip
