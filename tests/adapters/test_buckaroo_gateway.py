"""The gateway port, where Buckaroo's answers are out of the ordinary."""

import json
from contextlib import suppress
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.adapters.buckaroo import BuckarooGateway
from billing.adapters.buckaroo.gateway import KEYS_PER_QUESTION
from billing.errors import ProviderRefused, ProviderUnclear
from billing.ports import Method, Outcome, RefundInfo, StartAnswer, TransferDetails
from tests.adapters.buckaroo_wire import SETTINGS, FixedClock, payment_order, refund_order, signed_answer

KEY = "4C1BE53E2C42412AB32A799D9316E700"
REDIRECT = "https://testcheckout.buckaroo.nl/html/redirect.ashx?r=9F6E"

NOT_VALID = {
    "Key": "5340604668D74435AA344E1428ED1200",
    "Status": {"Code": {"Code": 491, "Description": "Validation failure"}, "SubCode": None,
               "DateTime": "2026-01-05T10:11:12"},
    "RequiredAction": None, "Services": None,
    "RequestErrors": {"ChannelErrors": None, "ServiceErrors": None, "ActionErrors": None,
        "ParameterErrors": [{"Service": "transfer", "Action": "Pay", "Name": "CustomerEmail",
                             "Error": "ParameterInvalid", "ErrorMessage": 'Parameter "CustomerEmail" has wrong value'}],
        "CustomParameterErrors": None},
    "Invoice": "INV-1001", "IsTest": True, "Currency": "EUR", "AmountDebit": 10.25, "MutationType": 0,
}  # fmt: skip

BY_TRANSFER = {
    "Key": KEY, "Status": {"Code": {"Code": 792}, "SubCode": None, "DateTime": "2026-01-05T10:11:12"},
    "RequiredAction": None, "IsTest": True, "Currency": "EUR", "AmountDebit": 10.25,
    "Services": [{"Name": "transfer", "Action": None, "Parameters": [
        {"Name": "BIC", "Value": "TESTNL2A"}, {"Name": "IBAN", "Value": "NL13TEST0123456789"},
        {"Name": "AccountHolderName", "Value": "Test Gateway"}, {"Name": "AccountHolderCity", "Value": "Utrecht"},
        {"Name": "PaymentReference", "Value": "R-1001"}]}],
}  # fmt: skip


def answering(*replies: Any, requests: list[httpx.Request] | None = None) -> BuckarooGateway:
    """A gateway that gives these answers in turn."""
    waiting = list(replies)

    def handle(request: httpx.Request) -> httpx.Response:
        if requests is not None:
            requests.append(request)
        return signed_answer(request, waiting.pop(0))

    return BuckarooGateway(
        SETTINGS, transport=httpx.MockTransport(handle), clock=FixedClock(), pause=lambda seconds: None
    )


def started(code: int, url: str | None = REDIRECT, **more: Any) -> dict[str, Any]:
    action = {"Name": "Redirect", "RedirectURL": url} if url else None
    sub_code = {"Code": "S002", "Description": "More is needed"}
    return {"Key": KEY, "Status": {"Code": {"Code": code}, "SubCode": sub_code}, "RequiredAction": action, **more}


@pytest.mark.parametrize("code", [790, 791])
def test_a_pending_answer_with_a_redirect_is_the_customers_turn(code: int) -> None:
    assert answering(started(code)).start(payment_order()) == StartAnswer(
        key=KEY, outcome=Outcome.AWAITING_CUSTOMER, status_code=code, sub_code="S002", redirect_url=REDIRECT
    )


def test_a_transfer_waits_for_the_customer_without_a_redirect() -> None:
    assert answering(BY_TRANSFER).start(payment_order(method=Method.TRANSFER)) == StartAnswer(
        key=KEY,
        outcome=Outcome.AWAITING_CUSTOMER,
        status_code=792,
        transfer=TransferDetails(
            iban="NL13TEST0123456789", bic="TESTNL2A", holder="Test Gateway", reference="R-1001"
        ),
    )  # fmt: skip


