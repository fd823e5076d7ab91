"""Who gets in: every request is checked, every answer is signed."""

import time

import httpx
import pytest

from billing.sandbox.signing import hmac_header

PATH = "/json/Transaction/Specification/ideal"


def test_answer_is_signed_with_method_address_and_body_of_the_call(merchant, sandbox):
    answer = merchant.send("GET", PATH + "?serviceVersion=2")
    _, _, nonce, timestamp = answer.headers["Authorization"].split(":")
    assert answer.headers["Authorization"] == hmac_header(
        method="GET",
        url=sandbox.url + PATH + "?serviceVersion=2",
        body=answer.content,
        website_key=sandbox.settings.website_key,
        secret=sandbox.settings.secret,
        nonce=nonce,
        timestamp=timestamp,
    )


def test_used_nonce_is_refused(merchant):
    header = merchant.signed("GET", PATH)
    assert merchant.send("GET", PATH, authorization=header).status_code == 200
    again = merchant.send("GET", PATH, authorization=header)
    assert (again.status_code, again.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"secret": "wrong"}, id="secret"),
        pytest.param({"website_key": "OTHER"}, id="website key"),
        pytest.param({"timestamp": int(time.time()) - 3600}, id="old timestamp"),
        pytest.param({"timestamp": int(time.time()) + 3600}, id="timestamp in the future"),
        pytest.param({"timestamp": "soon"}, id="timestamp no number"),
        pytest.param({"nonce": ""}, id="empty nonce"),
    ],
)
def test_wrong_part_is_refused_in_plain_text(merchant, changes):
    answer = merchant.send("GET", PATH, authorization=merchant.signed("GET", PATH, **changes))
    assert answer.status_code == 400
    assert answer.text.startswith("Access denied")


def test_signature_for_another_address_is_refused(merchant):
    assert merchant.send("GET", PATH, authorization=merchant.signed("GET", PATH + "x")).status_code == 400


def test_request_without_authorization_is_refused(sandbox):
    assert httpx.get(sandbox.url + PATH).status_code == 400


@pytest.mark.parametrize("path", ["/JSON/transaction/SPECIFICATION/ideal", PATH + "/"])
def test_letter_case_and_last_slash_play_no_part(merchant, path):
    assert merchant.send("GET", path).json()["Name"] == "ideal"


def test_client_may_follow_the_emulated_clock(merchant, sandbox):
    merchant.control("clock", advance="3d")
    emulated = int(sandbox.world.clock.now().timestamp())
    header = merchant.signed("GET", PATH, timestamp=emulated)
    assert merchant.send("GET", PATH, authorization=header).status_code == 200


def test_body_that_is_no_json_object_is_refused_in_plain_text(merchant):
    for body in (b"<xml/>", b"[1]", b'{"AmountDebit": NaN}'):
        header = merchant.signed("POST", "/json/Transaction", body)
        answer = merchant.http.post(
            merchant.base + "/json/Transaction", content=body, headers={"Authorization": header}
        )
        assert (answer.status_code, answer.text[:11]) == (400, "Bad request")


def test_unknown_address_and_unknown_key_are_not_found(merchant):
    assert merchant.send("GET", "/json/Transaction/Nothing/1").status_code == 404
    assert merchant.send("GET", "/json/Transaction/Status/00").status_code == 404
