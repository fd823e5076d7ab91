"""A few processes that live and die together, their output in one stream with a name before each line."""

import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

STOP_SECONDS = 15
_KEPT_LINES = 15
_print_lock = threading.Lock()


class Stopped(Exception):
    """A process that should have kept running has ended; the message says which, and its last lines."""


@dataclass
class _Member:
    name: str
    process: subprocess.Popen[str]
    last_lines: deque[str] = field(default_factory=lambda: deque(maxlen=_KEPT_LINES))
    reader: threading.Thread | None = None

    def read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.last_lines.append(line.rstrip())
            with _print_lock:
                print(f"{self.name:<8}| {line.rstrip()}", flush=True)

    def signal(self, signum: int) -> None:
        # The whole session: a web process has children of its own.
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signum)


class Group:
    """Processes with one environment and folder. Leaving the `with` block stops all of them."""

    def __init__(self, environment: dict[str, str], *, folder: Path) -> None:
        self._environment = environment
        self._folder = folder
        self._members: list[_Member] = []

    def start(self, name: str, command: Sequence[str | Path]) -> None:
        """Start one, in a session of its own: Ctrl-C at the terminal reaches only us, and we stop them in order."""
        process = subprocess.Popen(
            command,
            env=self._environment,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        member = _Member(name, process)
        member.reader = threading.Thread(target=member.read, daemon=True)
        member.reader.start()
        self._members.append(member)

    def require_all_running(self) -> None:
        """Raises Stopped when one has ended."""
        for member in self._members:
            code = member.process.poll()
            if code is None:
                continue
            if member.reader:
                member.reader.join(timeout=1)
            lines = "\n".join(f"    {line}" for line in member.last_lines) or "    (it printed nothing)"
            raise Stopped(f"The {member.name} process stopped with exit code {code}. Its last lines:\n{lines}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A second Ctrl-C must not leave half of them running.
        previous = {name: signal.signal(name, signal.SIG_IGN) for name in (signal.SIGINT, signal.SIGTERM)}
        for member in reversed(self._members):
            if member.process.poll() is None:
                member.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for member in self._members:
            with suppress(subprocess.TimeoutExpired):
                member.process.wait(timeout=max(0.1, deadline - time.monotonic()))
            member.signal(signal.SIGKILL)
        for name, handler in previous.items():
            signal.signal(name, handler)
