"""What the bar of who shows the demo does: let time pass, on whatever page it is."""

from collections.abc import AsyncIterator, Awaitable
from datetime import timedelta
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.demo import console
from billing.errors import BillingError
from dashboard import run
from dashboard.rows import problems
from dashboard.rows.demo import refused
from dashboard.session import SessionState, look

HOURS = ("1", "24")


class StageState(rx.State):
    """busy: time is passing."""

    busy: bool = False

    @rx.event
    async def move(self, hours: str) -> AsyncIterator[EventSpec | None]:
        """Let an hour or a day pass."""
        visit = await look(self)
        if visit and not self.busy and str(hours) in HOURS:
            self.busy = True
            yield None
            yield await self._moved(run.flow(console.move, visit.actor, timedelta(hours=int(hours))))

    @rx.event
    async def move_to_event(self) -> AsyncIterator[EventSpec | None]:
        """Let time pass until something is due."""
        visit = await look(self)
        if visit and not self.busy:
            self.busy = True
            yield None
            yield await self._moved(run.flow(console.move_to_event, visit.actor))

    async def _moved(self, moving: Awaitable[Any]) -> EventSpec | None:
        """Load the page anew: what it says of today is of yesterday. When time did not pass, say why instead."""
        session = await self.get_state(SessionState)
        try:
            await moving
        except BillingError as problem:
            session.trouble = refused(problem)
        except run.Problem as problem:
            session.trouble = problems.sentence(problem)
        else:
            return rx.redirect(self.router.url.path, is_external=True)
        finally:
            self.busy = False
        return None
