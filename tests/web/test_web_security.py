"""Passwords, keys and codes over plain HTTP."""

import re

import pytest
from passlib.totp import TOTP

from billing.accounts.tables import Role
from billing.logins import flows, sessions
from billing.logins.flows import LogIn
from billing.logins.queries import identity, security
from billing.logins.sessions import Visitor
from dashboard.texts.nl import NL
from tests.fakes.house import PASSWORD, PUBLIC_URL

COOKIE = "__Host-voldaan_session"
NEW = "four unrelated loose words"
ROUTES = ("/auth/password", "/auth/app/begin", "/auth/app/confirm", "/auth/app/codes")


@pytest.fixture
def user_id(house):
    """An owner with a password and nothing else."""
    return house.person("owner@demo.test", house.customer("Bakkerij"))


@pytest.fixture
def token(house, user_id, browser):
    """A session whose proof is fresh, in the browser's cookie."""
    token = house.billing.do(sessions.start, user_id, Visitor())
    browser.cookies.set(COOKIE, token)
    return token


@pytest.fixture
def app(browser, house, token):
    """The app of the owner, which is on; each code it shows works once."""
    app = TOTP(key_in(browser.post("/auth/app/begin")))
    assert confirm(browser, house, app).status_code == 200
    house.clock.forward(minutes=1)
    return app


def key_in(answer):
    """The key that was answered, as an app keeps it."""
    return re.sub("[^A-Z2-7]", "", answer.json()["secret"])


def code_of(app, house):
    return app.generate(time=int(house.clock.now().timestamp())).token


def confirm(browser, house, app):
    return browser.post("/auth/app/confirm", data={"code": code_of(app, house)})


def safety(house, token):
    return house.billing.ask(security, house.billing.ask(identity, token).actor, token)


def logs_in(house, password):
    return flows.log_in(house.billing, LogIn("owner@demo.test", password))


def test_a_new_password_counts_at_once_and_ends_every_other_session(browser, house, user_id, token):
    elsewhere = house.billing.do(sessions.start, user_id, Visitor())
    assert browser.post("/auth/password", data={"password": NEW}).status_code == 204
    assert [house.billing.ask(identity, known) is None for known in (token, elsewhere)] == [False, True]
    assert logs_in(house, NEW).token


@pytest.mark.parametrize(
    ("password", "reason"),
    [("", "short"), ("korenaar1", "short"), ("x" * 1025, "long"), ("qwertyuiop123", "guessable"),
     ("owner@demo.test", "guessable")],
)  # fmt: skip
def test_a_weak_password_is_refused_with_the_reason(browser, house, token, password, reason):
    answer = browser.post("/auth/password", data={"password": password})
    assert (answer.status_code, answer.json()["error"]) == (409, "weak_password")
    assert answer.json()["sentence"].startswith(NL.weak_passwords[reason])
    assert logs_in(house, PASSWORD).token


def test_the_app_is_shown_as_a_picture_and_as_a_key_to_type(browser, house, token):
    answer = browser.post("/auth/app/begin")
    assert answer.json()["qr"].startswith("data:image/svg+xml")
    assert len(key_in(answer)) == 32
    assert answer.headers["cache-control"] == "no-store"
    assert safety(house, token).app_since is None


def test_an_app_that_shows_a_right_code_is_on_and_gives_ten_codes_once(browser, house, token):
    answer = confirm(browser, house, TOTP(key_in(browser.post("/auth/app/begin"))))
    assert len(set(answer.json()["codes"])) == 10
    assert answer.headers["cache-control"] == "no-store"
    assert safety(house, token).codes_left == 10


@pytest.mark.parametrize("fields", [{}, {"code": ""}, {"code": "000000"}, {"code": "١٢٣٤٥٦"}, {"code": "x" * 5000}])
def test_a_wrong_code_leaves_the_app_off(browser, house, token, fields):
    browser.post("/auth/app/begin")
    answer = browser.post("/auth/app/confirm", data=fields)
    assert (answer.status_code, answer.json()["error"]) == (401, "code_refused")
    assert safety(house, token).app_since is None


