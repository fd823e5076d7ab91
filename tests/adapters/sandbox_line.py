"""The adapter on one side and the sandbox on the other, over real HTTP, with a trap for the pushes."""

from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread
from typing import Any

import httpx

from billing.adapters.buckaroo import BuckarooGateway, BuckarooPushReader, BuckarooSettings
from billing.ports import Push, PushNotice
from billing.sandbox import RunningSandbox
from tests.adapters.buckaroo_wire import payment_order

PUSH_SECONDS = 15


@dataclass
class PushTrap:
    """A web server that keeps the pushes it gets, as they came."""

    pushes: Queue[Push] = field(default_factory=Queue)

    def __post_init__(self) -> None:
        trap = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                trap.pushes.put(Push(
                    method="POST", path=self.path, content_type=self.headers.get("Content-Type", ""),
                    authorization=self.headers.get("Authorization", ""),
                    body=self.rfile.read(int(self.headers["Content-Length"])),
                ))  # fmt: skip
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()


class Impatient(httpx.HTTPTransport):
    """A network that waits for an answer half a second only."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.extensions["timeout"]["read"] = 0.5
        return super().handle_request(request)


@dataclass(frozen=True)
class Line:
    """The adapter on one side, the sandbox on the other."""

    settings: BuckarooSettings
    gateway: BuckarooGateway
    reader: BuckarooPushReader
    trap: PushTrap
    sandbox_url: str

    def order(self, **changes: Any) -> Any:
        return payment_order(push_url=f"{self.trap.url}/hooks/buckaroo", **changes)

    def start(self, **changes: Any) -> str:
        return self.gateway.start(self.order(**changes)).key

    def control(self, path: str, **data: Any) -> dict[str, Any]:
        answer = httpx.post(f"{self.sandbox_url}/control/{path}", json=data, timeout=10, trust_env=False)
        assert answer.status_code == 200, answer.text
        read: dict[str, Any] = answer.json()
        return read

    def pay(self, key: str) -> None:
        self.control(f"transactions/{key}/outcome", outcome="success")

    def next_notice(self) -> PushNotice:
        return self.reader.read(self.trap.pushes.get(timeout=PUSH_SECONDS))

    def close(self) -> None:
        self.gateway.close()
        self.trap.server.shutdown()
        self.trap.server.server_close()


def connect(sandbox: RunningSandbox) -> Line:
    """A fresh line to an emptied sandbox."""
    trap = PushTrap()
    settings = BuckarooSettings(
        website_key=sandbox.settings.website_key,
        secret=sandbox.settings.secret,
        base_url=sandbox.url,
        redirect_hosts=frozenset({sandbox.url}),
        push_base_url=trap.url,
        require_signed_answers=True,
    )
    line = Line(settings, BuckarooGateway(settings), BuckarooPushReader(settings), trap, sandbox.url)
    line.control("reset")
    return line
