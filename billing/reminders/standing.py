"""How an account stands with its reminders: what is coming, and how far the ladder was climbed."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from billing.clock import local_day
from billing.db import Work
from billing.reminders import cases, planning, rules, tasks
from billing.reminders.rules import MAILED, Reach, StepKind
from billing.reminders.tables import ReminderTask, TaskKind


@dataclass(frozen=True)
class Coming:
    """The next of each, today at the earliest; None where none is planned."""

    reminder_on: date | None = None
    call_on: date | None = None


@dataclass(frozen=True)
class Climbed:
    """are_delivered: every reminder so far is proven to have arrived, and there was one. is_finished: the whole ladder
    was climbed. phoned_on: when somebody called."""

    are_delivered: bool
    is_finished: bool
    phoned_on: date | None


def coming(work: Work, account_id: int, *, pays_by_mandate: bool) -> Coming:
    """What an account is to hear of us next. For the module itself; no account asks this."""
    one, today = planning.owing(work, account_id), local_day(work.now)
    found = rules.next_rung(today, one.owed, one.taken, pays_by_mandate=pays_by_mandate)
    if found is None:
        return Coming()
    # What waits for a gate, or for the morning, comes today at the earliest.
    kind, on = found[0], max(found[1], today)
    return Coming(on if kind in MAILED else None, rules.call_on(kind, on))


def climbed(work: Work, account_id: int) -> Climbed:
    """What an account has heard of us so far. For the module itself; no account asks this."""
    taken = planning.owing(work, account_id).taken
    mailed = [step for step in taken if step.kind in MAILED]
    return Climbed(
        are_delivered=bool(mailed) and all(step.reach is Reach.PROVEN for step in mailed),
        is_finished=any(step.kind is StepKind.PROPOSAL for step in taken), phoned_on=_phoned_on(work, account_id),
    )  # fmt: skip


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
