"""The last look before a reminder leaves. What was true when it was planned may not be when it is sent."""

from dataclasses import dataclass

from billing import audit, locks, tokens
from billing.access import SYSTEM
from billing.accounts import service as accounts
from billing.correspondence import service as correspondence
from billing.db import Work
from billing.errors import Conflict
from billing.invoices.tables import Invoice
from billing.payments import paylinks
from billing.ports import ReminderMail, ReminderRow
from billing.reminders import gates, planning, service
from billing.reminders.rules import DueStep
from billing.reminders.service import Run
from billing.reminders.tables import ReminderStep, StepResult
from billing.runtime import Policy
from billing.tokens import Purpose


@dataclass(frozen=True)
class Ready:
    """A reminder that is still true. address: where it goes."""

    mail: ReminderMail
    address: str


def listed(work: Work, step_id: int) -> list[int]:
    """The ids of the invoices that a step is about."""
    return [invoice["id"] for invoice in work.session.get_one(ReminderStep, step_id).invoices]


def prepare(work: Work, step_id: int, user_id: int, policy: Policy) -> Ready | None:
    """What to write to one reader; None when the step is dropped, because an invoice changed or a gate closed.

    Raises Conflict outside the hours for reminders (it goes out when they begin), NotFound when the reader is gone.
    """
    step = locks.owned(work, ReminderStep, step_id)
    if step.result == StepResult.DROPPED:
        return None
    if not planning.may_mail_now(work):
        raise Conflict(reason="quiet_hours")
    invoices = service.invoices_of(work, [one["id"] for one in step.invoices])
    if not _is_still_true(work, step, invoices, policy):
        return None
    reader = correspondence.recipient(work, user_id)
    return Ready(_mail(step, invoices, policy, recipient=reader.name, language=reader.language), reader.email)


def sent(work: Work, step_id: int) -> None:
    """A mail of the step has been taken by the mail system."""
    step = work.session.get_one(ReminderStep, step_id)
    if step.result == StepResult.ASKED:
        step.result = StepResult.DONE.value
        work.session.add(step)


def _is_still_true(work: Work, step: ReminderStep, invoices: list[Invoice], policy: Policy) -> bool:
    """Drops the step, for everybody to see, when it is not."""
    about = DueStep(step.rung, step.invoice_id, step.planned_on, tuple(one["id"] for one in step.invoices), None)
    seen = service.look(work, step.account_id, about, Run(policy.reminders, policy.runs))
    found = gates.verdicts(seen.facts, policy.runs)
    is_same = [invoice.open_cents for invoice in invoices] == [one["open_cents"] for one in step.invoices]
    closed = [gate.value for gate in gates.closed(found) if gate is not gates.Gate.REACHED]
    if is_same and not closed:
        return True
    if step.result == StepResult.ASKED:
        step.result, step.gates = StepResult.DROPPED.value, [verdict.as_json() for verdict in found]
        work.session.add(step)
    audit.record(
        work, SYSTEM, "reminders.dropped", chain=audit.of_account(step.account_id), subject=step.kind, gates=closed
    )
    accounts.bump_version(work, step.account_id)
    return False


def _mail(
    step: ReminderStep, invoices: list[Invoice], policy: Policy, *, recipient: str, language: str
) -> ReminderMail:
    key, base = policy.signing_key, policy.public_url
    return ReminderMail(
        kind=step.kind, recipient=recipient, language=language,
        rows=tuple(
            ReminderRow(
                number=invoice.number or "", due_on=invoice.due_on or step.planned_on, open_cents=invoice.open_cents,
                pay_url=f"{base}/pay/{paylinks.sign(invoice.id or 0, key, invoice.pay_link_serial)}",
                reference=invoice.reference,
            )
            for invoice in invoices
        ),
        paid_url=f"{base}/reminder/{tokens.sign(Purpose.REMINDER, key, step.id or 0)}",
        dashboard_url=f"{base}/invoices", phone=policy.reminders.phone, costs_cents=step.costs_cents,
    )  # fmt: skip
