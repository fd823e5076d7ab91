"""The whole demo on free ports and with data of its own, and a Chromium to look at it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tools.system import chromium

ROOT = Path(__file__).parents[2]
PASSWORD = "voldaan-demo"
# The pages are built first when their sources changed since the last build.
START_SECONDS = 300
STOP_SECONDS = 30
PATIENCE_MS = 15_000
CHROMIUM = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync",
]  # fmt: skip


@dataclass(frozen=True)
class Demo:
    """Where the running demo is."""

    url: str
    sandbox_url: str

    def mails(self) -> list[dict[str, Any]]:
        """What arrived in the sandbox's mailbox, the newest last."""
        mails: list[dict[str, Any]] = _get(f"{self.sandbox_url}/mailbox.json").json()
        return mails


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Web, worker and sandbox as `make demo` starts them. One for the whole run: journeys choose their own invoices."""
    folder = tmp_path_factory.mktemp("demo")
    port, sandbox_port = _free_port(), _free_sandbox_port()
    settings = {"PORT": str(port), "SANDBOX_PORT": str(sandbox_port), "DATA": str(folder)}
    with (folder / "demo.log").open("w+") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.demo"], cwd=ROOT, env=os.environ | settings, stdout=log,
            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _wait_until_ready(process, f"http://localhost:{port}/health/ready", folder / "demo.log")
            yield Demo(f"http://localhost:{port}", f"http://localhost:{sandbox_port}")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=STOP_SECONDS)


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def new_page(demo: Demo, chrome: Browser) -> Iterator[Callable[[], Page]]:
    """Opens a page in a browser of its own, with no cookies; a script that fails on it fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def opened() -> Page:
        context = chrome.new_context(base_url=demo.url, locale="nl-NL", timezone_id="Europe/Amsterdam")
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(new_page: Callable[[], Page]) -> Page:
    """One page, not logged in."""
    return new_page()


def login(page: Page, email: str) -> None:
    """Log in through the form, and wait for the dashboard."""
    page.goto("/login")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("navigation", name="Hoofdknoppen")).to_be_visible()


def eventually(question: Callable[[], Any], *, seconds: float = 15) -> Any:
    """The first answer that is something, asked again until then; fails when none comes in time."""
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)
    return answer


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if _get(url).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    pytest.fail(f"the demo did not start; its last lines:\n{log.read_text()[-4000:]}")


def _get(url: str) -> httpx.Response:
    # A proxy that is set for the outside world knows nothing of this machine.
    return httpx.get(url, timeout=5, trust_env=False)


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
