"""Who works here: people who run invoices, phone, look for money and stop services as agreed, and one who does not."""

from collections.abc import Mapping
from functools import partial

from billing.access import SYSTEM, Actor
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.errors import RunHeld, StopRefused
from billing.mandates import switches
from billing.reminders import flows, holds, tasks
from billing.reminders.tables import HoldKind
from billing.renewals import service as renewals
from billing.runs.flows import run_invoices
from billing.safety import orders
from tests.year.customers import Customers
from tests.year.observer import Observer
from tests.year.world import World

RUN_DAYS, SATURDAY = (0, 3), 5
STOPPABLE = """SELECT s.id FROM service s JOIN product p ON p.id = s.product_id WHERE s.account_id = :account
               AND p.kind <> 'domain' AND s.state IN ('active','ending') ORDER BY s.id"""


class Staff:
    def __init__(self, world: World, customers: Customers, observer: Observer, people: tuple[Actor, Actor]) -> None:
        self._world, self._customers, self._observer = world, customers, observer
        self._first, self._second = people
        self._floor = world.billing.policy.stop_floor_cents

    def dawn(self) -> None:
        """What is going to be done today; at weekends, nothing."""
        world = self._world
        if world.today.weekday() in RUN_DAYS:
            world.plan(world.at(world.today, 6), self._run)
        if world.today.weekday() < SATURDAY:
            for hour, act in ((9.2, self._lists), (10, self._domains), (15.9, self._stops), (16, self._favours)):
                world.plan(world.at(world.today, hour), act)

    def _run(self) -> None:
        """One that is far from the usual is looked at, and let go in the morning."""
        try:
            run_invoices(self._world.billing, SYSTEM)
        except RunHeld:
            self._world.later(lambda: run_invoices(self._world.billing, SYSTEM, forced=True), hours=3.3)
        self._observer.services.ran_on = self._world.today

    def _lists(self) -> None:
        world, outcomes = self._world, ("reached", "no_answer", "found")
        for task in world.shop.ask(tasks.waiting):
            if task.kind != "proposal" and world.chance(40):
                world.shop.do(tasks.finish, SYSTEM, task.id or 0, world.dice.choice(outcomes))
                if task.kind == "call":
                    self._observer.counts["phone calls"] += 1
                    self._customers.phoned(task.account_id)
        if world.shop.ask(switches.is_frozen):
            world.shop.do(switches.thaw, "Fien")
        if world.today.weekday() == 0:
            # What waits because there is so much of it has been looked at.
            flows.run_reminders(world.billing, forced=True)
        self._customers.thoughts.choose()

    def _domains(self) -> None:
        for row in self._world.shop.ask(renewals.held, self._first):
            if self._world.chance(50):
                self._world.attempt(partial(self._world.shop.do, renewals.allow, self._second, row.renewal_id))

    def _favours(self) -> None:
        world = self._world
        account_id = world.dice.choice(list(world.customers))
        # In a year, about as often for each customer in a small company as in a large one.
        percent = 0.03 * len(world.customers)
        if world.chance(percent):
            world.shop.do(credits.give_credits, SYSTEM, GiveCredits(account_id, 250, "Excuus"))
        if world.chance(percent):
            kind = world.dice.choice([HoldKind.DISPUTE, HoldKind.COMPLAINT, HoldKind.HOLD])
            hold = world.shop.do(holds.place, SYSTEM, account_id, kind, why="belde ons")
            release = partial(world.shop.do, holds.release, SYSTEM, hold.id or 0)
            world.later(release, days=world.dice.randrange(3, 40))

    # Stopping as agreed

    def _stops(self) -> None:
        world = self._world
        proposals = [task for task in world.shop.ask(tasks.waiting) if task.kind == "proposal"]
        for account_id in dict.fromkeys(task.account_id for task in proposals):
            for (service_id,) in world.rows(STOPPABLE, account=account_id):
                self._propose(service_id)
        for order in world.shop.ask(orders.running, self._first):
            if order.state == "proposed" and order.requested_by == self._first.name and world.chance(60):
                world.attempt(partial(self._approve, order.order_id, order.service_id))
            elif order.earliest is not None and order.state == "approved" and world.today >= order.earliest:
                world.attempt(partial(self._carry_out, order.order_id, order.service_id))
            elif order.state != "withdrawn" and world.chance(2):
                world.attempt(partial(world.shop.do, orders.withdraw, self._second, order.order_id))

    def _propose(self, service_id: int) -> None:
        try:
            self._world.shop.do(orders.propose, self._world.shop.proven(self._first), service_id, self._floor)
        except StopRefused as refused:
            for why in refused.facts.get("missing", [refused.facts["reason"]]):
                self._observer.counts[f"stop not proposed, {why}"] += 1
            return
        self._observer.services.agreed(service_id, "proposed", self._first.user_id or 0)

    def _approve(self, order_id: int, service_id: int) -> None:
        self._world.shop.do(orders.approve, self._world.shop.proven(self._second), order_id, self._floor)
        self._observer.services.agreed(service_id, "approved", self._second.user_id or 0)

    def _carry_out(self, order_id: int, service_id: int) -> None:
        self._world.shop.do(orders.carry_out, self._world.shop.proven(self._first), order_id, self._floor)
        self._observer.services.agreed(service_id, "carried out", self._first.user_id or 0)