def test_a_payment_that_is_not_valid_is_an_answer_with_the_first_error() -> None:
    assert answering(NOT_VALID).start(payment_order()) == StartAnswer(
        key="5340604668D74435AA344E1428ED1200",
        outcome=Outcome.FAILED,
        status_code=491,
        reason='Parameter "CustomerEmail" has wrong value',
    )


@pytest.mark.parametrize(("code", "outcome"), [(490, Outcome.FAILED), (690, Outcome.REJECTED)])
def test_a_refused_payment_goes_nowhere(code: int, outcome: Outcome) -> None:
    answer = answering(started(code)).start(payment_order())

    assert (answer.outcome, answer.redirect_url, answer.reason) == (outcome, "", "More is needed")


def test_a_reason_tells_no_account_number() -> None:
    errors = {"ParameterErrors": [{"ErrorMessage": "NL13TEST0123456789 is wrong"}]}

    assert answering({**NOT_VALID, "RequestErrors": errors}).start(payment_order()).reason == "[…6789] is wrong"


def test_a_status_nobody_knows_is_unknown_and_goes_nowhere() -> None:
    answer = answering(started(795)).start(payment_order())

    assert (answer.outcome, answer.status_code, answer.redirect_url) == (Outcome.UNKNOWN, 795, "")


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.test/html/redirect.ashx?r=9F6E",
        "http://testcheckout.buckaroo.nl/html/redirect.ashx?r=9F6E",
        "https://testcheckout.buckaroo.nl:8443/",
        "https://testcheckout.buckaroo.nl.evil.test/",
        "https://testcheckout.buckaroo.nl@evil.test/",
        "https://evil.test\\@testcheckout.buckaroo.nl/",
        "https://evil.test#@testcheckout.buckaroo.nl/",
        "https://testcheckout.buckaroo.nl/\\evil.test",
        "//testcheckout.buckaroo.nl/",
        "/html/redirect.ashx",
        "javascript:alert(1)//testcheckout.buckaroo.nl",
        "https://testcheckout.buckaroo.nl/\nx",
        "https://testcheckout.buckaroo.nl:99999/",
        "https://[testcheckout.buckaroo.nl/",
        "https://t\u0435stcheckout.buckaroo.nl/",
    ],
    ids=ascii,
)
def test_a_redirect_to_a_foreign_place_is_never_handed_out(url: str) -> None:
    with pytest.raises(ProviderUnclear) as unclear:
        answering(started(790, url)).start(payment_order())

    assert unclear.value.facts == {"reason": "redirect_host", "sent": True, "key": KEY, "status_code": 790}


@pytest.mark.parametrize("answer", [{}, {"Key": KEY}, started(790, Key="x"), started(190, Key=None), {"Status": 1}])
def test_an_answer_without_key_or_status_is_unclear(answer: dict[str, Any]) -> None:
    with pytest.raises(ProviderUnclear):
        answering(answer).start(payment_order())


def test_a_refund_may_take_its_time() -> None:
    answer = answering(started(793, url=None)).refund(refund_order())

    assert (answer.key, answer.outcome) == (KEY, Outcome.PENDING)


def test_many_keys_are_asked_in_groups() -> None:
    keys = [f"{number:032X}" for number in range(KEYS_PER_QUESTION + 1)]
    requests: list[httpx.Request] = []
    first, second = ({"Transactions": [{"Key": key} for key in part]} for part in (keys[:100], keys[100:]))

    found = answering(first, second, requests=requests).transactions(keys)

    assert [len(json.loads(request.content)["Transactions"]) for request in requests] == [100, 1]
    assert list(found) == keys


def test_no_keys_ask_nothing() -> None:
    assert answering().transactions([]) == {}


def test_a_key_comes_back_as_it_was_asked() -> None:
    assert set(answering({"Transactions": [{"Key": KEY}]}).transactions([KEY.lower()])) == {KEY.lower()}


def test_a_transaction_that_was_not_asked_for_is_left_out() -> None:
    assert answering({"Transactions": [{"Key": "A" * 32}]}).transactions([KEY]) == {}


