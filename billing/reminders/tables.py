"""Tables of reminders: cases, their steps, holds, and what employees have to do."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from billing.db import UtcDateTime, whole
from billing.reminders.rules import StepKind

_KINDS = "'friendly','first','second','formal','call','proposal'"
_MAILED = text("result IN ('asked','done') AND kind IN ('friendly','first','second','formal')")
_NOT_CLOSED, _NOT_RELEASED = text("closed_at IS NULL"), text("released_at IS NULL")


class StepResult(StrEnum):
    """POSTPONED: a gate was closed. ASKED: its mails wait in the outbox. DONE: at least one went out, or the task was
    given to an employee. DROPPED: the money came before any mail left."""

    POSTPONED = "postponed"
    ASKED = "asked"
    DONE = "done"
    DROPPED = "dropped"


class HoldKind(StrEnum):
    """Why an account is left in peace. SAYS_PAID: the customer says it has been paid. PROMISE: it will be, by a day."""

    DISPUTE = "dispute"
    COMPLAINT = "complaint"
    HOLD = "hold"
    PROMISE = "promise"
    SAYS_PAID = "says_paid"


class TaskKind(StrEnum):
    """What an employee has to do. PROPOSAL: decide what to offer. PAID: look for money that a customer says was paid.
    ADDRESS: find one that works."""

    CALL = "call"
    PROPOSAL = "proposal"
    PAID = "paid"
    ADDRESS = "address"


class ReminderCase(SQLModel, table=True):
    """All that is overdue of one account. Open for as long as something is; an account has one open case at most."""

    __tablename__ = "reminder_case"
    __table_args__ = (
        Index("uq_reminder_case_open", "account_id", unique=True, sqlite_where=_NOT_CLOSED,
              postgresql_where=_NOT_CLOSED),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ReminderStep(SQLModel, table=True):
    """One rung of the ladder, as last decided. Final once it is done or dropped.

    invoice_id: the oldest invoice, which drives the step; turn: 1, and one more each time the rung is tried again with
    other readers. gates: each gate with its verdict and the facts it saw. invoices: what the step is about, with what
    was open of each in cents. readers: the users it is mailed to. costs_cents: named in a formal notice. postponed_at:
    when it first had to wait, and postponed_for: the gates that were closed then, with commas; kept when it goes out.
    """

    __tablename__ = "reminder_step"
    __table_args__ = (
        UniqueConstraint("case_id", "invoice_id", "kind", "turn"),
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint("result IN ('postponed','asked','done','dropped')", name="result"),
        CheckConstraint("turn >= 1 AND open_cents >= 0 AND costs_cents >= 0", name="counts"),
        CheckConstraint("planned_on <= decided_on", name="not_early"),
        whole("turn", "open_cents", "costs_cents"),
        # The rule that an account gets one mail a day at most is kept by the database itself.
        Index("uq_reminder_step_mail_a_day", "account_id", "decided_on", unique=True, sqlite_where=_MAILED,
              postgresql_where=_MAILED),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="reminder_case.id")
    account_id: int = Field(foreign_key="account.id")
    invoice_id: int = Field(foreign_key="invoice.id", index=True)
    kind: str
    turn: int = 1
    planned_on: date
    decided_on: date
    decided_at: datetime = Field(sa_type=UtcDateTime)
    result: str
    gates: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
    invoices: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
    readers: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    open_cents: int = Field(sa_type=BigInteger)
    costs_cents: int = 0
    postponed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    postponed_for: str = ""

    @property
    def rung(self) -> StepKind:
        return StepKind(self.kind)


class AccountHold(SQLModel, table=True):
    """A reason to leave an account in peace: through `until`, or until somebody releases it.

    why: in somebody's own words. said: what the customer told on the page of the link; cents, day and method.
    link_key: the link it came by, which places each kind of hold once.
    """

    __tablename__ = "account_hold"
    __table_args__ = (
        UniqueConstraint("link_key"),
        CheckConstraint("kind IN ('dispute','complaint','hold','promise','says_paid')", name="kind"),
        CheckConstraint("kind NOT IN ('promise','says_paid') OR until IS NOT NULL", name="until"),
        CheckConstraint("(released_at IS NULL) = (released_by = '')", name="released"),
        Index("ix_account_hold_open", "account_id", sqlite_where=_NOT_RELEASED, postgresql_where=_NOT_RELEASED),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    kind: str
    until: date | None = None
    why: str = ""
    said: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    link_key: str | None = None
    placed_by: str
    placed_at: datetime = Field(sa_type=UtcDateTime)
    released_by: str = ""
    released_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ReminderTask(SQLModel, table=True):
    """Something that only an employee can do. dedup_key: names it once and for all. outcome: empty while it waits."""

    __tablename__ = "reminder_task"
    __table_args__ = (
        CheckConstraint("kind IN ('call','proposal','paid','address')", name="kind"),
        CheckConstraint("(done_at IS NULL) = (outcome = '') AND (done_at IS NULL) = (done_by = '')", name="done"),
        Index("ix_reminder_task_waiting", "id", sqlite_where=text("done_at IS NULL"),
              postgresql_where=text("done_at IS NULL")),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    case_id: int | None = Field(default=None, foreign_key="reminder_case.id")
    kind: str
    dedup_key: str = Field(unique=True)
    facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    created_at: datetime = Field(sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_by: str = ""
    outcome: str = ""
    note: str = ""
