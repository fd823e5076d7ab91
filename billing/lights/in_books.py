"""What payments settle, document by document, as it should stand in the bookkeeping and as it was seen there."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import col, func, select

from billing.bookkeeping.tables import BookEntry, BookLink, EntryState
from billing.db import Work
from billing.invoices.tables import Invoice
from billing.ledger.rules import LedgerAccount
from billing.ledger.tables import Posting
from billing.lights import rules
from billing.lights.rules import Found, InBooks
from billing.lights.tables import BookSeen


@dataclass(frozen=True)
class Settled:
    """What a payment settles. numbers: its invoices. entry_ids: of those that the bookkeeping knows."""

    numbers: tuple[str, ...]
    entry_ids: tuple[int, ...]
    found: Found


NOTHING = Settled((), (), rules.NOTHING)


def of_payments(work: Work, administration: str, payment_ids: Collection[int]) -> dict[int, Settled]:
    """By payment. What is on no invoice any more, such as credits made of it, is no part of it."""
    link = work.session.get(BookLink, administration) if administration else None
    owed = (
        select(Posting.payment_id, Invoice, func.sum(-col(Posting.cents)), func.max(Posting.entry_id))
        .join(Invoice, col(Invoice.id) == col(Posting.invoice_id))
        .where(col(Posting.payment_id).in_(payment_ids), Posting.ledger_account == LedgerAccount.RECEIVABLE.value)
        .group_by(col(Posting.payment_id), col(Invoice.id))
        .order_by(col(Invoice.due_on), col(Invoice.id))
    )
    rows = [
        (payment_id or 0, invoice, int(cents), int(newest))
        for payment_id, invoice, cents, newest in work.session.exec(owed)
    ]
    entries = _entries(work, administration, {invoice.id or 0 for _, invoice, _, _ in rows})
    by_payment: dict[int, list[tuple[Invoice, InBooks | None, int]]] = {}
    for payment_id, invoice, cents, newest in rows:
        known = link is not None and (invoice.issued_on or link.since) >= link.since
        entry, seen = entries.get(invoice.id or 0, (None, None))
        there = _there(payment_id, invoice.number or "", cents, newest, entry, seen) if known else None
        by_payment.setdefault(payment_id, []).append((invoice, there, entry.id or 0 if entry else 0))
    return {payment_id: _settled(found) for payment_id, found in by_payment.items()}


def _settled(found: list[tuple[Invoice, InBooks | None, int]]) -> Settled:
    return Settled(
        tuple(invoice.number or "" for invoice, _, _ in found),
        tuple(entry_id for _, _, entry_id in found if entry_id),
        rules.books([there for _, there, _ in found if there is not None]),
    )


def _there(
    payment_id: int, number: str, cents: int, newest: int, entry: BookEntry | None, seen: BookSeen | None
) -> InBooks:
    """newest: the last entry of the journal about this payment on this document."""
    if entry is None or (entry.journal_id < newest and entry.state == EntryState.HANDED_OVER):
        # It is planned from the journal, which takes a moment.
        return InBooks(number, cents, EntryState.WAITING.value)
    if seen is None or entry.handed_over_at is None or seen.seen_at < entry.handed_over_at:
        return InBooks(number, cents, entry.state, entry.last_error)
    amounts = tuple(seen.settlements.get(f"payment:{payment_id}", ()))
    return InBooks(number, cents, entry.state, entry.last_error, seen.documents, amounts)


def _entries(
    work: Work, administration: str, invoice_ids: Collection[int]
) -> dict[int, tuple[BookEntry, BookSeen | None]]:
    statement = (
        select(BookEntry, BookSeen)
        .join(BookSeen, col(BookSeen.entry_id) == col(BookEntry.id), isouter=True)
        .where(BookEntry.administration == administration, col(BookEntry.invoice_id).in_(invoice_ids))
    )
    return {entry.invoice_id or 0: (entry, seen) for entry, seen in work.session.exec(statement)}
