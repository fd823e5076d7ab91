"""The real processes of an installation as children of a test: started, killed without warning, started again."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from billing import assembly, config

ROOT = Path(__file__).parents[2]
VOLDAAN = (sys.executable, "-m", "billing.cli")
# Plain routes under a plain server: the same code as in the dashboard, without the pages that need a build first.
WEB = ["-m", "uvicorn", "dashboard.web.app:web", "--host", "127.0.0.1", "--lifespan", "off", "--no-access-log"]
# A computer that is busy with other tests takes its time.
START_SECONDS = 60
STOP_SECONDS = 30
COMMAND_SECONDS = 90

Json = dict[str, Any]


@dataclass
class Child:
    """A process of ours, and where its output goes."""

    process: subprocess.Popen[bytes]
    log: Path


class Installation:
    """Sandbox, web and workers on ports of their own. Leaving the `with` block kills what still runs.

    Processes go by name: "sandbox", "web", "worker", and "worker-2" and so on for more of a kind. settings: further
    ones, as billing.config knows them.
    """

    def __init__(self, folder: Path, database_url: str, **settings: str) -> None:
        self._folder = folder
        self._children: dict[str, Child] = {}
        self._starts = 0
        self.port, sandbox_port, smtp_port = free_ports(3)
        self.url, self.sandbox_url = f"http://localhost:{self.port}", f"http://localhost:{sandbox_port}"
        values = {
            "demo": True, "database_url": database_url, "port": self.port, "sandbox_port": sandbox_port,
            "sandbox_smtp_port": smtp_port, "sandbox_state": str(folder / "sandbox.json"), **settings,
        }  # fmt: skip
        self.environment = _environment(values)
        self.billing = assembly.build(config.load(**values))
        self.http = httpx.Client(timeout=30, trust_env=False, follow_redirects=False)

    def start(self, *names: str) -> None:
        """Start processes; use `wait_until_up` to know when they work."""
        for name in names:
            self._starts += 1
            log = self._folder / f"{self._starts:03d}-{name}.log"
            with log.open("wb") as output:
                process = subprocess.Popen(
                    self.command(name), cwd=ROOT, env=self.environment_of(name), stdin=subprocess.DEVNULL,
                    stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
                )  # fmt: skip
            self._children[name] = Child(process, log)

    def wait_until_up(self, *names: str) -> None:
        """Wait until processes that were started do their work."""
        for name in names:
            eventually(partial(self.is_up, name), seconds=START_SECONDS, otherwise=lambda: self.last_words)

    def kill(self, name: str) -> None:
        """End a process as a power cut would: it gets no moment to finish anything."""
        process = self._children[name].process
        if process.poll() is None:
            # A web server has processes of its own.
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=STOP_SECONDS)

    def stop(self, name: str) -> int:
        """Ask a process to end; returns its exit code."""
        process = self._children[name].process
        process.send_signal(signal.SIGTERM)
        return process.wait(timeout=STOP_SECONDS)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a `voldaan` command to its end."""
        return subprocess.run(
            [*VOLDAAN, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True,
            timeout=COMMAND_SECONDS, check=False,
        )  # fmt: skip

    def control(self, path: str, **data: Any) -> Json:
        """Work a switch of the sandbox's control room."""
        answer = self.http.post(f"{self.sandbox_url}/control/{path}", json=data)
        assert answer.status_code == 200, answer.text
        return self.parsed(answer)

    def sandbox(self, path: str, **query: str | int) -> Any:
        """What the sandbox says under an address; its amounts are exact."""
        answer = self.http.get(f"{self.sandbox_url}/{path}", params=query)
        assert answer.status_code == 200, answer.text
        return self.parsed(answer)

    def mails_arrived(self) -> int:
        """How many mails are in the sandbox's mailbox; much cheaper than looking at them."""
        return int(self.sandbox("control/state")["mails"])

    @staticmethod
    def parsed(answer: httpx.Response) -> Any:
        """What an answer says; its amounts are exact."""
        return json.loads(answer.text, parse_float=Decimal)

    def pid(self, name: str) -> int:
        """The id of a process, which leads a session of its own."""
        return self._children[name].process.pid

    def pids(self) -> list[int]:
        """The ids of those that run."""
        return [child.process.pid for child in self._children.values() if child.process.poll() is None]

    def has_ended(self, name: str) -> bool:
        """Whether a process that was started runs no more."""
        return self._children[name].process.poll() is not None

    @property
    def last_words(self) -> str:
        """The end of every log, for a message about what went wrong."""
        logs = [child.log for child in self._children.values()]
        return "\n".join(f"{log.name}:\n{log.read_text(errors='replace')[-2000:]}" for log in logs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in self._children:
            self.kill(name)
        self.http.close()
        self.billing.database.dispose()

    def environment_of(self, name: str) -> dict[str, str]:
        """What a process is told."""
        return self.environment

    def command(self, name: str) -> list[str | Path]:
        """What a process is started with."""
        kind = name.partition("-")[0]
        if kind == "web":
            return [sys.executable, *WEB, "--port", str(self.port)]
        return [*VOLDAAN, kind]

    def is_up(self, name: str) -> bool:
        """Whether a process that was started does its work."""
        child = self._children[name]
        assert child.process.poll() is None, f"{name} ended by itself:\n{self.last_words}"
        if name.startswith("worker"):
            return b"lane money starts" in child.log.read_bytes()
        address = f"{self.url}/health/live" if name == "web" else f"{self.sandbox_url}/control/state"
        try:
            return self.http.get(address).status_code == 200
        except httpx.TransportError:
            return False


def eventually(
    question: Callable[[], Any], *, seconds: float, pause: float = 0.1,
    otherwise: Callable[[], object] = lambda: "it did not happen in time",
) -> Any:  # fmt: skip
    """The first answer that is something, asked again until then; fails with `otherwise` when none comes in time."""
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < deadline, otherwise()
        time.sleep(pause)
    return answer


def _environment(values: Mapping[str, object]) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("VOLDAAN_")}
    own = {f"VOLDAAN_{name.upper()}": "1" if value is True else str(value) for name, value in values.items()}
    return inherited | own | {"PYTHONUNBUFFERED": "1"}


def free_ports(count: int) -> list[int]:
    """Ports below those that systems hand out by themselves: nobody takes one while its owner lies dead."""
    found: list[int] = []
    while len(found) < count:
        port = random.randrange(15_000, 32_000)
        with socket.socket() as probe:
            if port not in found and probe.connect_ex(("127.0.0.1", port)) != 0:
                found.append(port)
    return found
