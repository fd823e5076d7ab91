"""Which pushes are believed, and what they are said to be about."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.adapters.buckaroo import BuckarooPushReader
from billing.adapters.buckaroo.pushes import MAX_PUSH_BYTES
from billing.adapters.buckaroo.signing import authorization, form_signature
from billing.errors import PushRefused
from billing.ports import Push, PushNotice
from tests.adapters.buckaroo_wire import NOW, SECRET, SETTINGS, WEBSITE_KEY, FixedClock

KEY = "4C1BE53E2C42412AB32A799D9316E700"
PATH = "/hooks/buckaroo"
JSON, FORM = "application/json; charset=utf-8", "application/x-www-form-urlencoded"
READER = BuckarooPushReader(SETTINGS, clock=FixedClock())

STATUS = {"Code": {"Code": 190, "Description": "Success"}, "SubCode": {"Code": "S001"},
          "DateTime": "2026-01-05T10:13:02"}  # fmt: skip
STATE = {
    "Key": KEY, "Invoice": "INV-1001", "ServiceCode": "ideal",
    "Status": STATUS,
    "IsTest": True, "Currency": "EUR", "AmountDebit": 10.0, "TransactionType": "C021",
}  # fmt: skip
FIELDS = {
    "brq_websitekey": WEBSITE_KEY, "brq_timestamp": "2026-01-05 10:13:02", "brq_transactions": KEY,
    "brq_amount": "10.00", "brq_currency": "EUR", "brq_invoicenumber": "INV-1001", "brq_statuscode": "190",
    "brq_statuscode_detail": "S001", "brq_statusmessage": "Gelukt: één & ander + meer", "brq_transaction_type": "C021",
    "ADD_attempt": "af31", "brq_SERVICE_ideal_consumerName": "J. de Tèster",
}  # fmt: skip


def json_push(
    message: object,
    *,
    path: str = PATH,
    signed_at: datetime = NOW,
    signed_url: str = "https://app.example.test" + PATH,
    content_type: str = JSON,
    body: bytes | None = None,
    website_key: str = WEBSITE_KEY,
) -> Push:
    """A JSON push with a right signature, unless told otherwise."""
    content = json.dumps(message, ensure_ascii=False).encode() if body is None else body
    header = authorization(
        method="POST", url=signed_url, body=content, website_key=website_key, secret=SECRET,
        nonce="0f1e2d", timestamp=int(signed_at.timestamp()),
    )  # fmt: skip
    return Push(method="POST", path=path, content_type=content_type, authorization=header, body=content)


def form_push(*, content_type: str = FORM, algorithm: str = "sha1", without: str = "", **changes: str) -> Push:
    """A form push with a right signature."""
    fields = [(name, value) for name, value in {**FIELDS, **changes}.items() if name != without]
    body = urlencode([*fields, ("brq_signature", form_signature(fields, SECRET, algorithm))]).encode()
    return Push(method="POST", path=PATH, content_type=content_type, authorization="", body=body)


def refusal(push: Push, reader: BuckarooPushReader = READER) -> tuple[int, str]:
    with pytest.raises(PushRefused) as refused:
        reader.read(push)
    return refused.value.facts["status"], refused.value.facts["reason"]


def test_a_json_push_is_about_its_transaction() -> None:
    notice = READER.read(json_push({"Transaction": STATE}))

    assert (notice.key, notice.subject, len(notice.external_id)) == (KEY, "transaction", 64)


def test_a_form_push_of_the_same_state_is_the_same_message() -> None:
    assert READER.read(form_push()) == READER.read(json_push({"Transaction": STATE}))


def test_upper_case_names_make_no_difference() -> None:
    fields = [(name.upper(), value) for name, value in FIELDS.items()]
    body = urlencode([*fields, ("BRQ_SIGNATURE", form_signature(fields, SECRET))]).encode()

    push = Push(method="POST", path=PATH, content_type=FORM, authorization="", body=body)

    assert READER.read(push) == READER.read(form_push())


def test_a_push_sent_again_is_the_same_message() -> None:
    again = NOW + timedelta(minutes=1)

    assert READER.read(json_push({"Transaction": STATE}, signed_at=again)) == READER.read(
        json_push({"Transaction": {**STATE, "Description": "sent again"}})
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"Status": {**STATUS, "Code": {"Code": 490}}},
        {"Status": {**STATUS, "SubCode": None}},
        {"Status": {**STATUS, "DateTime": "2026-01-05T10:13:03"}},
        {"AmountDebit": 10.01},
        {"AmountDebit": None, "AmountCredit": 10.0},
        {"TransactionType": "V021"},
        {"Key": "A" * 32},
    ],
    ids=str,
)
def test_another_state_is_another_message(changes: dict[str, Any]) -> None:
    before = READER.read(json_push({"Transaction": STATE}))
    after = READER.read(json_push({"Transaction": {**STATE, **changes}}))

    assert before.external_id != after.external_id


def test_a_data_request_is_told_apart() -> None:
    by_json = READER.read(json_push({"DataRequest": {"Key": KEY, "Status": {"Code": {"Code": 190}}}}))
    by_form = READER.read(form_push(without="brq_transactions", brq_datarequest=KEY))

    assert [(notice.key, notice.subject) for notice in (by_json, by_form)] == [(KEY, "data_request")] * 2


def test_an_event_about_something_else_is_other() -> None:
    event = {"InvoiceKey": "F7A2", "Event": "InvoicePaid", "EventDateTime": "2026-01-05T10:00:00"}
    notice = READER.read(json_push(event))

    assert (notice.key, notice.subject) == ("F7A2", "other")
    assert READER.read(json_push(event)) == notice
    assert READER.read(json_push({**event, "Event": "InvoiceSent"})) != notice


def test_a_form_event_about_something_else_is_other() -> None:
    notice = READER.read(form_push(without="brq_transactions", brq_invoicekey="F7A2"))

    assert (notice.key, notice.subject) == ("F7A2", "other")


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/octet-stream"])
def test_without_a_known_content_type_the_first_character_decides(content_type: str) -> None:
    by_json = json_push({"Transaction": STATE}, content_type=content_type)

    assert READER.read(by_json) == READER.read(form_push(content_type=content_type))


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/xml", b"<a/>"),
        ("application/soap+xml; charset=utf-8", b""),
        ("", b" \n<soap:Envelope/>"),
        (FORM, b"<a/>"),
    ],
)
def test_soap_and_xml_are_no_format_we_take(content_type: str, body: bytes) -> None:
    push = Push(method="POST", path=PATH, content_type=content_type, authorization="", body=body)

    assert refusal(push) == (415, "format")


@pytest.mark.parametrize("query", ["", "?a=1"])
def test_the_address_is_our_own_plus_the_raw_path(query: str) -> None:
    address = f"https://app.example.test{PATH}{query}"
    push = json_push({"Transaction": STATE}, path=PATH + query, signed_url=address)

    assert READER.read(push).key == KEY


@pytest.mark.parametrize(
    "push",
    [
        json_push({"Transaction": STATE}, signed_url="https://evil.test" + PATH),
        json_push({"Transaction": STATE}, path=PATH + "/x"),
        json_push({"Transaction": STATE}, website_key="WebKey0002"),
        replace(json_push({"Transaction": STATE}), body=json_push({"Transaction": {**STATE, "Key": "A" * 32}}).body),
        replace(json_push({"Transaction": STATE}), method="PUT"),
        replace(json_push({"Transaction": STATE}), authorization=""),
        replace(json_push({"Transaction": STATE}), content_type=FORM),
        replace(form_push(), content_type=JSON),
        replace(form_push(), body=form_push().body.replace(b"10.00", b"1.00")),
        replace(form_push(), body=form_push().body.replace(b"&brq_currency=EUR", b"brq_currency%3DEUR")),
        replace(form_push(), body=b""),
        form_push(algorithm="sha256"),
    ],
)  # fmt: skip
def test_a_wrong_signature_is_refused(push: Push) -> None:
    assert refusal(push) == (401, "signature")


def test_the_hash_method_is_the_one_in_the_settings() -> None:
    reader = BuckarooPushReader(replace(SETTINGS, push_hash="sha512"), clock=FixedClock())

    assert reader.read(form_push(algorithm="sha512")).key == KEY
    assert refusal(form_push(), reader) == (401, "signature")


@pytest.mark.parametrize("push", [form_push(brq_websitekey="WebKey0002"), form_push(without="brq_websitekey")])
def test_a_form_for_another_website_is_refused(push: Push) -> None:
    assert refusal(push) == (401, "website_key")


@pytest.mark.parametrize("age", [timedelta(hours=24, seconds=1), timedelta(minutes=-5, seconds=-1)])
def test_a_json_push_from_another_time_is_refused(age: timedelta) -> None:
    assert refusal(json_push({"Transaction": STATE}, signed_at=NOW - age)) == (401, "not_fresh")


@pytest.mark.parametrize("age", [timedelta(hours=24), timedelta(0), timedelta(minutes=-5)])
def test_a_push_of_the_last_day_is_fresh(age: timedelta) -> None:
    assert READER.read(json_push({"Transaction": STATE}, signed_at=NOW - age)).key == KEY


def test_an_old_form_push_is_refused() -> None:
    assert refusal(form_push(brq_timestamp="2026-01-04 10:14:59")) == (401, "not_fresh")


@pytest.mark.parametrize("push", [form_push(without="brq_timestamp"), form_push(brq_timestamp="2026-01-09 10:00:00")])
def test_a_form_time_counts_by_its_age_alone(push: Push) -> None:
    assert READER.read(push).key == KEY


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("brq_transactions", KEY + "," + KEY),
        ("brq_transactions", "0"),
        ("brq_amount", "10,00"),
        ("brq_amount", "10.00 EUR"),
        ("brq_amount_credit", "-1"),
        ("brq_currency", "EURO"),
        ("brq_statuscode", "19\u0660"),
        ("brq_statuscode", "1900"),
        ("brq_timestamp", "yesterday"),
    ],
)
def test_a_field_of_another_form_is_refused(name: str, value: str) -> None:
    assert refusal(form_push(**{name: value})) == (400, "field_syntax")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"\xff\xfe", "not_utf8"),
        (b" " * (MAX_PUSH_BYTES + 1), "huge"),
        (b"{", "not_an_object"),
        (b"[]", "not_an_object"),
        (b"[" * 100_000, "not_an_object"),
        (b'{"Transaction":{}}', "key"),
        (b'{"Transaction":{"Key":"x"}}', "key"),
    ],
    ids=lambda value: repr(value[:12]),
)
def test_a_body_that_can_not_be_read_is_refused(body: bytes, reason: str) -> None:
    assert refusal(json_push(None, body=body)) == (400, reason)


def test_a_form_that_is_not_utf8_is_refused() -> None:
    assert refusal(replace(form_push(), body=b"brq_amount=\xff")) == (400, "not_utf8")


@given(st.builds(
    Push, method=st.sampled_from(["GET", "POST"]), path=st.text(max_size=20),
    content_type=st.sampled_from([JSON, FORM, "", "text/xml"]) | st.text(max_size=20),
    authorization=st.text(max_size=60), body=st.binary(max_size=200),
))  # fmt: skip
def test_no_forged_push_is_believed_or_breaks_the_reader(push: Push) -> None:
    assert refusal(push)[0] in (400, 401, 415)


@given(st.dictionaries(st.sampled_from(["Transaction", "DataRequest", "InvoiceKey", "Event"]),
       st.none() | st.text(max_size=5) | st.dictionaries(st.sampled_from(["Key", "Status", "AmountDebit"]),
       st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just(KEY))))  # fmt: skip
def test_an_odd_but_genuine_push_is_read_or_refused(message: dict[str, Any]) -> None:
    with suppress(PushRefused):
        assert isinstance(READER.read(json_push(message)), PushNotice)


def test_the_clock_is_the_machines_unless_told_otherwise() -> None:
    now = datetime.now(UTC)

    assert BuckarooPushReader(SETTINGS).read(json_push({"Transaction": STATE}, signed_at=now)).key == KEY
