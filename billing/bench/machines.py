"""P12: a machine asks for a customer's invoices over the API, beside a bare handler that looks up its key and 25 rows.

What the slowest hundredth of the requests takes is told beside the figures.
"""

from collections.abc import Iterator
from functools import partial

from rich.console import Console

from billing.access import SYSTEM, Actor, Scope
from billing.accounts import service as accounts
from billing.api import keys
from billing.api.keys import AddKey
from billing.bench import wire
from billing.bench.children import free_port, server
from billing.bench.figures import Figure, Lap, beside
from billing.bench.room import Room, billing_on, settings_for
from billing.demo.bulk import seed_bulk
from billing.runtime import Billing

ROWS = 25
WARM_UP = 20
# One system of a host, and several at once.
CONNECTIONS = (1, 8)


def measure(room: Room) -> Iterator[Figure]:
    """On each engine, over one connection and over several."""
    for engine in room.engines:
        ours = settings_for(room.fresh(engine), port=free_port())
        bare = settings_for(room.empty(engine), port=free_port())
        with billing_on(ours) as billing:
            seed_bulk(billing, customers=10, invoices=40 * 10)
            token = billing.do(keys.add, _staff(billing), AddKey("bench", [Scope.INVOICES_READ.value]))
        with server("web", ours, room.folder) as web, server("bare", bare, room.folder) as floor:
            for address in (web, floor):
                wire.paces(address, _asks(address, token), WARM_UP)
            for connections in CONNECTIONS:
                name = f"bare handler with a key and {ROWS} rows by the raw driver, connections: {connections}"
                laps = (partial(_lap, room, address, token, connections) for address in (web, floor))
                yield beside("P12", engine, next(laps), name, next(laps), runs=room.sizes.runs)
            _print_slowest(engine, *(_slowest(room, address, token) for address in (web, floor)))


def _staff(billing: Billing) -> Actor:
    user_id = billing.do(
        accounts.add_user, SYSTEM, email="fien@bulk.test", name="Fien", password_hash="", staff_role="finance"
    )
    return Actor(name="Fien", user_id=user_id)


def _lap(room: Room, address: wire.Address, token: str, connections: int) -> Lap:
    return wire.storm(address, [_asks(address, token)] * room.sizes.pushes, connections=connections)


def _slowest(room: Room, address: wire.Address, token: str) -> float:
    paces = sorted(wire.paces(address, _asks(address, token), room.sizes.pushes))
    return 1000 * paces[len(paces) * 99 // 100]


def _asks(address: wire.Address, token: str) -> bytes:
    path = f"/api/v1/invoices?customer_id=1&limit={ROWS}"
    return wire.request("GET", path, address.port, {"Authorization": f"Bearer {token}"})


def _print_slowest(engine: str, ours: float, bare: float) -> None:
    Console(stderr=True).print(f"P12 {engine}: p99 {ours:.1f} ms, bare {bare:.1f} ms")
