"""The whole demo on free ports and with data of its own, and a Chromium to look at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browsers import PATIENCE_MS, NewPage, visits
from tests.e2e.stack import Demo
from tools.browsing import browsing
from tools.running import running


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Web, worker and sandbox as `make demo` starts them. One for the whole run: journeys choose their own invoices."""
    with _running(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo in which nobody does anything but what its attackers make it do."""
    with _running(tmp_path_factory.mktemp("attacked")) as demo:
        yield demo


@pytest.fixture(scope="session")
def moving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo in which days pass, see `Demo.move_clock`: journeys through time share it, others keep the real one."""
    with _running(tmp_path_factory.mktemp("moving")) as demo:
        yield demo


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
