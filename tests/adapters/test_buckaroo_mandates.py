"""Mandates and collections on Buckaroo's wire: what is sent to the letter, and what odd answers mean."""

import json
from decimal import Decimal
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.adapters.buckaroo import BuckarooGateway, mandates
from billing.adapters.buckaroo.answers import transaction
from billing.adapters.buckaroo.messages import collection, encoded, payment
from billing.errors import InvalidAmount, ProviderRefused, ProviderUnclear
from billing.ports import MandateScheme, Outcome, TransactionKind
from tests.adapters.buckaroo_wire import SETTINGS, debit_order, mandate_order, payment_order, signed_answer

KEY, ORIGINAL = "5D1A0C7E9B3F4A62881D0E6F2C4B7A00", "41C48B55FA9164E123CC73B1157459E8"
MANDATE = "X6A4F6A0E2B9C8D7460F1E3A5B7C9D0E2F4"
PUSH, BACK = "https://app.example.test/hooks/buckaroo", "https://app.example.test/mandate/return/mt01"
IBAN = "NL13TEST0123456789"


NAMES = st.sampled_from(["Key", "Status", "Services", "Parameters", "Name", "Value"])
ODD = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


def answering(reply: httpx.Response | dict[str, Any]) -> BuckarooGateway:
    """A gateway that always gives this answer."""

    def handle(request: httpx.Request) -> httpx.Response:
        return reply if isinstance(reply, httpx.Response) else signed_answer(request, reply)

    return BuckarooGateway(SETTINGS, transport=httpx.MockTransport(handle), pause=lambda seconds: None)


def status(code: int = 190, said: str = "Success", **changes: Any) -> dict[str, Any]:
    outputs = {
        "MandateId": MANDATE, "EmandateStatus": said, "Iban": IBAN, "AccountName": "J. Tester",
        "SignerName": "J. Tester", "BankId": "INGBNL2A", "Reference": "klant-77", "ValidationReference": "8f2a",
    }  # fmt: skip
    parameters = [{"Name": name, "Value": value} for name, value in outputs.items()]
    return {
        "Key": KEY, "ServiceCode": "emandate", "Status": {"Code": {"Code": code}, "DateTime": "2026-01-05T10:15:00"},
        "IsTest": False, "Services": [{"Name": "emandate", "Action": None, "Parameters": parameters}],
        "AdditionalParameters": {"List": [{"Name": "attempt", "Value": "mt01"}]}, **changes,
    }  # fmt: skip


def debited(**changes: Any) -> dict[str, Any]:
    return {
        "Key": KEY, "Status": {"Code": {"Code": 190}}, "IsTest": True, "Currency": "EUR",
        "AmountCredit": Decimal("24.95"), "TransactionType": "C501", **changes,
    }  # fmt: skip


def test_a_consumers_mandate_is_asked_for_in_full() -> None:
    assert encoded(mandates.creation(mandate_order())).decode() == (
        '{"Currency":"EUR","ContinueOnIncomplete":1,'
        f'"ReturnURL":"{BACK}","ReturnURLCancel":"{BACK}","ReturnURLError":"{BACK}","ReturnURLReject":"{BACK}",'
        f'"PushURL":"{PUSH}","PushURLFailure":"{PUSH}",'
        '"AdditionalParameters":{"List":[{"Name":"attempt","Value":"mt01"}]},'
        '"Services":{"ServiceList":[{"Name":"emandate","Action":"CreateMandate","Parameters":['
        '{"Name":"debtorreference","Value":"klant-77"},{"Name":"sequencetype","Value":"0"},'
        '{"Name":"purchaseid","Value":"MND-77-1"},{"Name":"language","Value":"nl"},'
        '{"Name":"emandatereason","Value":"Hosting en domeinen"}]}]}}'
    )


def test_a_business_mandate_is_another_service_with_a_limit() -> None:
    body: Any = mandates.creation(mandate_order(scheme=MandateScheme.BUSINESS, maximum_cents=250_000))

    (call,) = body["Services"]["ServiceList"]
    assert call["Name"] == "emandateb2b"
    assert {"Name": "maxamount", "Value": "2500.00"} in call["Parameters"]


def test_a_business_mandate_without_a_limit_is_never_sent() -> None:
    with pytest.raises(InvalidAmount):
        mandates.creation(mandate_order(scheme=MandateScheme.BUSINESS))


def test_a_collection_by_a_signed_mandate_names_it() -> None:
    assert encoded(collection(debit_order(mandate_id=MANDATE))).decode() == (
        '{"Currency":"EUR","AmountDebit":24.95,"Invoice":"INV-1002","Description":"Hosting 2026-02",'
        f'"PushURL":"{PUSH}","PushURLFailure":"{PUSH}",'
        '"AdditionalParameters":{"AdditionalParameter":[{"Name":"attempt","Value":"db01"}]},'
        '"Services":{"ServiceList":[{"Name":"sepadirectdebit","Action":"PayWithEmandate","Version":1,"Parameters":['
        '{"Name":"CollectDate","Value":"2026-02-09"},{"Name":"MandateReference","Value":"' + MANDATE + '"}]}]}}'
    )


