"""The outbox: side effects, written in the transaction that causes them and carried out by workers afterwards."""

import hashlib
from collections.abc import Sequence, Set
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import JSON, CheckConstraint, Index, Select, select, text, update
from sqlmodel import Column, Field, SQLModel, col

from billing import locks, steps
from billing.db import UtcDateTime, Work, rows_changed
from billing.inserting import insert_rows

WAITING, DONE, GIVEN_UP = "waiting", "done", "given_up"
LEASE = timedelta(seconds=30)
# Two questions of half a minute each may lie behind one row, and the time to write down what came of them.
LONG_LEASE = timedelta(minutes=2)
# Less than this may be gone of a lease when the next row begins.
STILL_WHOLE = timedelta(seconds=2)
RETRY_AFTER = (
    timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1),
)  # fmt: skip


class Task(StrEnum):
    """What a row asks for."""

    HOSTING_CHANGED = "hosting_changed"
    SERVICE_NEWS = "service_news"
    RENDER_INVOICE = "render_invoice"
    MAIL_INVOICE = "mail_invoice"
    MAIL_PAID = "mail_paid"
    MAIL_ACCOUNT = "mail_account"
    RENDER_CREDIT_NOTE = "render_credit_note"
    MAIL_CREDIT_NOTE = "mail_credit_note"
    PAY_OUT = "pay_out"
    MAIL_REMINDER = "mail_reminder"
    FOLLOW_PAYMENT = "follow_payment"
    SEND_EINVOICE = "send_einvoice"
    MAIL_EINVOICE = "mail_einvoice"
    MAIL_CAME_BACK = "mail_came_back"
    CHECK_VAT_NUMBER = "check_vat_number"


_URGENCY = {
    Task.MAIL_ACCOUNT: 0, Task.MAIL_PAID: 0, Task.HOSTING_CHANGED: 0, Task.MAIL_INVOICE: 1, Task.RENDER_INVOICE: 2,
    Task.SERVICE_NEWS: 0, Task.PAY_OUT: 0, Task.FOLLOW_PAYMENT: 0, Task.MAIL_CREDIT_NOTE: 1, Task.RENDER_CREDIT_NOTE: 2,
    Task.MAIL_REMINDER: 1, Task.SEND_EINVOICE: 1, Task.MAIL_EINVOICE: 1, Task.MAIL_CAME_BACK: 0,
    Task.CHECK_VAT_NUMBER: 0,
}  # fmt: skip


# What outsiders take their time for; it has a lane of its own, so that nothing a customer waits for stands behind it.
QUESTIONS = frozenset({Task.CHECK_VAT_NUMBER})
PAPER = frozenset(Task) - QUESTIONS


