"""Deciding a step under the account's lock: all gates are looked at in the very transaction that asks for the mails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from billing import audit, locks, outbox
from billing.access import SYSTEM
from billing.accounts import notices
from billing.accounts import service as accounts
from billing.accounts.tables import Account, User
from billing.clock import local_day
from billing.credits import service as credits
from billing.db import Work
from billing.invoices import service as invoices
from billing.invoices.tables import Invoice
from billing.outbox import Task
from billing.ports import AccountMailKind
from billing.reminders import cases, facts, gates, holds, planning, reach, readers, tasks
from billing.reminders.costs import collection_costs
from billing.reminders.gates import Facts, Verdict
from billing.reminders.rules import MAILED, DueStep, ReminderRules, StepKind
from billing.reminders.tables import ReminderStep, StepResult, TaskKind
from billing.runs.rules import RunRules, Volume

# From here on it is time that more than one mailbox knows.
_RISKY = frozenset({StepKind.SECOND, StepKind.FORMAL, StepKind.CALL})
_TASKS = {StepKind.CALL: TaskKind.CALL, StepKind.PROPOSAL: TaskKind.PROPOSAL}


@dataclass(frozen=True)
class Run:
    """What a step is decided with. volume: of this run; usual: of the day most like it, None when there is none."""

    rules: ReminderRules
    limits: RunRules
    volume: Volume | None = None
    usual: Volume | None = None
    is_forced: bool = False


@dataclass(frozen=True)
class Decision:
    """What was decided for an account, or would be. closed: the gates that postpone it, with what they saw."""

    account_id: int
    name: str
    kind: StepKind
    numbers: tuple[str, ...]
    open_cents: int
    closed: tuple[Verdict, ...]


@dataclass(frozen=True)
class Seen:
    """A due step with all that belongs to it."""

    step: DueStep
    invoices: Sequence[Invoice]
    readers: Sequence[User]
    facts: Facts


def decide(work: Work, account_id: int, run: Run) -> Decision | None:
    """Take the step that is due for an account, or postpone it; None when none is due any more."""
    account = locks.account(work, account_id)
    step = planning.due_steps(work, [account_id]).get(account_id)
    if step is not None and _use_credits(work, account_id, step):
        work.flush()
        step = planning.due_steps(work, [account_id]).get(account_id)
    if step is None:
        return None
    seen = look(work, account_id, step, run)
    found = gates.verdicts(seen.facts, run.limits)
    row = _row(work, account_id, seen, found)
    if gates.closed(found):
        row.result = StepResult.POSTPONED.value
        if row.postponed_at is None:
            row.postponed_at, row.postponed_for = work.now, ",".join(gates.closed(found))
        work.session.add(row)
        work.session.flush()
        _tell_employees(work, row, seen)
    else:
        _take(work, row, seen, charges_costs=run.rules.charges_costs)
    return decision(account, seen, found)


def preview(work: Work, account_id: int, step: DueStep, run: Run) -> Decision:
    """What `decide` would do, but for the credits that it uses first."""
    seen = look(work, account_id, step, run)
    return decision(work.session.get_one(Account, account_id), seen, gates.verdicts(seen.facts, run.limits))


def look(work: Work, account_id: int, step: DueStep, run: Run) -> Seen:
    """All that a step depends on, as it stands in this transaction."""
    about = invoices_of(work, step.about)
    people = readers.readers(work, account_id, step.kind) if step.kind in MAILED else []
    count = len(people) if step.kind in MAILED else None
    found = facts.of_account(work, account_id, step, about, count, floor_cents=run.rules.floor_cents)
    return Seen(step, about, people, gates.in_a_run(found, run.volume, run.usual, is_forced=run.is_forced))


def decision(account: Account, seen: Seen, found: Sequence[Verdict]) -> Decision:
    """The same in a form that can be shown."""
    return Decision(
        account_id=account.id or 0, name=account.name, kind=seen.step.kind,
        numbers=tuple(invoice.number or "" for invoice in seen.invoices), open_cents=seen.facts.open_cents,
        closed=tuple(verdict for verdict in found if not verdict.is_open),
    )  # fmt: skip


def invoices_of(work: Work, ids: Sequence[int]) -> list[Invoice]:
    """Invoices by their ids, the oldest due date first."""
    statement = select(Invoice).where(col(Invoice.id).in_(ids)).order_by(col(Invoice.due_on), col(Invoice.id))
    return list(work.session.exec(statement.execution_options(populate_existing=True)))


def _use_credits(work: Work, account_id: int, step: DueStep) -> bool:
    """Nobody is asked for money that we have: what they may spend goes to what is overdue, the oldest first."""
    if facts.attempts(work, account_id, step) or holds.kinds(work, account_id):
        return False
    used = sum(credits.settle_with_credits(work, invoice_id) for invoice_id in step.about)
    work.flush()
    settled = [invoice for invoice in invoices_of(work, step.about) if invoice.open_cents == 0]
    about = [(invoice.id or 0, account_id, f"credits:{invoice.id}:{invoice.version}") for invoice in settled]
    invoices.ask_for_mails(work, Task.MAIL_PAID, about)
    return used > 0


def _row(work: Work, account_id: int, seen: Seen, found: Sequence[Verdict]) -> ReminderStep:
    """The step as decided now: the one that was postponed, or a new one."""
    step, today = seen.step, local_day(work.now)
    case_id = cases.of_account(work, account_id).id or 0
    before = _before(work, step, case_id)
    row = next((one for one in before if one.result == StepResult.POSTPONED), None)
    if row is None:
        row = ReminderStep(
            case_id=case_id, account_id=account_id, invoice_id=step.invoice_id, kind=step.kind.value,
            turn=len(before) + 1, planned_on=step.planned_on, decided_on=today, decided_at=work.now,
            result=StepResult.POSTPONED.value, gates=[], invoices=[], open_cents=0,
        )  # fmt: skip
    row.planned_on, row.decided_on, row.decided_at = step.planned_on, today, work.now
    row.gates = [verdict.as_json() for verdict in found]
    row.invoices = [_listed(invoice) for invoice in seen.invoices]
    row.open_cents = seen.facts.open_cents
    row.readers = [person.id or 0 for person in seen.readers]
    return row


def _take(work: Work, row: ReminderStep, seen: Seen, *, charges_costs: bool) -> None:
    kind = seen.step.kind
    row.result = (StepResult.ASKED if kind in MAILED else StepResult.DONE).value
    row.costs_cents = collection_costs(row.open_cents) if kind is StepKind.FORMAL and charges_costs else 0
    work.session.add(row)
    work.session.flush()
    for user_id in row.readers:
        key = reach.mail_key(row.id or 0, user_id)
        outbox.put(work, Task.MAIL_REMINDER, key, step_id=row.id, user_id=user_id, account_id=row.account_id)
    if kind in _TASKS:
        told = {"open_cents": row.open_cents, "invoices": row.invoices}
        tasks.add(work, row.account_id, _TASKS[kind], reach.task_key(row), told, case_id=row.case_id)
    if kind in _RISKY:
        _warn_of_mailbox(work, row)
    audit.record(
        work, SYSTEM, "reminders.step", chain=audit.of_account(row.account_id), subject=kind.value,
        invoices=[listed["number"] for listed in row.invoices],
    )  # fmt: skip
    accounts.bump_version(work, row.account_id)


def _tell_employees(work: Work, row: ReminderStep, seen: Seen) -> None:
    if seen.facts.readers == 0:
        told = {"open_cents": row.open_cents, "email": ""}
        tasks.add(work, row.account_id, TaskKind.ADDRESS, f"address:{row.case_id}", told, case_id=row.case_id)


def _warn_of_mailbox(work: Work, row: ReminderStep) -> None:
    """Once a case: the only mailbox that gets the invoices may be gone soon, or is gone already."""
    person = readers.at_risk(work, row.account_id)
    if person is None:
        return
    told = {"open_cents": row.open_cents, "email": person.email}
    key = f"mailbox:{row.case_id}"
    if tasks.add(work, row.account_id, TaskKind.ADDRESS, key, told, case_id=row.case_id):
        other = readers.somebody_else(work, row.account_id, person)
        if other is not None:
            about = {"name": person.name, "email": person.email}
            kind = AccountMailKind.BILLING_MAILBOX_AT_RISK
            notices.to_user(work, other.id or 0, kind, about, account_id=row.account_id)


def _listed(invoice: Invoice) -> dict[str, object]:
    due_on = invoice.due_on or date.min
    return {
        "id": invoice.id, "number": invoice.number, "due_on": due_on.isoformat(), "open_cents": invoice.open_cents,
    }  # fmt: skip


def _before(work: Work, step: DueStep, case_id: int) -> Sequence[ReminderStep]:
    statement = select(ReminderStep).where(
        ReminderStep.case_id == case_id, ReminderStep.invoice_id == step.invoice_id,
        ReminderStep.kind == step.kind.value,
    )  # fmt: skip
    return work.session.exec(statement.order_by(col(ReminderStep.turn))).all()
