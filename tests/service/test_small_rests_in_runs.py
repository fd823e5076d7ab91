"""Small rests in invoice runs and upgrades: the same as one by one, and foreseen to the cent."""

from datetime import date

import pytest

from billing.access import SYSTEM
from billing.accounts.tables import Role
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.db import Database
from billing.invoices.tables import CarryForward, CarryState, Invoice
from billing.runs.flows import preview
from tests.changing import change
from tests.factories import Shop
from tests.renewals import product, run, service

FIRST, NEXT = date(2026, 3, 6), date(2026, 4, 6)


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database, floor_cents=100)


def monthly(shop: Shop, name: str = "Bakkerij Test") -> int:
    """A customer with a service of € 12,10 a month with its VAT."""
    account_id = shop.customer(name)
    service(shop, account_id, FIRST)
    return account_id


def give(shop: Shop, account_id: int, cents: int) -> None:
    shop.do(credits.give_credits, SYSTEM, GiveCredits(account_id, cents, "Storing"))


def invoiced(shop: Shop, on: date) -> list[tuple[int, int, int, int]]:
    """Run; what each invoice so far comes to, brings, leaves open and carries."""
    run(shop, on)
    return [(i.total_cents, i.brought_cents, i.open_cents, i.carried_cents) for i in shop.all(Invoice)]


def test_a_run_carries_a_small_rest_and_the_next_asks_for_it(shop: Shop) -> None:
    give(shop, monthly(shop), 1200)
    assert invoiced(shop, FIRST) == [(1210, 0, 0, 10)]
    assert invoiced(shop, NEXT) == [(1210, 0, 0, 10), (1210, 10, 1220, 0)]
    [carry] = shop.all(CarryForward)
    assert (carry.state, carry.cents, carry.into_number) == (CarryState.BROUGHT.value, 10, "2026-0002")
    assert shop.broken() == []


def test_a_run_that_is_only_tried_knows_that_credits_pay_the_rest_too(shop: Shop) -> None:
    account_id = monthly(shop)
    give(shop, account_id, 1200)
    run(shop, FIRST)
    give(shop, account_id, 5000)
    foreseen = preview(shop.billing, NEXT).tally.credits_cents
    assert foreseen == run(shop, NEXT).tally.credits_cents == 1220


def test_customers_keep_their_rests_apart(shop: Shop) -> None:
    for place, name in enumerate(("Bakkerij Test", "Slagerij Test")):
        give(shop, monthly(shop, name), 1200 - place)
    run(shop, FIRST)
    assert invoiced(shop, NEXT)[2:] == [(1210, 10, 1220, 0), (1210, 11, 1221, 0)]
    assert shop.broken() == []


def test_an_upgrade_shows_what_it_brings_and_carries_and_does_just_that(shop: Shop) -> None:
    account_id = shop.customer()
    owner = shop.member(account_id, Role.OWNER)
    started = service(shop, account_id, FIRST, product(shop, "120.00"))
    give(shop, account_id, 14_510)
    run(shop, FIRST)
    give(shop, account_id, 9_680)
    bill = change(shop, owner, account_id, started, FIRST, product(shop, "200.00")).plan.bill
    assert bill is not None
    assert (bill.total_cents, bill.brought_cents, bill.credits_cents, bill.open_cents) == (9_680, 10, 9_680, 0)
    assert bill.carried_cents == 10
    assert shop.broken() == []


def test_an_upgrade_asks_for_all_that_waits(shop: Shop) -> None:
    account_id = shop.customer()
    owner = shop.member(account_id, Role.OWNER)
    started = service(shop, account_id, FIRST, product(shop, "120.00"))
    run(shop, FIRST)
    for number in [shop.invoice(account_id), shop.invoice(account_id)]:
        shop.credit(number, 9_950)
    bill = change(shop, owner, account_id, started, FIRST, product(shop, "200.00")).plan.bill
    assert bill is not None
    assert (bill.brought_cents, bill.open_cents) == (120, 9_800)
    assert shop.broken() == []
