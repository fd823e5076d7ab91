"""Slowing down who guesses. What counts is the address, or the address with the name tried: a stranger elsewhere locks
nobody out."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import case, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from billing.db import Work, table_of
from billing.errors import LoginThrottled
from billing.logins.tables import LoginThrottle

FREE_TRIES = 5
FORGET_AFTER = timedelta(hours=1)
LONGEST_WAIT = timedelta(minutes=15)


def keys(what: str, name: str, address: str) -> list[str]:
    """Under which keys a try counts: of this name from this address (first), and of this address at all."""
    pair = hashlib.sha256(f"{name} {address}".encode()).hexdigest()
    return [f"{what}:{pair}", f"address:{address}"]


def require_tries_left(work: Work, keys: Sequence[str]) -> None:
    """Raises LoginThrottled with the seconds to wait when one of the keys has failed too often."""
    for throttle in work.session.exec(select(LoginThrottle).where(col(LoginThrottle.key).in_(keys))):
        if throttle.failures < FREE_TRIES:
            continue
        wait = min(timedelta(seconds=2 ** min(throttle.failures - FREE_TRIES, 20)), LONGEST_WAIT)
        left = (throttle.last_failed_at + wait - work.now).total_seconds()
        if left > 0:
            raise LoginThrottled(retry_after=int(left) + 1)


def note_failure(work: Work, keys: Sequence[str]) -> None:
    """Count a failed try under each key; old failures are forgotten."""
    table = table_of(LoginThrottle)
    insert = postgresql.insert if work.on_postgresql else sqlite.insert
    first = insert(table).values([{"key": key, "failures": 1, "last_failed_at": work.now} for key in sorted(keys)])
    forgotten = table.c.last_failed_at < work.now - FORGET_AFTER
    again = {"failures": case((forgotten, 1), else_=table.c.failures + 1), "last_failed_at": work.now}
    work.session.execute(first.on_conflict_do_update(index_elements=["key"], set_=again))


def forget(work: Work, keys: Sequence[str]) -> None:
    """These tries were this person's own, and one was right in the end."""
    work.session.execute(delete(LoginThrottle).where(col(LoginThrottle.key).in_(keys)))


def any_old(work: Work) -> bool:
    """Whether there are failures that no longer count."""
    old = select(LoginThrottle.key).where(col(LoginThrottle.last_failed_at) < work.now - FORGET_AFTER)
    return work.session.exec(old.limit(1)).first() is not None


def forget_old(work: Work) -> None:
    """Remove failures that no longer count, so that who guesses from everywhere fills nothing."""
    work.session.execute(delete(LoginThrottle).where(col(LoginThrottle.last_failed_at) < work.now - FORGET_AFTER))
