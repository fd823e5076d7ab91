"""The reminders of each day, for the finance department to look back at."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func
from sqlalchemy import select as sql_select

from billing import access
from billing.access import Actor
from billing.db import Work, table_of
from billing.reminders.planning import TAKEN
from billing.reminders.tables import ReminderStep, StepResult

SHOWN = 14
_S = table_of(ReminderStep).c


@dataclass(frozen=True)
class ReminderDay:
    """What was decided on a day. taken_cents: what was open of that which was taken."""

    on: date
    taken: int
    postponed: int
    taken_cents: int


def days(work: Work, actor: Actor) -> tuple[ReminderDay, ...]:
    """The last days on which anything was decided, the newest first. Raises NotAllowed."""
    access.require_finance(work, actor)
    is_taken = _S.result.in_(TAKEN)
    statement = (
        sql_select(
            _S.decided_on, func.sum(case((is_taken, 1), else_=0)),
            func.sum(case((_S.result == StepResult.POSTPONED.value, 1), else_=0)),
            func.sum(case((is_taken, _S.open_cents), else_=0)),
        )
        .group_by(_S.decided_on)
        .order_by(_S.decided_on.desc())
        .limit(SHOWN)
    )  # fmt: skip
    return tuple(
        ReminderDay(on, int(taken), int(postponed), int(cents))
        for on, taken, postponed, cents in work.session.execute(statement)
    )
