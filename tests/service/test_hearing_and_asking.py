"""Pushes are pokes that may get lost; asking on a schedule makes up for it."""

from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from billing import inbox
from billing.access import SYSTEM, Actor
from billing.errors import ProviderUnclear, PushRefused
from billing.inbox import InboxMessage
from billing.payments import flows, service
from billing.payments.tables import Payment
from billing.ports import Method, Outcome
from tests.factories import Shop
from tests.fakes.pushes import push, receive


@pytest.fixture
def number(shop: Shop, account: int) -> str:
    return shop.invoice(account)


@pytest.fixture
def key(shop: Shop, owner: Actor, number: str) -> str:
    return shop.start_key(owner, number)


def message(shop: Shop) -> InboxMessage:
    return shop.one(InboxMessage)


def waits(shop: Shop, count: int) -> list[timedelta]:
    """How long after each question the next one comes; nobody answers anything new."""
    found = []
    for _ in range(count):
        due = shop.one(Payment).next_check_at or datetime.max
        found.append(due - shop.clock.now())
        shop.clock.time = due
        flows.check_payments(shop.billing)
    return found


# Pushes


def test_a_push_that_can_not_be_trusted_is_not_stored(shop: Shop, key: str) -> None:
    with pytest.raises(PushRefused) as refused:
        receive(shop.billing, push(key, authorization="forged"))
    assert refused.value.facts["status"] == 401
    assert shop.all(InboxMessage) == []


def test_a_push_is_kept_as_it_came(shop: Shop, key: str) -> None:
    shop.push(key, "paid")
    kept = message(shop)
    assert (kept.source, kept.external_id, kept.key, kept.body) == ("buckaroo", "paid", key, f"{key} paid".encode())


def test_a_push_says_nothing_by_itself_the_gateway_is_asked(shop: Shop, number: str, key: str) -> None:
    shop.push(key, "believe-me-it-is-paid")
    flows.process_pushes(shop.billing)
    assert shop.gateway.asked == [(key,)]
    assert shop.open_cents(number) == [12_100]


def test_a_push_about_a_stranger_is_kept_and_not_acted_on(shop: Shop) -> None:
    shop.push("F" * 32)
    flows.process_pushes(shop.billing)
    assert (message(shop).state, message(shop).verdict) == ("done", "unknown to the gateway")


def test_while_the_gateway_is_down_pushes_wait_and_none_is_lost(shop: Shop, number: str, key: str) -> None:
    shop.gateway.change(key, Outcome.SUCCEEDED)
    shop.gateway.down = True
    shop.push(key)
    for _ in range(6):
        assert flows.process_pushes(shop.billing) == 1
        assert flows.process_pushes(shop.billing) == 0
        shop.clock.advance(minutes=5)
    assert message(shop).state == "new"

    shop.gateway.down = False
    flows.process_pushes(shop.billing)
    assert (message(shop).state, shop.open_cents(number)) == ("done", [0])


def test_a_poisoned_push_does_not_hold_up_the_others(shop: Shop, account: int, number: str, key: str) -> None:
    poisoned = shop.start_key(SYSTEM, shop.invoice(account))
    for one in (poisoned, key):
        shop.gateway.change(one, Outcome.SUCCEEDED)
        shop.push(one)
    shop.gateway.change(poisoned, Outcome.SUCCEEDED, payer_name=object())

    flows.process_pushes(shop.billing)

    assert shop.open_cents(number) == [0]
    assert [m.state for m in shop.all(InboxMessage, key=poisoned)] == ["new"]


def test_replaying_every_push_changes_nothing(shop: Shop, account: int, number: str, key: str) -> None:
    shop.succeed(key)
    back = shop.gateway.take_back(key)
    shop.hear(back)
    before = (shop.totals(), len(shop.audit()))

    assert shop.do(inbox.reopen, None) == 2
    flows.process_pushes(shop.billing)

    assert (shop.totals(), len(shop.audit())) == before
    assert {m.state for m in shop.all(InboxMessage)} == {"done"}


# Asking


def test_a_lost_push_costs_time_and_no_money(shop: Shop, number: str, key: str) -> None:
    shop.gateway.change(key, Outcome.SUCCEEDED)
    assert flows.check_payments(shop.billing) == 0
    shop.clock.advance(minutes=1)
    assert flows.check_payments(shop.billing) == 1
    assert shop.open_cents(number) == [0]
    assert shop.payment_of(key).next_check_at is None


