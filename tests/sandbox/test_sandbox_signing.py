"""The sandbox's own signatures against published vectors, on which four official SDKs agree."""

import hashlib

import pytest

from billing.sandbox.signing import form_signature, hmac_header, same_text, uri_part

SECRET = "0123456789ABCDEFsecret"
HOST = "https://testcheckout.buckaroo.nl"
KEY = "0F0E0D0C0B0A09080706050403020100"
PAYMENT = (
    b'{"Currency":"EUR","AmountDebit":10.25,"Invoice":"INV-1001",'
    b'"Services":{"ServiceList":[{"Name":"ideal","Action":"Pay"}]}}'
)
PUSH = (
    b'{"Transaction":{"Key":"0F0E0D0C0B0A09080706050403020100","Invoice":"INV-1001",'
    b'"Status":{"Code":{"Code":190,"Description":"Success"},"SubCode":null,"DateTime":"2025-10-09T08:53:20"},'
    b'"AmountDebit":10.0,"Currency":"EUR","IsTest":true}}'
)
VECTORS = [
    pytest.param(
        "POST", f"{HOST}/json/Transaction", PAYMENT, "sJZ7OCeAz/io3iM2dLxa0b/v2KoNnvOE2y9t/LTDEI4=", id="V1 payment"
    ),
    pytest.param(
        "GET",
        f"{HOST}/json/Transaction/Status/{KEY}",
        b"",
        "5B40qEzj+MlXzBJHE0Pm04lex8YYM6CLVVCZgL84Oys=",
        id="V2 status",
    ),
    pytest.param(
        "GET",
        f"{HOST}/json/Transaction/Specification/ideal?serviceVersion=2",
        b"",
        "V11CifuGGDLKSCAl9lPexvqrEv52DIIUn/FL5/PTdhE=",
        id="V3 query string",
    ),
    pytest.param(
        "POST",
        f"{HOST}/json/DataRequest",
        '{"Description":"Geef één machtiging"}'.encode(),
        "ObFq8GH5rtZbiSOnFBwUk5c/yZ0oPH9xaoJkRJZQebw=",
        id="V4 non-ASCII body",
    ),
    pytest.param(
        "POST",
        "https://app.example.test/hooks/buckaroo",
        PUSH,
        "fqt59TZzA7jKl4Ypnonls3Yd5ev5QP0ir3wZn46sYuI=",
        id="V5 push",
    ),
]
F1 = [
    ("brq_amount", "10.25"),
    ("brq_currency", "EUR"),
    ("brq_invoicenumber", "INV-1001"),
    ("brq_statuscode", "190"),
    ("brq_statusmessage", "Success"),
    ("brq_transactions", KEY),
    ("brq_websitekey", "WebKey0001"),
    ("brq_signature", "not part of the signed text"),
]
F2 = [
    ("brq_amount", "10.25"),
    ("ADD_tenant", "7"),
    ("brq_SERVICE_ideal_consumerName", "A+B & Zn"),
    ("cust_note", ""),
    ("BRQ_statuscode", "190"),
    ("tracking", "abc"),
]


def signed(method, url, body):
    return hmac_header(
        method=method,
        url=url,
        body=body,
        website_key="WebKey0001",
        secret=SECRET,
        nonce="3b0a6a7e1f9c4d52",
        timestamp=1760000000,
    )


@pytest.mark.parametrize(("method", "url", "body", "signature"), VECTORS)
def test_header_matches_the_published_vector(method, url, body, signature):
    assert signed(method, url, body) == f"hmac WebKey0001:{signature}:3b0a6a7e1f9c4d52:1760000000"


@pytest.mark.parametrize(
    ("method", "url", "body"),
    [
        pytest.param("POST", "https://app.example.test/hooks/buckaroo", PUSH.replace(b"10.0", b"1.0"), id="amount"),
        pytest.param("POST", "https://app.example.test/hooks/buckaroo/x", PUSH, id="address"),
        pytest.param("GET", "https://app.example.test/hooks/buckaroo", PUSH, id="method"),
        pytest.param(
            "POST", "https://app.example.test/hooks/buckaroo", PUSH.replace(b'"Code":', b'"Code": '), id="space"
        ),
    ],
)
def test_any_change_gives_another_header(method, url, body):
    assert "fqt59TZzA7jKl4Ypnonls3Yd5ev5QP0ir3wZn46sYuI=" not in signed(method, url, body)


def test_address_is_signed_without_scheme_and_letter_case():
    assert uri_part("HTTPS://Host.Test:3100/A?b=%20") == "host.test%3a3100%2fa%3fb%3d%2520"


@pytest.mark.parametrize(
    ("algorithm", "signature"),
    [
        ("sha1", "6b1cdd8d04c2a844e227d839de11081b8ea71794"),
        ("sha256", "c050ed8a9129385d0cd3bff4634e4d51ba83b50b8fc3b04ff002d7ee627aed95"),
        (
            "sha512",
            "bfb97730bc9da5d7d479567b91b5fff83a8afd23e8919ecc2e4452c559bed1b6"
            "1d1e4f0cff09ca1e4a342ab9994abcd52b745cddbe8e0ccb4accc8d0981b623c",
        ),
    ],
)
def test_form_signature_matches_vector_f1(algorithm, signature):
    assert form_signature(F1, SECRET, algorithm) == signature


def test_form_signature_matches_vector_f2_with_mixed_case_and_unsigned_fields():
    assert form_signature(F2, SECRET) == "29335596dca6a78ac1bf6fdc51d6f79b5e56d11c"
    assert form_signature(F2, SECRET, "sha256") == "9b2e24984221687c895c83b932ad3da6005c7d8c89ea4e8d35da13692f4dc8dd"


def test_form_fields_are_sorted_symbols_before_digits_before_letters():
    fields = [("brq_x1", "b"), ("brq_x", "a"), ("brq_xa", "d"), ("brq_x_1", "c")]
    assert form_signature(fields, "s") == hashlib.sha1(b"brq_x=abrq_x_1=cbrq_x1=bbrq_xa=ds").hexdigest()


def test_comparison_takes_text_outside_ascii():
    assert not same_text("é", "e")
