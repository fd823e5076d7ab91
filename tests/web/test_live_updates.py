"""Open screens that look again when something changes in their account, with sockets in memory."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
import reflex as rx
from reflex_base.registry import RegistrationContext

from billing.accounts.service import bump_version
from dashboard import live
from dashboard.live import Screen, Watcher


class Page:
    """Stands in for the state of a page."""


class OtherPage:
    """Another one."""


@dataclass
class Sockets:
    """Which screens are connected, which page was reloaded on which, and which of them break."""

    connected: set[str]
    reloaded: list[tuple[str, Any]] = field(default_factory=list)
    breaks: set[str] = field(default_factory=set)
    hangs: set[str] = field(default_factory=set)
    turn: asyncio.Event | None = None

    async def is_connected(self, token: str) -> bool:
        return token in self.connected

    async def reload(self, token: str, page: Any, is_open: Callable[[], bool]) -> None:
        if token in self.breaks:
            raise ValueError(token)
        if token in self.hangs:
            await asyncio.Event().wait()
        if self.turn:
            await self.turn.wait()
        if is_open():
            self.reloaded.append((token, page))


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch):
    monkeypatch.setattr(live, "RETRY_SECONDS", 0)
    monkeypatch.setattr(live, "SLOW_SECONDS", 0.05)


@pytest.fixture
def bakery(house):
    """An account at change 0."""
    return house.customer("Bakkerij")


def look(watcher, times=1):
    async def run():
        for _ in range(times):
            await watcher.look(asyncio.Semaphore(4))
            await watcher.settled()

    asyncio.run(run())


def test_a_change_reloads_every_open_screen_of_that_account_and_no_other(house, bakery):
    club = house.customer("Fietsclub")
    sockets = Sockets({"a", "b", "c"})
    watcher = Watcher(sockets, {"a": Screen({bakery: 0}, Page), "b": Screen({bakery: 0}, OtherPage),
                                "c": Screen({club: 0}, Page)})  # fmt: skip
    house.billing.do(bump_version, bakery)
    look(watcher)
    assert sorted(sockets.reloaded, key=str) == [("a", Page), ("b", OtherPage)]


def test_a_screen_of_several_accounts_is_reloaded_when_any_of_them_changes(house, bakery):
    club, other = house.customer("Fietsclub"), house.customer("Van een ander")
    sockets = Sockets({"a"})
    watcher = Watcher(sockets, {"a": Screen({bakery: 0, club: 0}, Page)})
    house.billing.do(bump_version, other)
    look(watcher)
    assert sockets.reloaded == []
    for changed in (club, bakery):
        house.billing.do(bump_version, changed)
        look(watcher, times=2)
    assert sockets.reloaded == [("a", Page), ("a", Page)]


def test_one_change_reloads_once(house, bakery):
    sockets = Sockets({"a"})
    house.billing.do(bump_version, bakery)
    look(Watcher(sockets, {"a": Screen({bakery: 0}, Page)}), times=3)
    assert len(sockets.reloaded) == 1


def test_a_change_between_reading_the_page_and_watching_it_is_not_missed(house, bakery):
    read_at = 0
    house.billing.do(bump_version, bakery)
    sockets = Sockets({"a"})
    look(Watcher(sockets, {"a": Screen({bakery: read_at}, Page)}))
    assert sockets.reloaded == [("a", Page)]


def test_a_closed_screen_is_dropped(house, bakery):
    watcher = Watcher(Sockets({"b"}), {"a": Screen({bakery: 0}, Page), "b": Screen({bakery: 0}, Page)})
    look(watcher)
    assert set(watcher.screens) == {"b"}


def test_nobody_connected_means_no_question_to_the_database(house, bakery, monkeypatch):
    asked = []
    monkeypatch.setattr(live, "ask", asked.append)
    look(Watcher(Sockets(set()), {"a": Screen({bakery: 0}, Page)}))
    assert asked == []


@pytest.mark.parametrize("trouble", ["breaks", "hangs"])
def test_a_screen_in_trouble_stops_no_other_and_is_tried_again(house, bakery, trouble):
    sockets = Sockets({"a", "b"}, **{trouble: {"a"}})
    watcher = Watcher(sockets, {"a": Screen({bakery: 0}, Page), "b": Screen({bakery: 0}, Page)})
    house.billing.do(bump_version, bakery)
    look(watcher)
    assert sockets.reloaded == [("b", Page)]
    getattr(sockets, trouble).clear()
    look(watcher)
    assert sockets.reloaded == [("b", Page), ("a", Page)]


def test_a_screen_that_moved_on_to_another_page_is_not_reloaded_as_the_old_one(house, bakery):
    sockets = Sockets({"a"})
    watcher = Watcher(sockets, {"a": Screen({bakery: 0}, Page)})
    house.billing.do(bump_version, bakery)

    async def run():
        await watcher.look(asyncio.Semaphore(1))
        watcher.screens["a"] = Screen({bakery: 1}, OtherPage)
        await watcher.settled()

    asyncio.run(run())
    assert sockets.reloaded == []


def test_a_screen_that_moved_on_while_its_reload_waited_its_turn_is_not_reloaded_as_the_old_one(house, bakery):
    sockets = Sockets({"a"})
    watcher = Watcher(sockets, {"a": Screen({bakery: 0}, Page)})
    house.billing.do(bump_version, bakery)

    async def run():
        sockets.turn = asyncio.Event()
        await watcher.look(asyncio.Semaphore(1))
        await asyncio.sleep(0)
        watcher.screens["a"] = Screen({bakery: 1}, OtherPage)
        sockets.turn.set()
        await watcher.settled()

    asyncio.run(run())
    assert sockets.reloaded == []


def test_the_watcher_outlives_a_database_that_is_away(house, bakery, monkeypatch):
    asked = []

    async def away(*args):
        asked.append(args)
        if len(asked) == 2:
            watching.cancel()
        raise OSError("away")

    async def run():
        nonlocal watching
        watching = asyncio.create_task(Watcher(Sockets({"a"}), {"a": Screen({bakery: 0}, Page)}).run())
        async with asyncio.timeout(30):
            await asyncio.wait([watching])

    watching = None
    monkeypatch.setattr(live, "ask", away)
    monkeypatch.setattr(live, "AWAY_SECONDS", 0)
    asyncio.run(run())
    assert len(asked) == 2


class LivePage(rx.State):
    """A page that counts how often it was brought up to date."""

    looks: int = 0

    async def _reload(self) -> None:
        self.looks += 1


@pytest.fixture
def app():
    """An app of its own: Reflex allows one in a context, and other tests import the real one."""
    with RegistrationContext.ensure_context().fork():
        yield rx.App()


def test_a_reload_reaches_the_browser_as_a_change_of_the_page(app, monkeypatch):
    sent = []

    async def emit(update, token):
        sent.extend((token, name, value) for state in update.delta.values() for name, value in state.items())

    monkeypatch.setattr(app.event_namespace, "emit_update", emit)

    async def run():
        sockets = live.Sockets(app)
        async with app._setup_event_processor():
            assert not await sockets.is_connected("tab")
            await app.event_namespace._token_manager.link_token_to_sid("tab", "socket")
            assert await sockets.is_connected("tab")
            for is_open in (True, True, False):
                await sockets.reload("tab", LivePage, lambda answer=is_open: answer)

    asyncio.run(run())
    assert [(token, value) for token, name, value in sent if name.startswith("looks")] == [("tab", 1), ("tab", 2)]