def test_a_gateway_that_knows_none_of_the_keys_says_so() -> None:
    assert answering({"Transactions": None, "ErrorTransactions": [{"Key": KEY}]}).transactions([KEY]) == {}


@pytest.mark.parametrize("answer", [{}, {"Transactions": None}, {"Transactions": "x"}, {"Transactions": [{}]}])
def test_a_status_answer_without_transactions_is_unclear(answer: dict[str, Any]) -> None:
    with pytest.raises(ProviderUnclear):
        answering(answer).transactions([KEY])
    with pytest.raises(ProviderUnclear):
        answering(answer).find("af31")


def test_a_transaction_of_another_attempt_is_left_out() -> None:
    def carrying(attempt: str, key: str) -> dict[str, Any]:
        return {"Key": key, "AdditionalParameters": {"List": [{"Name": "attempt", "Value": attempt}]}}

    answer = {"Transactions": [carrying("af31", "A" * 32), carrying("other", "B" * 32), {"Key": "C" * 32}]}

    assert [one.key for one in answering(answer).find("af31")] == ["A" * 32]


def test_transactions_that_show_no_token_are_neither_ours_nor_nobodys() -> None:
    with pytest.raises(ProviderUnclear) as unclear:
        answering({"Transactions": [{"Key": KEY}]}).find("af31")

    assert unclear.value.facts["reason"] == "attempt_not_shown"


def test_a_transaction_of_another_invoice_is_left_out() -> None:
    answer = {"Transactions": [{"Key": "A" * 32, "Invoice": "INV-1001"}, {"Key": "B" * 32, "Invoice": "INV-10011"}]}

    assert [one.key for one in answering(answer).of_invoice("INV-1001")] == ["A" * 32]


def test_what_may_be_refunded_is_read_in_cents() -> None:
    answer = {"IsRefundable": True, "MaximumRefundAmount": 5.25, "RefundedAmount": "5.00"}

    assert answering(answer).refund_info(KEY) == RefundInfo(refundable=True, maximum_cents=525, refunded_cents=500)


def test_what_may_not_be_refunded_is_explained() -> None:
    answer = {"IsRefundable": False, "NotRefundableExplanation": "Too old"}

    assert answering(answer).refund_info(KEY) == RefundInfo(
        refundable=False, maximum_cents=0, refunded_cents=0, explanation="Too old"
    )


@pytest.mark.parametrize("answer", [{}, {"IsRefundable": "yes"}, {"IsRefundable": True, "MaximumRefundAmount": "x"}])
def test_refund_information_that_makes_no_sense_is_unclear(answer: dict[str, Any]) -> None:
    with pytest.raises(ProviderUnclear):
        answering(answer).refund_info(KEY)


@pytest.mark.parametrize("answer", [{}, {"IsCanceled": "true"}])
def test_a_cancellation_that_makes_no_sense_is_unclear(answer: dict[str, Any]) -> None:
    with pytest.raises(ProviderUnclear):
        answering(answer).cancel(KEY)


@pytest.mark.parametrize("key", ["", "x", "../Cancel/" + KEY, KEY + "/", KEY + "?a=1"])
def test_a_malformed_key_reaches_no_address(key: str) -> None:
    with pytest.raises(ProviderRefused):
        answering().refund_info(key)
    with pytest.raises(ProviderRefused):
        answering().cancel(key)
    with pytest.raises(ProviderRefused):
        answering().refund(refund_order(original_key=key))
    assert answering().transactions([key]) == {}


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from([KEY, 190, 790, REDIRECT]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["Key", "Status", "Code", "Transactions", "RequiredAction", "RedirectURL", "IsRefundable"]),
        inner, max_size=5),
    max_leaves=20,
))  # fmt: skip
def test_whatever_the_gateway_says_is_an_answer_or_unclear(answer: Any) -> None:
    for call in (
        lambda: answering(answer).start(payment_order()),
        lambda: answering(answer).transactions([KEY]),
        lambda: answering(answer).find("af31"),
        lambda: answering(answer).refund_info(KEY),
        lambda: answering(answer).cancel(KEY),
    ):
        with suppress(ProviderUnclear):
            call()