class OutboxMessage(SQLModel, table=True):
    """One side effect. dedup_key: names it once and for all, so that no event can cause it twice.

    urgency: the lowest goes first, so that a mail somebody waits for does not queue behind a thousand prints.
    traceparent: the step that asks for it, see `steps.current`.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        CheckConstraint("state IN ('waiting','done','given_up')", name="state"),
        Index("ix_outbox_message_waiting", "urgency", "due_at", "id", sqlite_where=text("state = 'waiting'"),
              postgresql_where=text("state = 'waiting'")),
        Index("ix_outbox_message_given_up", "id", sqlite_where=text("state = 'given_up'"),
              postgresql_where=text("state = 'given_up'")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    task: str
    dedup_key: str = Field(unique=True)
    invoice_id: int | None = Field(default=None, foreign_key="invoice.id", index=True)
    urgency: int
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    created_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    state: str = WAITING
    tries: int = 0
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_error: str = ""
    traceparent: str | None = None


def put(work: Work, task: Task, dedup_key: str, *, invoice_id: int | None = None, **payload: Any) -> None:
    """Ask for a side effect; asking again under the same key changes nothing."""
    values = {
        "task": task.value, "dedup_key": dedup_key, "invoice_id": invoice_id, "payload": payload,
        "urgency": _URGENCY[task],
        "created_at": work.now, "due_at": work.now, "state": WAITING, "tries": 0, "last_error": "",
        "traceparent": steps.current(),
    }  # fmt: skip
    work.defer(_write, values)


def known(work: Work, dedup_keys: Sequence[str]) -> set[str]:
    """Which of these keys side effects were asked for under, whatever became of them."""
    found = select(col(OutboxMessage.dedup_key)).where(col(OutboxMessage.dedup_key).in_(dedup_keys))
    return set(work.session.scalars(found))


def any_due(work: Work, tasks: Set[Task] = PAPER) -> bool:
    """Whether there is something to claim; a look that takes no lock."""
    return work.session.execute(_due(work, tasks).limit(1)).first() is not None


def claim(
    work: Work, limit: int, tasks: Set[Task] = PAPER, lease: timedelta = LEASE
) -> Sequence[OutboxMessage]:  # fmt: skip
    """Take rows that are due; another worker gets them only when this one has not finished within the lease, which
    has to be longer than one row can take."""
    due = (
        _due(work, tasks)
        .order_by(col(OutboxMessage.urgency), col(OutboxMessage.due_at), col(OutboxMessage.id))
        .limit(limit)
    )
    # A query of its own: nested, PostgreSQL may look for due rows again and again, past the limit.
    taken = locks.unclaimed(due).cte("taken")
    claimed = (
        update(OutboxMessage)
        .where(col(OutboxMessage.id).in_(select(taken.c.id)))
        .values(due_at=work.now + lease, tries=OutboxMessage.tries + 1)
        .returning(OutboxMessage)
    )
    return sorted(work.session.scalars(claimed), key=lambda message: (message.urgency, message.id))


def needs_keeping(message: OutboxMessage, now: datetime) -> bool:
    """Whether what was done before this row took so long that its lease may not last."""
    return message.due_at - now < LEASE - STILL_WHOLE


def keep(work: Work, message: OutboxMessage) -> bool:
    """Take a row that was claimed anew, for a whole lease; False when another worker has it by now."""
    mine = update(OutboxMessage).where(
        col(OutboxMessage.id) == message.id, col(OutboxMessage.state) == WAITING,
        col(OutboxMessage.tries) == message.tries, col(OutboxMessage.due_at) == message.due_at,
    )  # fmt: skip
    return bool(rows_changed(work.session.execute(mine.values(due_at=work.now + LEASE))))


def let_go(work: Work, messages: Sequence[OutboxMessage]) -> None:
    """Give back rows that were claimed and not begun."""
    for message in messages:
        _close(work, message.id or 0, due_at=work.now, tries=message.tries - 1)


def finish(work: Work, message_id: int) -> None:
    """The side effect has happened."""
    _close(work, message_id, state=DONE, done_at=work.now, last_error="")


def give_up(work: Work, message_id: int, error: str) -> None:
    """The side effect can never happen; a person sees it among the problems."""
    _close(work, message_id, state=GIVEN_UP, last_error=error[:200])


def put_back(work: Work, message_id: int, tries: int, error: str) -> None:
    """It did not work now; try again later."""
    wait = RETRY_AFTER[min(tries, len(RETRY_AFTER)) - 1]
    _close(work, message_id, due_at=work.now + wait, last_error=error[:200])


def identity(dedup_key: str) -> str:
    """What names a row to the outside world, so that a repeated delivery is recognised as one."""
    return hashlib.sha256(dedup_key.encode()).hexdigest()[:32]


def message_id(dedup_key: str, public_url: str) -> str:
    """A mail's identity, derived from the row that asks for it, so that a repeated delivery is the same mail."""
    return f"<{identity(dedup_key)}@{urlsplit(public_url).hostname or 'localhost'}>"


def _due(work: Work, tasks: Set[Task]) -> Select[Any]:
    return select(col(OutboxMessage.id)).where(
        col(OutboxMessage.state) == WAITING, col(OutboxMessage.due_at) <= work.now,
        col(OutboxMessage.task).in_(sorted(tasks)),
    )  # fmt: skip


def _write(work: Work, rows: list[dict[str, Any]]) -> None:
    insert_rows(work, OutboxMessage, rows, unless_there="dedup_key")


def _close(work: Work, message_id: int, **values: Any) -> None:
    work.session.execute(update(OutboxMessage).where(col(OutboxMessage.id) == message_id).values(**values))
