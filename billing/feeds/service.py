"""Writing down that a feed was heard, and asking whether that is recent enough to act on."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from billing.clock import AMSTERDAM, local_day
from billing.db import Work, table_of
from billing.feeds.tables import Feed, FeedState
from billing.workdays import add_bank_days

# Often enough to see an outage, and seldom enough to cost nothing.
WRITTEN_EVERY = timedelta(minutes=1)
GATEWAY_WITHIN = timedelta(hours=2)

_F = table_of(FeedState)
_FRESH_AT = select(_F.c.fresh_at).where(_F.c.name == bindparam("name"))


def mark_fresh(work: Work, feed: Feed, until: datetime | None = None) -> None:
    """A feed has told all that there was until then, or else until now. It is in use from the first time on."""
    insert = postgresql.insert if work.on_postgresql else sqlite.insert
    heard = insert(_F).values(name=feed.value, fresh_at=until or work.now)
    work.session.execute(
        heard.on_conflict_do_update(
            index_elements=["name"], set_={"fresh_at": heard.excluded.fresh_at},
            where=_F.c.fresh_at < heard.excluded.fresh_at,
        )
    )  # fmt: skip


def fresh_at(work: Work, feed: Feed) -> datetime | None:
    """When a feed was last heard; None for one that never was."""
    heard: datetime | None = work.plain(_FRESH_AT, name=feed.value).scalar()
    return heard


def is_fresh(work: Work, feed: Feed, within: timedelta) -> bool:
    """Whether a feed was heard within this time. A bank feed that was never heard is not in use, and keeps nobody
    waiting; the gateway always is."""
    heard = fresh_at(work, feed)
    return feed is Feed.BANK if heard is None else heard >= work.now - within


def stale(work: Work) -> tuple[str, ...]:
    """The feeds, by name, that tell too little of what was paid: the gateway's, and the bank's without its last day."""
    within = {Feed.GATEWAY: GATEWAY_WITHIN, Feed.BANK: work.now - _last_bank_day_over(local_day(work.now))}
    return tuple(feed.value for feed, time_ in within.items() if not is_fresh(work, feed, time_))


def _last_bank_day_over(today: date) -> datetime:
    return datetime.combine(add_bank_days(today, -1) + timedelta(days=1), time(), AMSTERDAM)
