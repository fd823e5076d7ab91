"""Products with prices through time, and the services that customers have of them."""

from datetime import date
from decimal import Decimal

import pytest

from billing.access import SYSTEM, Actor
from billing.errors import InvalidAmount, NotFound, Refused
from billing.invoices.periods import services_in_use
from billing.products import service as products
from billing.products.prices import PriceList
from billing.products.service import ChangePrice, StartService
from billing.products.tables import PriceVersion, Service
from tests.factories import Shop
from tests.renewals import price, product, run, service

TODAY = date(2026, 3, 6)


def priced(shop: Shop, product_id: int, day: date) -> Decimal | None:
    def look(work):
        found = PriceList(work, [product_id]).on(product_id, day)
        return found and found.unit_price

    return shop.ask(look)


def test_a_price_counts_from_its_day_on_until_a_newer_one_does(shop: Shop) -> None:
    sold = product(shop, "10.00", valid_from=date(2026, 1, 1))
    price(shop, sold, "12.00", date(2026, 4, 1))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2030, 1, 1)]
    assert [priced(shop, sold, day) for day in days] == [None, *map(Decimal, ("10.00", "10.00", "12.00", "12.00"))]


@pytest.mark.parametrize("day", [date(2026, 3, 5), date(2026, 6, 1)])
def test_a_price_can_not_be_changed_for_the_past_or_before_one_that_is_announced(shop: Shop, day: date) -> None:
    sold = product(shop)
    price(shop, sold, "12.00", date(2026, 6, 1))
    with pytest.raises(Refused):
        price(shop, sold, "11.00", day)


@pytest.mark.parametrize(("euros", "vat"), [("0.001", "21"), ("-1", "21"), ("1000000.01", "21"), ("1", "101")])
def test_a_price_that_can_not_be_is_refused(shop: Shop, euros: str, vat: str) -> None:
    with pytest.raises(InvalidAmount):
        price(shop, product(shop), euros, TODAY, vat=vat)


def test_an_unknown_product_has_no_price_and_no_service(shop: Shop, account: int) -> None:
    with pytest.raises(NotFound):
        shop.do(products.change_price, SYSTEM, ChangePrice(4711, Decimal(1), Decimal(21), TODAY))
    with pytest.raises(NotFound):
        shop.do(products.start_service, SYSTEM, StartService(account, 4711, "", TODAY))


def test_a_price_is_never_changed_or_forgotten(shop: Shop) -> None:
    product(shop)
    for statement in ("UPDATE price_version SET unit_price = '1.00'", "DELETE FROM price_version"):
        assert "price_version is final" in shop.refusal(statement)
    assert shop.refusal("UPDATE price_version SET unit_price = '0.00'") != ""


@pytest.mark.parametrize(
    "change",
    ["state = 'ended'", "ends_on = '2026-04-01'", "state = 'stopped'", "anchor_day = 32", "hangs_on = id"],
)
def test_a_service_takes_nothing_impossible(shop: Shop, account: int, change: str) -> None:
    service(shop, account, TODAY)
    assert shop.refusal(f"UPDATE service SET {change}") != ""


def test_a_service_hangs_on_another_one_of_the_same_customer(shop: Shop, account: int) -> None:
    hosting = service(shop, account, TODAY)
    domain = service(shop, account, TODAY, hangs_on=hosting)
    assert shop.one(Service, id=domain).hangs_on == hosting
    with pytest.raises(NotFound):
        service(shop, shop.customer(), TODAY, hangs_on=hosting)


def test_a_service_that_was_paid_elsewhere_is_taken_over(shop: Shop, account: int) -> None:
    start = StartService(account, product(shop), "", date(2020, 1, 31), paid_through=date(2026, 3, 30))
    shop.do(products.start_service, SYSTEM, start)
    taken = shop.one(Service)
    assert (taken.anchor_day, taken.paid_through) == (31, date(2026, 3, 30))


def test_the_price_that_is_shown_is_that_of_the_next_period(shop: Shop, account: int, owner: Actor) -> None:
    sold = product(shop, "10.00")
    price(shop, sold, "12.00", date(2026, 4, 1))
    service(shop, account, date(2026, 4, 1), sold)
    [found] = shop.ask(services_in_use, owner, account)
    assert (found.row.net_cents, found.row.total_cents, found.row.paid_through) == (1_200, 1_452, date(2026, 3, 31))


def test_what_is_invoiced_counts_as_paid_only_when_it_is(shop: Shop, account: int, owner: Actor) -> None:
    started = service(shop, account, TODAY)
    run(shop)
    assert shop.one(Service, id=started).paid_through == date(2026, 4, 5)
    [found] = shop.ask(services_in_use, owner, account)
    assert found.row.paid_through == date(2026, 3, 5)
    shop.pay(owner, "2026-0001")
    [found] = shop.ask(services_in_use, owner, account)
    assert found.row.paid_through == date(2026, 4, 5)


def test_a_service_that_ended_is_not_shown(shop: Shop, account: int, owner: Actor) -> None:
    service(shop, account, TODAY)
    shop.sql("UPDATE service SET state = 'ended', ends_on = '2026-03-06'")
    assert shop.ask(services_in_use, owner, account) == ()


def test_each_price_says_who_made_it_and_when(shop: Shop) -> None:
    product(shop)
    version = shop.one(PriceVersion)
    assert (version.created_by, version.created_at) == (SYSTEM.name, shop.clock.now())
