"""Gateway messages over HTTP: stored when genuine, refused without a word when not."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from billing.db import Database
from dashboard import wiring
from dashboard.web import limits
from tests.web.pushes import KEY, PATH, form_body, json_body, signed, stored

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_a_signed_json_push_is_stored_to_the_byte(browser, house):
    body = json_body()
    answer = browser.post(PATH, content=body, headers=signed(house, body))
    assert (answer.status_code, answer.text) == (200, "OK")
    assert [(message.key, message.body, message.state) for message in stored(house)] == [(KEY, body, "new")]


def test_a_signed_form_push_is_stored_to_the_byte(browser, house):
    answer = browser.post(PATH, content=form_body(), headers=FORM)
    assert answer.status_code == 200
    assert [message.body for message in stored(house)] == [form_body()]


def test_a_push_that_comes_again_is_answered_200_and_stored_once(browser, house):
    body = json_body()
    answers = [browser.post(PATH, content=body, headers=signed(house, body)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(stored(house)) == 1


def test_a_later_state_of_the_same_transaction_is_stored_too(browser, house):
    for status in (791, 190):
        body = json_body(Status={"Code": {"Code": status}, "DateTime": "2026-03-02T10:00:00"})
        assert browser.post(PATH, content=body, headers=signed(house, body)).status_code == 200
    assert len(stored(house)) == 2


def test_what_was_signed_with_its_query_is_checked_with_its_query(browser, house):
    body, path = json_body(), f"{PATH}?shop=1&name=%C3%A9%2F"
    assert browser.post(path, content=body, headers=signed(house, body, path=path)).status_code == 200
    assert browser.post(path, content=body, headers=signed(house, body)).status_code == 401


def test_the_host_header_says_nothing_about_the_signature(browser, house):
    body = json_body()
    headers = signed(house, body) | {"Host": "evil.test"}
    assert browser.post(PATH, content=body, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("spoiled", "status"),
    [
        pytest.param(json_body().replace(b"10.25", b"1.25"), 401, id="tampered"),
        pytest.param(json_body().replace(b'"Code":', b'"Code" :'), 401, id="one space more"),
        pytest.param(b"", 401, id="emptied"),
    ],
)
def test_a_body_that_was_changed_on_the_way_is_refused(browser, house, spoiled, status):
    answer = browser.post(PATH, content=spoiled, headers=signed(house, json_body()))
    assert (answer.status_code, answer.content) == (status, b"")
    assert stored(house) == []


@pytest.mark.parametrize("header", ["", "hmac", "hmac a:b:c:d", "hmac a:b:c:d:e", "Basic eDp5", "hmac é:ü:ï:ö"])
def test_a_push_without_a_good_signature_is_refused(browser, house, header):
    headers = {"Authorization": header.encode("latin-1"), "Content-Type": "application/json"}
    assert browser.post(PATH, content=json_body(), headers=headers).status_code == 401
    assert stored(house) == []


def test_a_form_with_another_amount_is_refused(browser, house):
    assert browser.post(PATH, content=form_body().replace(b"10.25", b"1.25"), headers=FORM).status_code == 401
    assert stored(house) == []


@pytest.mark.parametrize("body", [b"{", b"[]", b"null", b"\xff\xfe{}", b'{"Transaction":{}}', b"{" * 5000])
def test_what_can_not_be_read_is_refused_even_when_signed(browser, house, body):
    assert browser.post(PATH, content=body, headers=signed(house, body)).status_code == 400
    assert stored(house) == []


def test_soap_is_refused_as_a_format(browser, house):
    body = b"<soap:Envelope/>"
    headers = signed(house, body) | {"Content-Type": "text/xml"}
    assert browser.post(PATH, content=body, headers=headers).status_code == 415


def test_an_old_signature_is_refused(browser, house):
    body = json_body()
    headers = signed(house, body)
    house.clock.forward(days=2)
    assert browser.post(PATH, content=body, headers=headers).status_code == 401


def test_a_huge_push_is_refused_by_what_it_announces(browser, house):
    body = b" " * (256 * 1024 + 1)
    assert browser.post(PATH, content=body, headers=signed(house, body)).status_code == 413


def test_a_huge_push_that_announces_nothing_is_refused_while_it_comes_in(browser, house):
    sent = []

    def endless() -> Iterator[bytes]:
        for _ in range(64):
            sent.append(64 * 1024)
            yield b" " * sent[-1]

    assert browser.post(PATH, content=endless(), headers=signed(house, b"")).status_code == 413
    assert stored(house) == []


def test_a_push_that_can_not_be_stored_is_answered_503_so_that_it_comes_again(browser, house, tmp_path):
    away = Database(f"sqlite:///{tmp_path}/missing/folder/x.sqlite")
    wiring.use(replace(house.billing, database=away), wiring.settings())
    body = json_body()
    answer = browser.post(PATH, content=body, headers=signed(house, body))
    assert (answer.status_code, answer.content) == (503, b"")
    wiring.use(house.billing, wiring.settings())
    assert browser.post(PATH, content=body, headers=signed(house, body)).status_code == 200
    assert len(stored(house)) == 1


def test_who_sends_forgeries_without_end_is_told_to_wait_and_no_longer_noted(browser, caplog):
    answers = [browser.post(PATH, content=b"forged", headers=FORM) for _ in range(limits.REFUSALS.times + 2)]
    assert answers[0].status_code != 429
    assert [answer.status_code for answer in answers[-2:]] == [429, 429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert len([record for record in caplog.records if "push refused" in record.getMessage()]) == limits.REFUSALS.times


def test_the_gateway_is_heard_whoever_forges_at_its_address(browser, house):
    for _ in range(limits.REFUSALS.times + 1):
        browser.post(PATH, content=b"forged", headers=FORM)
    body = json_body()
    assert browser.post(PATH, content=body, headers=signed(house, body)).status_code == 200


@pytest.mark.parametrize("path", ["/hooks/mail", "/hooks/books"])
def test_the_other_doors_for_messages_count_refusals_too(browser, path):
    answers = [browser.post(path, content=b"forged") for _ in range(limits.REFUSALS.times + 1)]
    assert answers[-1].status_code == 429
