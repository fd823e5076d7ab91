"""How often something may be done, counted in the database, so that all processes count together.

Time is cut into windows; what is asked for too often in one waits for the next. At the border of two windows twice as
much can come through, which keeps a nuisance as small: what must hold exactly is decided elsewhere.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, SQLModel, col

from billing.db import UtcDateTime, Work, table_of
from billing.errors import LoginThrottled
from billing.runtime import Billing

# Longer than any window.
KEPT = timedelta(hours=2)


class RateCount(SQLModel, table=True):
    """How often something was done in the window at hand. key: a digest of what and by whom, which names nobody."""

    __tablename__ = "rate_count"

    key: str = Field(primary_key=True)
    began_at: datetime = Field(sa_type=UtcDateTime, index=True)
    count: int


@dataclass(frozen=True)
class Limit:
    """At most `times` in a window of so many seconds, for each who. name: what is done; no two limits share one."""

    name: str
    times: int
    seconds: int = 60

    def key(self, who: str) -> str:
        """Under what it is counted."""
        return hashlib.sha256(f"{self.name} {who}".encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def ahead(self) -> int:
        """How many a process counts at once: of a large limit a sixtieth, which it may leave unused in the end."""
        return max(self.times // 60, 1)

    def began_at(self, now: datetime) -> datetime:
        """When the window at hand began."""
        return datetime.fromtimestamp(now.timestamp() // self.seconds * self.seconds, UTC)

    def seconds_left(self, now: datetime) -> int:
        """How long until the next window."""
        return int((self.began_at(now) + timedelta(seconds=self.seconds) - now).total_seconds()) + 1


Asked = tuple[Limit, str]


def require(work: Work, *asked: Asked) -> None:
    """Count it under each of these limits. Raises LoginThrottled with `retry_after` in seconds when one is reached."""
    if seconds := take(work, asked):
        raise LoginThrottled(retry_after=seconds)


def over(work: Work, asked: Sequence[Asked]) -> int:
    """The seconds to wait when one of the limits is reached, else 0. Counts nothing: asked before `take`, a flood of
    what is refused keeps nobody else from writing."""
    found = select(col(RateCount.key), col(RateCount.began_at), col(RateCount.count)).where(
        col(RateCount.key).in_([limit.key(who) for limit, who in asked])
    )
    counts = {(key, began_at): count for key, began_at, count in work.session.execute(found)}
    reached = [
        limit for limit, who in asked if counts.get((limit.key(who), limit.began_at(work.now)), 0) >= limit.times
    ]
    return max((limit.seconds_left(work.now) for limit in reached), default=0)


def take(work: Work, asked: Sequence[Asked]) -> int:
    """Count one under each; the seconds to wait when a limit had been reached, else 0."""
    counts = _count(work, [(limit, who, 1) for limit, who in asked])
    reached = [limit for (limit, _), count in zip(asked, counts, strict=True) if count > limit.times]
    return max((limit.seconds_left(work.now) for limit in reached), default=0)


def take_ahead(work: Work, asked: Sequence[Asked]) -> list[int]:
    """Count some under each, so that a process need not ask for every one; how many of each it may now do."""
    counts = _count(work, [(limit, who, limit.ahead) for limit, who in asked])
    return [max(limit.ahead - max(count - limit.times, 0), 0) for (limit, _), count in zip(asked, counts, strict=True)]


def _count(work: Work, more: Sequence[tuple[Limit, str, int]]) -> list[int]:
    """How often it was done in the window at hand, with these."""
    table = table_of(RateCount)
    rows = {
        limit.key(who): {"key": limit.key(who), "began_at": limit.began_at(work.now), "count": times}
        for limit, who, times in more
    }
    # In one order, so that two who count the same never wait for each other.
    insert = (postgresql.insert if work.on_postgresql else sqlite.insert)(table).values(
        [rows[key] for key in sorted(rows)]
    )
    is_same, counted = table.c.began_at == insert.excluded.began_at, insert.excluded.count
    again = {"count": case((is_same, table.c.count + counted), else_=counted), "began_at": insert.excluded.began_at}
    statement = insert.on_conflict_do_update(index_elements=["key"], set_=again).returning(table.c.key, table.c.count)
    counts = {row[0]: int(row[1]) for row in work.session.execute(statement)}
    return [counts[limit.key(who)] for limit, who, _ in more]


def forget_old(billing: Billing) -> int:
    """Remove counts of windows that are long over; returns 0, as there is never a hurry."""
    if billing.ask(_any_old):
        billing.do(_forget)
    return 0


def _any_old(work: Work) -> bool:
    old = select(col(RateCount.key)).where(col(RateCount.began_at) < work.now - KEPT).limit(1)
    return work.session.execute(old).first() is not None


def _forget(work: Work) -> None:
    work.session.execute(delete(RateCount).where(col(RateCount.began_at) < work.now - KEPT))
