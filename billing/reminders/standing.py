"""How an account stands with its reminders: what is coming, and what a stop of a service is judged by."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from billing.clock import local_day
from billing.db import Work
from billing.reminders import cases, holds, planning, rules, tasks
from billing.reminders.rules import MAILED, Reach, StepKind
from billing.reminders.tables import ReminderTask, TaskKind


@dataclass(frozen=True)
class ReminderStanding:
    """are_delivered: every reminder so far is proven to have arrived, and there was one. is_finished: the whole ladder
    was climbed. phoned_on: when somebody called. is_held: a complaint, a hold or a promise counts today. reminder_on,
    call_on: the next of each, today at the earliest."""

    are_delivered: bool
    is_finished: bool
    phoned_on: date | None
    is_held: bool
    reminder_on: date | None
    call_on: date | None


def standing(work: Work, account_id: int) -> ReminderStanding:
    """How an account stands now. For the module itself; no account asks this."""
    taken = planning.owing(work, account_id).taken
    mailed = [step for step in taken if step.kind in MAILED]
    reminder_on, call_on = _coming(work, account_id)
    return ReminderStanding(
        are_delivered=bool(mailed) and all(step.reach is Reach.PROVEN for step in mailed),
        is_finished=any(step.kind is StepKind.PROPOSAL for step in taken), phoned_on=_phoned_on(work, account_id),
        is_held=bool(holds.active(work, account_id)), reminder_on=reminder_on, call_on=call_on,
    )  # fmt: skip


def _coming(work: Work, account_id: int) -> tuple[date | None, date | None]:
    found = planning.next_rung(work, account_id)
    if found is None:
        return None, None
    # What waits for a gate, or for the morning, comes today at the earliest.
    kind, on = found[0], max(found[1], local_day(work.now))
    return on if kind in MAILED else None, rules.call_on(kind, on)


def _phoned_on(work: Work, account_id: int) -> date | None:
    case = cases.open_case(work, account_id)
    if case is None:
        return None
    calls = select(ReminderTask.done_at).where(
        ReminderTask.case_id == case.id, ReminderTask.kind == TaskKind.CALL.value,
        col(ReminderTask.done_at).is_not(None), col(ReminderTask.outcome) != tasks.NOT_NEEDED,
    )  # fmt: skip
    done_at = work.session.exec(calls.order_by(col(ReminderTask.id).desc())).first()
    return local_day(done_at) if done_at else None
