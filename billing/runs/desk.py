"""Invoice runs as the finance department sees them: those of before, and whether the next one is usual."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, func, select

from billing import access
from billing.access import Actor
from billing.db import Work
from billing.errors import RunHeld
from billing.invoices.tables import InvoiceRun, RunState
from billing.runs import breaker
from billing.runs.rules import RunRules, Volume

PAGE_SIZE = 10


@dataclass(frozen=True)
class RunRow:
    """One run. finished_at: None while it is at work. forced: it was far from the usual, and because: why it went."""

    run_id: int
    due_until: date
    started_by: str
    started_at: datetime
    finished_at: datetime | None
    forced: bool
    because: str
    invoices: int
    lines: int
    net_cents: int
    vat_cents: int
    credits_cents: int


@dataclass(frozen=True)
class Runs:
    """One page of runs, the newest first."""

    rows: tuple[RunRow, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class Held:
    """A run that is far from all of the last ones, and the one of these that is most like it."""

    run: Volume
    alike: Volume


def runs(work: Work, actor: Actor, page: int = 1) -> Runs:
    """All runs that invoiced something, and those at work. Raises NotAllowed."""
    access.require_finance(work, actor)
    shown = (InvoiceRun.invoices > 0) | (InvoiceRun.state == RunState.RUNNING.value)
    count = work.session.exec(select(func.count(col(InvoiceRun.id))).where(shown)).one()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(page, 1), pages)
    newest = select(InvoiceRun).where(shown).order_by(col(InvoiceRun.id).desc())
    found = work.session.exec(newest.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    return Runs(tuple(_row(run) for run in found), page, pages)


def held(work: Work, actor: Actor, due_until: date, limits: RunRules) -> Held | None:
    """Why a run would be held; None when it is as usual. Raises NotAllowed."""
    access.require_finance(work, actor)
    foreseen = breaker.foreseen(work, due_until)
    try:
        breaker.require_usual(work, foreseen, limits)
    except RunHeld as far:
        return Held(foreseen, Volume(far.facts["alike_invoices"], far.facts["alike_cents"]))
    return None


def _row(run: InvoiceRun) -> RunRow:
    return RunRow(
        run_id=run.id or 0, due_until=run.due_until, started_by=run.started_by, started_at=run.started_at,
        finished_at=run.finished_at, forced=run.forced, because=run.because, invoices=run.invoices, lines=run.lines,
        net_cents=run.net_cents, vat_cents=run.vat_cents, credits_cents=run.credits_cents,
    )  # fmt: skip
