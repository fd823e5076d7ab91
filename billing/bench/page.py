"""P5: opening the dashboard: from the browser's event over its socket to the page's data, in the running web process.

The limit is the bare round trip over such a socket with the question who holds the session.
"""

import gzip
import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from rich.console import Console

from billing.bench.children import ROOT, free_port, server
from billing.bench.figures import Figure, Lap, beside
from billing.bench.open_invoices import INVOICES_EACH
from billing.bench.room import Room, billing_on, settings_for
from billing.bench.sockets import Socket
from billing.bench.wire import Address
from billing.demo.bulk import seed_bulk
from billing.demo.people import PASSWORD
from billing.logins.flows import LogIn, log_in
from billing.runtime import Billing

WARM_UP = 3


def measure(room: Room) -> Iterator[Figure]:
    """On each engine, among a tenth of the invoices of P4 and among a hundredth; then the size of the scripts."""
    for engine in room.engines:
        yield from _figures(room, engine)
    _print_size_of_scripts(ROOT / ".web" / "build" / "client")


def _figures(room: Room, engine: str) -> Iterator[Figure]:
    url = room.fresh(engine)
    settings, bare = settings_for(url, port=free_port()), settings_for(url, port=free_port())
    with billing_on(settings) as billing:
        few = room.sizes.invoices // 100
        _add(billing, few)
        token = log_in(billing, LogIn("klant-1@bulk.test", PASSWORD)).token
        with server("pages", settings, room.folder) as pages, server("bare", bare, room.folder) as floor:
            ours, limit = partial(_visits, room, pages, token), partial(_identities, room, floor, token)
            for more in (0, 9 * few):
                _add(billing, more)
                name = f"bare socket round trip with identity look-up, among {few + more:,} invoices"
                yield beside("P5", engine, ours, name, limit, runs=room.sizes.runs)
    room.drop(url)


def _add(billing: Billing, invoices: int) -> None:
    if invoices:
        seed_bulk(billing, customers=invoices // INVOICES_EACH + 1, invoices=invoices)


def _visits(room: Room, pages: Address, token: str) -> Lap:
    event = pages.get("/event")
    content = {"name": event, "payload": {}, "router_data": {"pathname": "/", "asPath": "/", "query": {}}}
    question = f"42/_event,{json.dumps(['event', content])}"
    state = event.rpartition(".")[0]
    path = "/_event/?EIO=4&transport=websocket&token=bench"
    with Socket(pages.port, path, cookie=f"voldaan_session={token}") as socket:
        socket.receive()
        socket.send("40/_event,")
        socket.receive_until(lambda text: text.startswith("40/_event"))

        def visit() -> None:
            socket.send(question)
            socket.receive_until(lambda text: state in text and '"event"' in text)

        return socket.lap(visit, room.sizes.visits, warm_up=WARM_UP, cpu_seconds=pages.cpu_seconds)


def _identities(room: Room, floor: Address, token: str) -> Lap:
    with Socket(floor.port, "/socket") as socket:

        def ask() -> None:
            socket.send(token)
            if not socket.receive():
                raise RuntimeError("the session is unknown")

        return socket.lap(ask, room.sizes.visits, warm_up=WARM_UP, cpu_seconds=floor.cpu_seconds)


def _print_size_of_scripts(client: Path) -> None:
    """What the start page loads at once, compressed; nothing when the pages have not been built."""
    start = client / "index.html"
    if not start.exists():
        return
    names = set(re.findall(r"/(assets/[^\"'?]+\.js)", start.read_text("utf-8")))
    size = sum(len(gzip.compress((client / name).read_bytes(), 6)) for name in names if (client / name).exists())
    Console(stderr=True).print(f"P5: the start page loads {size / 1024:.0f} KB of scripts, compressed (goal 350)")
