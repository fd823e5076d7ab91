"""A shop with one customer, on each database."""

import pytest

from billing.access import Actor
from billing.accounts.tables import Role
from billing.db import Database
from tests.factories import Shop


@pytest.fixture
def shop(database: Database) -> Shop:
    """The billing module on an empty database, with fakes around it."""
    return Shop(database)


@pytest.fixture
def account(shop: Shop) -> int:
    """The id of a customer."""
    return shop.customer()


@pytest.fixture
def owner(shop: Shop, account: int) -> Actor:
    """The customer's owner, who gets the billing mails."""
    return shop.member(account, Role.OWNER, mails=True)
