"""Money on its way back: sent once, whatever happens to the order, and put back when it can't go."""

from collections.abc import Callable

import pytest

from billing.access import Actor
from billing.accounts.tables import Role
from billing.credits import choices, service
from billing.credits.queries import PayoutRow, statement
from billing.credits.tables import CreditLot, Payout
from billing.errors import NotFound
from billing.payments import sending
from billing.payments.queries import overpaid_cents, overpayments
from billing.ports import AccountMailKind, Method, Outcome
from billing.states import PaymentState
from tests.factories import Shop

Choose = Callable[..., object]


@pytest.fixture
def key(shop: Shop, account: int, owner: Actor) -> str:
    """The gateway's key of a payment of € 126 for an invoice of € 121."""
    key = shop.start_key(owner, shop.invoice(account))
    shop.succeed(key, amount_cents=12_600)
    shop.carry_out()
    shop.writer.asked_accounts.clear()
    return key


@pytest.fixture
def payment(shop: Shop, key: str) -> int:
    return shop.payment_of(key).id or 0


def keep(shop: Shop, owner: Actor, account: int, payment: int) -> None:
    shop.do(choices.keep_as_credits, shop.proven(owner), account, payment)


def send_back(shop: Shop, owner: Actor, account: int, payment: int) -> Payout:
    return shop.do(choices.send_back, shop.proven(owner), account, payment)


def mailed(shop: Shop) -> list[AccountMailKind]:
    return [mail.kind for mail in shop.writer.asked_accounts]


def state(shop: Shop) -> str:
    return shop.one(Payout).state


def ask_again(shop: Shop, **passed: float) -> None:
    shop.clock.advance(**passed)
    sending.check_payouts(shop.billing)


def test_an_order_without_an_answer_is_looked_up_and_never_sent_again(
    shop: Shop, account: int, owner: Actor, payment: int
) -> None:
    shop.gateway.lose_next_answer()
    send_back(shop, owner, account, payment)
    shop.carry_out()
    assert state(shop) == "unknown"
    assert shop.ask(statement, owner, account).payouts[0].state is PaymentState.UNKNOWN
    ask_again(shop, minutes=1)
    shop.carry_out()
    assert (state(shop), len(shop.gateway.refunded)) == ("succeeded", 1)
    assert shop.broken() == []


def test_an_order_that_never_arrived_puts_the_money_back_after_a_day(
    shop: Shop, account: int, owner: Actor, payment: int
) -> None:
    shop.gateway.lose_next_order()
    send_back(shop, owner, account, payment)
    shop.carry_out()
    ask_again(shop, hours=23)
    assert (state(shop), shop.ask(overpaid_cents, owner, account)) == ("unknown", 0)
    ask_again(shop, hours=2)
    ask_again(shop, hours=2)
    assert (state(shop), shop.ask(overpaid_cents, owner, account)) == ("expired", 500)
    shop.carry_out()
    assert (mailed(shop)[-1], len(shop.gateway.refunded)) == (AccountMailKind.PAYOUT_FAILED, 1)
    assert shop.broken() == []


def test_while_the_gateway_is_away_the_order_waits(shop: Shop, account: int, owner: Actor, payment: int) -> None:
    shop.gateway.down = True
    send_back(shop, owner, account, payment)
    shop.carry_out()
    assert (state(shop), shop.gateway.refunded) == ("created", [])
    shop.gateway.down = False
    shop.clock.advance(minutes=1)
    shop.carry_out()
    assert len(shop.gateway.refunded) == 1


def test_a_process_that_dies_after_the_claim_does_not_send_again(
    shop: Shop, account: int, owner: Actor, payment: int
) -> None:
    send_back(shop, owner, account, payment)
    shop.sql("UPDATE payout SET sent_at = created_at, original_key = 'X', next_check_at = created_at")
    shop.carry_out()
    assert shop.gateway.refunded == []
    ask_again(shop, hours=25)
    assert (state(shop), shop.ask(overpaid_cents, owner, account)) == ("expired", 500)


