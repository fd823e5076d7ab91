"""What is read out of the gateway's answers, good, odd and broken."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.adapters.buckaroo import answers
from billing.errors import InvalidAmount
from billing.money import MAX_CENTS
from billing.ports import GatewayTransaction, Outcome, TransactionKind, TransferDetails

ORIGINAL, REVERSAL = "41C48B55FA9164E123CC73B1157459E8", "8CCE4BB06339F28A506E1A328025D7DF"

PAID = {
    "Key": "4C1BE53E2C42412AB32A799D9316E700", "Invoice": "INV-1001", "ServiceCode": "ideal",
    "Status": {"Code": {"Code": 190, "Description": "Success"}, "SubCode": {"Code": "S001", "Description": "Done"},
               "DateTime": "2026-01-05T10:13:02"},
    "IsTest": True, "Currency": "EUR", "AmountDebit": 10.25, "TransactionType": "C021",
    "Services": [{"Name": "ideal", "Action": None, "Parameters": [
        {"Name": "consumerName", "Value": "J. de Tèster"}, {"Name": "consumerIBAN", "Value": "NL13TEST0123456789"}]}],
    "AdditionalParameters": {"List": [{"Name": "attempt", "Value": "af31"}]}, "RelatedTransactions": None,
}  # fmt: skip

STORNO = {
    "Key": REVERSAL, "Invoice": "INV-1002", "ServiceCode": "SepaDirectDebit",
    "Status": {"Code": {"Code": 190, "Description": "Success"}, "SubCode": None, "DateTime": "2026-02-20T03:37:48"},
    "IsTest": True, "Currency": "EUR", "AmountCredit": 24.95, "TransactionType": "C501",
    "Services": [{"Name": "SepaDirectDebit", "Action": None, "Parameters": [
        {"Name": "ReasonCode", "Value": "MD06"}, {"Name": "ReasonExplanation", "Value": "Debtor uses right"}]}],
    "RelatedTransactions": [{"RelationType": "reversal", "RelatedTransactionKey": ORIGINAL}],
    "CustomerName": "J. Tester",
}  # fmt: skip


def parsed(answer: object) -> answers.Answer:
    """The answer as it comes in, after a trip over the wire."""
    read = answers.parsed(json.dumps(answer).encode())
    assert read is not None
    return read


def transaction(answer: object) -> GatewayTransaction:
    read = answers.transaction(parsed(answer))
    assert read is not None
    return read


def test_a_paid_ideal_payment_is_read_in_full() -> None:
    assert transaction(PAID) == GatewayTransaction(
        key="4C1BE53E2C42412AB32A799D9316E700",
        kind=TransactionKind.PAYMENT,
        outcome=Outcome.SUCCEEDED,
        amount_cents=1025,
        currency="EUR",
        is_test=True,
        status_code=190,
        sub_code="S001",
        invoice_number="INV-1001",
        attempt="af31",
        service="ideal",
        payer_name="J. de Tèster",
        payer_iban="NL13TEST0123456789",
        changed_at=datetime(2026, 1, 5, 9, 13, 2, tzinfo=UTC),
    )


def test_a_storno_is_a_reversal_although_it_succeeded() -> None:
    assert transaction(STORNO) == GatewayTransaction(
        key=REVERSAL,
        kind=TransactionKind.REVERSAL,
        outcome=Outcome.SUCCEEDED,
        amount_cents=2495,
        currency="EUR",
        is_test=True,
        status_code=190,
        invoice_number="INV-1002",
        original_key=ORIGINAL,
        service="sepadirectdebit",
        payer_name="J. Tester",
        reason_code="MD06",
        changed_at=datetime(2026, 2, 20, 2, 37, 48, tzinfo=UTC),
    )


def test_a_payment_names_no_original() -> None:
    related = [{"RelationType": "refund", "RelatedTransactionKey": ORIGINAL}]

    assert transaction({**PAID, "RelatedTransactions": related}).original_key == ""


def test_our_token_is_found_in_either_shape_of_the_list() -> None:
    one = {"AdditionalParameter": [{"Name": "Attempt", "Value": "af31"}]}

    assert transaction({**PAID, "AdditionalParameters": one}).attempt == "af31"


@pytest.mark.parametrize("flag", [{"IsTest": True}, {"IsTest": None}, {"IsTest": "false"}, {}])
def test_only_a_plain_no_makes_a_payment_real(flag: dict[str, Any]) -> None:
    without = {name: value for name, value in PAID.items() if name != "IsTest"}

    assert transaction({**without, **flag}).is_test
    assert not transaction({**without, "IsTest": False}).is_test


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("10.25", 1025), ("10.0", 1000), ("10", 1000), ('"10.25"', 1025), ('"10.0"', 1000), ("1e1", 1000),
        ("0.1", 10), ("10.250000", 1025), ("10000000.00", MAX_CENTS), ("null", 0), ('""', 0), ("0", 0), ("0.00", 0),
    ],
)  # fmt: skip
def test_an_amount_is_exact_however_it_is_written(written: str, cents: int) -> None:
    answer = answers.parsed(b'{"AmountDebit":%s}' % written.encode())

    assert answer is not None
    assert answers.amounts(answer) == (cents, 0)


@pytest.mark.parametrize(
    "value",
    [
        "10,25", "1.000,00", "ten", "-1.00", True, -1, Decimal("10.255"), Decimal("1E+400"), Decimal("0.001"),
        Decimal("10.25" + "0" * 40 + "1"), MAX_CENTS, [1], {},
    ],
)  # fmt: skip
def test_an_amount_that_is_not_exact_cents_is_refused(value: object) -> None:
    with pytest.raises(InvalidAmount):
        answers.cents(value)


@pytest.mark.parametrize(
    "amounts", [{"AmountDebit": "10,25"}, {"AmountDebit": None}, {"AmountDebit": 10.25, "AmountCredit": 10.25}]
)
def test_a_transaction_without_one_readable_amount_is_of_unknown_kind(amounts: dict[str, Any]) -> None:
    read = transaction({**PAID, **amounts})

    assert (read.kind, read.amount_cents) == (TransactionKind.UNKNOWN, 0)


def test_an_amount_of_nothing_in_the_other_direction_is_no_amount() -> None:
    read = transaction({**PAID, "AmountCredit": 0.0})

    assert (read.kind, read.amount_cents) == (TransactionKind.PAYMENT, 1025)


@pytest.mark.parametrize("code", [790, "790"])
def test_a_status_code_is_read_as_number_or_text(code: object) -> None:
    assert transaction({**PAID, "Status": {"Code": {"Code": code}}}).status_code == 790


@pytest.mark.parametrize("status", [None, {}, {"Code": None}, {"Code": {"Code": True}}, {"Code": {"Code": "x"}}, 190])
def test_a_status_that_can_not_be_read_is_unknown(status: object) -> None:
    read = transaction({**PAID, "Status": status})

    assert (read.outcome, read.status_code, read.changed_at) == (Outcome.UNKNOWN, 0, None)


def test_a_status_code_nobody_knows_is_unknown_and_kept() -> None:
    read = transaction({**PAID, "Status": {"Code": {"Code": 795}}})

    assert (read.outcome, read.status_code) == (Outcome.UNKNOWN, 795)


@pytest.mark.parametrize("key", [None, "", "0", 7, "Z" * 32, "A" * 31, "../../../../../../../../Cancel/AA"])
def test_a_transaction_without_a_real_key_is_none(key: object) -> None:
    assert answers.transaction(parsed({**PAID, "Key": key})) is None


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-01-05T10:13:02", datetime(2026, 1, 5, 9, 13, 2, tzinfo=UTC)),
        ("2026-07-05T10:13:02", datetime(2026, 7, 5, 8, 13, 2, tzinfo=UTC)),
        ("2026-01-05T10:13:02Z", datetime(2026, 1, 5, 10, 13, 2, tzinfo=UTC)),
        ("yesterday", None),
        ("0001-01-01T00:00:00", None),
        ("", None),
    ],
)
def test_times_are_dutch_unless_they_say_otherwise(written: str, instant: datetime | None) -> None:
    assert answers.local_instant(written) == instant


def test_transfer_details_come_from_the_output_parameters() -> None:
    parameters = [
        {"Name": "IBAN", "Value": "NL13TEST0123456789"}, {"Name": "BIC", "Value": "TESTNL2A"},
        {"Name": "AccountHolderName", "Value": "Test Gateway"}, {"Name": "PaymentReference", "Value": "R-77"},
    ]  # fmt: skip
    answer = parsed({"Services": [{"Name": "transfer", "Parameters": parameters}]})

    assert answers.transfer_details(answer) == TransferDetails(
        iban="NL13TEST0123456789", bic="TESTNL2A", holder="Test Gateway", reference="R-77"
    )
    assert answers.transfer_details(parsed({"Services": None})) is None


ERROR = {"Name": "CustomerIBAN", "Error": "ParameterInvalid", "ErrorMessage": "has wrong value"}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"RequestErrors": {"ChannelErrors": None, "ParameterErrors": [ERROR]}}, "has wrong value"),
        ({"RequestErrors": {"ParameterErrors": ERROR}}, "has wrong value"),
        ({"RequestErrors": {"ActionErrors": [{"Error": "Unknown"}], "ParameterErrors": [ERROR]}}, "Unknown"),
        ({"RequestErrors": None, "ConsumerMessage": {"PlainText": "Sorry"}}, "Sorry"),
        ({"Message": "Nope"}, "Nope"),
        ({"Status": {"SubCode": {"Description": "Refused"}, "Code": {"Description": "Failed"}}}, "Refused"),
        ({"Status": {"SubCode": None, "Code": {"Description": "Failed"}}}, "Failed"),
        ({}, ""),
    ],
)
def test_the_first_explanation_is_the_reason(answer: dict[str, Any], reason: str) -> None:
    assert answers.reason(parsed(answer)) == reason


def test_text_from_outside_is_printable_and_short() -> None:
    assert answers.text("a\x00b\ud800\nc") == "abc"
    assert len(answers.text("x" * 10_000)) == 300
    assert answers.text(7) == ""


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b'"x"', b"\xff", b"{", b"<html>", b'{"a":NaN}', b'{"a":Infinity}', b'{"a":' + b"9" * 5000,
        b'{"a":' + b"9" * 5000 + b"}", b'{"a":1e99999999999999999999}', b"[" * 100_000, b'{"a":' * 100_000,
    ],
    ids=lambda body: repr(body[:12]),
)  # fmt: skip
def test_what_is_no_json_object_is_none(body: bytes) -> None:
    assert answers.parsed(body) is None


NAMES = st.sampled_from([
    "Key", "Status", "Code", "SubCode", "DateTime", "Services", "Parameters", "Name", "Value", "AmountDebit",
    "AmountCredit", "RelatedTransactions", "RelationType", "RelatedTransactionKey", "RequestErrors", "ActionErrors",
    "AdditionalParameters", "List", "TransactionType", "Invoice", "RequiredAction", "RedirectURL", "ConsumerMessage",
])  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8)
    | st.sampled_from([ORIGINAL, "C501", "190", "2026-01-05T10:13:02"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=8),
    max_leaves=30,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(NAMES, JSON), st.sampled_from([{}, {"Key": ORIGINAL}]))
def test_no_answer_is_odd_enough_to_break_the_reader(odd: dict[str, Any], key: dict[str, Any]) -> None:
    answer = parsed({**odd, **key})
    read = answers.transaction(answer)

    assert read is not None or not key
    assert read is None or 0 <= read.amount_cents <= MAX_CENTS
    assert isinstance(answers.reason(answer), str)
    assert isinstance(answers.redirect_url(answer), str)
    answers.transfer_details(answer)
