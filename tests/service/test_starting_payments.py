"""From a click to the gateway's page, and everything that may go wrong on the way."""

import pytest

from billing.access import Actor
from billing.errors import NotFound, ProviderRefused, ProviderUnclear
from billing.payments import queries
from billing.payments.flows import check_payments
from billing.payments.tables import Payment, PaymentEvent
from billing.ports import Method, Outcome, PaymentOrder, StartAnswer
from billing.states import PaymentState
from tests.factories import Shop
from tests.fakes.gateway import FakeGateway


@pytest.fixture
def number(shop: Shop, account: int) -> str:
    return shop.invoice(account)


def state(shop: Shop) -> str:
    return shop.one(Payment).state


def answering(shop: Shop, monkeypatch: pytest.MonkeyPatch, **answer: object) -> None:
    """Let the gateway keep the order and give this answer."""
    real = shop.gateway.start

    def start(order: PaymentOrder) -> StartAnswer:
        return StartAnswer(key=real(order).key, **answer)  # type: ignore[arg-type]  # fields of an answer

    monkeypatch.setattr(shop.gateway, "start", start)


def test_a_payment_sends_the_customer_to_the_gateway(shop: Shop, owner: Actor, number: str) -> None:
    started = shop.start(owner, number)
    payment = shop.payment(started.token)
    assert started.redirect_url == f"https://gateway.test/pay/{payment.provider_key}"
    assert (payment.state, payment.status_code) == ("awaiting", 790)


def test_the_order_says_all_the_gateway_needs(shop: Shop, owner: Actor, number: str) -> None:
    started = shop.start(owner, number)
    assert shop.gateway.started == [
        PaymentOrder(
            attempt=started.token, method=Method.IDEAL, amount_cents=12_100, invoice_number=number,
            description=f"Factuur {number}", return_url=f"https://billing.test/pay/return/{started.token}",
            push_url="https://billing.test/hooks/buckaroo", client_ip="192.0.2.7", customer_name="A. Tester",
            customer_email=f"{owner.name}@test.example",
        )
    ]  # fmt: skip


def test_a_payment_for_several_invoices_says_how_many(shop: Shop, account: int, owner: Actor, number: str) -> None:
    shop.start(owner, number, *[shop.invoice(account) for _ in range(49)])
    description = shop.gateway.started[0].description
    assert description == f"Factuur {number} +49"
    assert len(description) <= 35


def test_a_transfer_tells_where_to_send_the_money(shop: Shop, owner: Actor, number: str) -> None:
    started = shop.start(owner, number, method=Method.TRANSFER)
    assert started.transfer is not None
    assert shop.payment(started.token).transfer == vars(started.transfer)
    assert started.redirect_url == ""


def test_a_time_out_leaves_the_outcome_unknown(shop: Shop, owner: Actor, number: str) -> None:
    shop.gateway.lose_next_answer()
    with pytest.raises(ProviderUnclear):
        shop.start(owner, number)
    assert state(shop) == "unknown"


def test_a_payment_whose_answer_was_lost_is_found_by_its_token(shop: Shop, owner: Actor, number: str) -> None:
    shop.gateway.lose_next_answer()
    with pytest.raises(ProviderUnclear):
        shop.start(owner, number)
    [key] = shop.gateway.known
    shop.gateway.change(key, Outcome.SUCCEEDED)

    shop.clock.advance(seconds=5)
    check_payments(shop.billing)

    assert shop.payment_of(key).state == "succeeded"
    assert shop.open_cents(number) == [0]


def test_nothing_is_ordered_twice_after_a_time_out(shop: Shop, owner: Actor, number: str) -> None:
    shop.gateway.lose_next_order()
    with pytest.raises(ProviderUnclear):
        shop.start(owner, number)
    for _ in range(5):
        shop.clock.advance(minutes=10)
        check_payments(shop.billing)
    assert len(shop.gateway.started) == 1


def test_a_gateway_that_can_not_be_reached_leaves_the_outcome_unknown(shop: Shop, owner: Actor, number: str) -> None:
    shop.gateway.down = True
    with pytest.raises(ProviderUnclear):
        shop.start(owner, number)
    assert state(shop) == "unknown"
    assert shop.open_cents(number) == [12_100]


def test_a_refusal_ends_the_attempt_and_the_next_may_begin(shop: Shop, owner: Actor, number: str) -> None:
    shop.gateway.refuse_next("no such service")
    with pytest.raises(ProviderRefused, match="no such service"):
        shop.start(owner, number)
    assert state(shop) == "failed"
    assert shop.start(owner, number).redirect_url


