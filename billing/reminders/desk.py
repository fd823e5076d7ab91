"""What the finance department works off: tasks that only people can do, and customers who are being reminded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import col, func, select

from billing import access
from billing.access import Actor
from billing.accounts.tables import Account
from billing.clock import local_day
from billing.db import Work
from billing.invoices.tables import Invoice
from billing.reminders import holds
from billing.reminders.gates import Gate as Gate
from billing.reminders.queries import HoldRow, StepRow, hold_row, step_row
from billing.reminders.rules import StepKind as StepKind

# Part of what can be said about these; the screens know no tables.
from billing.reminders.tables import HoldKind as HoldKind
from billing.reminders.tables import ReminderCase, ReminderStep, ReminderTask
from billing.reminders.tables import StepResult as StepResult
from billing.reminders.tables import TaskKind as TaskKind

PAGE_SIZE = 20


@dataclass(frozen=True)
class TaskRow:
    """Something that an employee has to do. facts: what it is about."""

    task_id: int
    account_id: int
    account: str
    kind: TaskKind
    facts: Mapping[str, Any]
    since: datetime


@dataclass(frozen=True)
class CaseRow:
    """A customer who is being reminded. step: as it was last decided; oldest_on: since when something is overdue."""

    account_id: int
    account: str
    opened_at: datetime
    overdue_cents: int
    oldest_on: date | None
    step: StepRow | None
    holds: tuple[HoldRow, ...]


@dataclass(frozen=True)
class Cases:
    """One page of open cases, the oldest first. count: of all."""

    rows: tuple[CaseRow, ...]
    count: int
    page: int
    pages: int


def tasks(work: Work, actor: Actor, most: int = 50) -> tuple[TaskRow, ...]:
    """The work list, the oldest first. Raises NotAllowed."""
    access.require_finance(work, actor)
    found = (
        select(ReminderTask, Account.name)
        .join(Account, col(Account.id) == col(ReminderTask.account_id))
        .where(col(ReminderTask.done_at).is_(None))
        .order_by(col(ReminderTask.id))
        .limit(most)
    )
    return tuple(
        TaskRow(task.id or 0, task.account_id, name, TaskKind(task.kind), task.facts, task.created_at)
        for task, name in work.session.exec(found)
    )


def cases(work: Work, actor: Actor, page: int = 1) -> Cases:
    """Who is being reminded. Raises NotAllowed."""
    access.require_finance(work, actor)
    is_open = col(ReminderCase.closed_at).is_(None)
    count = work.session.exec(select(func.count(col(ReminderCase.id))).where(is_open)).one()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(page, 1), pages)
    found = (
        select(ReminderCase, Account.name)
        .join(Account, col(Account.id) == col(ReminderCase.account_id))
        .where(is_open)
        .order_by(col(ReminderCase.id))
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    rows = tuple(_case(work, case, name) for case, name in work.session.exec(found).all())
    return Cases(rows, count, page, pages)


def _case(work: Work, case: ReminderCase, name: str) -> CaseRow:
    late = select(func.coalesce(func.sum(col(Invoice.open_cents)), 0), func.min(col(Invoice.due_on))).where(
        Invoice.account_id == case.account_id, col(Invoice.open_cents) > 0,
        col(Invoice.due_on) < local_day(work.now),
    )  # fmt: skip
    cents, oldest_on = work.session.exec(late).one()
    last = select(ReminderStep).where(ReminderStep.case_id == case.id).order_by(col(ReminderStep.id).desc()).limit(1)
    step = work.session.exec(last).first()
    return CaseRow(
        account_id=case.account_id, account=name, opened_at=case.opened_at, overdue_cents=int(cents),
        oldest_on=oldest_on, step=step_row(step) if step else None,
        holds=tuple(hold_row(hold) for hold in holds.active(work, case.account_id)),
    )  # fmt: skip
