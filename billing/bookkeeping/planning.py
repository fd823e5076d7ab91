"""What has to be handed over: read from the journal, which tells of every document and of all that settles it.

Nothing has to be asked for when a document is issued, so that no bookkeeping is ever in the way of money, and none that
is not connected leaves anything waiting.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Integer, String, bindparam, case, cast, func, literal, null, select, union_all
from sqlalchemy.dialects import postgresql, sqlite

from billing.bookkeeping import entries
from billing.bookkeeping.tables import BookEntry, BookLink, DocumentKind, EntryState
from billing.clock import local_day
from billing.credits.tables import CreditNote
from billing.db import Work, table_of
from billing.inserting import insert_rows
from billing.invoices.tables import Invoice
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.ledger.tables import JournalEntry, Posting

WINDOW = 2_000
# No transaction takes as long as this: an entry older than it has none before it that could still appear.
LATE = timedelta(minutes=15)

_E, _P, _I, _C = (table_of(table).c for table in (JournalEntry, Posting, Invoice, CreditNote))
_IN_WINDOW = (_E.id > bindparam("after"), _E.id <= bindparam("until"))
_INVOICES = (
    select(
        literal(DocumentKind.INVOICE.value).label("kind"), _I.id.label("invoice_id"),
        cast(null(), Integer).label("credit_note_id"), _I.account_id, _I.number, func.max(_E.id).label("journal_id"),
    )
    .join_from(table_of(Posting), table_of(JournalEntry), _E.id == _P.entry_id)
    .join(table_of(Invoice), _I.id == _P.invoice_id)
    .where(*_IN_WINDOW, _P.ledger_account == LedgerAccount.RECEIVABLE.value, _I.issued_on >= bindparam("since"))
    .group_by(_I.id, _I.account_id, _I.number)
)  # fmt: skip
_NOTES = (
    select(
        literal(DocumentKind.CREDIT_NOTE.value), cast(null(), Integer), _C.id, _C.account_id, _C.number, _E.id
    )
    .join_from(table_of(JournalEntry), table_of(CreditNote), _E.source_key == "credit_note:" + cast(_C.id, String))
    .where(*_IN_WINDOW, _E.kind == EntryKind.CREDIT_NOTE_ISSUED.value, _C.issued_on >= bindparam("since"))
)  # fmt: skip
_DOCUMENTS = union_all(_INVOICES, _NOTES)


def plan(work: Work, administration: str, since: date | None) -> int:
    """Have every document wait that the journal says something new about; returns how much there was to look at.

    since: hand over what was issued from this day on; an earlier day than before brings in the older ones, a later one
    changes nothing. None: from the day on which the administration is seen for the first time.
    """
    link = _link(work, administration, since)
    until = _end_of_window(work, link.planned_through)
    if until is None:
        return 0
    found = work.plain(_DOCUMENTS, after=link.planned_through, until=until, since=link.since).mappings().all()
    changed = _have_wait(work, administration, [dict(row) for row in found])
    changed += _have_wait(work, administration, entries.to_hand_over(work, link, until))
    return changed + _move_on(work, link, until)


def _link(work: Work, administration: str, since: date | None) -> BookLink:
    link = work.session.get(BookLink, administration) or _first_link(work, administration, since or local_day(work.now))
    if since is not None and since < link.since:
        link.since, link.planned_through = since, 0
    work.session.add(link)
    work.session.flush()
    return link


def _first_link(work: Work, administration: str, since: date) -> BookLink:
    """Connect an administration, unless another worker does so at this very moment."""
    row = {"administration": administration, "since": since, "began": since, "planned_through": 0, "trouble": ""}
    insert_rows(work, BookLink, [row], unless_there="administration")
    return work.session.get_one(BookLink, administration)


def _end_of_window(work: Work, after: int) -> int | None:
    ids = select(_E.id).where(_E.id > after).order_by(_E.id).limit(WINDOW).subquery()
    last: int | None = work.session.scalar(select(func.max(ids.c.id)))
    return last


def _move_on(work: Work, link: BookLink, until: int) -> int:
    """Look no more at what is old enough; what is younger is looked at again, which changes nothing."""
    old = select(func.max(_E.id)).where(_E.id <= until, _E.id > link.planned_through, _E.booked_at < work.now - LATE)
    through = work.session.scalar(old) or link.planned_through
    moved, link.planned_through = through - link.planned_through, through
    work.session.add(link)
    return moved


def _have_wait(work: Work, administration: str, documents: list[dict[str, Any]]) -> int:
    if not documents:
        return 0
    table = table_of(BookEntry)
    # One that waits keeps its time: it may be in somebody's hands, or have been told to come back later. And it keeps
    # its tries: as long as nobody knows how one of them ended, what it may have made is looked for.
    due_at = case((table.c.state == EntryState.WAITING.value, table.c.due_at), else_=work.now)
    again = {"state": EntryState.WAITING.value, "due_at": due_at, "last_error": ""}
    insert = (postgresql.insert if work.on_postgresql else sqlite.insert)(table)
    first = {
        "administration": administration, "has_file": False, "foreign_cents": 0, "heard_version": 0, "tries": 0,
        **again, "due_at": work.now,
    }  # fmt: skip
    statement = insert.on_conflict_do_update(
        index_elements=["administration", "number"], set_={**again, "journal_id": insert.excluded.journal_id},
        where=table.c.journal_id < insert.excluded.journal_id,
    ).returning(table.c.id)  # fmt: skip
    return sum(
        len(work.session.execute(statement.values([{**first, **row} for row in documents[start : start + 200]])).all())
        for start in range(0, len(documents), 200)
    )
