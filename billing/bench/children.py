"""Other processes: the servers and workers under test, and teams that start together on a word."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import billing
from billing.bench import wire
from billing.bench.figures import Lap

ROOT = Path(billing.__file__).parents[1]
START_SECONDS = 60
STOP_SECONDS = 15


class Ended(Exception):
    """A child that should have kept running has ended, or did not come up; the message holds its last words."""


@contextmanager
def child(
    settings: dict[str, str],
    *command: str,
    log: Path,
    ready: str = "",
    seconds: float = START_SECONDS,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[subprocess.Popen[str]]:
    """A Python process, `python` + command, stopped at the end. ready: address to wait for. Raises Ended."""
    # The program `env` adds the settings to the environment, of which only billing.config may know.
    words = [f"VOLDAAN_{name.upper()}={value}" for name, value in settings.items()]
    words += [f"{name}={value}" for name, value in environment.items()]
    with log.open("w") as output:
        process = subprocess.Popen(
            ["env", *words, sys.executable, *command], cwd=ROOT, text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if not ready else output, stderr=output,
        )  # fmt: skip
    try:
        if ready:
            _wait_until_ready(process, ready, log, seconds)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in filter(None, (process.stdin, process.stdout)):
            pipe.close()


@contextmanager
def server(app: str, settings: dict[str, str], folder: Path) -> Iterator[wire.Address]:
    """One of the apps of `dashboard.bench` in a web server like production's."""
    port = int(settings["port"])
    address = wire.Address(port)
    command = ("-m", "dashboard.bench", app, str(port))
    with child(settings, *command, log=folder / f"{app}.log", ready=f"http://127.0.0.1:{port}/cpu"):
        yield address


@contextmanager
def sandbox(settings: dict[str, str], folder: Path) -> Iterator[wire.Address]:
    """The outside world, as `voldaan sandbox` runs it."""
    port = int(settings["sandbox_port"])
    ready = f"http://127.0.0.1:{port}/control/state"
    with child(settings, "-m", "billing.cli", "sandbox", log=folder / "sandbox.log", ready=ready):
        yield wire.Address(port)


def team(commands: Sequence[Sequence[str]], settings: dict[str, str], folder: Path) -> Lap:
    """Let processes of `billing.bench.laps` get ready, start them at one moment, and wait for the last.

    The lap adds up what they did and the CPU they took. Raises Ended.
    """
    with ExitStack() as stack:
        members = []
        for number, command in enumerate(commands):
            log = folder / f"member-{number}.log"
            members.append((stack.enter_context(child(settings, "-m", "billing.bench.laps", *command, log=log)), log))
        for process, log in members:
            _answer(process, log)
        start = time.perf_counter()
        for process, _ in members:
            _say(process, "go")
        answers = [_answer(process, log) for process, log in members]
        seconds = time.perf_counter() - start
    return Lap(sum(answer["n"] for answer in answers), seconds, sum(answer["cpu"] for answer in answers))


def free_port(*also: int) -> int:
    """A port where nobody listens, nor at these distances from it."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if all(_is_free(port + distance) for distance in also):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True


def _say(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdin is not None
    print(word, file=process.stdin, flush=True)


def _answer(process: subprocess.Popen[str], log: Path) -> dict[str, Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise Ended(_last_words(log))
    answer: dict[str, Any] = json.loads(line)
    return answer


def _wait_until_ready(process: subprocess.Popen[str], url: str, log: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not wire.answers(url):
        if process.poll() is not None or time.monotonic() > deadline:
            raise Ended(f"{url} did not answer.\n{_last_words(log)}")
        time.sleep(0.05)


def _last_words(log: Path) -> str:
    return log.read_text(errors="replace")[-4000:]
