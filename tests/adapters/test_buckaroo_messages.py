"""The bodies that go to the gateway."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.adapters.buckaroo import answers
from billing.adapters.buckaroo.messages import (
    encoded,
    payment,
    refund,
    statuses_of_attempt,
    statuses_of_invoice,
    statuses_of_keys,
)
from billing.errors import InvalidAmount
from billing.money import MAX_CENTS
from billing.ports import Method
from tests.adapters.buckaroo_wire import payment_order, refund_order

BRANDS = ("visa", "mastercard")
RETURN, PUSH = "https://app.example.test/pay/return/af31", "https://app.example.test/hooks/buckaroo"


def body_of(**changes: Any) -> dict[str, Any]:
    return dict(payment(payment_order(**changes), card_services=BRANDS))


def test_an_ideal_payment_is_said_in_full() -> None:
    assert encoded(body_of()).decode() == (
        '{"Currency":"EUR","AmountDebit":10.25,"Invoice":"INV-1001","Description":"Hosting 2026-01",'
        '"ClientIP":{"Type":0,"Address":"203.0.113.7"},'
        f'"ReturnURL":"{RETURN}","ReturnURLCancel":"{RETURN}","ReturnURLError":"{RETURN}","ReturnURLReject":"{RETURN}",'
        f'"PushURL":"{PUSH}","PushURLFailure":"{PUSH}",'
        '"AdditionalParameters":{"AdditionalParameter":[{"Name":"attempt","Value":"af31"}]},'
        '"Services":{"ServiceList":[{"Name":"ideal","Action":"Pay","Version":2}]}}'
    )


def test_a_card_payment_leaves_the_brand_to_the_hosted_page() -> None:
    body = body_of(method=Method.CARD)

    assert "Services" not in body
    assert (body["ContinueOnIncomplete"], body["ServicesSelectableByClient"]) == (1, "visa,mastercard")


def test_a_bancontact_payment_names_its_service() -> None:
    assert body_of(method=Method.BANCONTACT)["Services"] == {
        "ServiceList": [{"Name": "bancontactmrcash", "Action": "Pay"}]
    }


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("Jan de Tester", "Jan", "de Tester"), ("Testbedrijf", "Testbedrijf", "Testbedrijf"), (" Jan  T ", "Jan", "T")],
)
def test_a_transfer_names_the_customer_and_sends_no_mail(name: str, first: str, last: str) -> None:
    (service,) = body_of(method=Method.TRANSFER, customer_name=name)["Services"]["ServiceList"]

    assert (service["Name"], service["Action"]) == ("transfer", "Pay")
    assert service["Parameters"] == [
        {"Name": "CustomerEmail", "Value": "jan@demo.test"},
        {"Name": "CustomerFirstName", "Value": first},
        {"Name": "CustomerLastName", "Value": last},
        {"Name": "SendMail", "Value": "false"},
    ]


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("203.0.113.7", {"Type": 0, "Address": "203.0.113.7"}),
        ("2001:DB8::7", {"Type": 1, "Address": "2001:db8::7"}),
        ("::ffff:203.0.113.7", {"Type": 0, "Address": "203.0.113.7"}),
        ("unknown", None),
        ("", None),
    ],
)
def test_the_customers_address_is_sent_with_its_version(address: str, sent: dict[str, Any] | None) -> None:
    assert body_of(client_ip=address).get("ClientIP") == sent


def test_a_refund_names_the_original_and_a_credit_amount() -> None:
    body = refund(refund_order())

    assert body["AmountCredit"] == Decimal("5.00")
    assert body["OriginalTransactionKey"] == "0F0E0D0C0B0A09080706050403020100"
    assert body["Services"] == {"ServiceList": [{"Name": "ideal", "Action": "Refund"}]}
    assert "AmountDebit" not in body


@pytest.mark.parametrize("cents", [0, -1, MAX_CENTS + 1])
def test_an_amount_that_can_not_be_paid_is_never_sent(cents: int) -> None:
    with pytest.raises(InvalidAmount):
        body_of(amount_cents=cents)
    with pytest.raises(InvalidAmount):
        refund(refund_order(amount_cents=cents))


@given(st.integers(1, MAX_CENTS))
def test_every_amount_travels_with_two_decimals_and_comes_back_the_same(cents: int) -> None:
    sent = encoded({"AmountDebit": body_of(amount_cents=cents)["AmountDebit"]})
    answer = answers.parsed(sent)

    assert sent[-4:-3] == b"."
    assert answer is not None
    assert answers.amounts(answer) == (cents, 0)


def test_text_travels_as_it_is() -> None:
    assert encoded({"é": ['"', None, True, 1]}) == '{"é":["\\"",null,true,1]}'.encode()


def test_states_are_asked_by_key_by_invoice_and_by_attempt() -> None:
    assert statuses_of_invoice("INV-1001") == {"Transactions": [{"Invoice": "INV-1001"}]}
    assert statuses_of_keys(["A", "B"]) == {"Transactions": [{"Key": "A"}, {"Key": "B"}]}
    assert statuses_of_attempt("af31") == {
        "Transactions": [{"AdditionalParameter": {"Name": "attempt", "Value": "af31"}}]
    }
