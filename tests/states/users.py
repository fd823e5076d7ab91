"""What tests of the page of users have in common."""

import pytest

from billing.access import Actor
from billing.accounts.tables import Role
from dashboard.pages.users_state import UsersState
from dashboard.rows.user_form import NEW
from tests.factories import Shop
from tests.states.conftest import Tab, signed_in

ADDRESS = "/account/users"


@pytest.fixture
def owner(shop: Shop, account: int) -> Actor:
    return shop.member(account, Role.OWNER)


@pytest.fixture
def tab(shop: Shop, owner: Actor) -> Tab:
    """A tab in which the owner has just logged in, and looks at the users."""
    tab = signed_in(shop, owner)
    tab.open(UsersState, ADDRESS)
    return tab


@pytest.fixture
def key(bookkeeper: Actor) -> str:
    """The bookkeeper's row."""
    return f"m{bookkeeper.user_id}"


def page(tab: Tab) -> UsersState:
    return tab.page(UsersState)


def fill_in(tab: Tab, **fields: str) -> None:
    for field, text in fields.items():
        tab.do(UsersState, "fill_in", field, text)


def invite(tab: Tab, email: str = "ada@demo.test", name: str = "Ada van Lezen") -> UsersState:
    tab.do(UsersState, "open_form", NEW)
    fill_in(tab, name=name, email=email)
    return tab.do(UsersState, "save")
