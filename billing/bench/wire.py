"""The client of all HTTP benchmarks: requests are made beforehand and sockets kept open, so that it costs little."""

import json
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError
from urllib.request import ProxyHandler, Request, build_opener

from billing.bench.figures import Lap

# A proxy that is set for the outside world knows nothing of this machine.
_OPENER = build_opener(ProxyHandler({}))
SECONDS = 30


@dataclass(frozen=True)
class Address:
    """A server on this machine."""

    port: int

    def get(self, path: str) -> Any:
        """The JSON at a path."""
        with _OPENER.open(f"http://127.0.0.1:{self.port}{path}", timeout=SECONDS) as answer:
            return json.load(answer)

    def post(self, path: str, content: object) -> Any:
        """What a JSON POST is answered with."""
        headers = {"Content-Type": "application/json"}
        request = Request(f"http://127.0.0.1:{self.port}{path}", json.dumps(content).encode(), headers)
        with _OPENER.open(request, timeout=SECONDS) as answer:
            return json.load(answer)

    def cpu_seconds(self) -> float:
        """CPU time of the server process so far."""
        return float(self.get("/cpu"))


def answers(url: str) -> bool:
    """Whether an address says 200."""
    try:
        with _OPENER.open(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def request(method: str, path: str, port: int, headers: dict[str, str], body: bytes = b"") -> bytes:
    """A whole HTTP request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{port}", *(f"{k}: {v}" for k, v in headers.items())]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def storm(address: Address, requests: Sequence[bytes], *, connections: int) -> Lap:
    """Send all requests over so many connections at once; the CPU time is the server's.

    Raises RuntimeError when one is answered by anything but 200.
    """
    trouble: list[Exception] = []
    barrier = threading.Barrier(connections + 1, timeout=SECONDS)

    def send(part: Sequence[bytes]) -> None:
        with socket.create_connection(("127.0.0.1", address.port), timeout=SECONDS) as channel:
            channel.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            barrier.wait()
            try:
                for one in part:
                    _exchange(channel, one)
            except Exception as failure:
                trouble.append(failure)

    threads = [threading.Thread(target=send, args=(requests[n::connections],)) for n in range(connections)]
    for thread in threads:
        thread.start()
    cpu = address.cpu_seconds()
    barrier.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    if trouble:
        raise RuntimeError("a request went wrong") from trouble[0]
    return Lap(len(requests), seconds, address.cpu_seconds() - cpu)


def paces(address: Address, one: bytes, times: int) -> list[float]:
    """Seconds that each of so many equal requests takes, one after the other over one connection."""
    found = []
    with socket.create_connection(("127.0.0.1", address.port), timeout=SECONDS) as channel:
        channel.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(times):
            start = time.perf_counter()
            _exchange(channel, one)
            found.append(time.perf_counter() - start)
    return found


def _exchange(channel: socket.socket, content: bytes) -> None:
    channel.sendall(content)
    received = channel.recv(65536)
    while b"\r\n\r\n" not in received:
        received += _more(channel)
    head, _, body = received.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.decode("latin-1"))
    left = _length(head) - len(body)
    while left > 0:
        left -= len(_more(channel))


def _more(channel: socket.socket) -> bytes:
    part = channel.recv(65536)
    if not part:
        raise ConnectionError("the server hung up")
    return part


def _length(head: bytes) -> int:
    name = b"\r\ncontent-length:"
    start = head.lower().index(name) + len(name)
    return int(head[start:].split(b"\r\n", 1)[0])
