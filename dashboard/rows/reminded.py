"""Who is being reminded, what people have to do about it, domains that wait, and the switch of the collections."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from billing.clock import local_day
from billing.mandates.switches import BY_ITSELF, SPIKE, Turned
from billing.reminders.desk import CaseRow, Cases, StepResult, TaskRow
from billing.reminders.queries import HoldRow
from billing.renewals.service import HeldRow
from dashboard.rows.common import Amount, amount, cents, day
from dashboard.texts.languages import SAID

TEXTS = SAID.staff.stops


@dataclass(frozen=True)
class Task:
    """Something to do. kind: as the module calls it, for its outcomes."""

    id: str
    kind: str
    title: str
    account: str
    facts: str
    finish_name: str


@dataclass(frozen=True)
class Hold:
    """Why somebody is left in peace."""

    id: str
    text: str
    why: str
    release_name: str


@dataclass(frozen=True)
class Case:
    """A customer who is being reminded. waits: why the last step was postponed; one sentence for each gate."""

    id: str
    account: str
    since: str
    overdue: Amount = field(default_factory=Amount)
    step: str = ""
    result: str = ""
    waits: tuple[str, ...] = ()
    holds: tuple[Hold, ...] = ()
    hold_name: str = ""
    look_name: str = ""


@dataclass(frozen=True)
class CaseList:
    """One page of them."""

    rows: tuple[Case, ...] = ()
    count: str = ""
    spread: str = ""
    has_previous: bool = False
    has_next: bool = False


@dataclass(frozen=True)
class Waiting:
    """A domain that is not renewed by itself."""

    id: str
    label: str
    by: str
    open: str
    allow_name: str


@dataclass(frozen=True)
class Switch:
    """The switch of the collections. by: since when, who and why; empty when nobody ever touched it."""

    frozen: bool = False
    text: str = ""
    by: str = ""


def task(row: TaskRow) -> Task:
    """One thing to do."""
    texts, title = TEXTS.tasks, TEXTS.tasks.kinds[row.kind.value]
    facts = [*_facts(row.facts), texts.since.format(date=day(local_day(row.since)))]
    name = texts.finish_named.format(kind=title, account=row.account)
    return Task(str(row.task_id), row.kind.value, title, row.account, ", ".join(facts), name)


def case_list(found: Cases) -> CaseList:
    """One page of customers."""
    return CaseList(
        rows=tuple(_case(row) for row in found.rows),
        count=TEXTS.cases.count(found.count) if found.count else "",
        spread=SAID.staff.money.page(found.page, found.pages) if found.pages > 1 else "",
        has_previous=found.page > 1,
        has_next=found.page < found.pages,
    )


def waiting(row: HeldRow) -> Waiting:
    """One domain."""
    texts = TEXTS.renewals
    return Waiting(
        id=str(row.renewal_id), label=row.label,
        by=texts.by_day.format(account=row.account, date=day(row.period_start)),
        open=texts.open.format(open=cents(row.open_cents), ceiling=cents(row.ceiling_cents)),
        allow_name=texts.allow_named.format(label=row.label),
    )  # fmt: skip


def switch(turned: Turned) -> Switch:
    """How the collections stand."""
    texts = TEXTS.switch
    by = ""
    if turned.at:
        by = texts.by.format(date=day(local_day(turned.at)), name=turned.by_name)
        is_spike = turned.by_name == BY_ITSELF and turned.reason == SPIKE
        why = texts.spike if is_spike else turned.reason
        by = f"{by} {why[:1].upper()}{why[1:]}".strip()
    return Switch(turned.frozen, texts.frozen_text if turned.frozen else texts.on_text, by)


def _facts(facts: Mapping[str, Any]) -> list[str]:
    said = TEXTS.tasks.facts
    return [said[_counted(name, value)].format(value=_fact(name, value)) for name, value in facts.items()
            if name in said and value]  # fmt: skip


def _counted(name: str, value: Any) -> str:
    """One invoice has words of its own."""
    return "invoice" if name == "invoices" and len(value) == 1 else name


def _fact(name: str, value: Any) -> str:
    if name.endswith("cents"):
        return cents(value)
    if name.endswith("_on"):
        return day(date.fromisoformat(value))
    # Invoices are told as numbers, or with what was open on each.
    told = [one.get("number", "") if isinstance(one, dict) else str(one) for one in value] if name == "invoices" else []
    return ", ".join(told) or str(value)


def _case(row: CaseRow) -> Case:
    texts, step = TEXTS.cases, row.step
    is_postponed = step is not None and step.result is StepResult.POSTPONED
    return Case(
        id=str(row.account_id), account=row.account,
        since=texts.since.format(date=day(row.oldest_on or local_day(row.opened_at))),
        overdue=amount(row.overdue_cents),
        step=texts.steps[step.kind.value] if step else texts.no_step,
        result=texts.results[step.result.value] if step else "",
        waits=tuple(_sentence(texts.gates[gate.value]) for gate in step.closed) if step and is_postponed else (),
        holds=tuple(_hold(hold, row.account) for hold in row.holds),
        hold_name=texts.hold_named.format(account=row.account), look_name=texts.look_named.format(account=row.account),
    )  # fmt: skip


def _hold(row: HoldRow, account: str) -> Hold:
    texts = TEXTS.cases
    kind = texts.holds[row.kind.value]
    until = texts.hold_until.format(date=day(row.until)) if row.until else texts.hold_open
    text = f"{kind} {until}, {texts.hold_by.format(name=row.placed_by)}"
    return Hold(str(row.hold_id), text, row.why, texts.release_named.format(kind=kind, account=account))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
