"""The documents that wait to be handed over: claimed one at a time, closed, put back, or held for a person."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case, exists, or_, update
from sqlalchemy import select as sql_select
from sqlmodel import col

from billing import locks
from billing.bookkeeping.tables import BookContactRow, BookEntry, BookLink, DocumentKind, EntryState
from billing.credits.tables import CreditNote
from billing.db import Work, rows_changed
from billing.errors import NotFound
from billing.invoices.tables import Invoice

# Longer than all calls for one document can take, so that no second worker makes what the first one is just making.
LEASE = timedelta(minutes=15)
RETRY_AFTER = (timedelta(seconds=15), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
# A connection that was refused is tried again now and then: a person may have mended it.
CLOSED_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Placed:
    """A document and where it stands there, as far as known. on: its own date."""

    number: str
    on: date
    remote_id: str


def placed(work: Work, entry_id: int) -> Placed:
    """Where a document stands. Raises NotFound."""
    entry = work.session.get(BookEntry, entry_id)
    if entry is None:
        raise NotFound()
    if entry.invoice_id is not None:
        on = work.session.get_one(Invoice, entry.invoice_id).issued_on
    else:
        on = work.session.get_one(CreditNote, entry.credit_note_id).issued_on
    return Placed(entry.number, on or date.max, entry.remote_id or "")


def any_due(work: Work, administration: str) -> bool:
    """Whether there is something to claim; a look that takes no lock."""
    return work.session.execute(_due(work, administration)).first() is not None


def claim(work: Work, administration: str, only: int | None = None) -> BookEntry | None:
    """Take a document that is due; another worker gets it only when this one has not ended within the lease.

    only: this one and no other.
    """
    due = _due(work, administration)
    if only is not None:
        due = due.where(col(BookEntry.id) == only)
    taken = locks.unclaimed(due).cte("taken")
    claimed = update(BookEntry).where(col(BookEntry.id).in_(sql_select(taken.c.id)))
    # In somebody's hands it has no error: so it is told from what was put back, which may be taken up sooner.
    changes = {"due_at": work.now + LEASE, "tries": BookEntry.tries + 1, "last_error": ""}
    return work.session.scalars(claimed.values(changes).returning(BookEntry)).first()


def has_place(work: Work, entry: BookEntry, remote_id: str) -> None:
    """Note which document there is this one."""
    _change(work, entry, remote_id=remote_id)


def has_file(work: Work, entry: BookEntry) -> None:
    """Note that our PDF is attached."""
    _change(work, entry, has_file=True)


def has_contact(work: Work, entry: BookEntry, remote_id: str, digest: str) -> None:
    """Note which contact there is the customer, and what is known of it."""
    work.session.merge(
        BookContactRow(
            administration=entry.administration, account_id=entry.account_id or 0, remote_id=remote_id, digest=digest
        )
    )


def finish(work: Work, entry: BookEntry, foreign_cents: int) -> None:
    """It stands there as it did here when it was claimed; when the journal has gone on since, it goes again."""
    is_same = col(BookEntry.journal_id) == entry.journal_id
    state = case((is_same, EntryState.HANDED_OVER.value), else_=EntryState.WAITING.value)
    _change(
        work, entry, state=state, handed_over_at=work.now, due_at=work.now, tries=0, last_error="",
        foreign_cents=foreign_cents,
    )  # fmt: skip
    connected = update(BookLink).where(col(BookLink.administration) == entry.administration)
    work.session.execute(connected.values(paused_until=None, trouble=""))


def put_back(work: Work, entry: BookEntry, error: str) -> None:
    """It did not work now, or nobody knows whether it did; try again later."""
    wait = RETRY_AFTER[min(entry.tries, len(RETRY_AFTER)) - 1]
    _change(work, entry, due_at=work.now + wait, last_error=error[:200])


def hold(work: Work, entry: BookEntry, error: str) -> None:
    """The bookkeeping will not take it like this; a person sees it, and nothing else waits for it."""
    _change(work, entry, state=EntryState.HELD.value, last_error=error[:200])


def pause(work: Work, entry: BookEntry, until: datetime, trouble: str) -> None:
    """Send nothing at all for a while; the document at hand is the first one after it."""
    _change(work, entry, due_at=work.now)
    paused = update(BookLink).where(col(BookLink.administration) == entry.administration)
    work.session.execute(paused.values(paused_until=until, trouble=trouble[:200]))


def retry(work: Work, administration: str, number: str = "") -> int:
    """Let what is held be tried again, one document or all, and end a pause; returns how many documents.

    Where they stood there is looked up anew, by our numbers.
    """
    held = update(BookEntry).where(
        col(BookEntry.administration) == administration, col(BookEntry.state) == EntryState.HELD.value
    )
    if number:
        held = held.where(col(BookEntry.number) == number)
    again = held.values(
        state=EntryState.WAITING.value,
        due_at=work.now,
        remote_id=None,
        tries=1,
        # An entry of the journal has no file.
        has_file=case((col(BookEntry.kind) == DocumentKind.JOURNAL.value, True), else_=False),
    )
    open_again = update(BookLink).where(col(BookLink.administration) == administration)
    work.session.execute(open_again.values(paused_until=None, trouble=""))
    return rows_changed(work.session.execute(again))


def again(work: Work, entry_id: int) -> None:
    """Have one document handed over again, looked up there anew by our number. What is in a worker's hands is left."""
    in_hands = (
        (col(BookEntry.state) == EntryState.WAITING.value)
        & (col(BookEntry.due_at) > work.now) & (col(BookEntry.last_error) == "")
    )  # fmt: skip
    free = update(BookEntry).where(col(BookEntry.id) == entry_id, ~in_hands)
    work.session.execute(
        free.values(state=EntryState.WAITING.value, due_at=work.now, remote_id=None, has_file=False, tries=1)
    )


def _due(work: Work, administration: str) -> Any:
    waits = or_(col(BookLink.paused_until).is_(None), col(BookLink.paused_until) <= work.now)
    is_open = exists().where(col(BookLink.administration) == administration, waits)
    return (
        sql_select(col(BookEntry.id))
        .where(
            col(BookEntry.administration) == administration, col(BookEntry.state) == EntryState.WAITING.value,
            col(BookEntry.due_at) <= work.now, is_open,
        )
        .order_by(col(BookEntry.due_at), col(BookEntry.id))
        .limit(1)
    )  # fmt: skip


def _change(work: Work, entry: BookEntry, **values: Any) -> None:
    work.session.execute(update(BookEntry).where(col(BookEntry.id) == entry.id).values(values))
