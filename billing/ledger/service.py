"""Writing to the journal: the one way in."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import insert
from sqlmodel import col, func, select

from billing.db import Work
from billing.ledger.rules import EntryKind, LedgerAccount, Line, balanced
from billing.ledger.tables import JournalEntry, Posting


def post(work: Work, kind: EntryKind, source_key: str, lines: Sequence[Line], *, occurred_on: date) -> int:
    """Book one event and return the entry's id.

    The database refuses a second entry with the same source_key. Raises Unbalanced.
    """
    checked = balanced(lines)
    entry = JournalEntry(kind=kind.value, source_key=source_key, occurred_on=occurred_on, booked_at=work.now)
    work.session.add(entry)
    work.session.flush()
    rows = [
        {
            "entry_id": entry.id, "ledger_account": line.ledger_account.value, "cents": line.cents,
            "account_id": line.account_id, "invoice_id": line.invoice_id, "credit_lot_id": line.credit_lot_id,
            "payment_id": line.payment_id,
        }
        for line in checked
    ]  # fmt: skip
    work.session.execute(insert(Posting), rows)
    return entry.id or 0


def is_booked(work: Work, source_key: str) -> bool:
    """Whether an event has been booked."""
    return work.session.exec(select(JournalEntry.id).where(JournalEntry.source_key == source_key)).first() is not None


def balance(work: Work, ledger_account: LedgerAccount, **references: int) -> int:
    """Sum of an account's postings in cents, for example of one payment or one customer."""
    statement = select(func.coalesce(func.sum(col(Posting.cents)), 0)).where(
        Posting.ledger_account == ledger_account.value,
        *(getattr(Posting, name) == value for name, value in references.items()),
    )
    return int(work.session.exec(statement).one())
