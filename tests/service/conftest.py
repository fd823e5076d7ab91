"""A shop with one customer, on each database."""

from collections.abc import Iterator

import pytest

from billing.access import Actor
from billing.accounts.tables import Role
from billing.db import Database
from tests.conftest import Emptied
from tests.factories import Shop


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """An empty, migrated database; the test runs once on each engine."""
    emptied: Emptied = request.getfixturevalue(f"emptied_{request.param}")
    return emptied()


@pytest.fixture
def shop(database: Database) -> Shop:
    """The billing module on an empty database, with fakes around it."""
    return Shop(database)


@pytest.fixture
def sound_books(shop: Shop) -> Iterator[None]:
    """Whatever the test does, and whatever is refused in it, every invariant holds after it."""
    yield
    assert shop.broken() == []


@pytest.fixture
def account(shop: Shop) -> int:
    """The id of a customer."""
    return shop.customer()


@pytest.fixture
def owner(shop: Shop, account: int) -> Actor:
    """The customer's owner, who gets the billing mails."""
    return shop.member(account, Role.OWNER, mails=True)
