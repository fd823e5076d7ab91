"""Tables of the systems that listen, of what they are told, and of how far the journal and the log were read."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime, whole

_WAITING = text("state = 'waiting'")
_ON = text("off_at IS NULL")


class DeliveryState(StrEnum):
    """WAITING: to be sent, for the first time or again. DONE: it was taken. GIVEN_UP: it never will be."""

    WAITING = "waiting"
    DONE = "done"
    GIVEN_UP = "given_up"


class OffBecause(StrEnum):
    """REMOVED: by who made it. FAILING: nothing was taken for days, or it said that it is gone."""

    REMOVED = "removed"
    FAILING = "failing"


class Listener(SQLModel, table=True):
    """An address that is told of some kinds of events. It lives as long as the key that made it, and hears of the
    customers that this key reaches.

    events: their names with a space between them. secret: what messages are signed with, encrypted. failing_since: no
    message has been taken since; paused_until: nothing is sent before. taken_until: a message is being sent, for so
    long at most; one listener gets one at a time, so that a slow one keeps one lane busy and not all.
    """

    __tablename__ = "listener"
    __table_args__ = (
        CheckConstraint("events <> '' AND url <> '' AND secret <> ''", name="filled"),
        CheckConstraint("(off_at IS NULL) = (off_because = '')", name="off"),
        CheckConstraint("off_because IN ('','removed','failing')", name="off_because"),
        whole("failures"),
        Index("ix_listener_on", "key_id", sqlite_where=_ON, postgresql_where=_ON),
    )

    id: int | None = Field(default=None, primary_key=True)
    key_id: int = Field(foreign_key="api_key.id")
    url: str = Field(repr=False)
    events: str
    secret: str = Field(repr=False)
    created_at: datetime = Field(sa_type=UtcDateTime)
    failures: int = 0
    failing_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    paused_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    taken_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    off_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    off_because: str = ""


class Delivery(SQLModel, table=True):
    """One event for one listener. event_key: names the event once and for all, so that nobody is told of it as of two.

    Of one customer, one listener hears in the order of the ids: a later one waits for an earlier one.
    """

    __tablename__ = "listener_delivery"
    __table_args__ = (
        UniqueConstraint("listener_id", "event_key"),
        CheckConstraint("state IN ('waiting','done','given_up')", name="state"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done"),
        whole("tries"),
        Index("ix_listener_delivery_waiting", "listener_id", "account_id", "id", sqlite_where=_WAITING,
              postgresql_where=_WAITING),
        Index("ix_listener_delivery_due", "due_at", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    listener_id: int = Field(foreign_key="listener.id")
    event_key: str
    type: str
    account_id: int = Field(foreign_key="account.id")
    data: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    happened_at: datetime = Field(sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    state: str = DeliveryState.WAITING.value
    tries: int = 0
    last_error: str = ""
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Feed(SQLModel, table=True):
    """How far a source of events was read. seen: ids up to this one were looked at. settled: up to this one nothing can
    appear any more that was not there when they were looked at."""

    __tablename__ = "listener_feed"
    __table_args__ = (
        CheckConstraint("source IN ('journal','log')", name="source"),
        CheckConstraint("settled <= seen", name="seen"),
    )

    source: str = Field(primary_key=True)
    seen: int
    settled: int
    looked_back_at: datetime = Field(sa_type=UtcDateTime)
