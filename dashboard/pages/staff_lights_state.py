"""The state of the page with the four lights: which days it tells of, and what came of a repair."""

from collections.abc import AsyncIterator, Mapping
from datetime import date
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.access import Actor
from billing.errors import BillingError, Refused
from billing.lights import flows, queries
from billing.lights.queries import Overview
from billing.lights.receipts import Span
from billing.runtime import Billing
from dashboard import run
from dashboard.rows import problems
from dashboard.rows.common import clock
from dashboard.rows.staff_lights import Lights, lights
from dashboard.rows.staff_standing import Standing, standing
from dashboard.session import Visit, enter, look, refresh
from dashboard.texts.languages import SAID

ROUTE = "/staff"
TEXTS = SAID.staff.lights
LOOK = "look"


class StaffLightsState(rx.State):
    """busy: the key of the receipt that is being set right, or `look`. news, sorry: what came of the last press."""

    view: Lights = Lights()
    below: Standing = Standing()
    busy: str = ""
    news: str = ""
    sorry: str = ""

    _first: str = ""
    _last: str = ""
    _page: int = 1

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page, with the days of this month."""
        return await enter(self, ROUTE, staff=True)

    @rx.event
    async def show(self, form: dict[str, Any]) -> None:
        """Tell of other days."""
        self.news = ""
        days = [str(form.get(name, "")) for name in ("first", "last")] if isinstance(form, Mapping) else ["", ""]
        try:
            span = Span(*(date.fromisoformat(one) for one in days))
        except ValueError:
            self.sorry = TEXTS.wrong_day
        except Refused as refused:
            self.sorry = TEXTS.wrong_period[refused.facts["reason"]]
        else:
            self.sorry, self._page = "", 1
            self._first, self._last = span.first.isoformat(), span.last.isoformat()
        await refresh(self)

    @rx.event(supersedes=True)
    async def turn(self, step: int) -> None:
        """One page on or back; the query keeps it within the list."""
        self._page += 1 if step == 1 else -1
        await refresh(self)

    @rx.event
    async def look_now(self) -> AsyncIterator[None]:
        """Ask the gateway and the bookkeeping how these days stand at this moment."""
        visit = await look(self)
        if visit and not self.busy:
            self.busy, self.news, self.sorry = LOOK, "", ""
            yield
            await self._try(self._looked(visit))
        await refresh(self)

    @rx.event
    async def repair(self, key: str, wanted: str, shown: list[str]) -> AsyncIterator[None]:
        """Set one receipt right. shown: the invoices that it is about on the page."""
        visit = await look(self)
        if visit and not self.busy:
            self.busy, self.news, self.sorry = str(key)[:80], "", ""
            yield
            await self._try(self._repaired(visit, str(key).replace("\0", "")[:80], str(wanted), _texts(shown)))
        await refresh(self)

    async def _try(self, act: Any) -> None:
        try:
            await act
        except BillingError as problem:
            self.sorry = TEXTS.errors.get(problem.code) or problems.sentence(problem)
        except run.Problem as problem:
            self.sorry = problems.sentence(problem)
        finally:
            self.busy = ""

    async def _looked(self, visit: Visit) -> None:
        silent = await run.flow(flows.look_now, visit.actor, self._span(visit.today))
        if silent:
            self.sorry = TEXTS.unheard.format(who=TEXTS.both.join(TEXTS.silent[name] for name in silent))
        else:
            self.news = TEXTS.looked.format(time=clock(visit.now))

    async def _repaired(self, visit: Visit, key: str, wanted: str, shown: tuple[str, ...]) -> None:
        if not await run.flow(flows.repair, visit.actor, key, wanted, shown):
            self.news = TEXTS.nothing_left
            return
        after = await run.flow(_one, visit.actor, key)
        said = TEXTS.still_red if after.is_red else TEXTS.repaired
        self.news = said.format(about=", ".join(after.numbers) or TEXTS.receipt.lower())

    def _span(self, today: date) -> Span:
        if not self._first:
            return Span(today.replace(day=1), today)
        return Span(date.fromisoformat(self._first), date.fromisoformat(self._last))

    async def _fill(self, visit: Visit) -> None:
        found = await run.flow(_overview, visit.actor, self._span(visit.today), self._page)
        self._page, self.view, self.below = found.page, lights(found), standing(found, visit.now)


def _texts(shown: Any) -> tuple[str, ...]:
    """What a browser says that it shows."""
    return tuple(str(one) for one in shown) if isinstance(shown, list | tuple) else ()


def _overview(billing: Billing, actor: Actor, span: Span, page: int) -> Overview:
    policy = billing.policy
    return billing.ask(queries.overview, actor, span, flows.terms(billing), policy.runs, policy.reminders, page)


def _one(billing: Billing, actor: Actor, key: str) -> Any:
    return billing.ask(queries.receipt, actor, key, flows.terms(billing))
