"""The circuit breaker: how much a run would send, beside what was sent on the days before."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from billing.clock import local_day
from billing.db import Work, table_of
from billing.reminders.gates import Gate
from billing.reminders.planning import TAKEN
from billing.reminders.rules import MAILED
from billing.reminders.service import Decision, Run
from billing.reminders.tables import ReminderStep
from billing.runs import rules as runs
from billing.runs.rules import Volume

LAST_DAYS = 40
# These open by themselves while a step is decided, or are about the run itself.
_OPENS = {Gate.CREDIT, Gate.VOLUME}
_S = table_of(ReminderStep).c


def measured(work: Work, run: Run, found: Sequence[Decision]) -> Run:
    """The run with its size: what went out today, and what would go out now; and the last day most like it."""
    going = [one for one in found if one.kind in MAILED and not {verdict.gate for verdict in one.closed} - _OPENS]
    days = _mailed_by_day(work)
    today = days.pop(local_day(work.now), Volume(0, 0))
    cents = today.total_cents + sum(one.open_cents for one in going)
    size = Volume(today.invoices + len(going), cents)
    usual = runs.most_alike(size, list(days.values()))
    return Run(run.rules, run.limits, size, usual, run.is_forced)


def _mailed_by_day(work: Work) -> dict[date, Volume]:
    statement = (
        select(_S.decided_on, func.count().label("mails"), func.sum(_S.open_cents).label("cents"))
        .where(_S.result.in_(TAKEN), _S.kind.in_([k.value for k in MAILED]))
        .group_by(_S.decided_on)
        .order_by(_S.decided_on.desc())
        .limit(LAST_DAYS)
    )
    return {row.decided_on: Volume(int(row.mails), int(row.cents)) for row in work.plain(statement)}
