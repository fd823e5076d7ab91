"""A way back in without the second factor."""

import pytest

from billing import tokens
from billing.access import Actor
from billing.errors import LinkExpired, LinkTooEarly, LinkUsed, NotFound
from billing.logins import flows, mailed, recovery
from billing.logins.flows import LoggedIn, LogIn
from billing.ports import AccountMailKind
from billing.tokens import Purpose
from tests.factories import PASSWORD, SIGNING_KEY, Shop
from tests.fakes.authenticator import HOME, App, switched_on


@pytest.fixture
def app(shop: Shop, owner: Actor) -> App:
    return switched_on(shop, owner)[0]


def enter(shop: Shop, actor: Actor) -> LoggedIn:
    return flows.log_in(shop.billing, LogIn(f"{actor.name}@test.example", PASSWORD, HOME))


def lose(shop: Shop, actor: Actor) -> str:
    """Give the password and ask for a way back; the token of the link that is mailed."""
    shop.do(recovery.ask, enter(shop, actor).token)
    shop.carry_out()
    kind = AccountMailKind.SECOND_FACTOR_RECOVERY
    return [mail.url for mail in shop.writer.asked_accounts if mail.kind is kind][-1].rpartition("/")[2]


def test_after_a_day_the_link_makes_the_password_enough(shop: Shop, owner: Actor, app: App) -> None:
    link = lose(shop, owner)
    shop.clock.advance(days=1)
    mailed.finish_recovery(shop.billing, link)
    assert not enter(shop, owner).is_half
    assert shop.broken() == []


def test_before_a_day_is_over_the_link_has_to_wait(shop: Shop, owner: Actor, app: App) -> None:
    link = lose(shop, owner)
    shop.clock.advance(hours=23, minutes=59)
    with pytest.raises(LinkTooEarly):
        mailed.finish_recovery(shop.billing, link)
    assert enter(shop, owner).is_half


def test_who_logs_in_with_a_code_after_all_ends_it(shop: Shop, owner: Actor, app: App) -> None:
    link = lose(shop, owner)
    flows.give_code(shop.billing, enter(shop, owner).token, app.code(), HOME)
    shop.clock.advance(days=2)
    with pytest.raises(LinkUsed):
        mailed.finish_recovery(shop.billing, link)


def test_the_link_works_once_and_for_a_week(shop: Shop, owner: Actor, app: App) -> None:
    link = lose(shop, owner)
    shop.clock.advance(days=7)
    with pytest.raises(LinkExpired):
        mailed.finish_recovery(shop.billing, link)
    link = lose(shop, owner)
    shop.clock.advance(days=1)
    mailed.finish_recovery(shop.billing, link)
    with pytest.raises(LinkUsed):
        mailed.finish_recovery(shop.billing, link)


def test_the_owner_is_told_when_somebody_loses_the_second_factor(shop: Shop, account: int, owner: Actor) -> None:
    bookkeeper = shop.member(account)
    switched_on(shop, bookkeeper)
    lose(shop, bookkeeper)
    told = [mail for mail in shop.writer.asked_accounts if mail.kind is AccountMailKind.SECOND_FACTOR_LOST]
    assert [(mail.recipient, mail.facts["name"]) for mail in told] == [(owner.name, bookkeeper.name)]


def test_without_the_password_nobody_can_ask(shop: Shop, owner: Actor, app: App) -> None:
    for token in ("", "made up"):
        with pytest.raises(NotFound):
            shop.do(recovery.ask, token)


def test_a_reset_link_switches_nothing_off(shop: Shop, owner: Actor, app: App) -> None:
    lose(shop, owner)
    with pytest.raises(NotFound):
        mailed.finish_recovery(shop.billing, tokens.sign(Purpose.PASSWORD_RESET, SIGNING_KEY, 1))
