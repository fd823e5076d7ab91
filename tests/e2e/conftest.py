"""The whole demo on free ports and with data of its own, and a Chromium to look at it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from billing.demo import doing
from tests.e2e.browsers import PATIENCE_MS, NewPage, visits
from tests.e2e.raw_socket import rows
from tests.e2e.stack import ROOT, Demo, eventually, get
from tools.demo import Options
from tools.system import chromium

# The pages are built first when their sources changed since the last build.
START_SECONDS = 300
STOP_SECONDS = 30
# Longer than the worker ever waits before it does what is due, but for its calendar.
QUIET_SECONDS = 8
CHROMIUM = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Web, worker and sandbox as `make demo` starts them, once for the whole run."""
    with _running(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


@pytest.fixture(scope="module")
def demo(stack: Demo) -> Demo:
    """The running demo as it was seeded, on the day of today: what one module did is not there in the next."""
    stack.reset()
    return stack


@pytest.fixture(scope="module")
def quiet(demo: Demo) -> Demo:
    """The same, in which nobody does anything but what the tests do: all that was due has happened."""
    doing.let_pass(demo.billing, timedelta(seconds=1))
    seen, since = rows(demo), time.monotonic()

    def is_quiet() -> bool:
        nonlocal seen, since
        if (now := rows(demo)) != seen:
            seen, since = now, time.monotonic()
        return time.monotonic() - since > QUIET_SECONDS

    eventually(is_quiet, seconds=START_SECONDS)
    return demo


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def new_page(demo: Demo, chrome: Browser) -> Iterator[NewPage]:
    """Opens pages as `visits` does, for one test."""
    with visits(demo, chrome) as opened:
        yield opened


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """One page, not logged in."""
    return new_page()


@contextmanager
def _running(folder: Path) -> Iterator[Demo]:
    options = Options(port=_free_port(), sandbox_port=_free_sandbox_port(), data=folder, reset=False)
    settings = {"PORT": str(options.port), "SANDBOX_PORT": str(options.sandbox_port), "DATA": str(folder)}
    running = Demo(options)
    with running.log.open("w+") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.demo"], cwd=ROOT, env=os.environ | settings, stdout=log,
            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _wait_until_ready(process, f"{running.url}/health/ready", running.log)
            yield running
            running.billing.database.dispose()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=STOP_SECONDS)


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if get(url).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    pytest.fail(f"the demo did not start; its last lines:\n{log.read_text()[-4000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _free_sandbox_port() -> int:
    """A port that is free together with the one of the sandbox's mail server, 25 further on."""
    while True:
        port = _free_port()
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port + 25))
            except (OSError, OverflowError):
                continue
            return port