def test_the_first_question_comes_after_a_minute_and_the_later_ones_grow_apart(shop: Shop, key: str) -> None:
    minutes = [wait / timedelta(minutes=1) for wait in waits(shop, 6)]
    assert minutes == [1, 1, 5, 15, 60, 60]


def test_a_transfer_is_asked_about_daily(shop: Shop, owner: Actor, number: str) -> None:
    shop.start(owner, number, method=Method.TRANSFER)
    assert waits(shop, 6)[-2:] == [timedelta(days=1)] * 2


def test_while_the_gateway_is_down_questions_wait(shop: Shop, number: str, key: str) -> None:
    shop.gateway.change(key, Outcome.SUCCEEDED)
    shop.gateway.down = True
    waits(shop, 3)
    assert shop.payment_of(key).state == "awaiting"

    shop.gateway.down = False
    shop.clock.advance(hours=1)
    flows.check_payments(shop.billing)
    assert shop.open_cents(number) == [0]


def test_the_browsers_return_brings_the_question_forward(shop: Shop, number: str, key: str) -> None:
    waits(shop, 4)
    shop.gateway.change(key, Outcome.SUCCEEDED)
    shop.do(service.look_again, shop.payment_of(key).token)
    assert shop.open_cents(number) == [12_100]

    flows.check_payments(shop.billing)
    assert shop.open_cents(number) == [0]


def test_the_browsers_return_after_the_end_asks_nothing(shop: Shop, key: str) -> None:
    shop.succeed(key)
    shop.do(service.look_again, shop.payment_of(key).token)
    assert flows.check_payments(shop.billing) == 0


@pytest.fixture
def unheard(shop: Shop, owner: Actor, number: str) -> str:
    """An invoice with an attempt whose order never reached the gateway."""
    shop.gateway.lose_next_order()
    with pytest.raises(ProviderUnclear):
        shop.start(owner, number)
    return number


def test_an_attempt_the_gateway_never_heard_of_expires_after_half_an_hour(shop: Shop, unheard: str) -> None:
    for _ in range(2):
        shop.clock.advance(minutes=14, seconds=50)
        flows.check_payments(shop.billing)
    assert shop.one(Payment).state == "unknown"

    shop.clock.advance(minutes=15)
    flows.check_payments(shop.billing)
    assert (shop.one(Payment).state, shop.one(Payment).next_check_at) == ("expired", None)
    assert shop.broken() == []


def test_an_attempt_does_not_expire_while_the_gateway_can_not_be_asked(shop: Shop, unheard: str) -> None:
    shop.gateway.down = True
    for _ in range(5):
        shop.clock.advance(hours=1)
        flows.check_payments(shop.billing)
    assert shop.one(Payment).state == "unknown"


def test_an_attempt_expires_also_beside_a_transfer_without_our_token(
    shop: Shop, account: int, owner: Actor, unheard: str
) -> None:
    key = shop.start_key(owner, shop.invoice(account), method=Method.TRANSFER)
    shop.gateway.copy(key, amount_cents=100)
    shop.clock.advance(hours=1)
    flows.check_payments(shop.billing)
    assert shop.one(Payment, provider_key=None).state == "expired"


def test_an_answer_that_can_not_be_booked_does_not_hold_up_the_other_questions(
    shop: Shop, account: int, number: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    poisoned = shop.start_key(SYSTEM, shop.invoice(account))
    shop.gateway.change(key, Outcome.SUCCEEDED)
    shop.gateway.change(poisoned, Outcome.SUCCEEDED, payer_name=object())
    shop.clock.advance(minutes=1)
    for _ in range(3):
        with suppress(Exception):  # the worker logs it and goes on with the next round
            flows.check_payments(shop.billing)
        shop.clock.advance(hours=1)
    assert shop.open_cents(number) == [0]


def test_money_for_an_expired_attempt_is_booked_all_the_same(shop: Shop, number: str, unheard: str) -> None:
    shop.clock.advance(hours=1)
    flows.check_payments(shop.billing)
    order = shop.gateway.started[0]
    key = shop.gateway.start(order).key
    assert shop.succeed(key) == "booked"
    assert shop.payment_of(key).state == "succeeded"
    assert shop.open_cents(number) == [0]
