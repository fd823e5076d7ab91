"""What reminders did about one invoice, told among everything else that happened to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import col, select

from billing.access import Actor
from billing.accounts.tables import User
from billing.correspondence import queries
from billing.correspondence.history import Event, EventKind
from billing.correspondence.queries import InvoiceView
from billing.db import Work
from billing.deliveries.service import LOST
from billing.deliveries.tables import MailDelivery
from billing.invoices.queries import visible_invoices
from billing.outbox import OutboxMessage
from billing.reminders import reach, tasks
from billing.reminders.rules import MAILED, StepKind
from billing.reminders.tables import ReminderStep, ReminderTask, StepResult


@dataclass(frozen=True)
class _Lost:
    """Mails of a step that came back. readers: to whom; at: when the last one did."""

    readers: tuple[int, ...]
    at: datetime


def invoice_view(work: Work, actor: Actor, number: str) -> InvoiceView:
    """The page of one invoice, with its reminders in the history. Raises NotFound, also for somebody else's."""
    view = queries.invoice_view(work, actor, number)
    invoice = visible_invoices(work, actor, [number])[0]
    events = [*view.history, *_reminded(work, invoice.account_id, invoice.id or 0)]
    return replace(view, history=tuple(sorted(events, key=lambda event: event.at)))


def _reminded(work: Work, account_id: int, invoice_id: int) -> Iterator[Event]:
    found = select(ReminderStep).where(ReminderStep.account_id == account_id).order_by(col(ReminderStep.id))
    steps = [step for step in work.session.exec(found) if invoice_id in {one["id"] for one in step.invoices}]
    people = select(User.id, User.name).where(col(User.id).in_({one for step in steps for one in step.readers}))
    names = {user_id or 0: name for user_id, name in work.session.exec(people)}
    for place, step in enumerate(steps):
        yield from _of_step(work, step, steps[place + 1 :], names)


def _of_step(work: Work, step: ReminderStep, later: list[ReminderStep], names: dict[int, str]) -> Iterator[Event]:
    if step.postponed_at is not None:
        yield Event(EventKind.REMINDER_WAITED, step.postponed_at, detail=step.postponed_for.partition(",")[0])
    if step.result == StepResult.DROPPED:
        yield Event(EventKind.REMINDER_DROPPED, step.decided_at)
    if step.result == StepResult.DONE and step.rung in MAILED:
        yield Event(EventKind.REMINDED, step.decided_at, who=_named(step.readers, names), detail=step.kind)
        yield from _came_back(work, step, later, names)
    if step.rung is StepKind.CALL:
        yield from _called(work, step)


def _came_back(work: Work, step: ReminderStep, later: list[ReminderStep], names: dict[int, str]) -> Iterator[Event]:
    """Whom it did not reach, and who got it instead: somebody of the same step, or of the same rung tried again."""
    lost = _lost(work, step)
    if lost is None:
        return
    again = [one for one in later if (one.kind, one.invoice_id) == (step.kind, step.invoice_id) and one.readers]
    reached = [user_id for user_id in step.readers if user_id not in lost.readers]
    instead = reached or (again[0].readers if again and again[0].result == StepResult.DONE else [])
    kind = EventKind.REMINDER_PASSED_ON if instead else EventKind.REMINDER_LOST
    yield Event(kind, lost.at, who=_named(lost.readers, names), detail=_named(instead, names))


def _lost(work: Work, step: ReminderStep) -> _Lost | None:
    keys = {reach.mail_key(step.id or 0, user_id): user_id for user_id in step.readers}
    failed = (
        select(OutboxMessage.dedup_key, MailDelivery.at)
        .join(MailDelivery, col(MailDelivery.outbox_id) == col(OutboxMessage.id))
        .where(col(OutboxMessage.dedup_key).in_(keys), col(MailDelivery.state).in_(LOST))
    )
    rows = work.session.exec(failed).all()
    return _Lost(tuple(keys[key] for key, _ in rows), max(at for _, at in rows)) if rows else None


def _called(work: Work, step: ReminderStep) -> Iterator[Event]:
    call = select(ReminderTask).where(ReminderTask.dedup_key == reach.task_key(step))
    task = work.session.exec(call).first()
    if task is not None and task.done_at is not None and task.outcome != tasks.NOT_NEEDED:
        yield Event(EventKind.CALLED, task.done_at)


def _named(user_ids: Sequence[int], names: dict[int, str]) -> str:
    return ", ".join(names[user_id] for user_id in user_ids if user_id in names)
