"""Writing to the journal: the one way in."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert
from sqlmodel import col, func, select

from billing.db import Work, table_of
from billing.ledger.rules import EntryKind, LedgerAccount, Line, balanced
from billing.ledger.tables import JournalEntry, Posting

ROWS_PER_STATEMENT = 900


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
    """Insert the postings of entries; each statement holds whole entries, because each has to balance by itself."""
    page: list[dict[str, Any]] = []
    for postings in entries:
        if len(page) + len(postings) > ROWS_PER_STATEMENT:
            _write_page(work, page)
            page = []
        page += postings
    _write_page(work, page)


def balance(work: Work, ledger_account: LedgerAccount, **references: int) -> int:
    """Sum of an account's postings in cents, for example of one payment or one customer."""
    work.flush()
    statement = select(func.coalesce(func.sum(col(Posting.cents)), 0)).where(
        Posting.ledger_account == ledger_account.value,
        *(getattr(Posting, name) == value for name, value in references.items()),
    )
    return int(work.session.exec(statement).one())


def _write_entries(work: Work, rows: list[dict[str, Any]]) -> None:
    work.session.execute(insert(table_of(JournalEntry)), rows)


def _write_page(work: Work, rows: list[dict[str, Any]]) -> None:
    table = table_of(Posting)
    statement: Any = insert(table)
    if work.on_postgresql:
        # RETURNING makes SQLAlchemy send one statement with many rows instead of many statements.
        statement = statement.returning(table.c.id)
    if rows:
        work.session.execute(statement, rows)
