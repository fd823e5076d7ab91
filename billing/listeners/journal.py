"""The events that a part of the journal tells: what was issued, what came in, what is paid by now, what went back."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from billing.credits.tables import CreditNote
from billing.db import Work, table_of
from billing.invoices.tables import Invoice
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.ledger.tables import JournalEntry, Posting
from billing.listeners.events import Event, EventType

_RECEIVABLE = LedgerAccount.RECEIVABLE.value
# Kinds of entries by which an invoice is owed again, because money went back or was another's.
_RETURNS = (EntryKind.MONEY_RETURNED.value, EntryKind.MATCH_UNDONE.value)
_E, _P, _I, _C = (table_of(table).c for table in (JournalEntry, Posting, Invoice, CreditNote))
_POSTED = (
    select(
        _E.id, _E.kind, _E.source_key, _E.booked_at, _P.ledger_account, _P.account_id, _P.invoice_id, _P.payment_id,
        _P.cents,
    )
    .join_from(table_of(JournalEntry), table_of(Posting), _E.id == _P.entry_id)
    .where(_P.account_id.is_not(None))
    .order_by(_E.id, _P.id)
)  # fmt: skip


def events(work: Work, after: int, until: int) -> list[Event]:
    """The events of the entries after one id and up to another, in their order."""
    postings = work.plain(_POSTED.where(_E.id > after, _E.id <= until)).all()
    invoices = _invoices(work, {row.invoice_id for row in postings if row.invoice_id is not None})
    # What an entry tells by itself comes before what has become of an invoice by it.
    found = [*_told(work, postings, invoices), *_paid(work, postings, invoices)]
    return [event for _, event in sorted(found, key=lambda pair: pair[0])]


def _told(work: Work, postings: Sequence[Any], invoices: dict[int, Any]) -> Iterator[tuple[int, Event]]:
    notes = _notes(work, {row.source_key for row in postings if row.kind == EntryKind.CREDIT_NOTE_ISSUED})
    for row in postings:
        of_invoice = row.invoice_id is not None and row.ledger_account == _RECEIVABLE
        if row.kind == EntryKind.INVOICE_ISSUED and of_invoice:
            yield row.id, _of_invoice(row, invoices, EventType.INVOICE_ISSUED, str(row.invoice_id))
        elif row.kind in _RETURNS and of_invoice and row.cents > 0:
            yield row.id, _of_invoice(row, invoices, EventType.INVOICE_RETURNED, f"{row.id}:{row.invoice_id}")
        elif row.kind == EntryKind.CREDIT_NOTE_ISSUED and row.source_key in notes:
            yield row.id, _of_note(row, notes.pop(row.source_key))
        elif row.kind == EntryKind.PAYMENT_RECEIVED and row.payment_id is not None and row.cents < 0:
            yield row.id, _event(row, EventType.PAYMENT_SUCCEEDED, f"{row.id}:{row.payment_id}", id=row.payment_id)


def _paid(work: Work, postings: Sequence[Any], invoices: dict[int, Any]) -> Iterator[tuple[int, Event]]:
    """Invoices on which nothing is open now, once for each time that they became so."""
    last = {row.invoice_id: row for row in postings if row.ledger_account == _RECEIVABLE and row.cents < 0}
    settled = [invoice_id for invoice_id in last if invoices[invoice_id].settled_on is not None]
    returns = _returns(work, settled)
    for invoice_id in settled:
        row = last[invoice_id]
        key = f"{invoice_id}:{returns.get(invoice_id, 0)}"
        yield row.id, _of_invoice(row, invoices, EventType.INVOICE_PAID, key)


def _of_invoice(row: Any, invoices: dict[int, Any], kind: EventType, key: str) -> Event:
    return _event(row, kind, key, id=row.invoice_id, number=invoices[row.invoice_id].number)


def _of_note(row: Any, note: Any) -> Event:
    kind = EventType.CREDIT_NOTE_ISSUED
    return _event(row, kind, str(note.id), id=note.id, number=note.number, invoice_id=note.invoice_id)


def _event(row: Any, kind: EventType, key: str, **data: Any) -> Event:
    return Event(f"{kind.value}:{key}", kind, row.account_id, row.booked_at, data)


def _invoices(work: Work, ids: set[int]) -> dict[int, Any]:
    found = select(_I.id, _I.number, _I.settled_on).where(_I.id.in_(ids))
    return {row.id: row for row in work.plain(found)}


def _notes(work: Work, source_keys: set[str]) -> dict[str, Any]:
    ids = [int(key.partition(":")[2]) for key in source_keys]
    found = select(_C.id, _C.number, _C.invoice_id).where(_C.id.in_(ids))
    return {f"credit_note:{row.id}": row for row in work.plain(found)}


def _returns(work: Work, invoice_ids: Sequence[int]) -> dict[int, int]:
    """How often each of these invoices was owed again."""
    again = (
        select(_P.invoice_id, _P.entry_id)
        .join_from(table_of(Posting), table_of(JournalEntry), _E.id == _P.entry_id)
        .where(_P.invoice_id.in_(invoice_ids), _E.kind.in_(_RETURNS))
        .where(_P.ledger_account == _RECEIVABLE, _P.cents > 0)
        .distinct()
    )
    counts: dict[int, int] = {}
    for row in work.plain(again):
        counts[row.invoice_id] = counts.get(row.invoice_id, 0) + 1
    return counts
