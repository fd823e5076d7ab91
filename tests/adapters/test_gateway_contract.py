"""What every PaymentGateway does, said once and checked on the fake and on the real adapter."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from billing.errors import ProviderRefused, ProviderUnclear
from billing.ports import Method, Outcome, PaymentGateway, TransactionKind
from tests.adapters.buckaroo_wire import BuckarooWire, payment_order, refund_order
from tests.fakes.gateway import FakeGateway

UNKNOWN_KEY = "F" * 32


@dataclass(frozen=True)
class World:
    """A gateway, and what happens on its other side."""

    gateway: PaymentGateway
    succeed: Callable[[str], None]
    receive_other: Callable[[str, int], object]
    lose_next_order: Callable[[], None]
    lose_next_answer: Callable[[], None]


def fake_world() -> World:
    fake = FakeGateway()
    return World(
        gateway=fake,
        succeed=lambda key: fake.change(key, Outcome.SUCCEEDED),
        receive_other=lambda key, cents: fake.copy(key, amount_cents=cents),
        lose_next_order=fake.lose_next_order,
        lose_next_answer=fake.lose_next_answer,
    )


def buckaroo_world() -> World:
    wire = BuckarooWire()
    return World(
        gateway=wire.gateway(),
        succeed=lambda key: wire.set(key, 190),
        receive_other=wire.receive_other,
        lose_next_order=lambda: setattr(wire, "lose_order", True),
        lose_next_answer=lambda: setattr(wire, "lose_answer", True),
    )


@pytest.fixture(params=[fake_world, buckaroo_world], ids=["fake", "buckaroo"])
def world(request: pytest.FixtureRequest) -> World:
    world: World = request.param()
    return world


@pytest.mark.parametrize("method", [Method.IDEAL, Method.CARD, Method.BANCONTACT])
def test_an_online_payment_sends_the_customer_to_the_gateway(world: World, method: Method) -> None:
    answer = world.gateway.start(payment_order(method=method))

    assert (len(answer.key), answer.outcome) == (32, Outcome.AWAITING_CUSTOMER)
    assert answer.redirect_url.startswith("https://")
    assert answer.transfer is None


def test_a_transfer_tells_where_to_send_the_money(world: World) -> None:
    answer = world.gateway.start(payment_order(method=Method.TRANSFER))

    assert (answer.outcome, answer.redirect_url) == (Outcome.AWAITING_CUSTOMER, "")
    assert answer.transfer is not None
    assert answer.transfer.iban == "NL13TEST0123456789"
    assert answer.transfer.reference


def test_a_started_payment_is_known_by_its_key(world: World) -> None:
    key = world.gateway.start(payment_order()).key

    transaction = world.gateway.transactions([key])[key]

    assert (transaction.kind, transaction.outcome) == (TransactionKind.PAYMENT, Outcome.AWAITING_CUSTOMER)
    assert (transaction.amount_cents, transaction.currency, transaction.is_test) == (1025, "EUR", True)
    assert (transaction.invoice_number, transaction.attempt) == ("INV-1001", "af31")


def test_a_paid_payment_says_so(world: World) -> None:
    key = world.gateway.start(payment_order()).key

    world.succeed(key)

    assert world.gateway.transactions([key])[key].outcome is Outcome.SUCCEEDED


def test_an_unknown_key_is_absent(world: World) -> None:
    key = world.gateway.start(payment_order()).key

    assert set(world.gateway.transactions([key, UNKNOWN_KEY])) == {key}


def test_a_payment_is_found_by_its_attempt(world: World) -> None:
    key = world.gateway.start(payment_order(attempt="mine")).key
    world.gateway.start(payment_order(attempt="other"))

    assert [one.key for one in world.gateway.find("mine")] == [key]


def test_a_transfer_of_another_amount_is_found_by_its_invoice_only(world: World) -> None:
    key = world.gateway.start(payment_order(method=Method.TRANSFER)).key
    world.gateway.start(payment_order(invoice_number="INV-1002", attempt="other"))

    world.receive_other(key, 900)

    found = {one.outcome: one.amount_cents for one in world.gateway.of_invoice("INV-1001")}
    assert found == {Outcome.AWAITING_CUSTOMER: 1025, Outcome.SUCCEEDED: 900}
    assert [one.key for one in world.gateway.find("af31")] == [key]


def test_an_unknown_invoice_has_no_transactions(world: World) -> None:
    assert list(world.gateway.of_invoice("INV-9999")) == []


def test_an_order_lost_on_the_way_is_unclear_and_not_found(world: World) -> None:
    world.lose_next_order()

    with pytest.raises(ProviderUnclear) as unclear:
        world.gateway.start(payment_order())

    assert unclear.value.facts["sent"] is True
    assert world.gateway.find("af31") == []


def test_an_order_whose_answer_is_lost_is_unclear_but_found_once(world: World) -> None:
    world.lose_next_answer()

    with pytest.raises(ProviderUnclear):
        world.gateway.start(payment_order())

    assert len(world.gateway.find("af31")) == 1


def test_a_refund_is_a_transaction_of_its_own(world: World) -> None:
    paid = world.gateway.start(payment_order()).key
    world.succeed(paid)

    key = world.gateway.refund(refund_order(original_key=paid, amount_cents=500)).key

    refund = world.gateway.transactions([key])[key]
    assert (refund.kind, refund.original_key, refund.amount_cents) == (TransactionKind.REFUND, paid, 500)
    assert world.gateway.transactions([paid])[paid].outcome is Outcome.SUCCEEDED


def test_a_refund_lowers_what_may_still_be_refunded(world: World) -> None:
    paid = world.gateway.start(payment_order()).key
    world.succeed(paid)
    world.gateway.refund(refund_order(original_key=paid, amount_cents=500))

    info = world.gateway.refund_info(paid)

    assert (info.refundable, info.maximum_cents, info.refunded_cents) == (True, 525, 500)


def test_a_refund_of_too_much_is_refused_in_so_many_words(world: World) -> None:
    paid = world.gateway.start(payment_order()).key
    world.succeed(paid)

    answer = world.gateway.refund(refund_order(original_key=paid, amount_cents=1026))

    assert answer.outcome is Outcome.FAILED
    assert answer.reason


def test_an_unpaid_payment_can_not_be_refunded(world: World) -> None:
    key = world.gateway.start(payment_order()).key

    assert not world.gateway.refund_info(key).refundable


def test_asking_what_may_be_refunded_on_an_unknown_key_is_refused(world: World) -> None:
    with pytest.raises(ProviderRefused):
        world.gateway.refund_info(UNKNOWN_KEY)


def test_a_waiting_payment_can_be_cancelled(world: World) -> None:
    key = world.gateway.start(payment_order()).key

    assert world.gateway.cancel(key)
    assert world.gateway.transactions([key])[key].outcome is Outcome.CANCELLED


def test_a_paid_payment_can_not_be_cancelled(world: World) -> None:
    key = world.gateway.start(payment_order()).key
    world.succeed(key)

    assert not world.gateway.cancel(key)
    assert world.gateway.transactions([key])[key].outcome is Outcome.SUCCEEDED
