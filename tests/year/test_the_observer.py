"""The observer of a year sees what should never be; else a year without findings would prove nothing."""

import json
from collections.abc import Iterator
from datetime import date

import pytest

from billing.access import Actor
from billing.accounts.tables import Role
from billing.db import Database
from billing.ports import DebitOrder, Method, Outcome
from tests import renewals, stopping
from tests.year.observer import Observer
from tests.year.post import Letter
from tests.year.world import Customer, World


@pytest.fixture
def world(database: Database) -> World:
    return World(database, 1)


@pytest.fixture
def observer(world: World) -> Iterator[Observer]:
    made = Observer(world)
    yield made
    made.end()


@pytest.fixture
def owner(world: World) -> Actor:
    account_id = world.shop.customer()
    actor = world.shop.member(account_id, Role.OWNER)
    world.customers[account_id] = Customer(account_id, actor, "late", "ideal")
    return actor


@pytest.fixture
def number(world: World, owner: Actor) -> str:
    return world.shop.invoice(next(iter(world.customers)))


def debit(number: str, *, cents: int = 12_100, on: date = date(2026, 4, 1), attempt: str = "attempt") -> DebitOrder:
    return DebitOrder(attempt, cents, number, f"Factuur {number}", on, "https://billing.test", original_key="key")


def announce(world: World, observer: Observer, number: str, *, cents: int = 12_100, on: str = "2026-04-01") -> None:
    """A mail about a debit leaves now."""
    told = json.dumps({"number": number, "cents": str(cents), "collect_on": on})
    observer.mails.letter(Letter(world.clock.now(), "a@test.example", "<1@x>", "debit_announced", (), told))


def remind(world: World, observer: Observer, number: str, kind: str = "first") -> None:
    """A reminder leaves now."""
    letter = Letter(world.clock.now(), "a@test.example", "<1@x>", "reminder", (kind, number), "https://link")
    observer.mails.letter(letter)


def start(world: World, owner: Actor, number: str) -> str:
    """A payment that nobody has told us of yet; the gateway's key of it."""
    key = world.shop.start_key(owner, number, method=Method.IDEAL)
    world.bank.meant_for(key, {number: 12_100})
    return key


def test_a_decent_reminder_and_an_announced_debit_are_fine(world: World, observer: Observer, number: str) -> None:
    remind(world, observer, number)
    announce(world, observer, number)
    world.bank.on_order(debit(number))
    assert observer.findings == []


def test_a_reminder_of_what_was_paid_a_moment_ago_is_seen(
    world: World, observer: Observer, owner: Actor, number: str
) -> None:
    world.bank.change(start(world, owner, number), Outcome.SUCCEEDED)
    remind(world, observer, number)
    assert "is paid" in observer.findings.pop()


def test_a_reminder_while_money_is_on_its_way_is_seen(
    world: World, observer: Observer, owner: Actor, number: str
) -> None:
    world.bank.change(start(world, owner, number), Outcome.PENDING)
    remind(world, observer, number)
    assert "on its way" in observer.findings.pop()


def test_two_reminders_on_a_day_are_seen(world: World, observer: Observer, number: str) -> None:
    remind(world, observer, number)
    remind(world, observer, number, "second")
    assert "twice on a day" in observer.findings.pop()


@pytest.mark.parametrize(("days", "hours"), [(0, 11), (2, 0), (52, 0)], ids=["at night", "on a Sunday", "on 27 April"])
def test_a_reminder_at_a_bad_moment_is_seen(
    world: World, observer: Observer, number: str, days: int, hours: int
) -> None:
    world.clock.advance(days=days, hours=hours)
    remind(world, observer, number)
    assert "a reminder leaves at" in observer.findings.pop()


@pytest.mark.parametrize(
    ("told", "asked"),
    [({"on": "2026-03-19"}, {"on": date(2026, 3, 19)}), ({}, {"on": date(2026, 4, 2)}), ({"cents": 12_099}, {})],
    ids=["too late", "another day", "more than was told"],
)  # fmt: skip
def test_a_debit_that_was_not_announced_like_that_is_seen(
    world: World, observer: Observer, number: str, told: dict[str, object], asked: dict[str, object]
) -> None:
    announce(world, observer, number, **told)  # type: ignore[arg-type]  # the names are those of announce
    world.bank.on_order(debit(number, **asked))  # type: ignore[arg-type]  # and of debit
    assert "announced as" in observer.findings.pop()
    assert observer.findings == []


def test_a_debit_for_what_is_paid_is_seen(world: World, observer: Observer, owner: Actor, number: str) -> None:
    announce(world, observer, number)
    world.bank.change(start(world, owner, number), Outcome.SUCCEEDED)
    world.bank.on_order(debit(number))
    assert any("though it is paid" in finding for finding in observer.findings)


def test_a_second_debit_is_seen_unless_the_first_went_back(
    world: World, observer: Observer, owner: Actor, number: str
) -> None:
    for attempt in ("one", "two"):
        world.bank.series.add(world.bank.copy(start(world, owner, number), amount_cents=1))
        first = list(world.bank.series)[-1]
        world.bank.collect(DebitOrder(attempt, 12_100, number, "", date(2026, 4, 1), "", original_key=first))
        world.bank.change(world.bank.key_of(attempt), Outcome.SUCCEEDED)
    observer.money.day()
    assert any("was debited 2 times" in finding for finding in observer.findings)
    observer.findings.clear()
    world.bank.take_back(world.bank.key_of("one"))
    observer.money.day()
    assert not any("was debited" in finding for finding in observer.findings)


def test_money_that_nobody_heard_of_is_seen(world: World, observer: Observer, owner: Actor, number: str) -> None:
    world.bank.change(start(world, owner, number), Outcome.SUCCEEDED)
    observer.money.day()
    assert observer.findings == []
    world.clock.advance(days=7)
    observer.money.day()
    assert "was never heard of" in observer.findings.pop()


def test_a_period_that_was_not_invoiced_and_one_that_was_twice_are_seen(
    world: World, observer: Observer, owner: Actor
) -> None:
    account_id = next(iter(world.customers))
    renewals.service(world.shop, account_id, world.today)
    observer.services.day(looks_at_all=True)
    world.clock.advance(days=2)
    observer.services.ran_on = world.today
    observer.services.day(looks_at_all=True)
    assert "should have been invoiced" in observer.findings.pop()
    renewals.run(world.shop)
    observer.services.day(looks_at_all=True)
    assert observer.findings == []
    observer.services._last_line = 0
    observer.services.day(looks_at_all=True)
    assert "expected" in observer.findings.pop()


def test_a_stop_that_two_people_did_not_agree_on_is_seen(world: World, observer: Observer, owner: Actor) -> None:
    shop, account_id = world.shop, next(iter(world.customers))
    service_id = stopping.late_service(shop, account_id)
    first, second = stopping.colleague(shop, "fien"), stopping.colleague(shop, "fred")
    stopping.stopped(shop, service_id, first, second)
    observer.services.agreed(service_id, "proposed", 1)
    observer.services.agreed(service_id, "approved", 1)
    observer.services.agreed(service_id, "carried out", 2)
    observer.services.day(looks_at_all=True)
    assert "was stopped by" in observer.findings.pop()
