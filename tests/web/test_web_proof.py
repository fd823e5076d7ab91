"""Proving again who one is, as a page's own script asks for it."""

import pytest

from dashboard.rows.problems import by_code
from tests.fakes.house import PASSWORD


@pytest.fixture
def token(door):
    """A session that began an hour ago."""
    token = door.session()
    door.house.clock.forward(hours=1)
    return token


def checked(door, token):
    """Whether this session's person has proven an identity just now."""
    return door.identity(token).checked_at == door.house.clock.now()


def test_the_password_proves_it(door, token):
    answer = door.post("/auth/proof", token, password=PASSWORD)
    assert (answer.status_code, answer.content, checked(door, token)) == (204, b"", True)


def test_a_code_of_the_app_proves_it(door, token):
    app = door.app()
    assert door.post("/auth/proof", token, password="", code=door.code(app)).status_code == 204
    assert checked(door, token)


def test_a_passkey_proves_it(door, token):
    device = door.device()
    asked = door.post("/auth/passkey/question", token, for_="proof")
    assert door.post("/auth/proof", token, password="", code="", passkey=device.get(asked.text)).status_code == 204
    assert checked(door, token)


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ({}, "login_failed", "Dit wachtwoord klopt niet."),
        ({"password": "wrong"}, "login_failed", "Dit wachtwoord klopt niet."),
        ({"password": "\0é" * 99}, "login_failed", "Dit wachtwoord klopt niet."),
        ({"code": "123456"}, "code_refused", "Deze code werkt niet"),
        ({"passkey": "{}"}, "passkey_refused", "Deze passkey werd niet herkend."),
        ({"passkey": "[1]", "password": PASSWORD}, "passkey_refused", "Deze passkey werd niet herkend."),
    ],
)
def test_what_proves_nothing_is_said_in_a_sentence(door, token, fields, error, words):
    answer = door.post("/auth/proof", token, **fields)
    assert (answer.status_code, answer.json()["error"]) == (401, error)
    assert answer.json()["sentence"].startswith(words)
    assert not checked(door, token)


def test_a_code_proves_it_once(door, token):
    code = door.code(door.app())
    assert door.post("/auth/proof", token, code=code).status_code == 204
    assert door.post("/auth/proof", token, code=code).json()["error"] == "code_refused"


def test_who_guesses_has_to_wait(door, token):
    for _ in range(6):
        answer = door.post("/auth/proof", token, password="wrong")
    assert (answer.status_code, answer.json()["error"]) == (429, "login_throttled")
    assert f"{answer.headers['retry-after']} seconde" in answer.json()["sentence"]
    assert door.post("/auth/proof", token, password=PASSWORD).status_code == 429


def test_without_a_session_nothing_can_be_proven(door):
    door.app()
    for token in ("", "made-up", door.half()):
        answer = door.post("/auth/proof", token, password=PASSWORD)
        assert (answer.status_code, answer.json()) == (401, {"error": "no_session", "sentence": by_code("no_session")})


def test_a_session_that_ended_proves_nothing(door, token):
    door.post("/auth/logout", token)
    assert door.post("/auth/proof", token, password=PASSWORD).json()["error"] == "no_session"
