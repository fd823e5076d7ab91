"""A whole demo in this process: the real services and worker, and a real sandbox that they reach over HTTP."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from billing import config
from billing.access import Actor
from billing.assembly import build
from billing.demo import console, restoring, scenes
from billing.demo.console import Told
from billing.demo.seed import seed_demo
from billing.ports import Push
from billing.runtime import Billing
from billing.sandbox import RunningSandbox, SandboxSettings
from billing.worker import Worker
from tests.fakes.printer import FakePrinter
from tests.fakes.pushes import receive

PATIENCE_SECONDS = 30


@dataclass(frozen=True)
class Show:
    """A demo and who shows it."""

    billing: Billing

    @property
    def presenter(self) -> Actor:
        return self.billing.ask(scenes.person, "presenter")

    def reset(self) -> float:
        """Begin anew; how many seconds that took."""
        return console.reset(self.billing, self.presenter).total_seconds()

    def told(self, story: str) -> Told:
        """How far a story is."""
        return next(told for told in self.view().told if told.story.key == story)

    def view(self) -> console.Console:
        return console.overview(self.billing, self.presenter)

    def tell(self, story: str) -> Told:
        """A story from its beginning to its end, by the presenter's clicks and by what comes of itself."""
        console.begin(self.billing, self.presenter, story)
        for place, step in enumerate(self.told(story).story.steps):
            if step.do is not None and self.told(story).at == place:
                console.go_on(self.billing, self.presenter, story)
            eventually(lambda place=place: self.told(story).at > place, step.key)  # type: ignore[misc]
        return self.told(story)


def eventually(question: Callable[[], bool], what: str) -> None:
    """Ask until it is so; fails when it takes too long."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not question():
        assert time.monotonic() < deadline, f"{what} did not happen"
        time.sleep(0.05)


@contextmanager
def show(database_url: str, folder: Path) -> Iterator[Show]:
    """A demo that was just seeded into an empty database, with its sandbox and worker."""
    port, smtp_port = _free_port(), _free_port()
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    settings = config.load(
        demo=True, database_url=database_url, sandbox_port=port, sandbox_smtp_port=smtp_port,
        public_url=f"http://localhost:{server.server_port}", demo_clock=str(folder / "demo.clock"),
    )  # fmt: skip
    billing = replace(build(settings), pdf=FakePrinter())
    server.RequestHandlerClass = _receiver(billing)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    billing.do(seed_demo, billing.policy.seller)
    restoring.keep(billing.database)
    outside = SandboxSettings(
        port=port, smtp_port=smtp_port, public_url=f"http://localhost:{port}", clock_file=settings.demo_clock,
        push_url=settings.push_url,
    )  # fmt: skip
    worker = Worker(billing)
    with RunningSandbox(outside):
        worker.start()
        try:
            yield Show(billing)
        finally:
            worker.stop()
            worker.join()
            server.shutdown()
            server.server_close()
            billing.database.dispose()


def _receiver(billing: Billing) -> type[BaseHTTPRequestHandler]:
    class Hooks(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the name is the standard library's
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/hooks/buckaroo":
                receive(billing, Push(
                    method="POST", path=self.path, content_type=self.headers.get("Content-Type", ""),
                    authorization=self.headers.get("Authorization", ""), body=body,
                ))  # fmt: skip
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Hooks


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
