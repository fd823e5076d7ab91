"""The collections of each day, for the finance department to look ahead and back at."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func
from sqlalchemy import select as sql_select

from billing import access
from billing.access import Actor
from billing.db import Work, table_of
from billing.mandates.tables import Collection
from billing.states import LIVE_COLLECTIONS, CollectionState

SHOWN = 14
_C = table_of(Collection).c
_BACK = (CollectionState.FAILED.value, CollectionState.RETURNED.value)


@dataclass(frozen=True)
class CollectionDay:
    """The collections of a bank day: how many are still to come or under way, were collected, and failed or came back.

    cents: what was announced of all of them.
    """

    on: date
    coming: int
    collected: int
    failed: int
    cents: int


def days(work: Work, actor: Actor) -> tuple[CollectionDay, ...]:
    """The latest days with collections, the latest first. Raises NotAllowed."""
    access.require_finance(work, actor)
    live = [state.value for state in LIVE_COLLECTIONS]
    statement = (
        sql_select(
            _C.collect_on, _count(_C.state.in_(live)), _count(_C.state == CollectionState.COLLECTED.value),
            _count(_C.state.in_(_BACK)), func.coalesce(func.sum(_C.announced_cents), 0),
        )
        .where(_C.state != CollectionState.WITHDRAWN.value)
        .group_by(_C.collect_on)
        .order_by(_C.collect_on.desc())
        .limit(SHOWN)
    )  # fmt: skip
    return tuple(
        CollectionDay(on, int(coming), int(collected), int(failed), int(cents))
        for on, coming, collected, failed, cents in work.session.execute(statement)
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
