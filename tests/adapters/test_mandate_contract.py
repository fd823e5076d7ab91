"""What every PaymentGateway does with mandates: checked on the fake, and on the adapter with the sandbox."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from billing.errors import ProviderUnclear
from billing.ports import Outcome, PaymentGateway, StartAnswer, TransactionKind
from billing.sandbox import RunningSandbox
from tests.adapters.buckaroo_wire import debit_order, mandate_order, payment_order
from tests.adapters.sandbox_line import Line, connect
from tests.fakes.gateway import FakeGateway

UNKNOWN_KEY = "F" * 32
# A Saturday, further ahead than the sandbox's clock gets.
FAR_SATURDAY = date(2040, 3, 10)
OUTCOMES = {Outcome.SUCCEEDED: "success", Outcome.CANCELLED: "cancel", Outcome.FAILED: "fail"}


@dataclass(frozen=True)
class World:
    """A gateway, and what customers and banks do on its other side."""

    gateway: PaymentGateway
    decide: Callable[[str, Outcome], object]
    pay: Callable[[str], object]
    settle: Callable[[str], object]
    refuse: Callable[[str, str], object]
    take_back: Callable[[str, str], str]
    withdraw: Callable[[str], object]

    def signed(self) -> str:
        """The identity of a mandate that its customer has signed."""
        start = self.gateway.start_mandate(mandate_order())
        self.decide(start.key, Outcome.SUCCEEDED)
        return start.mandate_id

    def collected(self) -> str:
        """The key of a collection that succeeded."""
        key = self.gateway.collect(debit_order(mandate_id=self.signed())).key
        self.settle(key)
        return key


def fake_world() -> World:
    fake = FakeGateway()
    return World(
        gateway=fake,
        decide=fake.decide,
        pay=lambda key: fake.change(key, Outcome.SUCCEEDED),
        settle=lambda key: fake.change(key, Outcome.SUCCEEDED),
        refuse=lambda key, reason: fake.fail_collection(key, reason_code=reason),
        take_back=lambda key, reason: fake.take_back(key, reason_code=reason),
        withdraw=fake.withdrawn.add,
    )


def sandbox_world(line: Line) -> World:
    return World(
        gateway=line.gateway,
        decide=lambda key, outcome: line.control(f"transactions/{key}/outcome", outcome=OUTCOMES[outcome]),
        pay=line.pay,
        settle=line.pay,
        refuse=lambda key, reason: line.control("refusals", key=key, reason=reason),
        take_back=lambda key, reason: str(line.control("reversals", key=key, reason=reason)["Key"]),
        withdraw=lambda mandate: line.control("withdrawals", mandate=mandate),
    )


@pytest.fixture(params=["fake", "sandbox"])
def world(request: pytest.FixtureRequest, sandbox: RunningSandbox) -> Iterator[World]:
    if request.param == "fake":
        yield fake_world()
        return
    line = connect(sandbox)
    yield sandbox_world(line)
    line.close()


def test_a_mandate_sends_the_customer_to_a_bank(world: World) -> None:
    start = world.gateway.start_mandate(mandate_order())

    assert (start.outcome, start.status_code) == (Outcome.AWAITING_CUSTOMER, 790)
    assert (len(start.key), len(start.mandate_id), start.redirect_url[:4]) == (32, 35, "http")


def test_a_started_mandate_waits_and_carries_our_token(world: World) -> None:
    start = world.gateway.start_mandate(mandate_order(token="mine"))

    mandate = world.gateway.mandates([start.key])[start.key]

    assert (mandate.key, mandate.mandate_id, mandate.token) == (start.key, start.mandate_id, "mine")
    assert (mandate.outcome, mandate.iban, mandate.is_test) == (Outcome.AWAITING_CUSTOMER, "", True)


def test_a_signed_mandate_tells_who_signed_and_for_which_account(world: World) -> None:
    start = world.gateway.start_mandate(mandate_order())

    world.decide(start.key, Outcome.SUCCEEDED)

    mandate = world.gateway.mandates([start.key])[start.key]
    assert (mandate.outcome, mandate.iban) == (Outcome.SUCCEEDED, "NL13TEST0123456789")
    assert all([mandate.account_name, mandate.signer_name, mandate.bank_id, mandate.evidence])


@pytest.mark.parametrize("outcome", [Outcome.CANCELLED, Outcome.FAILED])
def test_a_mandate_that_was_not_signed_names_no_account(world: World, outcome: Outcome) -> None:
    start = world.gateway.start_mandate(mandate_order())

    world.decide(start.key, outcome)

    mandate = world.gateway.mandates([start.key])[start.key]
    assert (mandate.outcome, mandate.iban) == (outcome, "")


def test_an_unknown_mandate_is_absent(world: World) -> None:
    key = world.gateway.start_mandate(mandate_order()).key

    assert set(world.gateway.mandates([key, UNKNOWN_KEY])) == {key}


def test_a_collection_is_pending_on_a_bank_day_and_known_by_its_token(world: World) -> None:
    answer = world.gateway.collect(debit_order(mandate_id=world.signed(), collect_on=FAR_SATURDAY))

    assert (answer.outcome, answer.status_code, answer.collect_on) == (Outcome.PENDING, 791, date(2040, 3, 12))
    (found,) = world.gateway.find("db01")
    assert (found.key, found.kind, found.outcome) == (answer.key, TransactionKind.PAYMENT, Outcome.PENDING)
    assert (found.amount_cents, found.currency, found.invoice_number) == (2495, "EUR", "INV-1002")
    assert (found.payer_iban, found.collect_on) == ("NL13TEST0123456789", date(2040, 3, 12))


def test_a_collection_by_a_series_needs_the_first_payment_only(world: World) -> None:
    first = world.gateway.start(payment_order(starts_series=True)).key
    world.pay(first)

    assert world.gateway.collect(debit_order(original_key=first)).outcome is Outcome.PENDING


def test_a_collection_succeeds_later(world: World) -> None:
    key = world.collected()

    transaction = world.gateway.transactions([key])[key]
    assert (transaction.kind, transaction.outcome) == (TransactionKind.PAYMENT, Outcome.SUCCEEDED)


def test_a_collection_that_the_bank_refuses_says_why(world: World) -> None:
    key = world.gateway.collect(debit_order(mandate_id=world.signed())).key

    world.refuse(key, "AC04")

    transaction = world.gateway.transactions([key])[key]
    assert (transaction.outcome, transaction.reason_code) == (Outcome.FAILED, "AC04")


def test_what_comes_back_is_a_reversal_of_its_own_and_the_original_stays(world: World) -> None:
    key = world.collected()

    back = world.take_back(key, "MD06")

    found = world.gateway.transactions([key, back])
    assert (found[back].kind, found[back].outcome) == (TransactionKind.REVERSAL, Outcome.SUCCEEDED)
    assert (found[back].original_key, found[back].reason_code, found[back].amount_cents) == (key, "MD06", 2495)
    assert found[key].outcome is Outcome.SUCCEEDED


def test_a_collection_may_come_back_twice_and_each_has_a_key(world: World) -> None:
    key = world.collected()

    assert world.take_back(key, "MD06") != world.take_back(key, "MD06")


def unpaid_series(world: World) -> StartAnswer:
    first = world.gateway.start(payment_order(starts_series=True)).key
    return world.gateway.collect(debit_order(original_key=first))


def no_series(world: World) -> StartAnswer:
    plain = world.gateway.start(payment_order()).key
    world.pay(plain)
    return world.gateway.collect(debit_order(original_key=plain))


def unsigned(world: World) -> StartAnswer:
    return world.gateway.collect(debit_order(mandate_id=world.gateway.start_mandate(mandate_order()).mandate_id))


def unknown(world: World) -> StartAnswer:
    return world.gateway.collect(debit_order(mandate_id="X6A" + "0" * 32))


@pytest.mark.parametrize("collect", [unpaid_series, no_series, unsigned, unknown])
def test_nothing_is_collected_that_nobody_gave_leave_for(world: World, collect: Callable[[World], StartAnswer]) -> None:
    answer = collect(world)

    assert (answer.outcome, answer.status_code) == (Outcome.FAILED, 491)
    assert answer.reason


def test_a_mandate_taken_back_at_the_bank_looks_signed_until_it_is_collected_by(world: World) -> None:
    start = world.gateway.start_mandate(mandate_order())
    world.decide(start.key, Outcome.SUCCEEDED)
    world.withdraw(start.mandate_id)

    assert world.gateway.mandates([start.key])[start.key].outcome is Outcome.SUCCEEDED
    answer = world.gateway.collect(debit_order(mandate_id=start.mandate_id))
    assert (answer.outcome, answer.status_code) == (Outcome.FAILED, 490)
    assert world.gateway.transactions([answer.key])[answer.key].reason_code == "MD01"


@pytest.mark.parametrize("lose", ["lose_next_order", "lose_next_answer"])
@pytest.mark.parametrize("order", ["collect", "start_mandate"])
def test_an_order_or_an_answer_lost_on_the_way_is_unclear_in_the_fake_too(lose: str, order: str) -> None:
    fake = FakeGateway()
    mandate = fake.start_mandate(mandate_order())
    fake.decide(mandate.key, Outcome.SUCCEEDED)
    orders: dict[str, Callable[[], object]] = {
        "collect": lambda: fake.collect(debit_order(mandate_id=mandate.mandate_id)),
        "start_mandate": lambda: fake.start_mandate(mandate_order()),
    }
    getattr(fake, lose)()

    with pytest.raises(ProviderUnclear):
        orders[order]()

    assert len(fake.find("db01")) == (1 if (order, lose) == ("collect", "lose_next_answer") else 0)


def test_a_collection_that_the_bank_does_not_have_yet_is_given_up_and_one_that_succeeded_is_not(world: World) -> None:
    waiting = world.gateway.collect(debit_order(mandate_id=world.signed(), collect_on=FAR_SATURDAY)).key
    collected = world.collected()

    assert world.gateway.cancel(waiting)
    assert not world.gateway.cancel(collected)
    assert world.gateway.transactions([waiting])[waiting].outcome is Outcome.CANCELLED
