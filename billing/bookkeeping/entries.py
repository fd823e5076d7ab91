"""Entries of the journal that no document is about, or what is left of them beside the documents that they are about.

A document there is settled against a contra account. One from before the bookkeeping was connected is not there, and
what happens to it stands over against an account for all of those (Contra.EARLIER). What an entry moves otherwise (what
was too much, kept, given, on its way, paid out or held back as a fee) is an entry of its own there, so that every
account comes to what it does here.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from billing.bookkeeping.documents import CONTRA, began, contra
from billing.bookkeeping.export.chart import event
from billing.bookkeeping.tables import BookEntry, BookLink, DocumentKind
from billing.db import Work, table_of
from billing.errors import ProviderRefused
from billing.invoices.tables import Invoice
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.ledger.tables import JournalEntry, Posting
from billing.payments.tables import Payment
from billing.ports import BookJournal, BookMove, Contra

CONTRAS: Mapping[str, Contra] = {
    LedgerAccount.GATEWAY_CLEARING: Contra.PAYMENTS, LedgerAccount.BANK: Contra.BANK,
    LedgerAccount.CUSTOMER_CREDIT: Contra.CREDITS, LedgerAccount.CARRIED_FORWARD: Contra.CARRIED,
    LedgerAccount.UNALLOCATED: Contra.UNALLOCATED, LedgerAccount.PAYOUT: Contra.PAYOUT,
    LedgerAccount.GOODWILL: Contra.GOODWILL, LedgerAccount.GATEWAY_FEES: Contra.FEES,
    LedgerAccount.BANK_OTHER: Contra.BANK_OTHER, LedgerAccount.BAD_DEBT: Contra.BAD_DEBT,
}  # fmt: skip

_E, _P, _PAID, _I = (table_of(table).c for table in (JournalEntry, Posting, Payment, Invoice))
# Documents tell of these as a whole.
_TOLD = (EntryKind.INVOICE_ISSUED.value, EntryKind.CREDIT_NOTE_ISSUED.value)
_POSTINGS: Select[Any] = (
    select(_E.id, _E.kind, _E.occurred_on, _P.ledger_account, _P.cents, CONTRA.label("contra"), _I.issued_on)
    .join_from(table_of(Posting), table_of(JournalEntry), _E.id == _P.entry_id)
    .outerjoin(table_of(Payment), _PAID.id == _P.payment_id)
    .outerjoin(table_of(Invoice), _I.id == _P.invoice_id)
    .where(_E.kind.not_in(_TOLD))
    .order_by(_E.id, _P.id)
)
_WINDOW = _POSTINGS.where(
    _E.id > bindparam("after"), _E.id <= bindparam("until"), _E.occurred_on >= bindparam("since")
)  # fmt: skip
_ONE = _POSTINGS.where(_E.id == bindparam("entry_id"))


def to_hand_over(work: Work, link: BookLink, until: int) -> list[dict[str, Any]]:
    """Entries of the next window of the journal with something that no document tells of, as rows that wait."""
    postings = work.plain(_WINDOW, after=link.planned_through, until=until, since=link.since)
    return [
        {
            "kind": DocumentKind.JOURNAL.value, "invoice_id": None, "credit_note_id": None, "account_id": None,
            "number": f"J{entry_id}", "journal_id": entry_id, "has_file": True,
        }
        for entry_id, rows in groupby(postings, key=lambda row: row.id)
        if _left(rows, link.began)
    ]  # fmt: skip


def journal(work: Work, entry: BookEntry) -> BookJournal:
    """An entry as it should stand there. Raises ProviderRefused for an account that has none there."""
    rows = work.plain(_ONE, entry_id=entry.journal_id).all()
    left = _left(rows, began(work, entry.administration))
    unknown = [name for name in left if name not in list(Contra)]
    if unknown:
        raise ProviderRefused(reason=f"no_ledger: {unknown[0]}")
    moves = tuple(BookMove(Contra(name), cents) for name, cents in left.items())
    return BookJournal(entry.number, rows[0].occurred_on, event(rows[0].kind), moves)


def _left(rows: Iterable[Row[Any]], began: date) -> dict[str, int]:
    """What an entry moves besides what settles documents, by contra account (or our own name of one without)."""
    sums: dict[str, int] = {}
    for name, cents in _moves(rows, began):
        sums[name] = sums.get(name, 0) + cents
    return {name: cents for name, cents in sums.items() if cents}


def _moves(rows: Iterable[Row[Any]], began: date) -> Iterator[tuple[str, int]]:
    for row in rows:
        if row.ledger_account == LedgerAccount.RECEIVABLE:
            # What settles a document is booked with it, against this account.
            yield contra(row.contra, row.issued_on, began), row.cents
        else:
            yield CONTRAS.get(row.ledger_account, row.ledger_account), row.cents