def test_a_collection_by_a_series_names_its_first_payment() -> None:
    body: Any = collection(debit_order(original_key=ORIGINAL))

    (call,) = body["Services"]["ServiceList"]
    assert (body["OriginalTransactionKey"], call["Action"]) == (ORIGINAL, "PayRecurrent")
    assert call["Parameters"] == [{"Name": "CollectDate", "Value": "2026-02-09"}]


@pytest.mark.parametrize(("starts_series", "sent"), [(True, True), (False, None)])
def test_the_first_payment_of_a_series_says_so_at_the_top(starts_series: bool, sent: bool | None) -> None:
    body = payment(payment_order(starts_series=starts_series), card_services=())

    assert body.get("StartRecurrent") is sent


@pytest.mark.parametrize("changes", [{}, {"mandate_id": MANDATE, "original_key": ORIGINAL}, {"original_key": "../x"}])
def test_a_collection_by_no_mandate_or_by_two_is_never_sent(changes: dict[str, str]) -> None:
    with pytest.raises(ProviderRefused):
        answering(httpx.Response(500)).collect(debit_order(**changes))


def test_a_signed_mandate_is_read_in_full_and_prints_no_account() -> None:
    mandate = answering(status()).mandates([KEY])[KEY]

    assert (mandate.outcome, mandate.mandate_id, mandate.token, mandate.evidence) == (
        Outcome.SUCCEEDED, MANDATE, "mt01", "8f2a",
    )  # fmt: skip
    assert (mandate.iban, mandate.is_test) == (IBAN, False)
    assert IBAN not in repr(mandate)


@pytest.mark.parametrize(
    ("code", "said", "outcome"),
    [
        (190, "", Outcome.UNKNOWN), (190, "Open", Outcome.UNKNOWN), (190, "success", Outcome.SUCCEEDED),
        (790, "", Outcome.AWAITING_CUSTOMER), (490, "Expired", Outcome.FAILED), (890, "Cancelled", Outcome.CANCELLED),
        (795, "Success", Outcome.UNKNOWN),
    ],
)  # fmt: skip
def test_only_a_plain_success_is_a_signature(code: int, said: str, outcome: Outcome) -> None:
    assert answering(status(code, said)).mandates([KEY])[KEY].outcome is outcome


def test_a_mandate_may_only_send_a_customer_to_a_known_place() -> None:
    foreign = {"RequiredAction": {"RedirectURL": "https://evil.test/"}}

    with pytest.raises(ProviderUnclear):
        answering(status(790, "", **foreign)).start_mandate(mandate_order())


@pytest.mark.parametrize("key", [None, "A" * 32])
def test_an_answer_about_another_mandate_is_unclear(key: str | None) -> None:
    with pytest.raises(ProviderUnclear):
        answering(status(Key=key)).mandates([KEY])


@pytest.mark.parametrize("code", [400, 500])
def test_a_gateway_that_can_not_be_asked_knows_no_less_of_a_mandate(code: int) -> None:
    with pytest.raises(ProviderUnclear):
        answering(httpx.Response(code)).mandates([KEY])


def test_a_key_that_is_none_reaches_no_address() -> None:
    assert answering(httpx.Response(500)).mandates(["../Transaction/Cancel/1"]) == {}


@pytest.mark.parametrize("type_code", ["C501", "C502", "C562"])
@pytest.mark.parametrize("relation", ["reversal", "Reversal", "originaltransaction"])
def test_a_storno_finds_its_original_whatever_the_relation_is_called(type_code: str, relation: str) -> None:
    related = [{"RelationType": relation, "RelatedTransactionKey": ORIGINAL}]

    read = transaction(debited(TransactionType=type_code, RelatedTransactions=related))

    assert read is not None
    assert (read.kind, read.original_key, read.amount_cents) == (TransactionKind.REVERSAL, ORIGINAL, 2495)


def test_a_storno_with_two_unclear_relations_names_no_original() -> None:
    related = [{"RelationType": name, "RelatedTransactionKey": ORIGINAL} for name in ("one", "other")]

    read = transaction(debited(RelatedTransactions=related))

    assert read is not None
    assert (read.kind, read.original_key) == (TransactionKind.REVERSAL, "")


@pytest.mark.parametrize("written", ["09-02-2026", "soon", "", None, 5])
def test_a_day_that_can_not_be_read_is_none(written: object) -> None:
    services = [{"Name": "SepaDirectDebit", "Parameters": [{"Name": "CollectDate", "Value": written}]}]

    read = transaction(debited(Services=services))

    assert read is not None
    assert read.collect_on is None


def test_an_account_number_is_not_printed_with_a_transaction() -> None:
    services = [{"Name": "SepaDirectDebit", "Parameters": [{"Name": "CustomerIBAN", "Value": IBAN}]}]

    read = transaction(debited(Services=services))

    assert read is not None
    assert read.payer_iban == IBAN
    assert IBAN not in repr(read)


@given(ODD)
def test_no_answer_about_a_mandate_breaks_the_reader(odd: object) -> None:
    answer = odd if isinstance(odd, dict) else {"Services": odd}

    mandate = mandates.read(json.loads(json.dumps({"Key": KEY, **answer})))

    assert mandate is None or mandate.outcome is not Outcome.SUCCEEDED
