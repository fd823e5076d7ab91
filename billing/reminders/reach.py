"""Whether a step reached anybody: a mail one of its readers, a call the customer."""

from collections.abc import Sequence

from sqlmodel import col, select

from billing import outbox
from billing.db import Work
from billing.deliveries.reports import DeliveryState
from billing.deliveries.service import LOST, SILENCE
from billing.deliveries.tables import MailDelivery
from billing.outbox import OutboxMessage
from billing.reminders.rules import MAILED, Reach, StepKind
from billing.reminders.tables import ReminderStep, ReminderTask

# A mail that is only ever delayed comes to an end too, though nobody reports it.
GIVEN_UP_AFTER = 2 * SILENCE
AT_ONCE = 1_000


def mail_key(step_id: int, user_id: int) -> str:
    """How the outbox calls the mail of a step to one person."""
    return f"reminder:{step_id}:{user_id}"


def task_key(step: ReminderStep) -> str:
    """How the work list calls what a step asks of an employee."""
    return f"step:{step.id}"


def of_steps(work: Work, steps: Sequence[ReminderStep]) -> dict[int, Reach]:
    """How each step fared, by its id."""
    found: dict[int, Reach] = {}
    # A database takes only so many values in one question.
    for first in range(0, len(steps), AT_ONCE):
        some = steps[first : first + AT_ONCE]
        mails, called = _mails(work, some), _called(work, some)
        for step in some:
            found[step.id or 0] = _of_mails(mails, step) if step.rung in MAILED else _of_task(called, step)
    return found


def _of_mails(mails: dict[str, Reach], step: ReminderStep) -> Reach:
    """One reader is enough; that nobody was reached is known only of all of them."""
    found = {mails.get(mail_key(step.id or 0, user_id), Reach.FAILED) for user_id in step.readers}
    return next((reach for reach in (Reach.PROVEN, Reach.WAITING) if reach in found), Reach.FAILED)


def _of_task(called: set[str], step: ReminderStep) -> Reach:
    return Reach.PROVEN if step.rung is StepKind.PROPOSAL or task_key(step) in called else Reach.WAITING


def _called(work: Work, steps: Sequence[ReminderStep]) -> set[str]:
    keys = [task_key(step) for step in steps if step.rung not in MAILED]
    done = col(ReminderTask.done_at).is_not(None)
    return set(work.session.exec(select(ReminderTask.dedup_key).where(col(ReminderTask.dedup_key).in_(keys), done)))


def _mails(work: Work, steps: Sequence[ReminderStep]) -> dict[str, Reach]:
    keys = [mail_key(step.id or 0, user_id) for step in steps for user_id in step.readers]
    statement = (
        select(OutboxMessage, MailDelivery)
        .join(MailDelivery, col(MailDelivery.outbox_id) == col(OutboxMessage.id), isouter=True)
        .where(col(OutboxMessage.dedup_key).in_(keys))
    )
    return {message.dedup_key: _of_mail(work, message, told) for message, told in work.session.exec(statement)}


def _of_mail(work: Work, message: OutboxMessage, told: MailDelivery | None) -> Reach:
    """As `deliveries` proves it: by a report, or by none of a failure while one could come."""
    if told is None:
        return Reach.WAITING if message.state == outbox.WAITING else Reach.FAILED
    silent_for = work.now - told.at
    is_lost = told.state in LOST or (told.state == DeliveryState.DELAYED and silent_for >= GIVEN_UP_AFTER)
    if is_lost or message.state == outbox.GIVEN_UP:
        return Reach.FAILED
    is_silent = told.state == DeliveryState.HANDED_OVER and silent_for >= SILENCE
    return Reach.PROVEN if told.state == DeliveryState.DELIVERED or is_silent else Reach.WAITING
