"""An installation of which every part can be struck: its processes, their lines, its disk and its database."""

import os
import random
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from billing.db import migrate
from tests.faults.processes import VOLDAAN, WEB, Installation, Json, eventually, free_ports
from tests.faults_harness import postgres
from tests.faults_harness.disks import Disk, LimitedFiles, SmallDisk, may_mount
from tests.faults_harness.lines import Network
from tests.faults_harness.postgres import PostgreSQL
from tools.redis import redis_server

PROCESSES = ("sandbox", "web", "worker", "worker-2")
RUN, DATABASE, REDIS = "run", "database", "redis"
# Several web processes share the states of open pages in Redis.
WEB_PROCESSES = "2"
SQLITE_MEGABYTES, POSTGRESQL_MEGABYTES = 24, 280
CONTROL_SECONDS = 120
ASK_SECONDS = 5


class Behind(Installation):
    """Processes that reach each other only over lines. What the observer does goes past them, and waits for a sandbox
    that is dead.

    whole: whether the web process serves the pages too, which were built before. redis_port: where the line to Redis
    begins; 0 for none.
    """

    def __init__(self, folder: Path, database_url: str, network: Network, *, whole: bool, redis_port: int) -> None:
        shared = {"redis_url": f"redis://127.0.0.1:{redis_port}", "web_processes": WEB_PROCESSES} if redis_port else {}
        # The bookkeeping has a storm of its own.
        super().__init__(folder, database_url, demo_clock=str(folder / "demo.clock"), books_url="", **shared)
        self._whole, self._folder = whole, folder
        begins = {
            name: int(self.environment[f"VOLDAAN_{setting}"])
            for name, setting in (("web", "PORT"), ("gateway", "SANDBOX_PORT"), ("mail", "SANDBOX_SMTP_PORT"))
        } | ({REDIS: redis_port} if redis_port else {})
        self._listens = {name: str(port) for name, port in zip(begins, free_ports(len(begins)), strict=True)}
        for name, begin in begins.items():
            network.lay(name, begin, int(self._listens[name]))
        self._inside = f"http://127.0.0.1:{self._listens['gateway']}"
        self._observer = httpx.Client(timeout=ASK_SECONDS, trust_env=False)

    def command(self, name: str) -> list[str | Path]:
        if name == RUN:
            return [sys.executable, "-m", "tests.faults.running", "invoices", "run", "--force", "--json"]
        if name == "web":
            return [*VOLDAAN, "serve"] if self._whole else [sys.executable, *WEB, "--port", self._listens["web"]]
        if name == REDIS:
            listens = self._listens[REDIS]
            return ["redis-server", "--port", listens, "--save", "", "--appendonly", "no", "--dir", self._folder]
        if name == "sandbox":
            return [
                sys.executable,
                "-m",
                "tests.faults_harness.outside",
                self._listens["gateway"],
                self._listens["mail"],
            ]
        return super().command(name)

    def environment_of(self, name: str) -> dict[str, str]:
        if name != "web":
            return self.environment
        return self.environment | {"VOLDAAN_PORT": self._listens["web"], "VOLDAAN_PUBLIC_URL": self.url}

    def is_up(self, name: str) -> bool:
        if name != REDIS:
            return super().is_up(name)
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", int(self._listens[REDIS]))) == 0

    def control(self, path: str, **data: Any) -> Json:
        """Work a switch of the control room; one that stood so already is as good."""
        answer = self._patiently(partial(self._observer.post, f"{self._inside}/control/{path}", json=data))
        assert answer.status_code in {200, 409}, answer.text
        said: Json = self.parsed(answer)
        return said

    def try_control(self, path: str, **data: Any) -> bool:
        """Work a switch of the control room, if anybody is there."""
        try:
            return self._observer.post(f"{self._inside}/control/{path}", json=data).status_code == 200
        except httpx.TransportError:
            return False

    def sandbox(self, path: str, **query: str | int) -> Any:
        answer = self._patiently(partial(self._observer.get, f"{self._inside}/{path}", params=query))
        assert answer.status_code == 200, answer.text
        return self.parsed(answer)

    def _patiently(self, ask: partial[httpx.Response]) -> httpx.Response:
        def answer() -> httpx.Response | None:
            try:
                return ask()
            except httpx.TransportError:
                return None

        found: httpx.Response = eventually(answer, seconds=CONTROL_SECONDS)
        return found


