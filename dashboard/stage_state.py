"""What the bar of who shows the demo does: let time pass, on whatever page it is."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import reflex as rx
from reflex.event import EventSpec
from reflex.state import OnLoadInternalState

from billing.demo import console
from billing.errors import BillingError
from dashboard import run
from dashboard.rows import problems
from dashboard.rows.demo import refused
from dashboard.session import SessionState, Visit, look

HOURS = ("1", "24")


class StageState(rx.State):
    """What can be pressed on the bar."""

    @rx.event(background=True)
    async def move(self, hours: str) -> AsyncIterator[EventSpec | None]:
        """Let an hour or a day pass."""
        if str(hours) in HOURS:
            by = timedelta(hours=int(hours))
            yield await _let_pass(self, lambda visit: run.flow(console.move, visit.actor, by))

    @rx.event(background=True)
    async def move_to_event(self) -> AsyncIterator[EventSpec | None]:
        """Let time pass until something is due."""
        yield await _let_pass(self, lambda visit: run.flow(console.move_to_event, visit.actor))


async def attempt(doing: Awaitable[Any]) -> str:
    """Do something for who shows the demo. Why it came to nothing; empty when it did not."""
    try:
        await doing
    except BillingError as problem:
        return refused(problem)
    except run.Problem as problem:
        return problems.sentence(problem)
    return ""


async def _let_pass(state: StageState, act: Callable[[Visit], Awaitable[Any]]) -> EventSpec | None:
    """Load the page anew afterwards: what it says of today is of yesterday. When time did not pass, say why instead."""
    async with state:
        visit, session = await look(state), await state.get_state(SessionState)
        if visit is None or session.is_moving:
            return None
        session.is_moving = True
    sorry = await attempt(act(visit))
    async with state:
        session = await state.get_state(SessionState)
        session.is_moving, session.trouble = False, sorry
    load_again: Any = OnLoadInternalState.on_load_internal
    again: EventSpec = load_again()
    return None if sorry else again
