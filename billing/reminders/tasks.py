"""What only an employee can do: call, look for money, find an address, decide what to offer."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from billing import access, audit, locks
from billing.access import SYSTEM, Actor
from billing.db import Work
from billing.errors import Refused
from billing.reminders.tables import ReminderTask, TaskKind

# How a task ends when what it was about has been paid.
NOT_NEEDED = "not_needed"


def add(
    work: Work, account_id: int, kind: TaskKind, dedup_key: str, facts: Mapping[str, Any], *, case_id: int | None = None
) -> bool:
    """Put something on the work list of an account that is locked; False when it was there already."""
    known = select(ReminderTask.id).where(ReminderTask.dedup_key == dedup_key)
    if work.session.exec(known).first() is not None:
        return False
    work.session.add(
        ReminderTask(
            account_id=account_id, case_id=case_id, kind=kind.value, dedup_key=dedup_key, facts=dict(facts),
            created_at=work.now,
        )
    )  # fmt: skip
    work.session.flush()
    return True


def finish(work: Work, actor: Actor, task_id: int, outcome: str, note: str = "") -> None:
    """Record how a task ended, once. outcome: one word, such as reached or no_answer.

    For the system and the finance department. Raises NotAllowed, NotFound, or Refused for a task that has ended or an
    empty outcome.
    """
    if not actor.is_system:
        access.require_finance(work, actor)
    task = locks.owned(work, ReminderTask, task_id)
    if task.done_at is not None or not outcome.strip():
        raise Refused(reason="task_done" if outcome.strip() else "no_outcome")
    task.done_at, task.done_by, task.outcome, task.note = work.now, actor.name, outcome.strip()[:40], note[:1000]
    work.session.add(task)
    audit.record(
        work, actor, "reminders.task_done", chain=audit.of_account(task.account_id), subject=task.kind,
        outcome=task.outcome,
    )  # fmt: skip


def waiting(work: Work) -> list[ReminderTask]:
    """The work list, the oldest first."""
    statement = select(ReminderTask).where(col(ReminderTask.done_at).is_(None)).order_by(col(ReminderTask.id))
    return list(work.session.exec(statement))


def withdraw(work: Work, case_ids: list[int]) -> None:
    """What a case asked of employees is not needed any more."""
    statement = select(ReminderTask).where(col(ReminderTask.case_id).in_(case_ids), col(ReminderTask.done_at).is_(None))
    for task in work.session.exec(statement):
        task.done_at, task.done_by, task.outcome = work.now, SYSTEM.name, NOT_NEEDED
        work.session.add(task)
