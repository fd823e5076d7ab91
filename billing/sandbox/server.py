"""Starts and stops a sandbox: HTTP and SMTP, each in a thread of its own."""

import logging
import signal
import threading
import time
from types import FrameType, TracebackType
from typing import Self

import uvicorn

from billing.sandbox.app import make_app
from billing.sandbox.mailbox import MailServer
from billing.sandbox.settings import SandboxSettings
from billing.sandbox.sockets import listening
from billing.sandbox.world import World

STARTUP_SECONDS = 15.0

log = logging.getLogger(__name__)


class RunningSandbox:
    """A sandbox in background threads: started by making it, stopped by `stop()` or by leaving a `with` block.

    http_port, smtp_port: the real ports. url: scheme and host under which it signs. world: its inside, for tests.
    Raises OSError when a port is taken.
    """

    def __init__(self, settings: SandboxSettings) -> None:
        self.settings = settings
        self._socket = listening(settings.host, settings.port)
        try:
            mail_socket = listening(settings.smtp_host, settings.smtp_port)
        except OSError:
            self._socket.close()
            raise
        self.http_port: int = self._socket.getsockname()[1]
        self.url = self._public_url()
        self.world = World(settings, self.url)
        self._mail = MailServer(self.world.mailbox, mail_socket)
        self.smtp_port: int = mail_socket.getsockname()[1]
        config = uvicorn.Config(
            make_app(self.world), log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="sandbox-http", daemon=True
        )
        self._stopped = False
        self._start()

    def stop(self) -> None:
        """Stop everything, and keep the state where a file was given. Harmless the second time."""
        if self._stopped:
            return
        self._stopped = True
        self._server.should_exit = True
        self._thread.join(timeout=10)
        self._mail.stop()
        self.world.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _public_url(self) -> str:
        given = self.settings.public_url.rstrip("/")
        return given if given and self.settings.port else f"http://{self.settings.host}:{self.http_port}"

    def _start(self) -> None:
        self.world.start()
        self._mail.start()
        self._thread.start()
        deadline = time.monotonic() + STARTUP_SECONDS
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise OSError("the sandbox did not come up")
            time.sleep(0.01)


def serve(settings: SandboxSettings) -> None:
    """Run a sandbox until SIGTERM or SIGINT. For the main thread of a process."""
    asked = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        asked.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        with RunningSandbox(settings) as running:
            log.info("sandbox on %s, SMTP on port %s", running.url, running.smtp_port)
            while not asked.wait(timeout=1.0):
                pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
