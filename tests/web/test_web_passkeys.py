"""Passkeys over plain HTTP: questions, adding a device, and coming in with one."""

import json

import pytest

from dashboard.web import limits
from tests.fakes.device import Device
from tests.fakes.house import PUBLIC_URL
from tests.web.door import COOKIE


def ask(door, use="login", token=""):
    return door.post("/auth/passkey/question", token, for_=use)


def test_anybody_is_asked_for_a_passkey_of_this_site(door):
    answer = ask(door)
    options = answer.json()
    assert (options["rpId"], options["userVerification"]) == ("app.example.test", "required")
    assert options["allowCredentials"] == []
    assert answer.headers["cache-control"] == "no-store"


def test_a_passkey_alone_opens_a_session(door):
    device = door.device()
    answer = door.post("/auth/passkey", for_="login", passkey=device.get(ask(door).text), next="/invoices")
    assert (answer.status_code, answer.headers["location"]) == (303, "/invoices")
    assert door.identity(answer.cookies[COOKIE]).user_id == door.user_id


def test_an_answer_works_once(door):
    answer = door.device().get(ask(door).text)
    assert door.post("/auth/passkey", for_="login", passkey=answer).headers["location"] == "/"
    again = door.post("/auth/passkey", for_="login", passkey=answer)
    assert again.headers["location"] == "/login?fout=passkey_refused"
    assert "set-cookie" not in again.headers


@pytest.mark.parametrize("passkey", ["", "{}", "null", "[]", '{"id": 7}', "{" * 4000, '{"id": "é", "response": 1}'])
def test_what_is_no_answer_opens_nothing(door, passkey):
    answer = door.post("/auth/passkey", for_="login", passkey=passkey, next="/invoices")
    assert answer.headers["location"] == "/login?fout=passkey_refused&next=%2Finvoices"
    assert "set-cookie" not in answer.headers


def test_an_answer_of_another_site_opens_nothing(door):
    device = door.device()
    device.origin = "https://evil.test"
    answer = door.post("/auth/passkey", for_="login", passkey=device.get(ask(door).text))
    assert answer.headers["location"] == "/login?fout=passkey_refused"


def test_a_passkey_is_the_second_step_after_a_password(door):
    device = door.device()
    half = door.half()
    options = ask(door, "half", half).json()
    assert [known["type"] for known in options["allowCredentials"]] == ["public-key"]
    answer = door.post("/auth/passkey", half, for_="half", passkey=device.get(json.dumps(options)))
    assert answer.headers["location"] == "/"
    assert answer.cookies[COOKIE] != half
    assert door.identity(answer.cookies[COOKIE]).user_id == door.user_id


@pytest.mark.parametrize("token", ["", "made-up"])
def test_without_a_password_there_is_no_second_step(door, token):
    door.device()
    asked = ask(door, "half", token)
    assert (asked.status_code, asked.json()["error"]) == (401, "half_over")
    answer = door.post("/auth/passkey", token, for_="half", passkey="{}")
    assert answer.headers["location"] == "/login?fout=half_over"


def test_only_who_is_logged_in_is_asked_for_a_proof(door):
    door.device()
    for token in ("", "made-up", door.half()):
        assert ask(door, "proof", token).json()["error"] == "no_session"


@pytest.mark.parametrize("path", ["/auth/passkey/question", "/auth/passkey"])
@pytest.mark.parametrize("use", ["", "LOGIN", "register", "é"])
def test_a_use_that_does_not_exist_is_a_bad_request(door, path, use):
    assert door.post(path, for_=use, passkey="{}").status_code == 400


def test_nobody_asks_questions_without_end(door):
    answers = [ask(door) for _ in range(limits.QUESTIONS.times + 1)]
    assert (answers[-2].status_code, answers[-1].status_code) == (200, 429)
    assert answers[-1].json()["error"] == "login_throttled"


def test_who_tries_passkeys_at_random_has_to_wait(door):
    device = door.device()
    for _ in range(6):
        answer = door.post("/auth/passkey", for_="login", passkey="{}")
    assert answer.headers["location"].startswith("/login?fout=login_throttled&retry_after=")
    answer = door.post("/auth/passkey", for_="login", passkey=device.get(ask(door).text))
    assert answer.headers["location"].startswith("/login?fout=login_throttled")


def test_adding_a_device_needs_a_fresh_proof(door):
    token = door.session()
    door.house.clock.forward(minutes=11)
    for path in ("/auth/passkey/register/question", "/auth/passkey/register"):
        answer = door.post(path, token, name="Telefoon", passkey="{}")
        assert (answer.status_code, answer.json()["error"]) == (409, "check_needed")


def test_only_who_is_logged_in_can_add_a_device(door):
    door.device()
    for token in ("", "made-up", door.half()):
        for path in ("/auth/passkey/register/question", "/auth/passkey/register"):
            answer = door.post(path, token, name="Telefoon", passkey="{}")
            assert (answer.status_code, answer.json()["error"]) == (401, "no_session")


@pytest.mark.parametrize("passkey", ["", "{}", "null", '{"response": {"clientDataJSON": "e30"}}', "é"])
def test_what_is_no_device_is_not_added(door, passkey):
    answer = door.post("/auth/passkey/register", door.session(), name="Telefoon", passkey=passkey)
    assert (answer.status_code, answer.json()["error"]) == (401, "passkey_refused")


def test_a_device_is_added_once(door):
    device, token = door.device(), door.session()
    asked = door.post("/auth/passkey/register/question", token)
    answer = door.post("/auth/passkey/register", token, name="Nog een", passkey=device.create(asked.text))
    assert answer.json()["error"] == "passkey_refused"


def test_an_answer_to_somebody_elses_question_adds_nothing(door):
    other = door.house.person("other@demo.test", door.house.customer("Anders"))
    asked = door.post("/auth/passkey/register/question", door.session())
    door.user_id = other
    answer = door.post("/auth/passkey/register", door.session(), name="", passkey=Device(PUBLIC_URL).create(asked.text))
    assert answer.json()["error"] == "passkey_refused"
