"""Open dashboards: each a browser tab of one customer, with a socket of its own, that looks again now and then."""

import json
import random
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

from billing.bench.sockets import PING, PONG, Socket
from dashboard.pages.overview import OverviewState
from dashboard.session import BROKEN

EVENT = f"{OverviewState.get_full_name()}.load"
STATE = OverviewState.get_full_name()
# What a browser waits for an answer at most before its customer gives up.
PATIENCE_SECONDS = 10.0
CONNECT_SECONDS = 60.0


@dataclass
class Seen:
    """What the tabs of one load saw. events: seconds from a click to what it shows. updates: (account, moment) of each
    time that a screen changed by itself. errors: what went wrong, in words."""

    events: list[float] = field(default_factory=list)
    updates: list[tuple[int, datetime]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Tab:
    """One dashboard, in a thread. every: seconds between two looks, on average."""

    def __init__(
        self, port: int, cookie: str, account: int, seen: Seen, *, every: float, chance: random.Random
    ) -> None:
        self._port, self._cookie, self._account, self._seen = port, cookie, account, seen
        self._every, self._chance = every, chance
        self._clicks = 0
        self.is_open, self._over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._live, name=f"tab-{account}", daemon=True)
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        """Whether it is open, or being opened."""
        return self._thread.is_alive()

    def close(self) -> None:
        """Ask it to close."""
        self._over.set()

    def join(self) -> None:
        """Wait until it is closed."""
        self._thread.join(timeout=CONNECT_SECONDS)

    def _live(self) -> None:
        path = f"/_event/?EIO=4&transport=websocket&token={uuid4()}"
        try:
            with Socket(self._port, path, cookie=self._cookie) as socket:
                socket.receive()
                socket.send("40/_event,")
                socket.receive_until(lambda text: text.startswith("40/_event"))
                self._look(socket, counts=False)
                self.is_open.set()
                while not self._over.is_set():
                    self._wait(socket, self._chance.uniform(0, 2 * self._every))
                    self._look(socket)
        except (OSError, RuntimeError) as broken:
            if not self._over.is_set():
                self._seen.errors.append(f"account {self._account}: {broken!r}")

    def _look(self, socket: Socket, *, counts: bool = True) -> None:
        """Load the page, as the script of the browser does, and wait until it is there."""
        self._clicks += 1
        mark = f"mark={self._clicks}."
        route = {"pathname": "/", "asPath": f"/?{mark}", "query": {}}
        began = time.perf_counter()
        socket.send(f"42/_event,{json.dumps(['event', {'name': EVENT, 'payload': {}, 'router_data': route}])}")
        patience = PATIENCE_SECONDS if counts else CONNECT_SECONDS
        while (left := began + patience - time.perf_counter()) > 0:
            text = self._hear(socket, left)
            if mark in text and STATE in text:
                if counts:
                    self._seen.events.append(time.perf_counter() - began)
                if f'"{BROKEN}"' in text:
                    self._seen.errors.append(f"account {self._account}: the page could not be shown")
                return
        self._seen.errors.append(f"account {self._account}: no answer in {patience:g} seconds")

    def _wait(self, socket: Socket, seconds: float) -> None:
        """Be looked at, and change when something happened."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not self._over.is_set():
            self._hear(socket, min(left, 1.0))

    def _hear(self, socket: Socket, seconds: float) -> str:
        text = socket.receive_within(seconds)
        if text == PING:
            socket.send(PONG)
        elif STATE in text:
            self._seen.updates.append((self._account, datetime.now(UTC)))
        return text