def test_a_refusal_as_an_error_ends_the_attempt_too(
    shop: Shop, owner: Actor, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(order: PaymentOrder) -> StartAnswer:
        raise ProviderRefused(reason="401")

    monkeypatch.setattr(shop.gateway, "start", refuse)
    with pytest.raises(ProviderRefused):
        shop.start(owner, number)
    assert state(shop) == "failed"
    assert [event.note for event in shop.all(PaymentEvent)] == ["", "401"]


def test_without_a_page_to_go_to_the_customer_is_not_sent_anywhere(
    shop: Shop, owner: Actor, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(shop, monkeypatch, outcome=Outcome.AWAITING_CUSTOMER, status_code=790)
    with pytest.raises(ProviderUnclear):
        shop.start(owner, number)
    assert shop.one(Payment).next_check_at is not None


@pytest.mark.parametrize("outcome", [Outcome.SUCCEEDED, Outcome.PENDING])
def test_money_that_moves_at_once_is_not_told_as_refused(
    shop: Shop, owner: Actor, number: str, monkeypatch: pytest.MonkeyPatch, outcome: Outcome
) -> None:
    answering(shop, monkeypatch, outcome=outcome, status_code=190)
    with pytest.raises(ProviderUnclear):
        shop.start(owner, number)
    assert state(shop) == "pending"


def test_the_answer_to_an_order_books_nothing(
    shop: Shop, owner: Actor, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(shop, monkeypatch, outcome=Outcome.SUCCEEDED, status_code=190, redirect_url="https://gateway.test/x")
    shop.start(owner, number)
    assert shop.open_cents(number) == [12_100]

    [key] = shop.gateway.known
    shop.gateway.change(key, Outcome.SUCCEEDED)
    check_payments(shop.billing)
    assert shop.open_cents(number) == [0]


class EagerGateway(FakeGateway):
    """Its push is there, and dealt with, before its answer is; and then its answer says something else."""

    def __init__(self, shop: Shop, last_word: StartAnswer | Exception | None = None) -> None:
        super().__init__()
        self.shop, self.last_word = shop, last_word

    def start(self, order: PaymentOrder) -> StartAnswer:
        answer = super().start(order)
        self.shop.succeed(answer.key)
        if isinstance(self.last_word, Exception):
            raise self.last_word
        return self.last_word or answer


def test_a_push_may_come_before_the_answer_is_stored(shop: Shop, owner: Actor, number: str) -> None:
    shop.change_gateway(EagerGateway(shop))

    started = shop.start(owner, number)

    payment = shop.payment(started.token)
    assert (payment.state, payment.next_check_at) == ("succeeded", None)
    assert shop.open_cents(number) == [0]
    assert shop.broken() == []


@pytest.mark.parametrize(
    "last_word",
    [
        StartAnswer("", Outcome.FAILED, 490),
        StartAnswer("", Outcome.PENDING, 791),
        ProviderUnclear(reason="ReadTimeout"),
        ProviderRefused(reason="400"),
    ],
    ids=["failed", "pending", "time-out", "refused"],
)
def test_no_answer_changes_a_success(shop: Shop, owner: Actor, number: str, last_word: StartAnswer | Exception) -> None:
    shop.change_gateway(EagerGateway(shop, last_word))

    with pytest.raises((ProviderUnclear, ProviderRefused)):
        shop.start(owner, number)

    assert [event.state for event in shop.all(PaymentEvent)] == ["created", "succeeded"]
    assert shop.one(Payment).next_check_at is None


def test_the_return_page_knows_the_attempt_by_its_token_alone(shop: Shop, owner: Actor, number: str) -> None:
    token = shop.start(owner, number).token
    seen = shop.ask(queries.attempt, token)
    assert seen == queries.AttemptView(PaymentState.AWAITING, "ideal", 12_100, (number,), settled=False)

    shop.succeed(shop.payment(token).provider_key or "")
    assert shop.ask(queries.attempt, token).settled


def test_an_unknown_token_is_not_found(shop: Shop) -> None:
    with pytest.raises(NotFound):
        shop.ask(queries.attempt, "guessed")


def test_a_payment_is_told_in_the_audit_log_without_its_token(shop: Shop, owner: Actor, number: str) -> None:
    token = shop.start(owner, number).token
    assert token not in str([(event.subject, event.facts) for event in shop.audit()])