def test_a_refusal_puts_the_money_back(shop: Shop, account: int, owner: Actor, payment: int) -> None:
    shop.gateway.refuse_next("no balance")
    send_back(shop, owner, account, payment)
    shop.carry_out()
    shop.carry_out()
    assert (state(shop), shop.ask(overpaid_cents, owner, account)) == ("failed", 500)
    assert mailed(shop) == [AccountMailKind.PAYOUT_ASKED, AccountMailKind.PAYOUT_FAILED]
    assert shop.broken() == []


def test_a_refund_that_waits_for_approval_is_on_its_way_until_it_ends(
    shop: Shop, account: int, owner: Actor, payment: int
) -> None:
    send_back(shop, owner, account, payment)
    shop.carry_out()
    refund = shop.one(Payout).provider_key or ""
    shop.gateway.change(refund, Outcome.PENDING)
    assert (shop.hear(refund), state(shop)) == ("waiting", "pending")
    shop.gateway.change(refund, Outcome.REJECTED)
    assert (shop.hear(refund), state(shop)) == ("ended", "rejected")
    assert shop.ask(overpaid_cents, owner, account) == 500
    assert shop.broken() == []


def test_a_late_success_is_booked_after_all(shop: Shop, account: int, owner: Actor, payment: int) -> None:
    send_back(shop, owner, account, payment)
    shop.carry_out()
    refund = shop.one(Payout).provider_key or ""
    shop.gateway.change(refund, Outcome.FAILED)
    shop.hear(refund)
    assert shop.succeed(refund) == "booked"
    assert (state(shop), shop.ask(overpaid_cents, owner, account)) == ("succeeded", 0)
    assert shop.broken() == []


def test_a_late_success_of_money_that_is_credit_now_takes_the_credit(
    shop: Shop, account: int, owner: Actor, payment: int
) -> None:
    send_back(shop, owner, account, payment)
    shop.carry_out()
    refund = shop.one(Payout).provider_key or ""
    shop.gateway.change(refund, Outcome.FAILED)
    shop.hear(refund)
    keep(shop, owner, account, payment)
    assert shop.succeed(refund) == "booked"
    assert shop.ask(service.balance_cents, account) == 0
    assert shop.broken() == []


def test_the_gateway_may_send_back_less(shop: Shop, account: int, owner: Actor, key: str, payment: int) -> None:
    shop.gateway.take_back(key)
    shop.gateway.change(list(shop.gateway.known)[-1], Outcome.SUCCEEDED, amount_cents=12_300)
    send_back(shop, owner, account, payment)
    shop.carry_out()
    assert [order.amount_cents for order in shop.gateway.refunded] == [300]
    assert (shop.one(Payout).amount_cents, shop.ask(overpaid_cents, owner, account)) == (300, 200)
    assert shop.broken() == []


def test_what_the_gateway_can_not_refund_stays_where_it_was(
    shop: Shop, account: int, owner: Actor, key: str, payment: int
) -> None:
    shop.gateway.take_back(key)
    send_back(shop, owner, account, payment)
    shop.carry_out()
    assert (state(shop), shop.one(Payout).reason, shop.gateway.refunded) == ("failed", "not_refundable", [])
    assert shop.ask(overpaid_cents, owner, account) == 500
    assert shop.broken() == []


def test_a_transfer_of_too_much_goes_back_through_the_copy_that_brought_it(
    shop: Shop, account: int, owner: Actor
) -> None:
    ordered = shop.start_key(owner, shop.invoice(account), method=Method.TRANSFER)
    copy = shop.gateway.copy(ordered, amount_cents=13_000)
    shop.hear(copy)
    [found] = shop.ask(overpayments, owner, account)
    send_back(shop, owner, account, found.payment_id)
    shop.carry_out()
    assert [(order.original_key, order.amount_cents) for order in shop.gateway.refunded] == [(copy, 900)]


# Credits of a credit note


@pytest.fixture
def lot(shop: Shop, account: int, owner: Actor) -> int:
    """Credits of € 60,50 from a note on an invoice of € 121 that was paid."""
    number = shop.invoice(account)
    shop.pay(owner, number)
    shop.credit(number, 5_000)
    return shop.one(CreditLot).id or 0


