"""The deliveries that wait: claimed one at a time and in the order of each customer, closed, or put back.

Trouble with a listener makes it wait as a whole; a message that alone is refused makes only its own customer's wait.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, or_, update
from sqlalchemy import select as sql_select
from sqlmodel import col

from billing import locks
from billing.api.tables import ApiKey
from billing.db import Work, rows_changed, table_of
from billing.listeners import service
from billing.listeners.tables import Delivery, DeliveryState, Listener

# Longer than one message can take, so that no second worker sends what the first one is just sending.
LEASE = timedelta(minutes=1)
RETRY_AFTER = (
    timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1),
    timedelta(hours=6),
)  # fmt: skip
OFF_AFTER = timedelta(days=3)
GONE = "http_410"
_WAITING = DeliveryState.WAITING.value
_EARLIER = table_of(Delivery).alias("earlier").c


def any_due(work: Work) -> bool:
    """Whether there is something to claim; a look that takes no lock."""
    return work.session.execute(_due(work)).first() is not None


def claim(work: Work) -> Delivery | None:
    """Take a delivery that is due, and its listener; others get them only when this one has not ended within the
    lease. None also when somebody else was just faster."""
    due = work.session.execute(locks.unclaimed(_due(work))).first()
    if due is None or not _take(work, due.listener_id):
        return None
    claimed = update(Delivery).where(col(Delivery.id) == due.id)
    changes = {"due_at": work.now + LEASE, "tries": Delivery.tries + 1}
    return work.session.scalars(claimed.values(changes).returning(Delivery)).one()


def finish(work: Work, delivery: Delivery) -> None:
    """It was taken; whatever the listener had failed before is forgotten."""
    _change(work, delivery, state=DeliveryState.DONE.value, done_at=work.now, last_error="")
    _free(work, delivery, failures=0, failing_since=None, paused_until=None)


def pause(work: Work, delivery: Delivery, error: str) -> None:
    """Nobody said that it arrived: send the listener nothing for a while; this is the first after it."""
    failures = _fails(work, delivery, error)
    _change(work, delivery, due_at=work.now, last_error=error[:200])
    _free(work, delivery, paused_until=work.now + _wait(failures))


def put_back(work: Work, delivery: Delivery, error: str) -> None:
    """The listener refuses this one: try it again later, and give it up after some days."""
    _fails(work, delivery, error)
    _free(work, delivery)
    if delivery.created_at < work.now - OFF_AFTER:
        _change(work, delivery, state=DeliveryState.GIVEN_UP.value, last_error=error[:200])
    else:
        _change(work, delivery, due_at=work.now + _wait(delivery.tries), last_error=error[:200])


def forget(work: Work, before: datetime) -> int:
    """Let go of deliveries that ended before a moment; returns how many."""
    ended = delete(Delivery).where(col(Delivery.state) != _WAITING, col(Delivery.created_at) < before)
    return rows_changed(work.session.execute(ended))


def _fails(work: Work, delivery: Delivery, error: str) -> int:
    """Count a failure of the listener, and turn it off when it is gone or has failed for days."""
    listener = work.session.get_one(Listener, delivery.listener_id)
    locks.api_key(work, listener.key_id)
    work.session.refresh(listener)
    listener.failures, listener.failing_since = listener.failures + 1, listener.failing_since or work.now
    work.session.add(listener)
    if listener.off_at is None and (error == GONE or listener.failing_since < work.now - OFF_AFTER):
        service.turn_off(work, listener, error)
    work.flush()
    return listener.failures


def _due(work: Work) -> Any:
    # Each look-up goes along an index, however much waits.
    earlier = exists().where(
        _EARLIER.listener_id == col(Delivery.listener_id), _EARLIER.account_id == col(Delivery.account_id),
        _EARLIER.id < col(Delivery.id), _EARLIER.state == _WAITING,
    )  # fmt: skip
    return (
        sql_select(col(Delivery.id), col(Delivery.listener_id))
        .where(col(Delivery.state) == _WAITING, col(Delivery.due_at) <= work.now)
        .where(col(Delivery.listener_id).in_(_open(work)), ~earlier)
        .order_by(col(Delivery.due_at), col(Delivery.id))
        .limit(1)
    )


def _open(work: Work) -> Any:
    """The listeners that are on and not left alone, and whose key still works."""
    return (
        sql_select(col(Listener.id))
        .join(ApiKey, col(ApiKey.id) == col(Listener.key_id))
        .where(col(Listener.off_at).is_(None), col(ApiKey.withdrawn_at).is_(None))
        .where(or_(col(ApiKey.expires_at).is_(None), col(ApiKey.expires_at) > work.now))
        .where(or_(col(Listener.paused_until).is_(None), col(Listener.paused_until) <= work.now))
        .where(_is_free(work))
    )


def _is_free(work: Work) -> ColumnElement[bool]:
    return or_(col(Listener.taken_until).is_(None), col(Listener.taken_until) <= work.now)


def _take(work: Work, listener_id: int) -> bool:
    free = update(Listener).where(col(Listener.id) == listener_id, _is_free(work))
    return bool(rows_changed(work.session.execute(free.values(taken_until=work.now + LEASE))))


def _free(work: Work, delivery: Delivery, **values: Any) -> None:
    taken = update(Listener).where(col(Listener.id) == delivery.listener_id)
    work.session.execute(taken.values(taken_until=None, **values))


def _wait(failures: int) -> timedelta:
    return RETRY_AFTER[min(failures, len(RETRY_AFTER)) - 1]


def _change(work: Work, delivery: Delivery, **values: Any) -> None:
    work.session.execute(update(Delivery).where(col(Delivery.id) == delivery.id).values(values))
