"""What a mailed link leads to, over plain HTTP: a new password, a place in an account, a new address."""

import pytest
from sqlmodel import select

from billing import tokens
from billing.accounts import invitations
from billing.logins import queries
from billing.logins.tables import MailedLink
from billing.tokens import Purpose
from tests.fakes.house import PASSWORD, SIGNING_KEY
from tests.web.door import COOKIE, GOOD_PASSWORD, INVITED, OWNER

PATHS = {Purpose.PASSWORD_RESET: "reset", Purpose.INVITATION: "invite", Purpose.EMAIL_CHANGE: "confirm"}


def reset(door, link, password=GOOD_PASSWORD):
    return door.post("/auth/reset", token=link, password=password)


def accept(door, link, token="", *, name="Bea Boek", password=GOOD_PASSWORD):
    return door.post("/auth/invite", token, token=link, name=name, password=password)


# Asking


@pytest.mark.parametrize("email", [OWNER, f" {OWNER.upper()} ", "nobody@demo.test", "", "geen adres", "é\0@x" * 50])
def test_asking_for_a_link_sounds_the_same_for_everybody(door, email):
    answer = door.post("/auth/forgot", email=email)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login/forgot?goed=1")


def test_only_who_has_a_log_in_gets_a_link(door):
    for email in (OWNER, "nobody@demo.test"):
        door.post("/auth/forgot", email=email)
    links = door.house.billing.ask(lambda work: work.session.exec(select(MailedLink)).all())
    assert [link.user_id for link in links] == [door.user_id]


def test_who_asks_for_link_after_link_has_to_wait(door):
    for _ in range(6):
        answer = door.post("/auth/forgot", email=OWNER)
    assert answer.headers["location"].startswith("/login/forgot?fout=login_throttled&retry_after=")


# A new password


def test_a_link_sets_a_new_password_and_logs_everybody_out(door):
    token = door.session()
    answer = reset(door, door.reset_link())
    assert answer.headers["location"] == "/login?goed=password"
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    assert door.identity(token) is None
    assert door.log_in().headers["location"] == "/login?fout=login_failed"
    assert door.log_in(GOOD_PASSWORD).headers["location"] == "/"


@pytest.mark.parametrize(
    ("password", "reason"), [("", "short"), ("kort", "short"), ("wachtwoord1", "guessable"), ("a" * 1025, "long")]
)
def test_a_weak_password_comes_back_with_the_reason_and_the_link_still_works(door, password, reason):
    link = door.reset_link()
    assert reset(door, link, password).headers["location"] == f"/reset/{link}?fout=weak_password&reason={reason}"
    assert reset(door, link).headers["location"] == "/login?goed=password"


def test_a_link_for_a_password_works_once(door):
    link = door.reset_link()
    reset(door, link)
    assert reset(door, link, "andere natte olifanten dansen").headers["location"] == f"/reset/{link}?fout=link_used"
    assert door.log_in(GOOD_PASSWORD).headers["location"] == "/"


def test_a_link_for_a_password_is_over_after_an_hour(door):
    link = door.reset_link()
    door.house.clock.forward(hours=1)
    assert reset(door, link).headers["location"] == f"/reset/{link}?fout=link_expired"
    assert door.log_in().headers["location"] == "/"


def test_a_new_password_does_not_get_past_the_second_factor(door):
    app = door.app()
    reset(door, door.reset_link())
    half = door.log_in(GOOD_PASSWORD)
    assert half.headers["location"].startswith("/login/code")
    assert door.post("/auth/code", half.cookies[COOKIE], code=door.code(app)).headers["location"] == "/"


# An invitation


def test_a_new_person_chooses_a_password_and_is_in(door):
    answer = accept(door, door.invitation()[1])
    assert answer.headers["location"] == "/"
    person = door.identity(answer.cookies[COOKIE])
    assert (person.name, person.email, person.account_id, person.role) == (
        "Bea Boek", INVITED, door.account, "bookkeeper",
    )  # fmt: skip


def test_an_invitation_works_once(door):
    link = door.invitation()[1]
    accept(door, link)
    again = accept(door, link, name="Een ander")
    assert again.headers["location"] == f"/invite/{link}?fout=link_used&naam=Een+ander"
    assert "set-cookie" not in again.headers


def test_a_weak_password_leaves_the_invitation_and_the_name_as_they_were(door):
    link = door.invitation()[1]
    answer = accept(door, link, name="Béa", password="welkom01")
    assert answer.headers["location"] == f"/invite/{link}?fout=weak_password&reason=short&naam=B%C3%A9a"
    assert accept(door, link).headers["location"] == "/"


@pytest.mark.parametrize("name", ["", "  ", "\n", "https://evil.test", "www.evil.test"])
def test_what_is_no_name_is_said(door, name):
    assert "fout=invalid_name" in accept(door, door.invitation()[1], name=name).headers["location"]


