"""Signatures against values that four official libraries agree on, and everything near them that must be refused."""

from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.adapters.buckaroo.signing import authorization, form_signature, verify_form_push, verify_json_push

KEY, SECRET = "WebKey0001", "0123456789ABCDEFsecret"
TEST_HOST = "https://testcheckout.buckaroo.nl"
PUSH_URL = "https://app.example.test/hooks/buckaroo"
PUSH_BODY = (
    b'{"Transaction":{"Key":"0F0E0D0C0B0A09080706050403020100","Invoice":"INV-1001","Status":{"Code":{"Code":190,'
    b'"Description":"Success"},"SubCode":null,"DateTime":"2025-10-09T08:53:20"},"AmountDebit":10.0,"Currency":"EUR",'
    b'"IsTest":true}}'
)
PUSH_HEADER = "hmac WebKey0001:fqt59TZzA7jKl4Ypnonls3Yd5ev5QP0ir3wZn46sYuI=:3b0a6a7e1f9c4d52:1760000000"
PAY_BODY = (
    b'{"Currency":"EUR","AmountDebit":10.25,"Invoice":"INV-1001",'
    b'"Services":{"ServiceList":[{"Name":"ideal","Action":"Pay"}]}}'
)

FORM = (
    b"brq_amount=10.25&brq_currency=EUR&brq_invoicenumber=INV-1001&brq_statuscode=190&brq_statusmessage=Success"
    b"&brq_transactions=0F0E0D0C0B0A09080706050403020100&brq_websitekey=WebKey0001&brq_signature="
)
FORM_SIGNATURES = {
    "sha1": b"6b1cdd8d04c2a844e227d839de11081b8ea71794",
    "sha256": b"c050ed8a9129385d0cd3bff4634e4d51ba83b50b8fc3b04ff002d7ee627aed95",
    "sha512": b"bfb97730bc9da5d7d479567b91b5fff83a8afd23e8919ecc2e4452c559bed1b61d1e4f0cff09ca1e4a342ab9994abcd5"
    b"2b745cddbe8e0ccb4accc8d0981b623c",
}
MIXED_FORM = (
    b"brq_amount=10.25&ADD_tenant=7&brq_SERVICE_ideal_consumerName=A%2BB+%26+Zn&cust_note=&BRQ_statuscode=190"
    b"&tracking=abc&brq_signature="
)
MIXED_SIGNATURES = {
    "sha1": b"29335596dca6a78ac1bf6fdc51d6f79b5e56d11c",
    "sha256": b"9b2e24984221687c895c83b932ad3da6005c7d8c89ea4e8d35da13692f4dc8dd",
}
VALID_FORM = FORM + FORM_SIGNATURES["sha1"]


def header(method: str, path: str, body: bytes = b"") -> str:
    return authorization(
        method=method, url=TEST_HOST + path, body=body, website_key=KEY, secret=SECRET,
        nonce="3b0a6a7e1f9c4d52", timestamp=1760000000,
    )  # fmt: skip


def accepts(**changes: Any) -> bool:
    message: dict[str, Any] = {
        "authorization": PUSH_HEADER, "method": "POST", "url": PUSH_URL, "body": PUSH_BODY,
        "website_key": KEY, "secret": SECRET,
    }  # fmt: skip
    return verify_json_push(**{**message, **changes})


def signed_form(*fields: tuple[str, str]) -> bytes:
    return urlencode([*fields, ("brq_signature", form_signature(list(fields), SECRET))]).encode()


@pytest.mark.parametrize(
    ("method", "path", "body", "signature"),
    [
        ("POST", "/json/Transaction", PAY_BODY, "sJZ7OCeAz/io3iM2dLxa0b/v2KoNnvOE2y9t/LTDEI4="),
        (
            "GET", "/json/Transaction/Status/0F0E0D0C0B0A09080706050403020100", b"",
            "5B40qEzj+MlXzBJHE0Pm04lex8YYM6CLVVCZgL84Oys=",
        ),
        (
            "GET", "/json/Transaction/Specification/ideal?serviceVersion=2", b"",
            "V11CifuGGDLKSCAl9lPexvqrEv52DIIUn/FL5/PTdhE=",
        ),
        (
            "POST", "/json/DataRequest", '{"Description":"Geef één machtiging"}'.encode(),
            "ObFq8GH5rtZbiSOnFBwUk5c/yZ0oPH9xaoJkRJZQebw=",
        ),
    ],
)  # fmt: skip
def test_a_request_is_signed_as_the_official_libraries_do(method: str, path: str, body: bytes, signature: str) -> None:
    assert header(method, path, body) == f"hmac {KEY}:{signature}:3b0a6a7e1f9c4d52:1760000000"


