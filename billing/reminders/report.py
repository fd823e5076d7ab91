"""What a run of the reminders and the work list say on the command line, for people and for programs."""

from collections.abc import Iterator
from typing import Any

from billing.documents import money
from billing.reminders.flows import Ran
from billing.reminders.queries import CaseView, OpenCase
from billing.reminders.service import Decision
from billing.reminders.tables import ReminderTask

LANGUAGE = "en"
_WHY = {
    "G1": "too little is open", "G2": "a payment is under way or unknown", "G3": "money without a place may be theirs",
    "G4": "not everything that was paid has been heard", "G5": "on hold", "G6": "the step before reached nobody yet",
    "G7": "the run is far from the usual", "G8": "credits are used first",
}  # fmt: skip


def as_row(decision: Decision) -> dict[str, Any]:
    """One decision with the gates that were closed and what they saw."""
    return {
        "account": decision.account_id, "step": decision.kind.value, "invoices": list(decision.numbers),
        "open_cents": decision.open_cents, "closed": [verdict.as_json() for verdict in decision.closed],
    }  # fmt: skip


def as_lines(ran: Ran) -> Iterator[str]:
    """A table of what was sent or postponed and why, or would be."""
    if ran.is_quiet:
        yield "No reminders now: they go out from 8:00 to 20:00, and not on Sundays and holidays."
    for decision in ran.decisions:
        amount = money(decision.open_cents, LANGUAGE)
        verdict = "; ".join(f"{one.gate.value} {_WHY[one.gate.value]}" for one in decision.closed)
        done = f"postponed: {verdict}" if verdict else "would be taken" if ran.is_preview else "taken"
        yield f"{decision.kind.value:<9} {amount:>12}  {decision.name[:30]:<30} {' '.join(decision.numbers)}  {done}"
    taken = sum(not decision.closed for decision in ran.decisions)
    yield f"{taken} steps {'would be taken' if ran.is_preview else 'taken'}, {len(ran.decisions) - taken} postponed."


def task_row(task: ReminderTask) -> dict[str, Any]:
    """Something that an employee has to do."""
    return {
        "task": task.id, "kind": task.kind, "account": task.account_id, "since": task.created_at.isoformat(),
        "facts": task.facts,
    }  # fmt: skip


def task_line(task: ReminderTask) -> str:
    """The same in words."""
    told = ", ".join(f"{name} {value}" for name, value in sorted(task.facts.items()) if name != "invoices")
    return f"{task.id:>6}  {task.kind:<9} account {task.account_id:<8} since {task.created_at.date()}  {told}"


def open_case_line(case: OpenCase) -> str:
    """One customer who is being reminded."""
    return f"account {case.account_id:<8} since {case.opened_at.date()}  {case.name}"


def case_lines(case: CaseView) -> Iterator[str]:
    """How a customer stands: each step, the newest first, then what keeps reminders from going out or arriving."""
    for step in case.steps:
        closed = "; ".join(f"{gate.value} {_WHY[gate.value]}" for gate in step.closed)
        about = f"{step.kind.value:<9} {money(step.open_cents, LANGUAGE):>12}  {step.decided_at.date()}"
        yield f"{about}  {step.result.value:<9} {closed}".rstrip()
    for hold in case.holds:
        until, why = hold.until or "it is released", f": {hold.why}" if hold.why else ""
        yield f"hold {hold.hold_id}: {hold.kind.value} until {until}, by {hold.placed_by}{why}"
    for address in case.troubled:
        yield f"mails do not reach {address}"
    if case.at_risk:
        yield f"nobody but {case.at_risk} gets the invoices"