@dataclass
class Scene:
    """server: None on SQLite. processes: those that have to run."""

    installation: Behind
    network: Network
    disk: Disk | None
    server: PostgreSQL | None
    folder: Path
    processes: Sequence[str]

    @property
    def clock_file(self) -> Path:
        return self.folder / "demo.clock"

    @property
    def sqlite_file(self) -> Path:
        return self.folder / "disk" / "voldaan.sqlite"

    def has_ended(self, name: str) -> bool:
        """Whether a process, or the database's server, runs no more."""
        if name != DATABASE:
            return self.installation.has_ended(name)
        return self.server is not None and self.server.has_ended()

    def freeze(self, name: str, number: signal.Signals) -> None:
        """Send a process, and those of its own, a signal to stop or go on."""
        os.killpg(self.installation.pid(name), number)


@contextmanager
def scene(folder: Path, engine: str, chance: random.Random, *, whole: bool) -> Iterator[Scene]:
    """A migrated database and nothing running yet. engine: "sqlite" or "postgresql". whole: with the pages too, and
    on PostgreSQL with several web processes where there is a Redis on this machine."""
    with ExitStack() as stack:
        network = stack.enter_context(Network(chance))
        if engine == "sqlite":
            disk = _disk(stack, folder / "disk", SQLITE_MEGABYTES, os.geteuid())
            url, server, outside = f"sqlite:///{folder / 'disk' / 'voldaan.sqlite'}", None, ""
        else:
            disk, server, url, outside = _postgresql(stack, network)
        migrate(url)
        (redis_port,) = free_ports(1) if whole and server and redis_server() else (0,)
        installation = stack.enter_context(Behind(folder, url, network, whole=whole, redis_port=redis_port))
        if outside:
            installation.environment["VOLDAAN_DATABASE_URL"] = outside
        if disk is None and server is None:
            disk = stack.enter_context(LimitedFiles(folder / "disk", installation.pids))
        processes = (REDIS, *PROCESSES) if redis_port else PROCESSES
        yield Scene(installation, network, disk, server, folder, processes)


def _postgresql(stack: ExitStack, network: Network) -> tuple[Disk | None, PostgreSQL, str, str]:
    """The disk, the server, and its address for the observer and over the line."""
    line, side = free_ports(2)
    lines = tuple(network.lay(name, port, port) for name, port in (("database", line), ("observer", side)))
    # Not in the folder of the scene, which the server's account may not enter.
    home = Path(tempfile.mkdtemp(prefix="voldaan-faults-pg-"))
    stack.callback(shutil.rmtree, home, ignore_errors=True)
    server = PostgreSQL(home, lines)
    disk = _disk(stack, server.data, POSTGRESQL_MEGABYTES, postgres.owner())
    stack.enter_context(server)
    server.start()
    server.create()
    return disk, server, postgres.url_on(side), postgres.url_on(line)


def _disk(stack: ExitStack, folder: Path, megabytes: int, owner: int) -> Disk | None:
    folder.mkdir(parents=True, exist_ok=True)
    if not may_mount():
        return None
    try:
        return stack.enter_context(SmallDisk(folder, megabytes, owner))
    except PermissionError:
        return None


def kinds(scene: Scene) -> dict[str, Sequence[str]]:
    """What can be struck here."""
    lines = [name for name in scene.network.lines if name != "observer"]
    found: dict[str, Sequence[str]] = {
        "kill": [*scene.processes, RUN, *([DATABASE] if scene.server else [])],
        "freeze": scene.processes,
        **{f"line {weather}": lines for weather in ("cut", "silent", "late", "lossy")},
        "clock": ["2m", "15m", "70m", "stands still"],
        "messages": ["drop", "fail", "double", "delay", "hold"],
        "outage": ["503", "hang_after"],
        "mail server": ["says later"],
    }
    if scene.disk:
        found["disk"] = ["full"]
    if not scene.server:
        found["database"] = ["taken by another writer"]
    return found
