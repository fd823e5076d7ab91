"""Pages without a browser: their states, on a seeded database, as the socket of one browser tab would drive them."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any, TypeVar

import pytest
import reflex as rx
from reflex.istate.data import RouterData

from billing.access import Actor
from billing.accounts.tables import Role
from billing.config import Settings
from billing.db import Database
from billing.logins import sessions
from billing.logins.sessions import Visitor
from dashboard import wiring
from tests.factories import SELLER, SIGNING_KEY, Shop

PUBLIC_URL = "http://localhost:3000"
P = TypeVar("P", bound=rx.State)


class Tab:
    """A browser tab: `open` loads a page by its state class, `do` runs one of its events."""

    def __init__(self, token: str = "") -> None:
        self._cookie = f"voldaan_session={token}" if token else ""
        self._root = rx.State()
        self.last: Any = None

    def open(self, page: type[P], address: str = "/") -> P:
        """Go to an address and run the page's load event; what it returned is in `last`."""
        self.last = asyncio.run(self.at(page, address).load())
        return self.page(page)

    def at(self, page: type[P], address: str) -> P:
        """Go to an address without loading anything."""
        headers = {"cookie": self._cookie, "origin": PUBLIC_URL}
        path = address.partition("?")[0]
        self._root.router = RouterData.from_router_data(
            {"headers": headers, "asPath": address, "pathname": path, "ip": "192.0.2.7", "token": "tab-1"}
        )
        return self.page(page)

    def do(self, page: type[P], event: str, *args: Any) -> P:
        """Run an event of the page with whatever a client sends; the events it returned are in `last`."""
        handler = page.event_handlers[event]
        ran = handler.fn(Held(self.page(page)) if handler.is_background else self.page(page), *args)
        self.last = asyncio.run(_all(ran) if hasattr(ran, "__aiter__") else ran)
        return self.page(page)

    def page(self, page: type[P]) -> P:
        found: P = self._root.get_substate(page.get_full_name().split("."))
        return found

    @property
    def went_to(self) -> str:
        """Where the last event sent the browser; empty when it stayed."""
        events = self.last if isinstance(self.last, list) else [self.last]
        paths = [str(value) for event in events if event for name, value in event.args if str(name) == "path"]
        return paths[0].strip('"') if paths else ""


class Held:
    """A state whose lock is always free, for events that run in the background."""

    def __init__(self, state: rx.State) -> None:
        object.__setattr__(self, "state", state)

    async def __aenter__(self) -> "Held":
        return self

    async def __aexit__(self, *_: object) -> None: ...

    def __getattr__(self, name: str) -> Any:
        return getattr(self.state, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.state, name, value)


@pytest.fixture
def shop(sqlite_url: str) -> Iterator[Shop]:
    """A company whose dashboard runs in this process."""
    database = Database(sqlite_url)
    shop = Shop(database)
    settings = Settings(
        public_url=PUBLIC_URL, seller_name=SELLER.name, signing_key=SIGNING_KEY, database_url=sqlite_url
    )
    wiring.use(shop.billing, settings)
    yield shop
    wiring.use(None)
    database.dispose()


@pytest.fixture
def account(shop: Shop) -> int:
    """A customer."""
    return shop.customer()


@pytest.fixture
def bookkeeper(shop: Shop, account: int) -> Actor:
    """Somebody who may see and pay."""
    return shop.member(account)


@pytest.fixture
def tab(shop: Shop, bookkeeper: Actor) -> Tab:
    """A tab in which the bookkeeper is logged in."""
    return signed_in(shop, bookkeeper)


@pytest.fixture
def owner(shop: Shop, account: int) -> Actor:
    """The customer's owner, who gets the billing mails."""
    return shop.member(account, Role.OWNER, mails=True)


@pytest.fixture
def token(shop: Shop, owner: Actor) -> str:
    """The session of the owner, who has just logged in."""
    return shop.do(sessions.start, owner.user_id or 0, Visitor())


@pytest.fixture
def owners_tab(token: str) -> Tab:
    """A tab in which the owner is logged in."""
    return Tab(token)


def proof_gets_old(shop: Shop) -> None:
    """Everybody was last asked for a proof of identity a long time ago."""
    shop.sql("UPDATE login_session SET checked_at = NULL")


def proves(shop: Shop, token: str) -> None:
    """Whoever has this session has just proven an identity."""
    shop.do(sessions.note_proof, token)


# What no form and no button of ours sends.
STRANGE: list[Any] = [None, 7, True, [], {}, {"name": None}, {"email": 5}, "text", [["name", "x"]]]


def signed_in(shop: Shop, actor: Actor) -> Tab:
    """A tab in which this person is logged in."""
    return Tab(shop.do(sessions.start, actor.user_id or 0, Visitor()))


async def _all(events: AsyncIterator[Any]) -> list[Any]:
    return [event async for event in events]
