"""The list of all customers, for the finance department alone."""

from datetime import timedelta

import pytest

from billing.accounts.tables import Role
from billing.clock import local_day
from billing.errors import NotAllowed
from billing.invoices import customers as listing
from billing.invoices.customers import customers
from tests.staffing import finance


@pytest.fixture
def fien(shop):
    """Somebody of the finance department."""
    return finance(shop)


def names(shop, actor, search="", page=1):
    return [row.name for row in shop.ask(customers, actor, search, page).rows]


def test_it_tells_what_each_has_open_and_what_of_that_is_late(shop, fien):
    bakery, club = shop.customer("Bakkerij"), shop.customer("Club")
    shop.invoice(bakery, due_on=local_day(shop.clock.now()) - timedelta(days=1))
    shop.invoice(bakery)
    found = shop.ask(customers, fien)
    assert [(row.account_id, row.invoices, row.open_cents, row.overdue_cents) for row in found.rows] == [
        (bakery, 2, 24_200, 12_100), (club, 0, 0, 0)
    ]  # fmt: skip


def test_a_name_a_members_address_or_an_invoice_number_finds_them(shop, fien):
    bakery, _ = shop.customer("Bakkerij"), shop.customer("Club")
    shop.member(bakery)
    number = shop.invoice(bakery)
    assert names(shop, fien, "akker") == names(shop, fien, "PERSON-1@") == names(shop, fien, number) == ["Bakkerij"]


@pytest.mark.parametrize("search", ["%", "_", "\\", "' OR 1=1", "nobody"])
def test_signs_with_a_meaning_in_sql_find_nothing_by_themselves(shop, fien, search):
    shop.customer("Bakkerij")
    assert names(shop, fien, search) == []


def test_pages_stay_within_the_list(shop, fien, monkeypatch):
    monkeypatch.setattr(listing, "PAGE_SIZE", 1)
    shop.customer("Bakkerij"), shop.customer("Club")
    assert names(shop, fien, page=-5) == ["Bakkerij"]
    assert names(shop, fien, page=99) == ["Club"]


@pytest.mark.parametrize("role", Role)
def test_it_is_closed_to_customers(shop, role):
    member = shop.member(shop.customer(), role)
    with pytest.raises(NotAllowed):
        shop.ask(customers, member)
