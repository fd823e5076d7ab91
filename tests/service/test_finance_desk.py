"""What the finance department sees and does around reminders, stops and collections, and that nobody else does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from billing.access import SYSTEM, Actor
from billing.clock import local_day
from billing.errors import NotAllowed, NotFound
from billing.mandates import switches
from billing.reminders import desk, holds, tasks
from billing.reminders.desk import Gate, HoldKind, StepKind, TaskKind
from billing.reminders.tables import AccountHold, ReminderTask
from billing.safety import desk as safety
from billing.safety.desk import OrderState, Precondition
from billing.stops import service as stops
from billing.stops.tables import StopOrder
from tests import stopping
from tests.factories import Shop
from tests.reminding import Desk

FLOOR = 1_000


@pytest.fixture
def fien(shop: Shop) -> Actor:
    return stopping.colleague(shop, "fien", "finance")


@pytest.fixture
def service_id(shop: Shop, account: int, owner: Actor) -> int:
    """A service whose invoice of € 12,10 is 30 days late."""
    return stopping.late_service(shop, account)


def test_a_case_tells_what_is_late_its_last_step_and_its_holds(
    shop: Shop, account: int, owner: Actor, fien: Actor
) -> None:
    Desk(shop).overdue(account, 9)
    shop.do(holds.place, fien, account, HoldKind.DISPUTE, why="server lag eruit")
    Desk(shop).run()
    found = shop.ask(desk.cases, fien)
    [row] = found.rows
    assert (found.count, row.account, row.overdue_cents) == (1, "Bakkerij Test", 12_100)
    assert row.oldest_on == local_day(shop.clock.now()) - timedelta(days=9)
    assert row.step is not None
    assert (row.step.kind, row.step.closed) == (StepKind.FIRST, (Gate.HOLD,))
    assert [(hold.kind, hold.placed_by) for hold in row.holds] == [(HoldKind.DISPUTE, "fien")]


def test_finance_ends_tasks_and_holds_in_its_own_name(shop: Shop, account: int, fien: Actor) -> None:
    shop.do(tasks.add, account, TaskKind.CALL, "step:1", {"open_cents": 1_210})
    [row] = shop.ask(desk.tasks, fien)
    assert (row.account, row.kind, row.facts) == ("Bakkerij Test", TaskKind.CALL, {"open_cents": 1_210})
    shop.do(tasks.finish, fien, row.task_id, "reached", "betaalt vrijdag")
    assert (shop.one(ReminderTask).done_by, shop.ask(desk.tasks, fien)) == ("fien", ())
    hold = shop.do(holds.place, fien, account, HoldKind.HOLD)
    shop.do(holds.release, fien, hold.id or 0)
    assert shop.one(AccountHold).released_by == "fien"


def test_a_candidate_shows_every_lamp_and_no_domain(shop: Shop, account: int, fien: Actor, service_id: int) -> None:
    found = shop.ask(safety.candidate, fien, account, FLOOR)
    assert (found.overdue_cents, len(found.overdue)) == (1_210, 1)
    assert set(found.lamps) == set(Precondition)
    assert found.lamps[Precondition.ABOVE_FLOOR]
    assert not found.lamps[Precondition.LADDER_FINISHED]
    assert [(one.service_id, one.is_running) for one in found.services] == [(service_id, False)]
    stopping.propose(shop, fien, service_id)
    assert shop.ask(safety.candidate, fien, account, FLOOR).services[0].is_running


def test_an_order_shows_its_lamps_as_they_are_now_and_whose_it_is(
    shop: Shop, account: int, fien: Actor, service_id: int
) -> None:
    fred = stopping.colleague(shop, "fred")
    stopping.propose(shop, fien, service_id)
    [own] = shop.ask(safety.orders, fien, FLOOR)
    [others] = shop.ask(safety.orders, fred, FLOOR)
    assert (own.is_own, others.is_own, own.state) == (True, False, OrderState.PROPOSED)
    # It was proposed by facts that were true then.
    assert not own.is_green
    stopping.approve(shop, fred, own.order_id)
    [seen] = shop.ask(safety.orders, fien, FLOOR)
    assert not safety.is_due(seen, shop.clock.now())
    assert safety.is_due(seen, shop.clock.now() + timedelta(days=7))


def test_what_money_withdrew_stays_to_be_seen(shop: Shop, account: int, fien: Actor, service_id: int) -> None:
    stopping.propose(shop, fien, service_id)
    shop.do(lambda work: stops.withdraw_for(work, account))
    [seen] = shop.ask(safety.orders, fien, FLOOR)
    assert (seen.state, seen.because, len(shop.all(StopOrder))) == (OrderState.WITHDRAWN, "money", 1)


def test_the_switch_is_turned_in_ones_own_name_and_once(shop: Shop, fien: Actor) -> None:
    assert shop.ask(switches.standing, fien).at is None
    assert shop.do(switches.turn, fien, frozen=True, reason="storing")
    assert not shop.do(switches.turn, fien, frozen=True)
    stands = shop.ask(switches.standing, fien)
    assert (stands.frozen, stands.by_name, stands.reason) == (True, "fien", "storing")
    assert shop.do(switches.turn, fien, frozen=False)


def test_of_what_is_not_there_nothing_is_told(shop: Shop, fien: Actor) -> None:
    with pytest.raises(NotFound):
        shop.ask(safety.candidate, fien, 4711, FLOOR)


@pytest.mark.parametrize(
    ("query", "given"),
    [
        (desk.tasks, ()), (desk.cases, ()), (safety.orders, (FLOOR,)), (safety.candidate, (1, FLOOR)),
        (switches.standing, ()),
    ],
)  # fmt: skip
def test_only_finance_looks(shop: Shop, owner: Actor, query: Callable[..., Any], given: tuple[Any, ...]) -> None:
    for stranger in (owner, SYSTEM):
        with pytest.raises(NotAllowed):
            shop.ask(query, stranger, *given)


def test_no_customer_turns_the_switch_or_ends_anything(shop: Shop, account: int, owner: Actor, fien: Actor) -> None:
    hold = shop.do(holds.place, fien, account, HoldKind.HOLD)
    shop.do(tasks.add, account, TaskKind.CALL, "step:1", {})
    for act in (
        lambda: shop.do(switches.turn, owner, frozen=True), lambda: shop.do(holds.release, owner, hold.id or 0),
        lambda: shop.do(tasks.finish, owner, 1, "reached"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()
