"""The state of the presenter's page: which story is on screen, and what came of a click."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.demo import console
from dashboard import live, run
from dashboard.rows.demo import Card, View, view
from dashboard.session import Visit, enter, look, refresh
from dashboard.stage_state import attempt
from dashboard.texts.nl import NL

ROUTE = "/demo"
TEXTS = NL.demo
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

    @rx.event(background=True)
    async def press(self) -> AsyncIterator[EventSpec | None]:
        """Begin the story on screen, or do its next step."""
        yield await _carry_out(self, STEP, lambda visit: _story(self.view.card, visit))

    @rx.event(background=True)
    async def move(self, hours: str) -> AsyncIterator[EventSpec | None]:
        """Let hours pass."""
        if str(hours) in TEXTS.moves:
            by = timedelta(hours=int(hours))
            yield await _carry_out(self, MOVE, lambda visit: run.flow(console.move, visit.actor, by))

    @rx.event(background=True)
    async def move_to_event(self) -> AsyncIterator[EventSpec | None]:
        """Let time pass until something is due."""
        yield await _carry_out(self, MOVE, lambda visit: run.flow(console.move_to_event, visit.actor))

    @rx.event
    async def turn(self, fault: str) -> None:
        """Switch a failure on, or off again."""
        visit = await look(self)
        is_on = any(row.key == fault and row.on == "true" for row in self.view.faults)
        if visit:
            self.sorry = await attempt(run.flow(console.turn, visit.actor, str(fault), on=not is_on))
        await refresh(self)

    @rx.event(background=True)
    async def reset_all(self) -> AsyncIterator[EventSpec | None]:
        """Everything as it was seeded."""
        yield await _carry_out(self, RESET, lambda visit: _begin_anew(self, visit))

    def _goes_on(self) -> EventSpec | None:
        if self._waits or not self.view.card.hint:
            return None
        self._waits = True
        wait: Any = DemoState.wait
        event: EventSpec = wait()
        return event

    async def _reload(self) -> None:
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        found = await run.flow(console.overview, visit.actor)
        live.watch(self, DemoState, found.versions)
        self.view = view(found, self._chosen)


async def _carry_out(state: DemoState, what: str, act: Callable[[Visit], Awaitable[Any]]) -> EventSpec | None:
    """Do what takes its time, without holding the page meanwhile: other windows and the clock go on."""
    async with state:
        visit = await look(state)
        is_free = visit is not None and not state.busy
        if is_free:
            state.busy, state.sorry = what, ""
    if visit and is_free:
        sorry = await attempt(act(visit))
        async with state:
            state.busy, state.sorry = "", sorry
    async with state:
        await refresh(state)
        return state._goes_on()


def _story(card: Card, visit: Visit) -> Awaitable[None]:
    return run.flow(console.go_on if card.is_begun else console.begin, visit.actor, card.key)


async def _begin_anew(state: DemoState, visit: Visit) -> None:
    took = await run.flow(console.reset, visit.actor)
    async with state:
        state.took = TEXTS.reset_took.format(seconds=f"{took.total_seconds():.2f}".replace(".", ","))
        state._chosen = ""