def test_after_five_wrong_codes_one_has_to_wait(browser, token):
    browser.post("/auth/app/begin")
    answers = [browser.post("/auth/app/confirm", data={"code": "000000"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert answers[-1].headers["retry-after"].isdecimal()


def test_an_older_key_no_longer_counts_once_a_newer_was_asked_for(browser, house, token):
    older = TOTP(key_in(browser.post("/auth/app/begin")))
    browser.post("/auth/app/begin")
    assert confirm(browser, house, older).status_code == 401


@pytest.mark.parametrize("path", ["/auth/app/begin", "/auth/app/confirm"])
def test_an_app_that_is_on_can_not_be_replaced_without_switching_it_off(browser, house, token, app, path):
    answer = browser.post(path, data={"code": code_of(app, house)})
    assert (answer.status_code, answer.json()["error"]) == (409, "conflict")
    assert "afgeschreven" not in answer.json()["sentence"]


@pytest.mark.parametrize("path", ["/auth/app/confirm", "/auth/app/codes"])
def test_without_an_app_there_is_nothing_to_confirm_or_renew(browser, token, path):
    assert browser.post(path, data={"code": "123456"}).json()["error"] == "conflict"


def test_new_backup_codes_make_the_old_ones_worthless(browser, house, token, app):
    old = browser.post("/auth/app/codes").json()["codes"]
    new = browser.post("/auth/app/codes").json()["codes"]
    assert not set(old) & set(new)
    half = logs_in(house, PASSWORD).token
    assert browser.post("/auth/proof", data={"code": old[0]}).status_code == 401
    assert flows.give_code(house.billing, half, new[0], Visitor())


def test_a_code_of_the_app_and_a_backup_code_work_once(browser, house, token, app):
    backup = browser.post("/auth/app/codes").json()["codes"][0]
    for code in (code_of(app, house), backup):
        answers = [browser.post("/auth/proof", data={"code": code}).status_code for _ in range(2)]
        assert answers == [204, 401]
    assert safety(house, token).codes_left == 9


@pytest.mark.parametrize("path", ROUTES)
def test_an_old_proof_is_not_enough(browser, house, token, path):
    before = safety(house, token)
    house.clock.forward(minutes=11)
    answer = browser.post(path, data={"password": NEW, "code": "123456"})
    assert (answer.status_code, answer.json()["error"]) == (409, "check_needed")
    assert safety(house, token).app_since == before.app_since
    assert logs_in(house, PASSWORD).token


@pytest.mark.parametrize("path", ROUTES)
def test_without_a_session_nothing_is_done(browser, house, path):
    answer = browser.post(path, data={"password": NEW, "code": "123456"})
    assert (answer.status_code, answer.json()["error"]) == (401, "no_session")


@pytest.mark.parametrize("path", ROUTES)
def test_half_a_log_in_is_no_session(browser, house, user_id, path):
    browser.cookies.set(COOKIE, house.billing.do(sessions.start_half, user_id, Visitor()))
    answer = browser.post(path, data={"password": NEW, "code": "123456"})
    assert (answer.status_code, answer.json()["error"]) == (401, "no_session")
    assert logs_in(house, PASSWORD).token


@pytest.mark.parametrize("path", ROUTES)
@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.test"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_page_of_somebody_else_is_refused(browser, house, token, path, headers):
    assert browser.post(path, data={"password": NEW}, headers=headers).status_code == 403
    assert logs_in(house, PASSWORD).token


@pytest.mark.parametrize("path", ROUTES)
def test_a_page_of_our_own_is_heard(browser, token, path):
    assert browser.post(path, data={"password": "short"}, headers={"Origin": PUBLIC_URL}).status_code != 403


@pytest.mark.parametrize("path", ROUTES)
def test_a_huge_form_is_refused(browser, token, path):
    assert browser.post(path, content=b"password=" + b"x" * 20_000).status_code == 413


@pytest.mark.parametrize("path", ROUTES)
def test_who_looks_through_somebody_elses_eyes_changes_nothing(browser, house, token, path):
    person = house.billing.ask(identity, token)
    scopes = tuple(right.value for right in person.permissions)
    house.billing.do(sessions.look_as, person.actor, token, person.account_id, role=Role.OWNER.value, scopes=scopes)
    answer = browser.post(path, data={"password": NEW, "code": "123456"})
    assert (answer.status_code, answer.json()["error"]) == (409, "only_looking")
    assert logs_in(house, PASSWORD).token
