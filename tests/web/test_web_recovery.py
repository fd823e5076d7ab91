"""Asking for a way back in without the second factor, and taking it."""

from urllib.parse import unquote

import pytest
from sqlmodel import select

from billing import tokens
from billing.logins import factors
from billing.logins.tables import MailedLink
from billing.tokens import Purpose
from tests.fakes.house import SIGNING_KEY


@pytest.fixture
def app(door):
    return door.app()


def link(door):
    """The token of the newest link that was asked for."""
    ids = door.house.billing.ask(lambda work: work.session.exec(select(MailedLink.id)).all())
    return tokens.sign(Purpose.SECOND_FACTOR_RECOVERY, SIGNING_KEY, max(ids))


def where(answer):
    return unquote(answer.headers["location"])


def test_after_a_day_the_link_lets_the_password_be_enough(door, app):
    assert where(door.post("/auth/lost", door.half())) == "/login/code?goed=1"
    door.house.clock.forward(days=1)
    assert where(door.post("/auth/recover", token=link(door))) == "/login?goed=recovered"
    assert not door.house.billing.ask(factors.has_any, door.user_id)
    assert where(door.log_in()) == "/"


def test_before_that_the_link_says_that_it_is_too_early(door, app):
    door.post("/auth/lost", door.half())
    token = link(door)
    assert where(door.post("/auth/recover", token=token)).startswith(f"/recover/{token}?fout=link_too_early")
    assert door.house.billing.ask(factors.has_any, door.user_id)


@pytest.mark.parametrize("session", ["", "made-up"])
def test_who_gave_no_password_can_not_ask(door, app, session):
    assert where(door.post("/auth/lost", session)) == "/login?fout=half_over"


def test_who_is_in_already_has_nothing_to_recover(door, app):
    assert where(door.post("/auth/lost", door.session())) == "/login?fout=half_over"


def test_a_form_of_another_site_asks_for_nothing(door, app):
    half = door.half()
    headers = {"Cookie": f"__Host-voldaan_session={half}", "Origin": "https://evil.test"}
    assert door.browser.post("/auth/lost", headers=headers).status_code == 403


@pytest.mark.parametrize("purpose", [p for p in Purpose if p is not Purpose.SECOND_FACTOR_RECOVERY])
def test_a_link_for_something_else_recovers_nothing(door, app, purpose):
    door.post("/auth/lost", door.half())
    door.house.clock.forward(days=1)
    values = (1, 1) if purpose in {Purpose.PAY, Purpose.INVITATION} else (1,)
    door.post("/auth/recover", token=tokens.sign(purpose, SIGNING_KEY, *values))
    assert door.house.billing.ask(factors.has_any, door.user_id)


def test_opening_the_link_switches_nothing_off(door, app):
    door.post("/auth/lost", door.half())
    door.house.clock.forward(days=1)
    assert door.browser.get("/auth/recover").status_code in {404, 405}
    assert where(door.log_in()) != "/"
