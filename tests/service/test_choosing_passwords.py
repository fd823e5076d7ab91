"""A password that leaked elsewhere is refused wherever one is chosen; an outage there keeps nobody out."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from billing.access import Actor
from billing.accounts import invitations
from billing.accounts.invitations import Invite
from billing.accounts.tables import User
from billing.errors import WeakPassword
from billing.logins import flows, mailed, sessions
from billing.logins.flows import LogIn
from billing.logins.sessions import Visitor
from billing.ports import AccountMailKind
from billing.runtime import Billing
from tests.factories import Shop
from tests.fakes.leaks import FakeLeaks

LEAKED, GOOD = "vijf natte olifanten dansen", "zeven droge giraffen zingen"
NEWCOMER = "nieuw@test.example"

Choice = Callable[[Billing, str], str]
"""Chooses a password; the address that logs in with it."""


def mailed_link(shop: Shop, kind: AccountMailKind) -> str:
    shop.carry_out()
    [url] = [mail.url for mail in shop.writer.asked_accounts if mail.kind is kind]
    return url.rpartition("/")[2]


@pytest.fixture(params=["change", "reset", "invitation"])
def choose(request: pytest.FixtureRequest, shop: Shop, account: int, owner: Actor) -> Choice:
    """Each way in which somebody comes to a password."""
    address = shop.one(User, id=owner.user_id).email
    if request.param == "change":
        token = shop.do(sessions.start, owner.user_id or 0, Visitor())
        return lambda billing, new: flows.change_password(billing, shop.proven(owner), token, new) or address
    if request.param == "reset":
        mailed.ask_reset(shop.billing, address, Visitor())
        link = mailed_link(shop, AccountMailKind.PASSWORD_RESET)
        return lambda billing, new: mailed.reset_password(billing, link, new) or address
    shop.do(invitations.invite, shop.proven(owner), account, Invite(NEWCOMER, "Nieuwe Collega", "bookkeeper", (), ()))
    link = mailed_link(shop, AccountMailKind.INVITATION)
    return lambda billing, new: mailed.accept_invitation(billing, link, "Nieuwe Collega", new, Visitor()) and NEWCOMER


def test_a_leaked_one_is_refused_and_another_is_taken(shop: Shop, choose: Choice) -> None:
    asking = replace(shop.billing, leaks=FakeLeaks(LEAKED))
    with pytest.raises(WeakPassword) as refused:
        choose(asking, LEAKED)
    assert refused.value.facts == {"reason": "leaked"}
    assert flows.log_in(shop.billing, LogIn(choose(asking, GOOD), GOOD)).token


def test_when_nobody_answers_it_is_taken_and_the_log_says_so_without_it(
    shop: Shop, choose: Choice, caplog: pytest.LogCaptureFixture
) -> None:
    address = choose(replace(shop.billing, leaks=FakeLeaks(LEAKED, down="ReadTimeout")), LEAKED)
    assert flows.log_in(shop.billing, LogIn(address, LEAKED)).token
    [said] = [line.getMessage() for line in caplog.records if line.name == "billing.logins.choosing"]
    assert said == "a new password was taken without knowing whether it leaked: ReadTimeout"
    assert LEAKED not in caplog.text


def test_a_weak_one_is_told_to_nobody(shop: Shop, choose: Choice) -> None:
    leaks = FakeLeaks()
    with pytest.raises(WeakPassword):
        choose(replace(shop.billing, leaks=leaks), "wachtwoord1")
    assert leaks.asked == []


def test_where_nobody_is_asked_it_is_taken(shop: Shop, choose: Choice) -> None:
    assert flows.log_in(shop.billing, LogIn(choose(shop.billing, LEAKED), LEAKED)).token
