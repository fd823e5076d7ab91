"""Refunds, reversals and chargebacks: money that goes back is a booking of its own and reopens what it paid."""

from datetime import date

import pytest

from billing.access import Actor
from billing.ledger.tables import JournalEntry
from billing.payments import flows, queries
from billing.ports import Method, Outcome, RefundOrder, TransactionKind
from billing.settlement import Label
from tests.factories import Shop


@pytest.fixture
def number(shop: Shop, account: int) -> str:
    return shop.invoice(account)


@pytest.fixture
def paid(shop: Shop, owner: Actor, number: str) -> str:
    """The gateway's key of the payment that paid the invoice."""
    return shop.pay(owner, number)


def refund(shop: Shop, key: str, cents: int) -> str:
    """Somebody refunds at the gateway itself, without telling us."""
    order = RefundOrder(
        attempt="", original_key=key, service="ideal", amount_cents=cents, invoice_number="", description="",
        push_url="",
    )  # fmt: skip
    return shop.hear(shop.gateway.refund(order).key)


def test_a_full_refund_reopens_the_invoice(shop: Shop, number: str, paid: str) -> None:
    assert refund(shop, paid, 12_100) == "booked"
    assert (shop.open_cents(number), shop.status(number).label) == ([12_100], Label.RETURNED)
    assert shop.payment_of(paid).state == "succeeded"
    assert shop.broken() == []


def test_a_partial_refund_reopens_a_part(shop: Shop, number: str, paid: str) -> None:
    assert refund(shop, paid, 2_100) == "booked"
    assert refund(shop, paid, 1_000) == "booked"
    assert shop.open_cents(number) == [3_100]
    assert shop.broken() == []


@pytest.mark.parametrize("kind", [TransactionKind.REVERSAL, TransactionKind.CHARGEBACK])
def test_money_that_a_bank_takes_back_reopens_the_invoice(
    shop: Shop, number: str, paid: str, kind: TransactionKind
) -> None:
    shop.clock.advance(days=40)
    back = shop.gateway.take_back(paid, reason_code="AM04", kind=kind)
    assert shop.hear(back) == "booked"
    assert shop.record(back).reason == "AM04"
    assert (shop.status(number).label, shop.status(number).on) == (Label.RETURNED, date(2026, 4, 15))
    assert shop.broken() == []


def test_a_return_heard_of_twice_is_booked_once(shop: Shop, number: str, paid: str) -> None:
    back = shop.gateway.take_back(paid)
    shop.hear(back)
    shop.hear(back)
    assert shop.open_cents(number) == [12_100]
    assert len(shop.all(JournalEntry, kind="money_returned")) == 1


def test_a_refund_that_fails_changes_nothing(shop: Shop, number: str, paid: str) -> None:
    back = shop.gateway.take_back(paid)
    shop.gateway.change(back, Outcome.FAILED)
    assert shop.hear(back) == "ended"
    assert shop.open_cents(number) == [0]


def test_a_refund_on_its_way_waits(shop: Shop, number: str, paid: str) -> None:
    back = shop.gateway.take_back(paid)
    shop.gateway.change(back, Outcome.PENDING)
    assert shop.hear(back) == "waiting"
    assert shop.open_cents(number) == [0]
    assert shop.succeed(back) == "booked"
    assert shop.open_cents(number) == [12_100]


def test_an_overpayment_goes_back_before_the_invoice_reopens(
    shop: Shop, account: int, owner: Actor, number: str
) -> None:
    key = shop.start_key(owner, number)
    shop.succeed(key, amount_cents=12_600)
    refund(shop, key, 500)
    assert (shop.open_cents(number), shop.ask(queries.overpaid_cents, owner, account)) == ([0], 0)

    refund(shop, key, 100)
    assert shop.open_cents(number) == [100]
    assert shop.broken() == []


def test_the_refund_of_a_second_payment_leaves_the_invoice_paid(
    shop: Shop, account: int, owner: Actor, number: str
) -> None:
    first, second = shop.start_key(owner, number), shop.start_key(owner, number)
    shop.succeed(second)
    shop.succeed(first)
    refund(shop, first, 12_100)
    assert (shop.open_cents(number), shop.ask(queries.overpaid_cents, owner, account)) == ([0], 0)
    assert shop.broken() == []


def test_what_was_paid_last_is_reopened_first(shop: Shop, account: int, owner: Actor) -> None:
    early = shop.invoice(account, due_on=date(2026, 3, 10))
    late = shop.invoice(account, due_on=date(2026, 4, 1))
    key = shop.pay(owner, early, late)
    refund(shop, key, 12_200)
    assert shop.open_cents(early, late) == [100, 12_100]
    assert shop.broken() == []


def test_more_than_was_received_is_parked(shop: Shop, number: str, paid: str) -> None:
    back = shop.gateway.take_back(paid)
    shop.gateway.change(back, Outcome.SUCCEEDED, amount_cents=12_101)
    assert shop.hear(back) == "parked"
    assert shop.record(back).reason == "returns_more_than_received"
    assert shop.open_cents(number) == [0]
    assert shop.broken() == []


def test_a_return_of_an_unknown_payment_is_parked(shop: Shop, number: str, paid: str) -> None:
    back = shop.gateway.take_back(paid)
    shop.gateway.change(back, Outcome.SUCCEEDED, original_key="F" * 32)
    assert shop.hear(back) == "parked"
    assert shop.record(back).reason == "unknown_payment"


def test_a_payment_and_its_return_in_one_batch_are_booked_in_their_order(shop: Shop, owner: Actor, number: str) -> None:
    key = shop.start_key(owner, number)
    shop.gateway.change(key, Outcome.SUCCEEDED)
    back = shop.gateway.take_back(key)
    shop.push(back)
    shop.push(key)
    flows.process_pushes(shop.billing)
    assert [shop.record(one).verdict for one in (key, back)] == ["booked", "booked"]
    assert shop.status(number).label is Label.RETURNED
    assert shop.broken() == []


def test_a_transfer_of_another_amount_and_its_return_in_one_batch_are_both_booked(
    shop: Shop, owner: Actor, number: str
) -> None:
    key = shop.start_key(owner, number, method=Method.TRANSFER)
    copy = shop.gateway.copy(key, amount_cents=10_000)
    back = shop.gateway.take_back(copy)
    shop.hear(back)
    assert [shop.record(one).verdict for one in (copy, back)] == ["booked", "booked"]
    assert shop.open_cents(number) == [12_100]
    assert shop.broken() == []


def test_a_return_heard_of_before_its_payment_still_counts(shop: Shop, owner: Actor, number: str) -> None:
    key = shop.start_key(owner, number)
    shop.gateway.change(key, Outcome.SUCCEEDED)
    back = shop.gateway.take_back(key)
    shop.hear(back)
    shop.hear(key)
    shop.hear(back)
    assert shop.open_cents(number) == [12_100]
    assert shop.broken() == []


def test_a_returned_invoice_can_be_paid_again(shop: Shop, owner: Actor, number: str, paid: str) -> None:
    shop.hear(shop.gateway.take_back(paid))
    shop.pay(owner, number)
    assert shop.status(number).label is Label.PAID
    assert shop.broken() == []
