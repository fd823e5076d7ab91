"""Reading reminders: how an account stands, why a step waits, and what is open for everybody."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from billing import access
from billing.access import Actor, Permission
from billing.accounts.tables import Account
from billing.db import Work
from billing.deliveries.service import addresses_in_trouble
from billing.errors import NotAllowed
from billing.reminders import cases, holds, readers
from billing.reminders.gates import Gate
from billing.reminders.rules import StepKind
from billing.reminders.tables import AccountHold, HoldKind, ReminderCase, ReminderStep, StepResult


@dataclass(frozen=True)
class StepRow:
    """A step as it was last decided. closed: the gates that postponed or dropped it."""

    kind: StepKind
    turn: int
    planned_on: date
    decided_at: datetime
    result: StepResult
    numbers: tuple[str, ...]
    open_cents: int
    closed: tuple[Gate, ...]


@dataclass(frozen=True)
class HoldRow:
    """Why an account is left in peace. until: None for as long as nobody releases it."""

    hold_id: int
    kind: HoldKind
    until: date | None
    why: str
    placed_by: str


@dataclass(frozen=True)
class CaseView:
    """How an account stands with what is overdue. steps: the newest first. is_frozen: a hold counts today.

    troubled: addresses of its people that mails do not reach. at_risk: the only address that gets the invoices, when it
    is one of those or hangs on what is not paid; empty when there is no such risk.
    """

    opened_at: datetime
    steps: tuple[StepRow, ...]
    holds: tuple[HoldRow, ...]
    troubled: tuple[str, ...]
    at_risk: str

    @property
    def is_frozen(self) -> bool:
        return bool(self.holds)


@dataclass(frozen=True)
class OpenCase:
    """One line of the list of all open cases."""

    account_id: int
    name: str
    opened_at: datetime


def case_of(work: Work, actor: Actor, account_id: int) -> CaseView | None:
    """The open case of an account; None when there is none, or nothing of it is owed any more.

    Raises NotFound or NotAllowed.
    """
    allowed = access.require(work, actor, Permission.INVOICES_VIEW, account_id)
    case = cases.open_case(work, allowed)
    if case is None or cases.is_settled(work, case):
        return None
    steps = select(ReminderStep).where(ReminderStep.case_id == case.id).order_by(col(ReminderStep.id).desc())
    person = readers.at_risk(work, allowed)
    return CaseView(
        opened_at=case.opened_at,
        steps=tuple(step_row(step) for step in work.session.exec(steps)),
        holds=tuple(hold_row(hold) for hold in holds.active(work, allowed)),
        troubled=addresses_in_trouble(work, allowed),
        at_risk=person.email if person else "",
    )


def open_cases(work: Work, actor: Actor) -> tuple[OpenCase, ...]:
    """All open cases, the oldest first. Only for the system. Raises NotAllowed."""
    if not actor.is_system:
        raise NotAllowed()
    statement = (
        select(ReminderCase, Account.name)
        .join(Account, col(Account.id) == col(ReminderCase.account_id))
        .where(col(ReminderCase.closed_at).is_(None))
        .order_by(col(ReminderCase.id))
    )
    return tuple(OpenCase(case.account_id, name, case.opened_at) for case, name in work.session.exec(statement))


def step_row(step: ReminderStep) -> StepRow:
    """A step as it is told."""
    return StepRow(
        kind=step.rung, turn=step.turn, planned_on=step.planned_on, decided_at=step.decided_at,
        result=StepResult(step.result), numbers=tuple(listed["number"] for listed in step.invoices),
        open_cents=step.open_cents, closed=tuple(Gate(gate["gate"]) for gate in step.gates if not gate["open"]),
    )  # fmt: skip


def hold_row(hold: AccountHold) -> HoldRow:
    """A hold as it is told."""
    return HoldRow(hold.id or 0, HoldKind(hold.kind), hold.until, hold.why, hold.placed_by)
