"""Live updates: a page that is open looks again as soon as something changes in its account.

Whatever changes what a customer sees also raises the account's change counter. Each web process watches the counters of
the accounts on its own open screens, so that it does not matter which process made the change.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import reflex as rx
from reflex.istate.manager.token import BaseStateToken

from billing.accounts import queries
from dashboard.run import ask

log = logging.getLogger(__name__)

INTERVAL_SECONDS = 0.15
SLOW_SECONDS = 10
RETRY_SECONDS = 5
AWAY_SECONDS = 1
# An invoice run changes all open screens at once. A few at a time keep a processor busy just as well, and push the
# clicks of people who wait aside much less.
AT_ONCE = 3
UNSEEN = -1


@dataclass
class Screen:
    """An open page: the accounts it shows with the counters it last looked at, and the state that reloads it."""

    versions: Mapping[int, int]
    page: type[rx.State]


class Connections(Protocol):
    """What the watcher needs of the running app."""

    async def is_connected(self, token: str) -> bool: ...

    async def reload(self, token: str, page: type[rx.State], is_open: Callable[[], bool]) -> None:
        """Reload the page, if it still is open when this screen's turn comes."""


@dataclass
class Watcher:
    """Keeps the open screens of this process up to date. One screen in trouble never stops the others."""

    connections: Connections
    screens: dict[str, Screen]
    _busy: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def run(self) -> None:
        """Watch until cancelled."""
        turns = asyncio.Semaphore(AT_ONCE)
        while True:
            await asyncio.sleep(INTERVAL_SECONDS)
            try:
                await self.look(turns)
            except Exception as trouble:  # a database that is away comes back
                log.warning("live updates wait: %s", trouble)
                await asyncio.sleep(AWAY_SECONDS)

    async def look(self, turns: asyncio.Semaphore) -> None:
        """Compare the counters once, and let the screens of changed accounts reload beside each other."""
        await self._drop_closed(list(self.screens))
        accounts = {account_id for screen in self.screens.values() for account_id in screen.versions}
        if not accounts:
            return
        versions = await ask(queries.versions, sorted(accounts))
        for token, screen in list(self.screens.items()):
            seen = {account_id: versions.get(account_id, before) for account_id, before in screen.versions.items()}
            if seen != screen.versions and token not in self._busy:
                screen.versions = seen
                self._busy[token] = asyncio.create_task(self._reload(token, screen, turns))

    async def settled(self) -> None:
        """Wait for the reloads that are under way."""
        await asyncio.gather(*self._busy.values())

    async def _drop_closed(self, tokens: Iterable[str]) -> None:
        for token in tokens:
            if not await self.connections.is_connected(token):
                self.screens.pop(token, None)

    async def _reload(self, token: str, screen: Screen, turns: asyncio.Semaphore) -> None:
        try:
            async with turns, asyncio.timeout(SLOW_SECONDS):
                await self.connections.reload(token, screen.page, lambda: self.screens.get(token) is screen)
        except Exception:
            log.exception("a screen of accounts %s could not be brought up to date", list(screen.versions))
            await asyncio.sleep(RETRY_SECONDS)
            screen.versions = dict.fromkeys(screen.versions, UNSEEN)
        finally:
            del self._busy[token]


class Sockets:
    """The sockets of a Reflex app."""

    def __init__(self, app: rx.App) -> None:
        self._app = app

    async def is_connected(self, token: str) -> bool:
        namespace = self._app.event_namespace
        # A screen's events and its socket live in one process, so the local table knows; no question to Redis.
        return namespace is not None and token in namespace._token_manager.token_to_socket

    async def reload(self, token: str, page: type[rx.State], is_open: Callable[[], bool]) -> None:
        async with self._app.modify_state(BaseStateToken(ident=token, cls=page)) as root:
            # While this waited its turn another page may have been loaded, and the address is not the old one's now.
            if is_open():
                screen: Any = await root.get_state(page)
                await screen._reload()


_screens: dict[str, Screen] = {}


def watch(state: rx.State, page: type[rx.State], versions: Mapping[int, int]) -> None:
    """Let `page._reload()` run on this screen whenever one of these accounts changes; call it when the page loads.

    versions: their change counters from before the page read its data, so that no change falls in between.
    """
    _screens[state.router.session.client_token] = Screen(versions, page)


def forget(state: rx.State) -> None:
    """This screen shows nothing that has to stay up to date."""
    _screens.pop(state.router.session.client_token, None)


def register(app: rx.App) -> None:
    """Watch for as long as the app runs."""
    app.register_lifespan_task(Watcher(Sockets(app), _screens).run)
