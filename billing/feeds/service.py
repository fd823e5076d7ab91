"""Writing down that a feed was heard, and asking whether that is recent enough to act on."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from billing.db import Work, table_of
from billing.feeds.tables import Feed, FeedState

# Often enough to see an outage, and seldom enough to cost nothing.
WRITTEN_EVERY = timedelta(minutes=1)

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
