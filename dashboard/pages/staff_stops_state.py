"""The state of the page of stop orders: the orders, what comes before one, and the question that is being asked."""

from typing import Any

import reflex as rx
from reflex.event import EventSpec

from billing.mandates import switches
from billing.reminders import desk as reminders
from billing.reminders.desk import CaseRow, TaskRow
from billing.renewals import service as renewals
from billing.renewals.service import HeldRow
from billing.safety import desk
from billing.safety.desk import Candidate, OrderView
from dashboard import run, wiring
from dashboard.pages import staff_stops_acts as acts
from dashboard.pages.account_acts import Again, give_up, repeat
from dashboard.rows import reminded, stops
from dashboard.rows.account import Proof, Told
from dashboard.rows.reminded import CaseList, Switch, Task, Waiting
from dashboard.rows.stops import Look, Order
from dashboard.rows.stops_ask import Ask
from dashboard.session import Visit, enter, refresh

ROUTE = "/staff/stops"


class StaffStopsState(rx.State):
    """Stop orders, tasks, who is reminded, domains that wait, and the switch of the collections.

    asked: the question before something is done; shown: the window about one customer's services.
    """

    orders: tuple[Order, ...] = ()
    tasks: tuple[Task, ...] = ()
    cases: CaseList = CaseList()
    held: tuple[Waiting, ...] = ()
    switch: Switch = Switch()
    asked: Ask = Ask()
    shown: Look = Look()
    trouble: Told = Told()
    news: Told = Told()
    proof: Proof = Proof()

    _orders: rx.Field[tuple[OrderView, ...]] = rx.field(default=())
    _tasks: rx.Field[tuple[TaskRow, ...]] = rx.field(default=())
    _cases: rx.Field[tuple[CaseRow, ...]] = rx.field(default=())
    _held: rx.Field[tuple[HeldRow, ...]] = rx.field(default=())
    _candidate: Candidate | None = None
    _page: int = 1
    _again: Again = ()

    @rx.event
    async def load(self) -> EventSpec | None:
        """Open the page."""
        return await enter(self, ROUTE, staff=True)

    @rx.event
    async def ask(self, kind: str, key: str) -> None:
        """Ask before something is done."""
        acts.ask(self, kind, key)

    @rx.event
    async def confirm(self, form: dict[str, Any]) -> None:
        """Yes, do that."""
        await acts.confirm(self, form)

    @rx.event
    async def look(self, account_id: str) -> None:
        """Show what stopping a customer's services would be judged by."""
        await acts.look_at(self, account_id)

    @rx.event
    async def propose(self, service_id: str) -> None:
        """Propose to stop a service of that customer."""
        await acts.propose(self, service_id)

    @rx.event
    async def close(self) -> None:
        """Close the window; nothing happens."""
        acts.close(self)

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
        """One page of those who are reminded on or back."""
        self._page += 1 if step == 1 else -1
        await refresh(self)

    async def _fill(self, visit: Visit) -> None:
        floor = wiring.billing().policy.stop_floor_cents
        self._orders = await run.ask(desk.orders, visit.actor, floor)
        self.orders = tuple(stops.order(view, visit.now) for view in self._orders)
        self._tasks = await run.ask(reminders.tasks, visit.actor)
        self.tasks = tuple(reminded.task(row) for row in self._tasks)
        found = await run.ask(reminders.cases, visit.actor, self._page)
        self._page, self._cases, self.cases = found.page, found.rows, reminded.case_list(found)
        self._held = tuple(await run.ask(renewals.held, visit.actor))
        self.held = tuple(reminded.waiting(row) for row in self._held)
        self.switch = reminded.switch(await run.ask(switches.standing, visit.actor))