def test_credits_of_a_paid_invoice_can_be_paid_out(shop: Shop, account: int, owner: Actor, lot: int) -> None:
    assert [row.payable_cents for row in shop.ask(statement, owner, account).lots] == [6_050]
    shop.do(choices.pay_out, shop.proven(owner), account, lot)
    assert shop.ask(service.balance_cents, account) == 0
    shop.carry_out()
    ask_again(shop)
    assert (state(shop), shop.open_cents("2026-0001")) == ("succeeded", [0])
    assert shop.broken() == []
    found = shop.ask(statement, owner, account)
    assert [(move.kind, move.cents) for move in found.moves] == [("paid_out", -6_050), ("credit_note", 6_050)]
    assert found.payouts == (
        PayoutRow(6_050, PaymentState.SUCCEEDED, shop.one(Payout).created_at, owner.name, from_credits=True),
    )


def test_credits_that_could_not_be_paid_out_stay_credits(shop: Shop, account: int, owner: Actor, lot: int) -> None:
    shop.gateway.refuse_next("no balance")
    shop.do(choices.pay_out, shop.proven(owner), account, lot)
    shop.carry_out()
    assert (state(shop), shop.ask(service.balance_cents, account)) == ("failed", 6_050)
    assert [move.cents for move in shop.ask(statement, owner, account).moves] == [6_050, -6_050, 6_050]
    assert shop.broken() == []


def test_no_more_is_paid_out_than_came_in_with_one_payment(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    shop.succeed(shop.start_key(owner, number), amount_cents=6_000)
    most = shop.pay(owner, number)
    shop.credit(number, 10_000)
    assert [(row.left_cents, row.payable_cents) for row in shop.ask(statement, owner, account).lots] == [
        (12_100, 6_100)
    ]
    shop.do(choices.pay_out, shop.proven(owner), account, shop.one(CreditLot).id or 0)
    assert shop.ask(service.balance_cents, account) == 6_000
    shop.carry_out()
    ask_again(shop)
    assert [(order.original_key, order.amount_cents) for order in shop.gateway.refunded] == [(most, 6_100)]
    assert shop.broken() == []


def test_what_a_bank_takes_back_is_taken_from_its_credits_before_the_invoice_is_owed_again(
    shop: Shop, account: int, owner: Actor, lot: int
) -> None:
    [key] = shop.gateway.known
    shop.hear(shop.gateway.take_back(key))
    assert (shop.ask(service.balance_cents, account), shop.open_cents("2026-0001")) == (0, [6_050])
    assert [move.kind for move in shop.ask(statement, owner, account).moves] == ["taken_back", "credit_note"]
    assert shop.broken() == []


def test_after_a_payout_a_bank_can_take_back_no_more_than_the_rest(
    shop: Shop, account: int, owner: Actor, lot: int
) -> None:
    [key] = shop.gateway.known
    shop.do(choices.pay_out, shop.proven(owner), account, lot)
    shop.carry_out()
    ask_again(shop)
    back = shop.gateway.take_back(key)
    assert (shop.hear(back), shop.record(back).reason) == ("parked", "returns_more_than_received")
    assert shop.broken() == []


def test_credits_that_are_being_paid_out_settle_nothing(shop: Shop, account: int, owner: Actor, lot: int) -> None:
    number = shop.invoice(account)
    proven, invoice_id = shop.proven(owner), shop.row(number).id or 0
    used = shop.overlap(
        lambda work: choices.pay_out(work, proven, account, lot),
        lambda work: service.settle_with_credits(work, invoice_id),
    )
    assert (used, shop.open_cents(number)) == (0, [12_100])
    assert shop.broken() == []


def test_credits_of_somebody_else_are_not_found(shop: Shop, lot: int) -> None:
    other = shop.customer("Een ander")
    with pytest.raises(NotFound):
        shop.do(choices.pay_out, shop.proven(shop.member(other, Role.OWNER)), other, lot)
