"""A PostgreSQL server that crashes on demand and comes back with its data."""

import os
import pwd
import signal
import socket
import subprocess
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

import psycopg

from tests.faults_harness.lines import Line
from tools.postgres import kept_server

DATABASE = "voldaan"
# A process that is killed leaves what it wrote to the machine, so nothing waits for the disk; but every commit is
# written before it is answered. The log of changes stays small, for a small disk.
SETTINGS = ("fsync=off", "max_connections=200", "max_wal_size=48MB", "min_wal_size=32MB")


class PostgreSQL:
    """The server of one harness. lines: those that lead to it, wherever it listens after a crash."""

    def __init__(self, home: Path, lines: tuple[Line, ...]) -> None:
        self._home, self._lines = home, lines
        self._running = ExitStack()
        self._socket = ""

    @property
    def data(self) -> Path:
        return self._home / "data"

    @property
    def _address(self) -> Path:
        return Path(self._socket) / ".s.PGSQL.5432"

    def start(self) -> None:
        """Start it, or start it again after a crash, with what was committed. Raises RuntimeError when it can't."""
        self._running.close()
        url = self._running.enter_context(kept_server(self._home, settings=SETTINGS))
        (self._socket,) = parse_qs(urlsplit(url).query)["host"]
        for line in self._lines:
            line.target = self._address

    def create(self) -> None:
        """Make the empty database."""
        with psycopg.connect(f"postgresql://postgres@/postgres?host={self._socket}", autocommit=True) as server:
            server.execute(f"CREATE DATABASE {DATABASE}")

    def crash(self) -> None:
        """End it at once: every backend stops where it is, and nothing is tidied up."""
        pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGQUIT)
        self._close()

    def has_ended(self) -> bool:
        """Whether nobody is there, not even one who still recovers from a crash."""
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(1)
            try:
                probe.connect(str(self._address))
            except (ConnectionRefusedError, FileNotFoundError):
                return True
            except TimeoutError:
                return False
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        with suppress(subprocess.TimeoutExpired):
            self._running.close()


def owner() -> int:
    """The account that its files belong to: it refuses to be root."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid()


def url_on(port: int) -> str:
    """The database at the begin of a line."""
    return f"postgresql://postgres@127.0.0.1:{port}/{DATABASE}"