def test_who_has_a_log_in_already_keeps_the_password_and_logs_in_as_ever(door):
    door.house.person(INVITED, door.house.customer("Anders"))
    answer = accept(door, door.invitation()[1], name="Een ander", password="wachtwoord1")
    assert answer.headers["location"] == "/login?goed=joined"
    assert "set-cookie" not in answer.headers
    logged_in = door.post("/auth/login", email=INVITED, password=PASSWORD)
    assert len(door.identity(logged_in.cookies[COOKIE]).accounts) == 2


def test_who_is_logged_in_already_sees_the_new_account_at_once(door):
    door.house.person(INVITED, door.house.customer("Anders"))
    token = door.post("/auth/login", email=INVITED, password=PASSWORD).cookies[COOKIE]
    assert accept(door, door.invitation()[1], token).headers["location"] == "/"
    assert door.identity(token).account_id == door.account


def test_somebody_else_who_is_logged_in_here_gains_nothing(door):
    door.house.person(INVITED, door.house.customer("Anders"))
    token = door.session()
    assert accept(door, door.invitation()[1], token).headers["location"] == "/login?goed=joined"
    assert door.identity(token).accounts == ((door.account, "Bakkerij"),)


def test_an_invitation_that_was_withdrawn_or_expired_says_so(door):
    withdrawn, link = door.invitation()
    door.house.billing.do(invitations.withdraw, door.actor(), door.account, withdrawn)
    assert "fout=link_withdrawn" in accept(door, link).headers["location"]
    late = door.invitation()[1]
    door.house.clock.forward(days=7)
    assert "fout=link_expired" in accept(door, late).headers["location"]


# A new address


def test_a_link_confirms_a_new_address(door):
    link = door.confirm_link("new@demo.test")
    assert door.post("/auth/confirm", token=link).headers["location"] == f"/confirm/{link}?goed=1"
    assert door.house.billing.ask(queries.identity, door.session()).email == "new@demo.test"
    assert door.post("/auth/confirm", token=link).headers["location"] == f"/confirm/{link}?fout=link_used"


def test_an_address_that_somebody_else_took_meanwhile_stays_theirs(door):
    link = door.confirm_link("new@demo.test")
    door.house.person("new@demo.test", door.house.customer("Anders"))
    assert door.post("/auth/confirm", token=link).headers["location"] == f"/confirm/{link}?fout=email_taken"
    assert door.identity(door.session()).email == OWNER


def test_a_link_for_an_address_is_over_after_a_day(door):
    link = door.confirm_link("new@demo.test")
    door.house.clock.forward(days=1)
    assert door.post("/auth/confirm", token=link).headers["location"] == f"/confirm/{link}?fout=link_expired"


# All of them


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("page", PATHS)
def test_a_link_for_something_else_does_nothing(door, purpose, page):
    if purpose is page:
        link = tokens.sign(purpose, "another key, as long as it has to be", 1, 1)
    else:
        link = tokens.sign(purpose, SIGNING_KEY, 1, 1)
    answer = door.post(f"/auth/{PATHS[page]}", token=link, password=GOOD_PASSWORD)
    assert answer.headers["location"] == f"/{PATHS[page]}/{link}?fout=not_found"


@pytest.mark.parametrize("page", PATHS)
def test_a_link_to_what_does_not_exist_does_nothing(door, page):
    values = (10**6, 1) if page is Purpose.INVITATION else (10**6,)
    link = tokens.sign(page, SIGNING_KEY, *values)
    answer = door.post(f"/auth/{PATHS[page]}", token=link, password=GOOD_PASSWORD)
    assert answer.headers["location"] == f"/{PATHS[page]}/{link}?fout=not_found"


@pytest.mark.parametrize("page", PATHS.values())
@pytest.mark.parametrize("token", ["", "é", "a b", "a/b", "a\r\nb", "x" * 301, "../login"])
def test_what_can_not_be_a_link_is_not_found(door, page, token):
    assert door.post(f"/auth/{page}", token=token, password=GOOD_PASSWORD).status_code == 404


def test_opening_a_link_does_nothing(door):
    links = {"reset": door.reset_link(), "invite": door.invitation()[1], "confirm": door.confirm_link("new@demo.test")}
    for page, link in links.items():
        assert door.browser.get(f"/auth/{page}?token={link}").status_code == 405
        door.browser.get(f"/{page}/{link}")
    assert reset(door, links["reset"]).headers["location"] == "/login?goed=password"
    assert accept(door, links["invite"]).headers["location"] == "/"
    assert door.post("/auth/confirm", token=links["confirm"]).headers["location"].endswith("?goed=1")
