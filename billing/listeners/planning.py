"""What has to be told to whom: read from the journal and the log, which tell of everything anyway.

No subject has to know of listeners, nothing is written while there are none, and money never waits for them.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from billing.api.tables import ApiKey
from billing.audit import AuditEvent
from billing.db import Work, table_of
from billing.ledger.tables import JournalEntry
from billing.listeners import journal, log
from billing.listeners.events import Event
from billing.listeners.tables import Delivery, Feed, Listener

WINDOW = 1_000
# No transaction takes as long as this: what is older has nothing before it that could still appear.
LATE = timedelta(minutes=5)
LOOK_BACK_EVERY = timedelta(seconds=30)
MANY = 200

Source = Callable[[Work, int, int], list[Event]]
_SOURCES: dict[str, tuple[Source, Any, Any]] = {
    "journal": (journal.events, table_of(JournalEntry).c.id, table_of(JournalEntry).c.booked_at),
    "log": (log.events, table_of(AuditEvent).c.id, table_of(AuditEvent).c.at),
}


def plan(work: Work) -> int:
    """Have deliveries wait for what is new; returns how much there was to look at. Doing it twice changes nothing."""
    listeners = living(work)
    return sum(_plan(work, source, listeners) for source in _SOURCES) if listeners else 0


def begin(work: Work) -> None:
    """Before the first listener: whatever happened until now is told to nobody."""
    for source, (_, ids, _) in _SOURCES.items():
        newest = work.session.scalar(select(func.coalesce(func.max(ids), 0))) or 0
        work.session.merge(Feed(source=source, seen=newest, settled=newest, looked_back_at=work.now))


def living(work: Work) -> Sequence[Any]:
    """The listeners that are on and whose key still works, each with the one customer of that key, or None."""
    works = or_(col(ApiKey.expires_at).is_(None), col(ApiKey.expires_at) > work.now)
    found = (
        select(col(Listener.id), col(Listener.events), col(Listener.created_at), col(ApiKey.account_id))
        .join(ApiKey, col(ApiKey.id) == col(Listener.key_id))
        .where(col(Listener.off_at).is_(None), col(ApiKey.withdrawn_at).is_(None), works)
    )
    return work.session.execute(found.order_by(col(Listener.id))).all()


def _plan(work: Work, source: str, listeners: Sequence[Any]) -> int:
    feed, (events, ids, _) = work.session.get_one(Feed, source), _SOURCES[source]
    until = _end(work, ids, feed.seen)
    if until:
        _have_wait(work, events(work, feed.seen, until), listeners)
        feed.seen = until
        work.session.add(feed)
        return 1
    if feed.looked_back_at < work.now - LOOK_BACK_EVERY:
        _look_back(work, source, feed, listeners)
    return 0


def _look_back(work: Work, source: str, feed: Feed, listeners: Sequence[Any]) -> None:
    """Ids are handed out before transactions end, so a lower one may appear after a higher one was seen."""
    events, ids, times = _SOURCES[source]
    after = feed.settled
    while after < feed.seen and (until := min(_end(work, ids, after), feed.seen)):
        _have_wait(work, events(work, after, until), listeners)
        after = until
    old = select(func.max(ids)).where(ids > feed.settled, ids <= feed.seen, times < work.now - LATE)
    feed.settled, feed.looked_back_at = work.session.scalar(old) or feed.settled, work.now
    work.session.add(feed)


def _end(work: Work, ids: Any, after: int) -> int:
    """The last id of the next window; 0 when there is nothing after this one."""
    window = select(ids).where(ids > after).order_by(ids).limit(WINDOW).subquery()
    return work.session.scalar(select(func.max(window.c.id))) or 0


def _have_wait(work: Work, events: Sequence[Event], listeners: Sequence[Any]) -> None:
    rows = [
        {
            "listener_id": listener.id, "event_key": event.key, "type": event.type.value,
            "account_id": event.account_id, "data": event.data, "happened_at": event.happened_at,
            "created_at": work.now, "due_at": work.now, "state": "waiting", "tries": 0, "last_error": "",
        }
        for event in events for listener in listeners if _wants(listener, event)
    ]  # fmt: skip
    insert = (postgresql.insert if work.on_postgresql else sqlite.insert)(table_of(Delivery))
    unless_there = insert.on_conflict_do_nothing(index_elements=["listener_id", "event_key"])
    for start in range(0, len(rows), MANY):
        work.session.execute(unless_there.values(rows[start : start + MANY]))


def _wants(listener: Any, event: Event) -> bool:
    reaches = listener.account_id in {None, event.account_id}
    return reaches and event.type.value in listener.events.split() and event.happened_at >= listener.created_at
