"""Runs of invoices, reminders and collections: those of before, and what one would do now."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from billing.documents import percentage
from billing.mandates.days import CollectionDay
from billing.mandates.report import Report
from billing.reminders.days import ReminderDay
from billing.reminders.desk import Gate
from billing.reminders.flows import Ran as Reminded
from billing.reminders.service import Decision
from billing.runs.desk import Held, RunRow, Runs
from billing.runs.flows import Ran
from billing.runs.tally import Tally
from dashboard.rows.common import Amount, Badge, amount, cents, day, moment
from dashboard.rows.paper import Sum
from dashboard.texts.languages import SAID, language

TEXTS = SAID.staff.runs
INVOICES, REMINDERS, COLLECTIONS = "invoices", "reminders", "collections"
SHOWN = 12
# What else the rules of invoices find, which the log of the run names.
OTHER = "other"
CASES = SAID.staff.stops.cases


@dataclass(frozen=True)
class Run:
    """An invoice run. because: why one went that was far from the usual; empty for all others."""

    id: str
    until: str
    count: str
    by: str
    state: Badge
    because: str
    total: Amount
    credits: str


@dataclass(frozen=True)
class RunList:
    """One page of runs."""

    rows: tuple[Run, ...] = ()
    spread: str = ""
    has_previous: bool = False
    has_next: bool = False


@dataclass(frozen=True)
class Day:
    """What happened on a day: counts in the order of the columns; third: empty where there are two."""

    on: str
    first: str
    second: str
    third: str
    sum: Amount


@dataclass(frozen=True)
class Going:
    """One step of a dry run, and what it waits for."""

    title: str
    text: str
    amount: Amount


@dataclass(frozen=True)
class Preview:
    """What a run would do. kind: empty while nothing is shown. held: why it is held; then a reason is needed."""

    kind: str = ""
    title: str = ""
    lede: str = ""
    submit: str = ""
    sums: tuple[Sum, ...] = ()
    facts: tuple[str, ...] = ()
    rows: tuple[Going, ...] = ()
    more: str = ""
    held: str = ""
    can_start: bool = False
    total: Amount = field(default_factory=Amount)


def run_list(found: Runs) -> RunList:
    """One page of the list."""
    return RunList(
        rows=tuple(_run(row) for row in found.rows),
        spread=SAID.staff.money.page(found.page, found.pages) if found.pages > 1 else "",
        has_previous=found.page > 1,
        has_next=found.page < found.pages,
    )


def reminder_day(one: ReminderDay) -> Day:
    """The reminders of a day."""
    return Day(day(one.on), str(one.taken), str(one.postponed), "", amount(one.taken_cents))


def collection_day(one: CollectionDay) -> Day:
    """The collections of a day."""
    return Day(day(one.on), str(one.coming), str(one.collected), str(one.failed), amount(one.cents))


def invoices(ran: Ran, held: Held | None) -> Preview:
    """A dry run of invoices."""
    texts, kind, tally = TEXTS.invoices, TEXTS.kinds[INVOICES], ran.tally
    until = texts.until.format(date=day(ran.due_until))
    skipped = [
        texts.skipped.format(service=one.service_id, reason=texts.reasons.get(one.reason, texts.reasons[OTHER]))
        for one in tally.skipped
    ]
    return Preview(
        INVOICES, kind.preview, f"{until}: {texts.count(tally.invoices, tally.lines)}" if tally.invoices
        else kind.nothing, kind.start, sums=_sums(tally), facts=tuple(skipped[:SHOWN]), more=_more(len(skipped)),
        held=_held(held) if held else "", can_start=tally.invoices > 0, total=amount(tally.total_cents),
    )  # fmt: skip


def reminders(ran: Reminded) -> Preview:
    """A dry run of reminders. It is held when the volume alone stands in the way of a step."""
    texts, kind = TEXTS.reminders, TEXTS.kinds[REMINDERS]
    closed = [one for one in ran.decisions if one.closed]
    going = len(ran.decisions) - len(closed)
    is_held = any([verdict.gate for verdict in one.closed] == [Gate.VOLUME] for one in closed)
    facts = [count(number) for count, number in ((texts.going, going), (texts.waiting, len(closed))) if number]
    return Preview(
        REMINDERS, kind.preview, "" if ran.decisions else kind.nothing, kind.start,
        facts=(*facts, *([texts.quiet] if ran.is_quiet else [])),
        rows=tuple(_going(one) for one in ran.decisions[:SHOWN]), more=_more(len(ran.decisions)),
        held=texts.held if is_held else "", can_start=bool(ran.decisions) and not ran.is_quiet,
        total=amount(sum(one.open_cents for one in ran.decisions if not one.closed)),
    )  # fmt: skip


def collections(due: Report) -> Preview:
    """A dry run of collections."""
    texts, kind = TEXTS.collections, TEXTS.kinds[COLLECTIONS]
    is_any = due.planned + due.announced + due.submitted > 0
    facts = [texts.planned(due.planned), texts.announced(due.announced), texts.submitted(due.submitted)]
    extra = [texts.frozen] if due.frozen else []
    extra += [texts.for_staff.format(numbers=", ".join(due.for_staff))] if due.for_staff else []
    return Preview(
        COLLECTIONS, kind.preview, "" if is_any else kind.nothing, kind.start,
        facts=(*(facts if is_any else ()), *extra), can_start=is_any,
    )  # fmt: skip


def done(result: Ran | Reminded | Report) -> str:
    """What a run came to."""
    if isinstance(result, Ran):
        return TEXTS.invoices.done(result.tally.invoices, cents(result.tally.total_cents))
    if isinstance(result, Report):
        return TEXTS.collections.done(result.planned, result.announced, result.submitted)
    if result.is_quiet:
        return TEXTS.reminders.quiet
    taken = sum(not one.closed for one in result.decisions)
    return TEXTS.reminders.done(taken, len(result.decisions) - taken)


def progress(done_: int, total: int) -> str:
    """How far a run of invoices is; empty before it has begun."""
    return TEXTS.invoices.progress.format(done=done_, total=total) if total else ""


def _run(row: RunRow) -> Run:
    texts = TEXTS.invoices
    state = Badge(texts.finished, tone="s-paid", icon="okc") if row.finished_at else Badge(
        texts.at_work, tone="s-pending", icon="way")  # fmt: skip
    total = row.net_cents + row.vat_cents
    forced = f"{texts.forced}: {row.because}" if row.because else f"{texts.forced}."
    return Run(
        id=str(row.run_id), until=texts.until.format(date=day(row.due_until)),
        count=texts.count(row.invoices, row.lines),
        by=texts.by.format(name=row.started_by, at=moment(row.started_at)), state=state,
        because=forced if row.forced else "", total=amount(total),
        credits=f"{texts.credits} {cents(row.credits_cents)}" if row.credits_cents else "",
    )  # fmt: skip


def _sums(tally: Tally) -> tuple[Sum, ...]:
    texts = TEXTS.invoices
    if not tally.invoices:
        return ()
    vat = [
        Sum(texts.vat_over.format(rate=percentage(format(rate, "f"), language()), base=cents(base)), cents(tax))
        for rate, (base, tax) in sorted(tally.vat.items(), reverse=True)
    ]
    rows = [Sum(texts.net, cents(tally.net_cents)), *vat, Sum(texts.total, cents(tally.total_cents))]
    return (*rows, *([Sum(texts.credits, cents(tally.credits_cents), "cred")] if tally.credits_cents else []))


def _held(held: Held) -> str:
    texts, run, alike = TEXTS.invoices, held.run, held.alike
    return texts.held.format(
        invoices=texts.invoices(run.invoices), total=cents(run.total_cents),
        alike_invoices=texts.invoices(alike.invoices), alike=cents(alike.total_cents),
    )  # fmt: skip


def _going(one: Decision) -> Going:
    waits: Sequence[str] = [CASES.gates[verdict.gate.value] for verdict in one.closed]
    text = f"{CASES.steps[one.kind.value]}, {', '.join(one.numbers)}"
    return Going(one.name, f"{text}. {'; '.join(waits)}".rstrip(". "), amount(one.open_cents))


def _more(count: int) -> str:
    return TEXTS.reminders.more(count - SHOWN) if count > SHOWN else ""
