"""A look at everybody who owes something, and the mails that follow from it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, select

from billing import access
from billing.access import Actor
from billing.correspondence import flows as correspondence
from billing.correspondence.handing_over import hand_over
from billing.db import Work
from billing.documents import file_of
from billing.outbox import OutboxMessage, Task
from billing.payments import flows as payments
from billing.ports import Attachment
from billing.reminders import cases, planning, sending, service, volume
from billing.reminders.rules import DueStep
from billing.reminders.service import Decision, Run
from billing.reminders.tables import ReminderStep, StepResult
from billing.runtime import Billing
from billing.troubles import flows as troubles

log = logging.getLogger(__name__)

# What was postponed is looked at again so often by the worker; a person who runs it looks at all.
AGAIN_AFTER = timedelta(minutes=15)
AT_ONCE = 100


@dataclass(frozen=True)
class Ran:
    """What a run decided, or would decide. is_quiet: it is no time for reminders, so nothing was decided."""

    decisions: tuple[Decision, ...]
    is_quiet: bool = False
    is_preview: bool = False


def remind(billing: Billing) -> int:
    """What the worker does again and again: close what is settled, decide what is due; returns how many were sent."""
    return sum(not decision.closed for decision in run_reminders(billing, patience=AGAIN_AFTER).decisions)


def run_reminders(billing: Billing, *, forced: bool = False, patience: timedelta = timedelta()) -> Ran:
    """Decide every step that is due, an account at a time. Doing it again changes nothing but what has changed.

    forced: let a run go that is far from the usual. patience: leave out what was postponed less long ago than that.
    """
    if billing.ask(cases.any_settled):
        billing.do(cases.close_settled)
    if not billing.ask(planning.may_mail_now):
        return Ran((), is_quiet=True)
    run = _run(billing, forced=forced)
    found = _foreseen(billing, run, patience)
    run = billing.ask(volume.measured, run, found)
    return Ran(tuple(_decided(billing, [decision.account_id for decision in found], run)))


def preview(billing: Billing, *, forced: bool = False) -> Ran:
    """What `run_reminders` would do, without changing anything."""
    run = _run(billing, forced=forced)
    run = billing.ask(volume.measured, run, _foreseen(billing, run, timedelta()))
    return Ran(
        tuple(_foreseen(billing, run, timedelta())), is_quiet=not billing.ask(planning.may_mail_now), is_preview=True
    )


def foresee(billing: Billing, actor: Actor) -> Ran:
    """The same for somebody of the finance department. Raises NotAllowed."""
    billing.ask(access.require_finance, actor)
    return preview(billing)


def start(billing: Billing, actor: Actor, *, because: str = "") -> Ran:
    """Send what is due, as somebody of the finance department; because: why, when it is far from the usual.

    Raises NotAllowed, CheckNeeded.
    """
    billing.do(access.require_finance_checked, actor)
    if because:
        log.warning("user %s lets reminders go that are far from the usual: %r", actor.user_id, because)
    return run_reminders(billing, forced=bool(because))


def mail_reminder(billing: Billing, message: OutboxMessage) -> None:
    """Write and send the mail of a step to one reader, or drop it. Raises as `prepare` and the mail system do, and
    ProviderUnclear when the gateway can't say what was paid meanwhile."""
    step_id, user_id = message.payload["step_id"], message.payload["user_id"]
    payments.ask_now(billing, message.payload["account_id"])
    printed = [correspondence.ensure_file(billing, one) for one in billing.ask(sending.listed, step_id)]
    ready = billing.do(sending.prepare, step_id, user_id, billing.policy)
    if ready is None:
        return
    pdfs = tuple(Attachment(f"{file_of(one.document)}.pdf", "application/pdf", one.content or b"") for one in printed)
    written = billing.mail_writer.reminder(ready.mail)
    hand_over(billing, message, ready.mail.recipient, ready.address, written, pdfs)
    billing.do(sending.sent, step_id)


def _decided(billing: Billing, account_ids: Sequence[int], run: Run) -> list[Decision]:
    decided: list[Decision] = []

    def decide(account_id: int) -> int:
        decision = billing.do(service.decide, account_id, run)
        decided.extend([decision] if decision else [])
        return 1

    troubles.each(billing, "reminders.decide", "account", decide, account_ids)
    return decided


def _run(billing: Billing, *, forced: bool) -> Run:
    return Run(billing.policy.reminders, billing.policy.runs, is_forced=forced)


def _foreseen(billing: Billing, run: Run, patience: timedelta) -> list[Decision]:
    """What would be decided for every account with a step that is due, some accounts at a time."""
    due = list(billing.ask(_due, patience).items())
    return [
        decision for first in range(0, len(due), AT_ONCE)
        for decision in _some_foreseen(billing, due[first : first + AT_ONCE], run)
    ]  # fmt: skip


def _some_foreseen(billing: Billing, due: Sequence[tuple[int, DueStep]], run: Run) -> list[Decision]:
    """When some can't be told together, each alone, so that one who can't be told at all keeps nobody waiting."""
    try:
        return billing.ask(_previewed, due, run)
    except Exception:
        log.exception("what is due of accounts %s could not be told", [account_id for account_id, _ in due])
    found: list[Decision] = []
    steps = dict(due)

    def foresee_one(account_id: int) -> int:
        found.extend(billing.ask(_previewed, [(account_id, steps[account_id])], run))
        return 1

    troubles.each(billing, "reminders.foresee", "account", foresee_one, steps)
    return found


def _due(work: Work, patience: timedelta) -> dict[int, DueStep]:
    waiting = _postponed_since(work, patience)
    return {account: step for account, step in planning.due_steps(work).items() if account not in waiting}


def _previewed(work: Work, due: Sequence[tuple[int, DueStep]], run: Run) -> list[Decision]:
    return [service.preview(work, account_id, step, run) for account_id, step in due]


def _postponed_since(work: Work, patience: timedelta) -> set[int]:
    statement = select(ReminderStep.account_id).where(
        ReminderStep.result == StepResult.POSTPONED.value, col(ReminderStep.decided_at) > work.now - patience
    )
    return set(work.session.exec(statement))


correspondence.HANDLERS[Task.MAIL_REMINDER] = mail_reminder