def test_letter_case_of_an_address_makes_no_difference() -> None:
    assert header("GET", "/json/Transaction/Cancel/AB") == header("get", "/JSON/transaction/cancel/ab")


def test_a_genuine_json_push_is_accepted() -> None:
    assert accepts()


def test_the_scheme_word_may_come_in_capitals() -> None:
    assert accepts(authorization=PUSH_HEADER.replace("hmac", "HMAC"))


@pytest.mark.parametrize(
    "changes",
    [
        {"body": PUSH_BODY.replace(b"10.0", b"1.0")},
        {"body": PUSH_BODY.replace(b"10.0", b"10")},
        {"body": PUSH_BODY.replace(b'"Code":', b'"Code": ')},
        {"body": b""},
        {"url": PUSH_URL + "/x"},
        {"url": PUSH_URL + "?x=1"},
        {"method": "GET"},
        {"website_key": "WebKey0002"},
        {"secret": SECRET + "x"},
    ],
    ids=str,
)
def test_a_json_push_that_differs_in_anything_is_refused(changes: dict[str, Any]) -> None:
    assert not accepts(**changes)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "hmac",
        PUSH_HEADER.removeprefix("hmac "),
        PUSH_HEADER.replace("hmac", "basic"),
        PUSH_HEADER.replace("WebKey0001", "WebKey0002"),
        PUSH_HEADER.replace("3b0a", "3b0b"),
        PUSH_HEADER.replace("1760000000", "1760000001"),
        PUSH_HEADER.replace("1760000000", "01760000000"),
        PUSH_HEADER.replace("1760000000", "176000000\u0660"),
        PUSH_HEADER + ":",
        PUSH_HEADER + "\n",
        " " + PUSH_HEADER,
        PUSH_HEADER.replace("fqt5", "fqté"),
        PUSH_HEADER.replace("fqt5", "fqt\ud800"),
        PUSH_HEADER.replace("=:", ":"),
    ],
    ids=ascii,
)
def test_a_header_of_any_other_form_is_refused_without_an_error(bad: str) -> None:
    assert not accepts(authorization=bad)


@given(
    method=st.sampled_from(["GET", "POST"]), path=st.text(max_size=40), body=st.binary(max_size=200),
    secret=st.text(min_size=1), nonce=st.text(alphabet="0123456789abcdef-_", min_size=1),
    timestamp=st.integers(1_000_000_000, 9_999_999_999),
)  # fmt: skip
def test_what_is_signed_verifies_and_verifies_for_nothing_else(
    method: str, path: str, body: bytes, secret: str, nonce: str, timestamp: int
) -> None:
    message: dict[str, Any] = {
        "method": method, "url": f"https://app.example.test/{path}", "body": body, "website_key": KEY, "secret": secret,
    }  # fmt: skip
    signed = authorization(**message, nonce=nonce, timestamp=timestamp)

    assert verify_json_push(authorization=signed, **message)
    assert not verify_json_push(authorization=signed, **{**message, "body": body + b" "})
    assert not verify_json_push(authorization=signed, **{**message, "secret": secret + "x"})


@given(st.text(), st.binary())
def test_no_header_and_no_form_makes_a_verifier_fail(text: str, body: bytes) -> None:
    assert not accepts(authorization=text)
    assert not verify_form_push(body, SECRET)


@pytest.mark.parametrize(("algorithm", "signature"), FORM_SIGNATURES.items())
def test_a_genuine_form_push_is_accepted(algorithm: str, signature: bytes) -> None:
    assert verify_form_push(FORM + signature, SECRET, algorithm)


