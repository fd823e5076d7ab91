"""A plain websocket client: one text out, one text in, without threads of its own."""

import socket
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, Ping, RejectConnection, Request, TextMessage

from billing.bench.figures import Lap

SECONDS = 30
PING, PONG = "2", "3"


class Socket:
    """A connection to a server on this machine. origin: what the page claims to be from, the server when empty."""

    def __init__(self, port: int, path: str, *, cookie: str = "", origin: str = "") -> None:
        self._channel = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
        self._channel.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._protocol = WSConnection(ConnectionType.CLIENT)
        self._texts: list[str] = []
        self._part = ""
        self._is_open = False
        own = f"http://localhost:{port}"
        headers = [(b"Origin", (origin or own).encode()), (b"Cookie", cookie.encode())]
        request = Request(host=f"localhost:{port}", target=path, extra_headers=headers)
        self._channel.sendall(self._protocol.send(request))
        while not self._is_open:
            self._read()

    def send(self, text: str) -> None:
        """Send one text."""
        self._channel.sendall(self._protocol.send(TextMessage(data=text)))

    def receive(self) -> str:
        """The next text."""
        while not self._texts:
            self._read()
        return self._texts.pop(0)

    def receive_within(self, seconds: float) -> str:
        """The next text, or an empty one when none comes in time."""
        deadline = time.monotonic() + seconds
        try:
            while not self._texts and (left := deadline - time.monotonic()) > 0:
                self._channel.settimeout(left)
                self._read()
        except TimeoutError:
            return ""
        finally:
            self._channel.settimeout(SECONDS)
        return self._texts.pop(0) if self._texts else ""

    def receive_until(self, is_it: Callable[[str], bool]) -> str:
        """The next text of a kind, keeping a Socket.IO connection alive meanwhile."""
        while not is_it(text := self.receive()):
            if text == PING:
                self.send(PONG)
        return text

    def lap(self, action: Callable[[], None], n: int, *, warm_up: int, cpu_seconds: Callable[[], float]) -> Lap:
        """Time an action over this socket; cpu_seconds: asks the server for its own."""
        for _ in range(warm_up):
            action()
        cpu, start = cpu_seconds(), time.perf_counter()
        for _ in range(n):
            action()
        seconds = time.perf_counter() - start
        return Lap(n, seconds, cpu_seconds() - cpu)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._channel.close()

    def _read(self) -> None:
        data = self._channel.recv(65536)
        if not data:
            raise ConnectionError("the server hung up")
        self._protocol.receive_data(data)
        for event in self._protocol.events():
            if isinstance(event, AcceptConnection):
                self._is_open = True
            elif isinstance(event, RejectConnection):
                raise ConnectionError(f"refused with status {event.status_code}")
            elif isinstance(event, Ping):
                self._channel.sendall(self._protocol.send(event.response()))
            elif isinstance(event, TextMessage):
                self._part += event.data
                if event.message_finished:
                    self._texts.append(self._part)
                    self._part = ""
