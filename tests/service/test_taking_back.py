"""Taking a cancellation back while the service still runs: it goes on, and nothing is paid twice or for nothing."""

from datetime import date, timedelta

import pytest

from billing.access import Actor
from billing.changes import service as changes
from billing.errors import ChangeRefused
from billing.invoices.tables import InvoiceLine
from billing.products.tables import Service
from billing.proration import Proration
from tests.changing import change, half_used, paid_of
from tests.factories import Shop
from tests.renewals import product, run, service

pytestmark = pytest.mark.usefixtures("sound_books")

TODAY = date(2026, 3, 6)
DAY = timedelta(days=1)


@pytest.fixture
def yearly(shop: Shop, account: int, owner: Actor) -> int:
    """A service of € 73 a year of which 100 of 365 days are left, and which is paid."""
    return half_used(shop, owner, account)


def test_a_cancellation_at_the_end_is_taken_back(shop: Shop, account: int, owner: Actor, yearly: int) -> None:
    change(shop, owner, account, yearly, date(2026, 6, 14))
    shop.do(changes.keep, shop.proven(owner), account, yearly)
    assert (shop.one(Service).state, shop.one(Service).ends_on) == ("active", None)
    shop.clock.advance(days=90)
    assert run(shop).tally.invoices == 1
    assert shop.broken() == []


def test_taking_back_twice_changes_nothing(shop: Shop, account: int, owner: Actor, yearly: int) -> None:
    shop.do(changes.keep, shop.proven(owner), account, yearly)
    assert [event.action for event in shop.audit() if event.action == "service.kept"] == []


def test_what_was_taken_back_of_a_next_period_is_invoiced_again_when_it_goes_on(
    shop: Shop, account: int, owner: Actor
) -> None:
    started = service(shop, account, TODAY, product(shop, "31.00"))
    run(shop)
    shop.clock.advance(days=20)
    run(shop)
    change(shop, owner, account, started, date(2026, 4, 6))
    shop.do(changes.keep, shop.proven(owner), account, started)
    old, new = shop.all(Service)
    assert (old.state, new.state, new.paid_through) == ("ended", "active", date(2026, 4, 5))
    run(shop)
    assert [line.period_start for line in shop.all(InvoiceLine, service_id=new.id)] == [date(2026, 4, 6)]
    shown = change(shop, owner, account, new.id or 0, date(2026, 3, 26))
    assert [line.cents for line in shown.plan.lines] == [3_100, 1_100]
    assert shop.broken() == []


@pytest.mark.parametrize(
    ("started_on", "months", "last_day", "renews_on"),
    [
        (TODAY, 1, date(2026, 3, 19), date(2026, 4, 20)),
        (date(2026, 2, 20), 1, date(2026, 3, 8), date(2026, 4, 9)),
        (TODAY, 12, date(2026, 6, 19), date(2027, 6, 20)),
    ],
)  # fmt: skip
def test_a_cancellation_in_the_middle_that_is_taken_back_goes_on_with_a_whole_period_for_a_whole_price(
    shop: Shop, account: int, owner: Actor, started_on: date, months: int, last_day: date, renews_on: date
) -> None:
    started = service(shop, account, started_on, product(shop, "31.00", months=months))
    run(shop)
    change(shop, owner, account, started, last_day + DAY)
    shop.do(changes.keep, shop.proven(owner), account, started)
    run(shop, last_day)
    again = shop.all(InvoiceLine, service_id=shop.all(Service)[1].id)[0]
    assert (again.period_start, again.period_end, again.net_cents) == (last_day + DAY, renews_on - DAY, 3_100)


def test_days_that_nothing_was_given_back_for_are_not_invoiced_again(shop: Shop, account: int, owner: Actor) -> None:
    started = service(shop, account, TODAY, product(shop, "31.00", proration=Proration.NONE))
    run(shop)
    shop.clock.advance(days=20)
    run(shop)
    change(shop, owner, account, started, date(2026, 3, 31))
    shop.do(changes.keep, shop.proven(owner), account, started)
    assert [row.paid_through for row in shop.all(Service)] == [date(2026, 5, 5), date(2026, 4, 5)]
    assert shop.broken() == []


def test_a_day_in_the_middle_for_which_nothing_was_given_back_is_taken_back_without_a_trace(
    shop: Shop, account: int, owner: Actor
) -> None:
    started = paid_of(shop, account, owner, proration=Proration.NONE)
    shop.clock.advance(days=1)
    change(shop, owner, account, started, TODAY + 30 * DAY)
    shop.do(changes.keep, shop.proven(owner), account, started)
    assert (shop.one(Service).state, shop.one(Service).paid_through) == ("active", date(2027, 3, 5))
    assert shop.broken() == []


def test_what_has_ended_is_not_brought_back(shop: Shop, account: int, owner: Actor, yearly: int) -> None:
    change(shop, owner, account, yearly, TODAY)
    with pytest.raises(ChangeRefused):
        shop.do(changes.keep, shop.proven(owner), account, yearly)


# What belongs to it
