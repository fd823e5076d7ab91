"""Writing to the journal: the one way in."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import col, func, select

from billing.db import Work
from billing.inserting import insert_rows
from billing.ledger.rules import EntryKind, LedgerAccount, Line, balanced
from billing.ledger.tables import JournalEntry, Posting


def post(work: Work, kind: EntryKind, source_key: str, lines: Sequence[Line], *, occurred_on: date) -> int:
    """Book one event and return the entry's id.

    The database refuses a second entry with the same source_key. Raises Unbalanced.
    """
    checked = balanced(lines)
    entry_id = work.next_id("journal_entry")
    work.defer(_write_entries, {
        "id": entry_id, "kind": kind.value, "source_key": source_key, "occurred_on": occurred_on, "booked_at": work.now,
    })  # fmt: skip
    work.defer(write_postings, [
        {
            "entry_id": entry_id, "ledger_account": line.ledger_account.value, "cents": line.cents,
            "account_id": line.account_id, "invoice_id": line.invoice_id, "credit_lot_id": line.credit_lot_id,
            "payment_id": line.payment_id,
        }
        for line in checked
    ])  # fmt: skip
    return entry_id


def write_postings(work: Work, entries: list[list[dict[str, Any]]]) -> None:
    """Insert the postings of whole entries, in one statement, because they have to balance."""
    insert_rows(work, Posting, [posting for postings in entries for posting in postings])


def balance(work: Work, ledger_account: LedgerAccount, **references: int) -> int:
    """Sum of an account's postings in cents, for example of one payment or one customer."""
    work.flush()
    statement = select(func.coalesce(func.sum(col(Posting.cents)), 0)).where(
        Posting.ledger_account == ledger_account.value,
        *(getattr(Posting, name) == value for name, value in references.items()),
    )
    return int(work.session.exec(statement).one())


def _write_entries(work: Work, rows: list[dict[str, Any]]) -> None:
    insert_rows(work, JournalEntry, rows)
