from datetime import date

import pytest

from billing.access import Actor
from billing.accounts.queries import Belonging, own_accounts
from billing.accounts.tables import Role
from billing.clock import local_day
from billing.logins import credentials
from billing.logins.queries import email_to_confirm
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
