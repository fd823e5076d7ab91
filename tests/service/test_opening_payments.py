"""Who may pay what, and when: everything that is decided before the gateway hears of a payment."""

from datetime import date

import pytest

from billing.access import SYSTEM, Actor
from billing.accounts.tables import Role
from billing.errors import InvalidAmount, NotAllowed, NotFound, NothingToPay, PaymentUnderWay, Refused
from billing.payments import service
from billing.payments.service import OpenedPayment, StartPayment
from billing.payments.tables import Payment, PaymentEvent, PaymentShare
from billing.ports import Method, Outcome
from tests.factories import Shop


def command(*numbers: str, despite_pending: bool = False) -> StartPayment:
    return StartPayment(numbers, Method.IDEAL, client_ip="192.0.2.7", despite_pending=despite_pending)


def open_payment(shop: Shop, actor: Actor, *numbers: str) -> OpenedPayment:
    return shop.do(service.open_payment, actor, command(*numbers))


def collecting(shop: Shop) -> dict[int, int]:
    """Which attempt collects for which invoice."""
    return {share.invoice_id: share.payment_id for share in shop.all(PaymentShare) if share.collecting}


@pytest.fixture
def pending(shop: Shop, account: int, owner: Actor) -> str:
    """An invoice whose money is on its way."""
    number = shop.invoice(account)
    key = shop.start_key(owner, number)
    shop.gateway.change(key, Outcome.PENDING)
    shop.hear(key)
    return number


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMINISTRATOR, Role.BOOKKEEPER])
def test_who_may_pay_opens_an_attempt_for_all_that_is_open(shop: Shop, account: int, role: Role) -> None:
    number = shop.invoice(account)
    opened = open_payment(shop, shop.member(account, role), number)
    assert (opened.amount_cents, opened.invoice_numbers, opened.buyer_name) == (12_100, (number,), "A. Tester")


def test_a_foreign_invoice_sounds_the_same_as_an_unknown_one(shop: Shop, account: int, owner: Actor) -> None:
    foreign = shop.invoice(shop.customer("Een ander"))
    answers = []
    for number in (foreign, "2026-9999", "", "%", "'; DROP TABLE invoice; --"):
        with pytest.raises(NotFound) as refused:
            open_payment(shop, owner, number)
        answers.append(str(refused.value))
    assert answers == ["not_found"] * 5
    assert shop.all(Payment) == []


def test_a_foreign_invoice_among_ones_own_is_not_found(shop: Shop, account: int, owner: Actor) -> None:
    with pytest.raises(NotFound):
        open_payment(shop, owner, shop.invoice(account), shop.invoice(shop.customer("Een ander")))


def test_a_draft_can_not_be_paid(shop: Shop, account: int, owner: Actor) -> None:
    shop.draft(account)
    with pytest.raises(NotFound):
        open_payment(shop, owner, "None")


def test_who_may_only_read_is_not_allowed_to_pay(shop: Shop, account: int) -> None:
    reader, number = shop.member(account, Role.READ_ONLY), shop.invoice(account)
    with pytest.raises(NotAllowed):
        open_payment(shop, reader, number)


def test_a_technician_is_not_allowed_to_pay(shop: Shop, account: int) -> None:
    technician, number = shop.member(account, Role.TECHNICIAN), shop.invoice(account)
    with pytest.raises(NotAllowed):
        open_payment(shop, technician, number)


def test_whose_membership_is_over_finds_nothing_any_more(shop: Shop, account: int) -> None:
    treasurer, number = shop.member(account, ends_on=date(2026, 3, 5)), shop.invoice(account)
    with pytest.raises(NotFound):
        open_payment(shop, treasurer, number)


def test_a_membership_lasts_until_the_end_of_its_last_day(shop: Shop, account: int) -> None:
    treasurer, number = shop.member(account, ends_on=date(2026, 3, 6)), shop.invoice(account)
    shop.clock.time = shop.clock.time.replace(hour=22, minute=59)
    assert open_payment(shop, treasurer, number).amount_cents == 12_100


def test_invoices_of_several_customers_can_not_be_paid_in_one_go(shop: Shop, account: int, owner: Actor) -> None:
    other = shop.customer("Een ander")
    shop.also_member(owner, other)
    with pytest.raises(Refused, match="several_accounts"):
        open_payment(shop, owner, shop.invoice(account), shop.invoice(other))


