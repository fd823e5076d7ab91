"""Which mailboxes do not work, as far as the mails to them tell."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import col, or_, select

from billing import outbox
from billing.accounts.tables import User
from billing.db import Work
from billing.outbox import OutboxMessage, Task

# An address that did not work so long ago may do by now.
REMEMBERED = timedelta(days=90)


def in_trouble(work: Work, people: Sequence[User]) -> set[int]:
    """The ids of the people whose last reminder the mail system would not take."""
    endings = [f":{person.id}" for person in people]
    if not endings:
        return set()
    statement = select(OutboxMessage.payload, OutboxMessage.state).where(
        OutboxMessage.task == Task.MAIL_REMINDER.value, OutboxMessage.state != outbox.WAITING,
        col(OutboxMessage.created_at) > work.now - REMEMBERED,
        or_(*(col(OutboxMessage.dedup_key).endswith(ending) for ending in endings)),
    )  # fmt: skip
    last = {
        payload["user_id"]: state for payload, state in work.session.exec(statement.order_by(col(OutboxMessage.id)))
    }
    return {user_id for user_id, state in last.items() if state == outbox.GIVEN_UP}
