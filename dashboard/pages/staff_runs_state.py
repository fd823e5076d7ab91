"""The state of the page of runs: those of before, what one would do, and the one that is at work."""

import asyncio
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing import access
from billing.errors import BillingError
from billing.mandates import days as collections
from billing.mandates import flows as mandate_flows
from billing.reminders import days as reminders
from billing.reminders import flows as reminder_flows
from billing.runs import desk
from billing.runs import flows as run_flows
from billing.runtime import Billing
from dashboard import run
from dashboard.pages.account_acts import Again, attempt, give_up, repeat, text_fields
from dashboard.rows import problems
from dashboard.rows import runs as rows
from dashboard.rows.account import Proof, Told
from dashboard.rows.runs import COLLECTIONS, INVOICES, REMINDERS, Day, Preview, RunList
from dashboard.session import Visit, enter, look, refresh

ROUTE = "/staff/runs"
TOP, PREVIEW = "runs-top", "runs-preview"
LONGEST = 300
LOOK_SECONDS = 0.4


class StaffRunsState(rx.State):
    """Runs of invoices, and the days of reminders and collections. preview: what a run would do; busy: one is at work,
    and progress: how far it is."""

    runs: RunList = RunList()
    reminders: tuple[Day, ...] = ()
    collections: tuple[Day, ...] = ()
    preview: Preview = Preview()
    busy: bool = False
    progress: str = ""
    trouble: Told = Told()
    news: Told = Told()
    proof: Proof = Proof()

    _page: int = 1
    _because: str = ""
    _kind: str = ""
    _again: Again = ()

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page."""
        return await enter(self, ROUTE, staff=True)

    @rx.event
    async def foresee(self, kind: str) -> None:
        """A dry run, with its totals."""
        self.trouble, self.news, self.preview = Told(), Told(), Preview()
        visit = await look(self)
        if visit is None or kind not in (INVOICES, REMINDERS, COLLECTIONS):
            return
        try:
            self.preview = await run.flow(_foreseen, visit, kind)
        except (BillingError, run.Problem) as problem:
            self.trouble = Told(TOP, problems.sentence(problem))

    @rx.event
    async def start(self, form: dict[str, Any]) -> Any:
        """Start what was shown, once the person has proven an identity."""
        said, kind = text_fields(form, "because") or {}, self.preview.kind
        because = said.get("because", "").replace("\0", "").strip()[:LONGEST]
        if not kind or self.busy:
            return None
        if self.preview.held and not because:
            self.trouble = Told(PREVIEW, rows.TEXTS.no_reason)
            return None
        if not await attempt(self, PREVIEW, ("start", form), access.require_finance_checked):
            return None
        self._kind, self._because = kind, because if self.preview.held else ""
        self.preview, self.busy, self.progress = Preview(), True, ""
        at_work: Any = StaffRunsState.work
        return at_work()

    @rx.event(background=True)
    async def work(self) -> None:
        """The run itself, which may take minutes; what it has done stays done when somebody closes the page."""
        async with self:
            visit, kind, because = await look(self), self._kind, self._because
            self._kind = ""
            if visit is None or not kind:
                self.busy = False
                return
        counted = [0, 0]
        running = asyncio.ensure_future(run.flow(_started, visit, kind, because, counted))
        while not running.done():
            await asyncio.wait({running}, timeout=LOOK_SECONDS)
            async with self:
                self.progress = rows.progress(*counted)
        async with self:
            await self._tell(running)

    @rx.event
    async def close(self) -> None:
        """Start nothing."""
        self.preview, self.trouble, self.news = Preview(), Told(), Told()
        give_up(self)

    @rx.event
    async def proven(self) -> Any:
        """The person has just proven an identity: do what was asked for."""
        return await repeat(self)

    @rx.event
    async def unproven(self) -> None:
        """No proof after all."""
        give_up(self)

    @rx.event(supersedes=True)
    async def turn(self, step: int) -> None:
        """One page of the runs of invoices on or back."""
        self._page += 1 if step == 1 else -1
        await refresh(self)

    async def _tell(self, running: asyncio.Future[Any]) -> None:
        """Say what a run came to, and show what there is now."""
        self.busy, self.progress = False, ""
        try:
            self.news = Told(TOP, rows.done(running.result()))
        except (BillingError, run.Problem) as problem:
            self.trouble = Told(TOP, problems.sentence(problem))
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        found = await run.ask(desk.runs, visit.actor, self._page)
        self._page, self.runs = found.page, rows.run_list(found)
        self.reminders = tuple(rows.reminder_day(one) for one in await run.ask(reminders.days, visit.actor))
        self.collections = tuple(rows.collection_day(one) for one in await run.ask(collections.days, visit.actor))


def _foreseen(billing: Billing, visit: Visit, kind: str) -> Preview:
    if kind == INVOICES:
        return rows.invoices(*run_flows.foresee(billing, visit.actor))
    if kind == REMINDERS:
        return rows.reminders(reminder_flows.foresee(billing, visit.actor))
    return rows.collections(mandate_flows.foresee(billing, visit.actor))


def _started(billing: Billing, visit: Visit, kind: str, because: str, counted: list[int]) -> Any:
    """counted: how many invoices of how many there are; kept up to date."""

    def count(done: int, total: int) -> None:
        counted[:] = [done, total]

    if kind == INVOICES:
        return run_flows.start(billing, visit.actor, because=because, progress=count)
    if kind == REMINDERS:
        return reminder_flows.start(billing, visit.actor, because=because)
    return mandate_flows.start(billing, visit.actor)
