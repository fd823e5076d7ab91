"""P2: a push received over HTTP, verified, stored and answered, beside an endpoint that does only the bare minimum."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from functools import partial
from uuid import uuid4

from billing import demo_settings
from billing.adapters.buckaroo.signing import authorization
from billing.bench import wire
from billing.bench.children import free_port, server
from billing.bench.figures import Figure, Lap, beside
from billing.bench.room import Room, settings_for

PATH = "/hooks/buckaroo"
# One after the other, and as when the gateway catches up after an outage.
CONNECTIONS = (1, 8)


def measure(room: Room) -> Iterator[Figure]:
    """On each engine, over one connection and over several."""
    for engine in room.engines:
        ours = settings_for(room.fresh(engine), port=free_port())
        bare = settings_for(room.empty(engine), port=free_port())
        with server("web", ours, room.folder) as web, server("bare", bare, room.folder) as floor:
            for connections in CONNECTIONS:
                yield beside(
                    "P2", engine, partial(_lap, room, web, connections),
                    f"bare signed POST, verified and inserted, connections: {connections}",
                    partial(_lap, room, floor, connections), runs=room.sizes.runs,
                )  # fmt: skip


def _lap(room: Room, address: wire.Address, connections: int) -> Lap:
    wire.storm(address, [_push(address.port) for _ in range(2 * connections)], connections=connections)
    requests = [_push(address.port) for _ in range(room.sizes.pushes)]
    return wire.storm(address, requests, connections=connections)


def _push(port: int) -> bytes:
    """A genuine push about a transaction of its own, signed for both ends: the gateway's way, and a plain digest."""
    body = json.dumps({"Transaction": {
        "Key": uuid4().hex.upper(), "Invoice": "2026-0001", "ServiceCode": "ideal", "Currency": "EUR",
        "AmountDebit": 10.25, "IsTest": True, "TransactionType": "C021", "CustomerName": "J. Demo",
        "Status": {"Code": {"Code": 190, "Description": "Success"}, "SubCode": {"Code": "S001"},
                   "DateTime": "2026-03-02T10:00:00"},
        "Services": [{"Name": "ideal", "Parameters": [{"Name": "consumerIssuer", "Value": "Demobank"}]}],
        "CustomParameters": {"List": [{"Name": "attempt", "Value": uuid4().hex}]},
    }}).encode()  # fmt: skip
    header = authorization(
        method="POST", url=f"http://localhost:{port}{PATH}", body=body, website_key=demo_settings.DEMO_WEBSITE_KEY,
        secret=demo_settings.DEMO_SECRET, nonce=uuid4().hex, timestamp=int(time.time()),
    )  # fmt: skip
    plain = hmac.new(demo_settings.DEMO_SECRET.encode(), body, hashlib.sha256).hexdigest()
    return wire.request(
        "POST", PATH, port, {"Authorization": header, "Content-Type": "application/json", "X-Digest": plain}, body
    )
