"""The second factor by code, over plain HTTP, and what a half log-in is good for: nothing else."""

from dataclasses import replace

import pytest

from billing.second_factor import SecondFactor
from dashboard import wiring
from tests.web.door import COOKIE


@pytest.fixture
def app(door):
    return door.app()


def give(door, token, code, **fields):
    return door.post("/auth/code", token, code=code, **fields)


def test_with_an_app_the_password_leads_to_the_code(door, app):
    answer = door.log_in(next="/invoices?shown=open")
    assert answer.headers["location"] == "/login/code?next=%2Finvoices%3Fshown%3Dopen"
    assert door.identity(answer.cookies[COOKIE]) is None
    assert door.log_in().headers["location"].rstrip("?") == "/login/code"


def test_the_code_finishes_it_under_a_new_token(door, app):
    half = door.half()
    answer = give(door, half, door.code(app), next="/invoices")
    assert answer.headers["location"] == "/invoices"
    token = answer.cookies[COOKIE]
    assert door.identity(token).user_id == door.user_id
    assert token != half
    assert door.identity(half) is None


def test_a_code_may_be_typed_with_a_space(door, app):
    code = door.code(app)
    assert give(door, door.half(), f" {code[:3]} {code[3:]}").headers["location"] == "/"


def test_a_backup_code_works_once(door, app):
    code = door.backup_codes[0].upper()
    assert give(door, door.half(), code).headers["location"] == "/"
    assert give(door, door.half(), code).headers["location"] == "/login/code?fout=code_refused"


def test_a_code_works_once(door, app):
    code = door.code(app)
    assert give(door, door.half(), code).headers["location"] == "/"
    assert give(door, door.half(), code).headers["location"] == "/login/code?fout=code_refused"


@pytest.mark.parametrize("code", ["", "000000", "12345", "1234567", "é" * 6, "١٢٣٤٥٦", "\0" * 6, "a" * 9000])
def test_what_is_no_code_opens_nothing(door, app, code):
    answer = give(door, door.half(), code, next="/invoices")
    assert answer.headers["location"] == "/login/code?fout=code_refused&next=%2Finvoices"
    assert "set-cookie" not in answer.headers


def test_who_guesses_codes_has_to_wait(door, app):
    half = door.half()
    for _ in range(6):
        answer = give(door, half, "000000")
    assert answer.headers["location"].startswith("/login/code?fout=login_throttled&retry_after=")
    assert give(door, half, door.code(app)).headers["location"].startswith("/login/code?fout=login_throttled")


def test_a_new_password_try_does_not_forgive_the_guesses(door, app):
    for _ in range(5):
        give(door, door.half(), "000000")
    assert "login_throttled" in door.log_in().headers["location"]


@pytest.mark.parametrize("token", ["", "made-up"])
def test_without_a_password_a_code_is_worth_nothing(door, app, token):
    assert give(door, token, door.code(app)).headers["location"] == "/login?fout=half_over"


def test_a_whole_session_is_no_half_one(door, app):
    assert give(door, door.session(), door.code(app)).headers["location"] == "/login?fout=half_over"


def test_after_ten_minutes_it_starts_again(door, app):
    half = door.half()
    door.house.clock.forward(minutes=11)
    assert give(door, half, door.code(app)).headers["location"] == "/login?fout=half_over"


def test_starting_again_ends_the_half_session(door, app):
    half = door.half()
    door.post("/auth/logout", half)
    assert give(door, half, door.code(app)).headers["location"] == "/login?fout=half_over"


def test_a_half_session_opens_no_file_and_changes_nothing(door, app):
    number, half = door.house.invoice(door.account), door.half()
    door.browser.cookies.clear()
    answer = door.browser.get(f"/files/invoices/{number}.pdf", headers={"Cookie": f"{COOKIE}={half}"})
    assert answer.headers["location"].startswith("/login?next=")
    assert door.post("/files/invoices.zip", half, number=number).headers["location"].startswith("/login?next=")
    assert door.post("/auth/proof", half, password="").json()["error"] == "no_session"


def test_next_leads_nowhere_else(door, app):
    assert door.log_in(next="//evil.test").headers["location"].rstrip("?") == "/login/code"
    assert give(door, door.half(), door.code(app), next="https://evil.test").headers["location"] == "/"


# Where a second factor is demanded


@pytest.fixture
def demanded(door):
    policy = replace(door.house.billing.policy, second_factor=SecondFactor.EVERYBODY)
    wiring.use(replace(door.house.billing, policy=policy), wiring.settings())


def test_who_has_none_goes_from_the_log_in_to_where_one_is_set_up(door, demanded):
    answer = door.log_in(next="/invoices")
    assert answer.headers["location"] == "/account/security"
    assert door.identity(answer.cookies[COOKIE]).user_id == door.user_id


def test_who_has_one_goes_on_as_ever(door, demanded, app):
    assert door.log_in(next="/invoices").headers["location"] == "/login/code?next=%2Finvoices"


def test_a_download_without_one_leads_there_too(door, demanded):
    number = door.house.invoice(door.account)
    door.browser.cookies.clear()
    answer = door.browser.get(f"/files/invoices/{number}.pdf", headers={"Cookie": f"{COOKIE}={door.session()}"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/account/security")
