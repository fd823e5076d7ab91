"""The whole demo on free ports and with data of its own, and a Chromium to look at it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from billing.demo import doing
from tests.e2e.browsers import PATIENCE_MS, NewPage, visits
from tests.e2e.raw_socket import rows
from tests.e2e.stack import Demo, eventually
from tools.browsing import browsing
from tools.running import START_SECONDS, running

# Longer than the worker ever waits before it does what is due, but for its calendar.
QUIET_SECONDS = 8


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
    with browsing() as browser:
        yield browser


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
    with running(folder) as options:
        demo = Demo(options)
        yield demo
        demo.billing.database.dispose()
