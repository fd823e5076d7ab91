"""The state of the presenter's page: which story is on screen, and what came of a click."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from datetime import timedelta
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.demo import console
from billing.documents import quantity
from billing.errors import BillingError
from dashboard import live, run
from dashboard.rows import problems
from dashboard.rows.demo import View, refused, view
from dashboard.session import Visit, enter, look, refresh
from dashboard.texts.languages import SAID, language

ROUTE = "/demo"
TEXTS = SAID.demo
WAIT_SECONDS = 1.0
STEP, MOVE, FAULT, RESET = "step", "move", "fault", "reset"


class DemoState(rx.State):
    """busy: what is being done. sorry: why the last click came to nothing. took: how long the last reset took."""

    view: View = View()
    busy: str = ""
    sorry: str = ""
    took: str = ""

    _chosen: str = ""
    _waits: bool = False

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page."""
        return await enter(self, ROUTE) or self._goes_on()

    @rx.event
    async def choose(self, story: str) -> EventSpec | None:
        """Put a story on screen."""
        self._chosen, self.sorry = str(story), ""
        await refresh(self)
        return self._goes_on()

    @rx.event
    async def wait(self) -> EventSpec | None:
        """Look again in a moment, for as long as the story on screen goes on by itself: no customer's page changes by a
        mail that leaves, so nothing else would tell."""
        await asyncio.sleep(WAIT_SECONDS)
        self._waits = False
        await refresh(self)
        return self._goes_on()

    @rx.event
    async def press(self) -> AsyncIterator[EventSpec | None]:
        """Set the scene of the story on screen, or do its next step."""
        visit, card = await look(self), self.view.card
        act = console.go_on if card.is_begun else console.begin
        if visit and not self.busy:
            self._begin(STEP)
            yield None
            await self._try(run.flow(act, visit.actor, card.key))
        await refresh(self)
        yield self._goes_on()

    @rx.event
    async def move(self, hours: str) -> AsyncIterator[None]:
        """Let hours pass."""
        visit = await look(self)
        if visit and not self.busy and str(hours) in TEXTS.moves:
            self._begin(MOVE)
            yield
            await self._try(run.flow(console.move, visit.actor, timedelta(hours=int(hours))))
        await refresh(self)

    @rx.event
    async def move_to_event(self) -> AsyncIterator[None]:
        """Let time pass until something is due."""
        visit = await look(self)
        if visit and not self.busy:
            self._begin(MOVE)
            yield
            await self._try(run.flow(console.move_to_event, visit.actor))
        await refresh(self)

    @rx.event
    async def turn(self, fault: str) -> None:
        """Switch a failure on, or off again."""
        visit = await look(self)
        is_on = any(row.key == fault and row.on == "true" for row in self.view.faults)
        if visit:
            self._begin("")
            await self._try(run.flow(console.turn, visit.actor, str(fault), on=not is_on))
        await refresh(self)

    @rx.event
    async def reset_all(self) -> AsyncIterator[None]:
        """Everything as it was seeded."""
        visit = await look(self)
        if visit and not self.busy:
            self._begin(RESET)
            yield
            await self._try(self._restored(visit))
        await refresh(self)

    def _goes_on(self) -> EventSpec | None:
        if self._waits or not self.view.card.hint:
            return None
        self._waits = True
        wait: Any = DemoState.wait
        event: EventSpec = wait()
        return event

    def _begin(self, what: str) -> None:
        self.busy, self.sorry = what, ""

    async def _restored(self, visit: Visit) -> None:
        took = await run.flow(console.reset, visit.actor)
        self.took = TEXTS.reset_took.format(seconds=quantity(f"{took.total_seconds():.2f}", language()))
        self._chosen = ""

    async def _try(self, act: Awaitable[Any]) -> None:
        try:
            await act
        except BillingError as problem:
            self.sorry = refused(problem)
        except run.Problem as problem:
            self.sorry = problems.sentence(problem)
        finally:
            self.busy = ""

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        found = await run.flow(console.overview, visit.actor)
        live.watch(self, DemoState, found.versions)
        self.view = view(found, self._chosen)
