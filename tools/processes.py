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
    part: str
    name: str
    process: subprocess.Popen[str]
    last_lines: deque[str] = field(default_factory=lambda: deque(maxlen=_KEPT_LINES))
    reader: threading.Thread | None = None
    is_missed: bool = False

    def read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.last_lines.append(line.rstrip())
            self.say(line.rstrip())

    def say(self, line: str) -> None:
        with _print_lock:
            print(f"{self.name:<8}| {line}", flush=True)

    def miss(self) -> None:
        """Tell once that this one has ended."""
        if not self.is_missed:
            self.is_missed = True
            self.say(f"stopped with exit code {self.process.poll()}; the others go on")

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

    def start(self, part: str, command: Sequence[str | Path], *, count: int = 1) -> None:
        """Start a part of the whole, as one process or as several that can do without each other."""
        for number in range(1, count + 1):
            self._start(part, f"{part} {number}" if count > 1 else part, command)

    def require_running(self) -> None:
        """Raises Stopped when the last process of a part has ended."""
        ended = [member for member in self._members if member.process.poll() is not None]
        going_on = {member.part for member in self._members if member not in ended}
        for member in sorted(ended, key=lambda member: member.is_missed):
            if member.part not in going_on:
                raise Stopped(_last_words(member))
            member.miss()

    def _start(self, part: str, name: str, command: Sequence[str | Path]) -> None:
        process = subprocess.Popen(
            command,
            env=self._environment,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            # Ctrl-C at the terminal reaches only us, and we stop them in order.
            start_new_session=True,
        )
        member = _Member(part, name, process)
        member.reader = threading.Thread(target=member.read, daemon=True)
        member.reader.start()
        self._members.append(member)

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


def _last_words(member: _Member) -> str:
    if member.reader:
        member.reader.join(timeout=1)
    lines = "\n".join(f"    {line}" for line in member.last_lines) or "    (it printed nothing)"
    code = member.process.poll()
    return f"The {member.name} process stopped with exit code {code}. Its last lines:\n{lines}"
