"""What was paid too much: kept as credits, or sent back through the payment it came in with."""

from collections.abc import Callable

import pytest

from billing.access import Actor
from billing.accounts.tables import Role
from billing.credits import choices, service
from billing.credits.tables import CreditLot, Payout
from billing.errors import CheckNeeded, NotAllowed, NotFound, NothingOverpaid
from billing.payments.queries import Overpayment, overpaid_cents, overpayments
from billing.ports import AccountMailKind
from tests.factories import Shop
from tests.fakes.money_back import ask_again, keep, mailed, overpay, send_back, state

Choose = Callable[..., object]


@pytest.fixture
def key(shop: Shop, account: int, owner: Actor) -> str:
    """The gateway's key of a payment of € 126 for an invoice of € 121."""
    return overpay(shop, account, owner)


@pytest.fixture
def payment(shop: Shop, key: str) -> int:
    return shop.payment_of(key).id or 0


def test_it_is_seen_at_once_with_the_payment_it_came_with(shop: Shop, account: int, owner: Actor, payment: int) -> None:
    assert shop.ask(overpayments, owner, account) == (
        Overpayment(payment, "ideal", 500, shop.clock.now().date(), ("2026-0001",)),
    )


def test_kept_it_is_a_credit_like_any_other(shop: Shop, account: int, owner: Actor, payment: int) -> None:
    keep(shop, owner, account, payment)
    assert shop.ask(service.balance_cents, account) == 500
    assert shop.ask(overpaid_cents, owner, account) == 0
    assert [(lot.source, lot.payment_id) for lot in shop.all(CreditLot)] == [("overpayment", payment)]
    number = shop.invoice(account)
    assert shop.do(service.settle_with_credits, shop.row(number).id or 0) == 500
    assert shop.broken() == []


def test_the_owner_is_told_what_was_chosen_and_by_whom(shop: Shop, account: int, owner: Actor, payment: int) -> None:
    keep(shop, owner, account, payment)
    shop.carry_out()
    [mail] = shop.writer.asked_accounts
    assert (mail.kind, mail.facts["by"], mail.facts["cents"]) == (AccountMailKind.OVERPAYMENT_KEPT, owner.name, "500")
    assert mail.url == "https://billing.test/credits"


def test_sent_back_it_goes_through_its_own_payment(
    shop: Shop, account: int, owner: Actor, key: str, payment: int
) -> None:
    send_back(shop, owner, account, payment)
    assert shop.ask(overpaid_cents, owner, account) == 0
    shop.carry_out()
    [order] = shop.gateway.refunded
    assert (order.original_key, order.amount_cents, order.service) == (key, 500, "ideal")
    assert (state(shop), mailed(shop)) == ("pending", [AccountMailKind.PAYOUT_ASKED])
    ask_again(shop)
    assert (state(shop), shop.open_cents("2026-0001")) == ("succeeded", [0])
    assert shop.totals()["gateway_clearing"] == 12_100
    assert shop.broken() == []


def test_a_push_about_it_books_it_once(shop: Shop, account: int, owner: Actor, payment: int) -> None:
    send_back(shop, owner, account, payment)
    shop.carry_out()
    refund = shop.one(Payout).provider_key or ""
    assert [shop.hear(refund), shop.hear(refund)] == ["booked", "booked"]
    ask_again(shop)
    assert (state(shop), shop.totals()["gateway_clearing"]) == ("succeeded", 12_100)
    assert shop.broken() == []


@pytest.mark.parametrize("choose", [choices.keep_as_credits, choices.send_back])
def test_the_choice_is_made_once(shop: Shop, account: int, owner: Actor, payment: int, choose: Choose) -> None:
    send_back(shop, owner, account, payment)
    with pytest.raises(NothingOverpaid):
        shop.do(choose, shop.proven(owner), account, payment)


@pytest.mark.parametrize("choose", [choices.keep_as_credits, choices.send_back])
def test_two_people_who_choose_at_one_moment_do_not_both_get_it(
    shop: Shop, account: int, owner: Actor, payment: int, choose: Choose
) -> None:
    proven = shop.proven(owner)
    with pytest.raises(NothingOverpaid):
        shop.overlap(
            lambda work: choices.send_back(work, proven, account, payment),
            lambda work: choose(work, proven, account, payment),
        )
    assert shop.broken() == []


@pytest.mark.parametrize("choose", [choices.keep_as_credits, choices.send_back])
def test_a_choice_needs_the_right_and_a_fresh_proof(
    shop: Shop, account: int, owner: Actor, payment: int, choose: Choose
) -> None:
    with pytest.raises(CheckNeeded):
        shop.do(choose, owner, account, payment)
    with pytest.raises(NotAllowed):
        shop.do(choose, shop.proven(shop.member(account, Role.BOOKKEEPER)), account, payment)
    stranger = shop.member(shop.customer("Een ander"), Role.OWNER)
    with pytest.raises(NotFound):
        shop.do(choose, shop.proven(stranger), account, payment)
    assert shop.all(Payout) == []


def test_a_payment_of_somebody_else_is_not_found(shop: Shop, payment: int) -> None:
    other = shop.customer("Een ander")
    stranger = shop.proven(shop.member(other, Role.OWNER))
    for choose in (choices.keep_as_credits, choices.send_back):
        with pytest.raises(NotFound):
            shop.do(choose, stranger, other, payment)


def test_a_bank_that_takes_all_back_takes_kept_credits_before_the_invoice(
    shop: Shop, account: int, owner: Actor, key: str, payment: int
) -> None:
    keep(shop, owner, account, payment)
    assert shop.hear(shop.gateway.take_back(key)) == "booked"
    assert (shop.ask(service.balance_cents, account), shop.open_cents("2026-0001")) == (0, [12_100])
    assert shop.broken() == []
