"""Bank transfers: a transfer of another amount comes as a transaction of its own, tied to ours by the invoice."""

import pytest

from billing.access import Actor
from billing.payments import flows, queries
from billing.ports import Method, Outcome
from billing.settlement import Label
from tests.factories import Shop


@pytest.fixture
def number(shop: Shop, account: int) -> str:
    return shop.invoice(account)


@pytest.fixture
def key(shop: Shop, owner: Actor, number: str) -> str:
    return shop.start_key(owner, number, method=Method.TRANSFER)


def arrive(shop: Shop, key: str, cents: int) -> str:
    """A copy with a key of its own comes in; returns what became of it."""
    return shop.hear(shop.gateway.copy(key, amount_cents=cents))


def test_an_exact_transfer_pays_the_invoice(shop: Shop, number: str, key: str) -> None:
    assert shop.succeed(key) == "booked"
    assert shop.open_cents(number) == [0]


def test_an_exact_copy_pays_the_invoice_and_ends_the_attempt(shop: Shop, number: str, key: str) -> None:
    assert arrive(shop, key, 12_100) == "booked"
    assert shop.open_cents(number) == [0]
    assert shop.payment_of(key).state == "succeeded"
    assert shop.broken() == []


def test_a_copy_that_is_too_small_leaves_the_attempt_waiting_for_the_rest(shop: Shop, number: str, key: str) -> None:
    assert arrive(shop, key, 10_000) == "booked"
    assert shop.status(number).label is Label.PARTLY_SETTLED
    assert shop.payment_of(key).state == "awaiting"
    assert shop.broken() == []


def test_a_transfer_in_two_parts_pays_the_invoice(shop: Shop, number: str, key: str) -> None:
    arrive(shop, key, 10_000)
    arrive(shop, key, 2_100)
    assert shop.open_cents(number) == [0]
    assert shop.payment_of(key).state == "succeeded"
    assert shop.broken() == []


def test_a_copy_that_is_too_large_leaves_a_rest_that_shows(
    shop: Shop, account: int, owner: Actor, number: str, key: str
) -> None:
    assert arrive(shop, key, 13_000) == "booked"
    assert (shop.open_cents(number), shop.ask(queries.overpaid_cents, owner, account)) == ([0], 900)
    assert shop.broken() == []


def test_a_copy_heard_of_twice_is_booked_once(shop: Shop, number: str, key: str) -> None:
    copy = shop.gateway.copy(key, amount_cents=10_000)
    shop.hear(copy)
    shop.hear(copy)
    assert shop.open_cents(number) == [2_100]


def test_a_copy_whose_push_was_lost_is_found_by_the_invoice(shop: Shop, number: str, key: str) -> None:
    shop.gateway.copy(key, amount_cents=12_100)
    shop.clock.advance(minutes=1)
    flows.check_payments(shop.billing)
    assert shop.open_cents(number) == [0]


def test_a_transfer_that_comes_back_reopens_the_invoice(shop: Shop, number: str, key: str) -> None:
    copy = shop.gateway.copy(key, amount_cents=12_100)
    shop.hear(copy)
    assert shop.hear(shop.gateway.take_back(copy)) == "booked"
    assert shop.status(number).label is Label.RETURNED
    assert shop.broken() == []


def test_a_copy_for_an_invoice_nobody_was_going_to_transfer_for_is_parked(
    shop: Shop, account: int, owner: Actor, key: str
) -> None:
    other = shop.invoice(account)
    copy = shop.gateway.copy(key, amount_cents=12_100)
    shop.gateway.change(copy, Outcome.SUCCEEDED, invoice_number=other)
    assert shop.hear(copy) == "parked"
    assert shop.open_cents(other) == [12_100]


def test_where_to_send_the_money_stays_on_the_invoice(shop: Shop, owner: Actor, number: str, key: str) -> None:
    shown = shop.view(owner, number).transfer
    assert shown is not None
    assert shown.reference == f"R{key[-8:]}"
