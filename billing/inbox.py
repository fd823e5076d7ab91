"""The inbox: messages from outside, stored before anything is done with them, each state of a thing once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, Index, LargeBinary, Select, UniqueConstraint, and_, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Column, Field, SQLModel, col

from billing import locks
from billing.db import UtcDateTime, Work, rows_changed, table_of

NEW, DONE, FAILED = "new", "done", "failed"
# What messages are about: money, or anything unknown; and mandates, which are a subject of their own.
PAYMENTS, MANDATES = ("transaction", "other"), ("data_request",)
RETRY_AFTER = (timedelta(seconds=1), timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=5))
LEASE = timedelta(seconds=30)
# Who floods us with forgeries makes no more writes than this.
REFUSAL_NOTED_EVERY = timedelta(seconds=10)


class InboxMessage(SQLModel, table=True):
    """A verified message. external_id: the same when the sender repeats itself, which is counted in `repeats`. verdict:
    what became of it."""

    __tablename__ = "inbox_message"
    __table_args__ = (
        Index("uq_inbox_message_external_id", "source", "external_id", unique=True),
        CheckConstraint("state IN ('new','done','failed')", name="state"),
        Index("ix_inbox_message_new", "due_at", sqlite_where=text("state = 'new'"),
              postgresql_where=text("state = 'new'")),
        Index("ix_inbox_message_received_at", "received_at"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    source: str
    external_id: str
    subject: str
    key: str = Field(index=True)
    content_type: str
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False), repr=False)
    received_at: datetime = Field(sa_type=UtcDateTime)
    state: str = NEW
    verdict: str = ""
    tries: int = 0
    due_at: datetime = Field(sa_type=UtcDateTime)
    repeats: int = 0
    repeated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


@dataclass(frozen=True)
class Arrival:
    """A verified message that has just come in; see `InboxMessage`."""

    source: str
    external_id: str
    subject: str
    key: str
    content_type: str
    body: bytes

    @property
    def name(self) -> tuple[str, str]:
        """The same when the sender repeats itself."""
        return self.source, self.external_id


class RefusedPush(SQLModel, table=True):
    """Messages that could not be trusted or read, of which nothing is kept but when and why: one row an hour for each
    reason, so that nobody can fill the database with forgeries. count: how often one was written down."""

    __tablename__ = "refused_push"
    __table_args__ = (UniqueConstraint("hour", "reason"),)

    id: int | None = Field(default=None, primary_key=True)
    hour: datetime = Field(sa_type=UtcDateTime)
    reason: str
    count: int = 1
    last_at: datetime = Field(sa_type=UtcDateTime)


def _store(insert: Any) -> Any:
    table = table_of(InboxMessage)
    unless_there = insert(table).on_conflict_do_nothing(index_elements=["source", "external_id"])
    return unless_there.returning(table.c.source, table.c.external_id)


# Built once: a push is answered as fast as it can be stored.
_STORE = {True: _store(postgresql.insert), False: _store(sqlite.insert)}


def receive(work: Work, arrivals: Sequence[Arrival]) -> Sequence[bool]:
    """Store messages; says of each whether it is new. Of one that was there already is counted how often it came."""
    same = {"received_at": work.now, "state": NEW, "verdict": "", "tries": 0, "due_at": work.now, "repeats": 0}
    # In one order everywhere, so that no two processes wait for each other over the same messages.
    rows = [vars(one) | same for one in sorted(arrivals, key=lambda one: one.name)]
    new = {tuple(row) for row in work.session.connection().execute(_STORE[work.on_postgresql], rows)}
    are_new, repeated = [], []
    for one in arrivals:
        are_new.append(one.name in new)
        if one.name not in new:
            repeated.append(one.name)
        # The second of two that came together is one that was there.
        new.discard(one.name)
    for source, external_id in sorted(repeated):
        _count_repeat(work, source, external_id)
    return are_new


def _count_repeat(work: Work, source: str, external_id: str) -> None:
    again = update(InboxMessage).where(col(InboxMessage.source) == source, col(InboxMessage.external_id) == external_id)
    work.session.execute(again.values(repeats=InboxMessage.repeats + 1, repeated_at=work.now))


def refused_lately(work: Work, reason: str) -> bool:
    """Whether a refusal for this reason was just written down."""
    since = work.now - REFUSAL_NOTED_EVERY
    lately = select(col(RefusedPush.id)).where(col(RefusedPush.reason) == reason, col(RefusedPush.last_at) > since)
    return work.session.execute(lately.limit(1)).first() is not None


def note_refusal(work: Work, reason: str) -> None:
    """Write down that a message was refused."""
    insert = (postgresql.insert if work.on_postgresql else sqlite.insert)(table_of(RefusedPush))
    hour = work.now.replace(minute=0, second=0, microsecond=0)
    first = insert.values(hour=hour, reason=reason[:40], count=1, last_at=work.now)
    more = {"count": RefusedPush.count + 1, "last_at": work.now}
    work.session.execute(first.on_conflict_do_update(index_elements=["hour", "reason"], set_=more))


def any_due(work: Work, subjects: Sequence[str] = PAYMENTS) -> bool:
    """Whether there is something to claim; a look that takes no lock."""
    return work.session.execute(_due(work, subjects).limit(1)).first() is not None


def claim(work: Work, limit: int, subjects: Sequence[str] = PAYMENTS) -> Sequence[InboxMessage]:
    """Take messages about these subjects that are due, so many and all others about the same things: with another
    worker, those would wait for what this one has locked.

    Another worker gets them only when this one has not finished within the lease.
    """
    due = _due(work, subjects)
    # Queries of their own: nested, PostgreSQL may look for due rows again and again, past the limit.
    first = locks.unclaimed(due.order_by(col(InboxMessage.due_at)).limit(limit)).cte("first")
    # What is about nothing that has a key is taken by itself: there may be any number of such.
    same = and_(col(InboxMessage.key).in_(select(first.c.key)), col(InboxMessage.key) != "")
    taken = locks.unclaimed(due.where(or_(col(InboxMessage.id).in_(select(first.c.id)), same))).cte("taken")
    claimed = (
        update(InboxMessage)
        .where(col(InboxMessage.id).in_(select(taken.c.id)))
        .values(due_at=work.now + LEASE, tries=InboxMessage.tries + 1)
        .returning(InboxMessage)
    )
    return sorted(work.session.scalars(claimed), key=lambda message: message.id or 0)


def _due(work: Work, subjects: Sequence[str]) -> Select[int | None, str]:
    return select(col(InboxMessage.id), col(InboxMessage.key)).where(
        col(InboxMessage.state) == NEW, col(InboxMessage.due_at) <= work.now, col(InboxMessage.subject).in_(subjects)
    )


def finish(work: Work, ids: Sequence[int], verdict: str) -> None:
    """Note that messages are dealt with."""
    work.session.execute(
        update(InboxMessage).where(work.among(col(InboxMessage.id), ids)).values(state=DONE, verdict=verdict[:200])
    )


def put_back(work: Work, ids: Sequence[int], tries: int, verdict: str) -> None:
    """Note why messages could not be dealt with, and try again later, for ever: the gateway may be down for days."""
    wait = RETRY_AFTER[min(tries, len(RETRY_AFTER)) - 1]
    work.session.execute(
        update(InboxMessage).where(col(InboxMessage.id).in_(ids)).values(due_at=work.now + wait, verdict=verdict[:200])
    )


def reopen_about(work: Work, key: str) -> None:
    """Let every stored message about one thing be processed again."""
    about = update(InboxMessage).where(col(InboxMessage.key) == key)
    work.session.execute(about.values(state=NEW, due_at=work.now, tries=0))


def reopen(work: Work, ids: Sequence[int] | None) -> int:
    """Let stored messages be processed again, all of them or those named; returns how many."""
    statement = update(InboxMessage).values(state=NEW, due_at=work.now, tries=0)
    if ids is not None:
        statement = statement.where(col(InboxMessage.id).in_(ids))
    return rows_changed(work.session.execute(statement))