@pytest.mark.parametrize(("algorithm", "signature"), MIXED_SIGNATURES.items())
def test_a_form_with_mixed_letter_case_and_escapes_is_accepted(algorithm: str, signature: bytes) -> None:
    assert verify_form_push(MIXED_FORM + signature, SECRET, algorithm)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        FORM,
        FORM + FORM_SIGNATURES["sha256"],
        FORM + FORM_SIGNATURES["sha1"][:-1],
        FORM + b"%C3%A9" * 40,
        FORM.replace(b"10.25", b"1.25") + FORM_SIGNATURES["sha1"],
        FORM.replace(b"&brq_statusmessage=Success", b"") + FORM_SIGNATURES["sha1"],
        FORM.replace(b"Success", b"Success%20") + FORM_SIGNATURES["sha1"],
        MIXED_FORM.replace(b"10.25", b"1.25") + MIXED_SIGNATURES["sha1"],
        MIXED_FORM.replace(b"A%2BB", b"A+B") + MIXED_SIGNATURES["sha1"],
        VALID_FORM + b"&brq_signature=" + FORM_SIGNATURES["sha1"],
        VALID_FORM + b"&BRQ_extra=1",
        VALID_FORM + b"&tracking=%FF",
        VALID_FORM + b"&tracking=\xff",
    ],
    ids=ascii,
)
def test_a_form_push_that_differs_in_anything_is_refused(body: bytes) -> None:
    assert not verify_form_push(body, SECRET)


def test_a_form_push_with_another_secret_is_refused() -> None:
    assert not verify_form_push(VALID_FORM, "another")


def test_the_order_of_fields_and_unsigned_fields_make_no_difference() -> None:
    pairs = VALID_FORM.split(b"&")

    assert verify_form_push(b"&".join([*reversed(pairs), b"utm=1", b"utm=2"]), SECRET)


@pytest.mark.parametrize(
    "recut",
    [
        VALID_FORM.replace(b"10.25&brq_currency=EUR", b"10.25brq_currency%3DEUR"),
        VALID_FORM.replace(b"INV-1001&brq_statuscode=190", b"INV-1001brq_statuscode%3D190"),
        VALID_FORM.replace(b"Success&brq_transactions=", b"Successbrq_transactions%3D"),
    ],
)
def test_fields_hidden_inside_the_value_before_them_are_refused(recut: bytes) -> None:
    assert recut != VALID_FORM
    assert not verify_form_push(recut, SECRET)


def test_a_name_that_swallowed_the_next_name_is_refused() -> None:
    body = signed_form(("brq_amount", ""), ("brq_currency", "EUR"))

    assert not verify_form_push(body.replace(b"brq_amount=&brq_currency=EUR", b"brq_amount%3Dbrq_currency=EUR"), SECRET)


@pytest.mark.parametrize("second", ["brq_amount", "BRQ_AMOUNT", "Brq_Amount"])
def test_a_name_that_repeats_is_refused_in_any_letter_case(second: str) -> None:
    assert not verify_form_push(signed_form(("brq_amount", "10.25"), (second, "1.00")), SECRET)


def test_either_place_of_the_underscore_among_digits_is_accepted() -> None:
    by_code_point = "brq_x1=abrq_x_1=b"
    as_documented = "brq_x_1=bbrq_x1=a"
    fields = [("brq_x_1", "b"), ("brq_x1", "a")]

    for text in (by_code_point, as_documented):
        # An unsigned text of one field gives the hash of exactly that text.
        name, value = text.split("=", 1)
        signature = form_signature([(name, value)], SECRET)
        assert verify_form_push(urlencode([*fields, ("brq_signature", signature)]).encode(), SECRET)


NAMES = st.text(alphabet="abcxyz019_ .", max_size=8).map("brq_".__add__)
VALUES = st.text(alphabet="abc 0123+&%é€'\"<", max_size=12)
FIELDS = st.lists(st.tuples(NAMES, VALUES), min_size=2, max_size=8, unique_by=lambda field: field[0])


@given(FIELDS, st.sampled_from(["sha1", "sha256", "sha512"]))
def test_a_signed_form_verifies_whatever_it_says(fields: list[tuple[str, str]], algorithm: str) -> None:
    signed = [*fields, ("brq_signature", form_signature(fields, SECRET, algorithm))]

    assert verify_form_push(urlencode(signed).encode(), SECRET, algorithm)


@given(FIELDS, st.data())
def test_no_other_cut_of_a_signed_form_verifies(fields: list[tuple[str, str]], data: st.DataObject) -> None:
    fields = sorted(fields)
    signature = form_signature(fields, SECRET)
    at = data.draw(st.integers(0, len(fields) - 2))
    (name, value), (hidden_name, hidden_value) = fields[at : at + 2]
    recut = [*fields[:at], (name, f"{value}{hidden_name}={hidden_value}"), *fields[at + 2 :]]

    assert form_signature(recut, SECRET) == signature
    assert not verify_form_push(urlencode([*recut, ("brq_signature", signature)]).encode(), SECRET)
