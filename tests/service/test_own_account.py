from datetime import date

import pytest

from billing.access import Actor
from billing.accounts import members
from billing.accounts.log import OWN_ACTS, own_log
from billing.accounts.queries import Belonging, own_accounts
from billing.accounts.tables import Role
from billing.clock import local_day
from billing.logins import credentials, sessions
from billing.logins.queries import email_to_confirm
from billing.logins.sessions import Visitor
from tests.factories import Shop


@pytest.fixture
def person(shop: Shop) -> Actor:
    return shop.proven(shop.member(shop.customer("Bakkerij"), Role.OWNER))


def test_somebody_belongs_to_these_accounts_in_these_roles(shop: Shop, person: Actor) -> None:
    club, today = shop.customer("Fietsclub"), local_day(shop.clock.now())
    shop.also_member(person, club, Role.READ_ONLY, ends_on=today)
    assert shop.ask(own_accounts, person)[1] == Belonging(club, "Fietsclub", Role.READ_ONLY, today)


def test_an_account_whose_last_day_has_passed_is_gone(shop: Shop, person: Actor) -> None:
    shop.also_member(person, shop.customer("Fietsclub"), ends_on=date(2020, 1, 1))
    assert [found.account_name for found in shop.ask(own_accounts, person)] == ["Bakkerij"]


def test_a_new_address_waits_until_it_is_confirmed(shop: Shop, person: Actor) -> None:
    assert shop.ask(email_to_confirm, person) == ""
    shop.do(credentials.ask_email_change, person, "first@test.example")
    shop.do(credentials.ask_email_change, person, "second@test.example")
    assert shop.ask(email_to_confirm, person) == "second@test.example"


def test_a_new_address_that_was_confirmed_or_has_expired_waits_no_longer(shop: Shop, person: Actor) -> None:
    shop.do(credentials.ask_email_change, person, "first@test.example")
    shop.clock.advance(hours=24)
    assert shop.ask(email_to_confirm, person) == ""
    shop.do(credentials.ask_email_change, shop.proven(person), "second@test.example")
    shop.do(credentials.change_email, 2)
    assert shop.ask(email_to_confirm, person) == ""


def test_somebodys_own_acts_are_those_in_the_account_and_about_the_log_in(shop: Shop, person: Actor) -> None:
    account = shop.ask(own_accounts, person)[0].account_id
    somebody_else, elsewhere = shop.member(account), shop.customer("Fietsclub")
    shop.also_member(person, elsewhere)
    shop.do(members.choose_own_mails, person, account, ("receipts",))
    shop.do(members.choose_own_mails, person, elsewhere, ("receipts",))
    shop.do(members.choose_own_mails, somebody_else, account, ("receipts",))
    shop.do(sessions.start, somebody_else.user_id or 0, Visitor())
    shop.do(credentials.rename, person, "Nora")
    acts = shop.ask(own_log, person, account).rows
    assert [(act.action, act.is_self) for act in acts] == [("user.renamed", True), ("mails.chosen", True)]


def test_only_the_last_few_own_acts_are_told(shop: Shop, person: Actor) -> None:
    for number in range(OWN_ACTS + 2):
        shop.do(credentials.rename, person, f"Nora {number}")
    acts = shop.ask(own_log, person, 0).rows
    assert [act.subject for act in acts] == [f"Nora {number}" for number in range(OWN_ACTS + 1, 1, -1)]