class Rogue:
    """Somebody of the finance department who tries to stop services alone, by every way there is."""

    def __init__(self, world: World, observer: Observer, actor: Actor) -> None:
        self._world, self._observer, self._actor = world, observer, actor
        self._floor = world.billing.policy.stop_floor_cents

    def dawn(self) -> None:
        if self._world.chance(40):
            self._world.plan(self._world.at(self._world.today, self._world.dice.uniform(7, 23)), self._act)

    def _act(self) -> None:
        world = self._world
        services = world.rows("SELECT id, account_id FROM service WHERE state IN ('active','ending') ORDER BY id")
        if not services:
            return
        one, proven = world.dice.choice(services), world.shop.proven(self._actor)
        for statement in self._statements(one.id, one.account_id):
            self._must_fail(bool(world.shop.refusal(statement)), statement)
        for order in world.shop.ask(orders.running, self._actor):
            if order.earliest is None or order.earliest > world.today:
                done = world.attempt(partial(world.shop.do, orders.carry_out, proven, order.order_id, self._floor))
                self._must_fail(not done, f"carried out {order.order_id} before its time")
        propose = partial(world.shop.do, orders.propose, proven, one.id, self._floor)
        if world.attempt(propose):
            self._finish_alone(one.id)

    def _finish_alone(self, service_id: int) -> None:
        """All preconditions hold, so anybody may propose it; but who did can't approve it."""
        world = self._world
        for order in world.shop.ask(orders.running, self._actor):
            if order.service_id == service_id:
                proven = world.shop.proven(self._actor)
                approve = partial(world.shop.do, orders.approve, proven, order.order_id, self._floor)
                self._must_fail(not world.attempt(approve), f"approved {order.order_id} alone")
                world.shop.do(orders.withdraw, self._actor, order.order_id)

    def _statements(self, service_id: int, account_id: int) -> tuple[str, ...]:
        me = self._actor.user_id
        return (
            f"UPDATE service SET state = 'stopped' WHERE id = {service_id}",
            "UPDATE service SET state = 'stopped'",
            _order(service_id, account_id, {"state": "'approved'", "requested_by": me, "approved_by": me,
                                            "approved_at": "CURRENT_TIMESTAMP", "announced_on": "CURRENT_DATE"}),
            _order(service_id, account_id, {"state": "'carried_out'", "requested_by": me,
                                            "carried_out_by": me, "carried_out_on": "CURRENT_DATE",
                                            "reversible_until": "CURRENT_DATE"}),
            _order(service_id, account_id, {"state": "'proposed'", "requested_by": me, "nothing_disputed": "(1 = 0)"}),
        )  # fmt: skip

    def _must_fail(self, failed: bool, what: str) -> None:
        self._observer.counts["wrong attempts refused"] += failed
        if not failed:
            self._observer.find(f"the rogue got away with: {what}")


def _order(service_id: int, account_id: int, values: Mapping[str, object]) -> str:
    """A statement that writes a stop order past the program."""
    row: dict[str, object] = {
        "account_id": account_id, "service_id": service_id, "requested_at": "CURRENT_TIMESTAMP",
        "withdrawn_because": "''", "snapshot": "'{}'",
        **dict.fromkeys(
            ("feeds_fresh", "nothing_in_flight", "no_unmatched_money", "notices_delivered", "credit_insufficient",
             "nothing_disputed", "ladder_finished", "above_floor"), "(1 = 1)",
        ), **values,
    }  # fmt: skip
    return f"INSERT INTO stop_order ({', '.join(row)}) VALUES ({', '.join(map(str, row.values()))})"
