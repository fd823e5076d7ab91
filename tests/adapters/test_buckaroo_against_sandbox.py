"""The adapter against a gateway that shares no code with it, over real HTTP."""

from collections.abc import Iterator

import httpx
import pytest

from billing.adapters.buckaroo import BuckarooGateway
from billing.errors import ProviderRefused, ProviderUnclear, PushRefused
from billing.ports import Method, Outcome, TransactionKind
from billing.sandbox import RunningSandbox
from tests.adapters.buckaroo_wire import refund_order
from tests.adapters.sandbox_line import Impatient, Line, connect


@pytest.fixture
def line(sandbox: RunningSandbox) -> Iterator[Line]:
    line = connect(sandbox)
    yield line
    line.close()


@pytest.mark.parametrize("method", [Method.IDEAL, Method.CARD, Method.BANCONTACT])
def test_an_online_payment_leads_to_a_page_that_is_there(line: Line, method: Method) -> None:
    answer = line.gateway.start(line.order(method=method))

    assert answer.outcome is Outcome.AWAITING_CUSTOMER
    assert httpx.get(answer.redirect_url, timeout=10, trust_env=False).status_code == 200


def test_a_transfer_waits_with_an_account_and_a_reference(line: Line) -> None:
    answer = line.gateway.start(line.order(method=Method.TRANSFER))

    assert (answer.outcome, answer.status_code, answer.redirect_url) == (Outcome.AWAITING_CUSTOMER, 792, "")
    assert answer.transfer is not None
    assert answer.transfer.reference


@pytest.mark.parametrize(
    ("choice", "outcome"),
    [
        ("success", Outcome.SUCCEEDED), ("cancel", Outcome.CANCELLED), ("fail", Outcome.FAILED),
        ("reject", Outcome.REJECTED), ("processing", Outcome.PENDING),
    ],
)  # fmt: skip
def test_what_the_customer_chose_is_told_to_whoever_asks(line: Line, choice: str, outcome: Outcome) -> None:
    key = line.start()

    line.control(f"transactions/{key}/outcome", outcome=choice)

    transaction = line.gateway.transactions([key])[key]
    assert (transaction.kind, transaction.outcome) == (TransactionKind.PAYMENT, outcome)
    assert (transaction.amount_cents, transaction.currency, transaction.is_test) == (1025, "EUR", True)
    assert (transaction.attempt, transaction.invoice_number) == ("af31", "INV-1001")
    assert transaction.changed_at is not None


def test_a_payment_is_found_by_its_attempt_and_only_by_its_own(line: Line) -> None:
    key = line.start(attempt="one")
    line.start(attempt="two")

    assert [one.key for one in line.gateway.find("one")] == [key]
    assert line.gateway.find("three") == []


def test_an_unknown_key_is_absent_and_can_not_be_refunded(line: Line) -> None:
    assert line.gateway.transactions(["F" * 32]) == {}
    with pytest.raises(ProviderRefused):
        line.gateway.refund_info("F" * 32)


def test_a_part_of_a_payment_is_refunded(line: Line) -> None:
    paid = line.start()
    line.pay(paid)

    answer = line.gateway.refund(refund_order(original_key=paid, amount_cents=500))

    assert answer.outcome in (Outcome.SUCCEEDED, Outcome.PENDING)
    refund = line.gateway.transactions([answer.key])[answer.key]
    assert (refund.kind, refund.original_key, refund.amount_cents) == (TransactionKind.REFUND, paid, 500)
    assert line.gateway.refund_info(paid).maximum_cents == 525


def test_a_refund_of_too_much_is_refused(line: Line) -> None:
    paid = line.start()
    line.pay(paid)

    answer = line.gateway.refund(refund_order(original_key=paid, amount_cents=1026))

    assert answer.outcome in (Outcome.FAILED, Outcome.REJECTED)
    assert answer.reason


def test_a_transfer_of_another_amount_is_a_transaction_of_its_own(line: Line) -> None:
    key = line.start(method=Method.TRANSFER)

    line.control("transfers", key=key, amounts_cents=[900])

    found = {one.outcome: one.amount_cents for one in line.gateway.of_invoice("INV-1001")}
    assert found == {Outcome.AWAITING_CUSTOMER: 1025, Outcome.SUCCEEDED: 900}
    assert {line.next_notice().key, line.next_notice().key} > {key}


def test_a_waiting_payment_is_cancelled_and_a_paid_one_is_not(line: Line) -> None:
    waiting, paid = line.start(), line.start()
    line.pay(paid)

    assert line.gateway.cancel(waiting)
    assert not line.gateway.cancel(paid)


def test_an_invalid_order_is_refused_with_a_reason(line: Line) -> None:
    answer = line.gateway.start(line.order(method=Method.TRANSFER, customer_email=""))

    assert (answer.outcome, answer.status_code) == (Outcome.FAILED, 491)
    assert answer.reason


def test_an_order_done_during_an_outage_is_unclear_but_found(line: Line) -> None:
    line.control("outage", kind="hang_after", seconds=2, match="POST /json/Transaction")
    impatient = BuckarooGateway(line.settings, transport=Impatient())

    with pytest.raises(ProviderUnclear) as unclear:
        impatient.start(line.order(attempt="lost"))

    impatient.close()

    assert unclear.value.facts["sent"] is True
    assert len(line.gateway.find("lost")) == 1


@pytest.mark.parametrize("kind", ["500", "503", "429", "400"])
def test_an_order_refused_by_an_outage_is_unclear_and_not_found(line: Line, kind: str) -> None:
    line.control("outage", kind=kind, match="POST /json/Transaction")

    with pytest.raises(ProviderUnclear) as unclear:
        line.gateway.start(line.order(attempt="lost"))

    assert unclear.value.facts["status"] == int(kind)
    assert line.gateway.find("lost") == []


def test_a_question_survives_a_short_outage(line: Line) -> None:
    key = line.start()
    line.control("outage", kind="503", match="Statuses")

    assert set(line.gateway.transactions([key])) == {key}


@pytest.mark.parametrize("upper_case", [False, True])
@pytest.mark.parametrize("push_format", ["json", "form"])
def test_a_real_push_is_believed(line: Line, push_format: str, upper_case: bool) -> None:
    line.control("settings", push_format=push_format, upper_case=upper_case)
    key = line.start(description="Hosting & één + meer")

    line.pay(key)

    notice = line.next_notice()
    assert (notice.key, notice.subject) == (key, "transaction")


def test_a_push_sent_twice_is_the_same_message(line: Line) -> None:
    line.control("push-faults", double=1)

    line.pay(line.start())

    assert line.next_notice() == line.next_notice()


@pytest.mark.parametrize("push_format", ["json", "form"])
@pytest.mark.parametrize("fault", ["tamper_amount", "tamper_signature"])
def test_a_tampered_push_is_not_believed(line: Line, push_format: str, fault: str) -> None:
    line.control("settings", push_format=push_format)
    line.control("push-faults", **{fault: 1})

    line.pay(line.start())

    with pytest.raises(PushRefused) as refused:
        line.next_notice()
    assert refused.value.facts["status"] == 401