def test_a_paid_invoice_has_nothing_to_pay(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    shop.pay(owner, number)
    with pytest.raises(NothingToPay):
        open_payment(shop, owner, number)


def test_an_invoice_named_twice_is_paid_once(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    opened = open_payment(shop, owner, number, number)
    assert (opened.amount_cents, opened.invoice_numbers) == (12_100, (number,))


@pytest.mark.parametrize("count", [0, 51])
def test_no_invoice_or_too_many_is_refused(shop: Shop, account: int, owner: Actor, count: int) -> None:
    with pytest.raises(Refused, match="number_of_invoices"):
        open_payment(shop, owner, *[f"2026-{n:04d}" for n in range(count)])


def test_several_invoices_together_stay_within_the_limit(shop: Shop, account: int, owner: Actor) -> None:
    numbers = [shop.invoice(account, "5000000.00") for _ in range(2)]
    with pytest.raises(InvalidAmount):
        open_payment(shop, owner, *numbers)


def test_what_is_partly_settled_is_paid_for_the_rest(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    shop.credit(number, 1_000)
    assert open_payment(shop, owner, number).amount_cents == 10_890


def test_the_oldest_due_invoice_comes_first(shop: Shop, account: int, owner: Actor) -> None:
    late = shop.invoice(account, due_on=date(2026, 4, 1))
    early = shop.invoice(account, due_on=date(2026, 3, 10))
    assert open_payment(shop, owner, late, early).invoice_numbers == (early, late)


def test_money_on_its_way_is_not_paid_again_by_accident(shop: Shop, owner: Actor, pending: str) -> None:
    with pytest.raises(PaymentUnderWay):
        open_payment(shop, owner, pending)
    assert len(shop.all(Payment)) == 1


def test_who_knows_that_money_is_on_its_way_may_pay_all_the_same(shop: Shop, owner: Actor, pending: str) -> None:
    opened = shop.do(service.open_payment, owner, command(pending, despite_pending=True))
    assert collecting(shop) == {shop.row(pending).id: opened.payment_id}


def test_money_on_its_way_still_warns_after_the_second_attempt_was_cancelled(
    shop: Shop, owner: Actor, pending: str
) -> None:
    second = shop.start(owner, pending, despite_pending=True)
    key = shop.payment(second.token).provider_key or ""
    shop.gateway.change(key, Outcome.CANCELLED)
    shop.hear(key)

    with pytest.raises(PaymentUnderWay):
        open_payment(shop, owner, pending)
    assert shop.row(pending).expected_on == date(2026, 3, 7)


def test_an_older_attempt_that_ends_takes_nothing_from_the_one_that_collects_now(
    shop: Shop, account: int, owner: Actor
) -> None:
    number = shop.invoice(account)
    given_up, on_its_way = shop.start_key(owner, number), shop.start_key(owner, number)
    shop.gateway.change(on_its_way, Outcome.PENDING)
    shop.hear(on_its_way)
    newest = shop.start(owner, number, despite_pending=True)
    shop.gateway.change(given_up, Outcome.CANCELLED)
    assert shop.hear(given_up) == "ended"
    assert collecting(shop) == {shop.row(number).id: shop.payment(newest.token).id}


def test_an_attempt_that_waits_for_the_customer_gives_way(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    shop.start(owner, number)
    second = open_payment(shop, owner, number)
    assert collecting(shop) == {shop.row(number).id: second.payment_id}
    assert shop.broken() == []


def test_two_people_who_pay_at_one_moment_leave_one_attempt_collecting(shop: Shop, account: int, owner: Actor) -> None:
    number, other = shop.invoice(account), shop.member(account)
    second = shop.overlap(
        lambda work: service.open_payment(work, owner, command(number)),
        lambda work: service.open_payment(work, other, command(number)),
    )
    assert collecting(shop) == {shop.row(number).id: second.payment_id}
    assert len(shop.all(Payment)) == 2


def test_every_attempt_has_a_token_nobody_can_guess(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    tokens = {open_payment(shop, owner, number).token for _ in range(3)}
    assert len(tokens) == 3
    assert all(len(token) >= 32 for token in tokens)


def test_an_attempt_tells_who_started_it_and_when(shop: Shop, account: int, owner: Actor) -> None:
    payment = shop.payment(open_payment(shop, owner, shop.invoice(account)).token)
    assert (payment.started_by, payment.started_by_name, payment.created_at) == (
        owner.user_id,
        owner.name,
        shop.clock.now(),
    )
    assert [event.state for event in shop.all(PaymentEvent)] == ["created"]


def test_the_gateway_may_write_to_who_pays(shop: Shop, account: int, owner: Actor) -> None:
    payer, number = shop.member(account), shop.invoice(account)
    assert open_payment(shop, payer, number).buyer_email == f"{payer.name}@test.example"
    assert open_payment(shop, SYSTEM, number).buyer_email == f"{owner.name}@test.example"
