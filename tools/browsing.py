"""A Chromium to look at the pages, and when there is something to be seen on one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from billing.demo.people import PASSWORD
from billing.logins.flows import LogIn, log_in
from tests.e2e.stack import Demo
from tools.system import Missing, chromium

CHROMIUM = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync",
)  # fmt: skip
SESSION_COOKIE = "voldaan_session"
# A page has its title from its build or from the server; until it has its data there is a skeleton, or an empty lede.
IS_SHOWN = """() => document.querySelector("main h1") !== null
    && document.querySelector("[aria-busy=true], .vd-lede:empty") === null"""


@contextmanager
def browsing() -> Iterator[Browser]:
    """A Chromium without a window. Raises Missing when there is none."""
    path = chromium()
    if path is None:
        raise Missing("There is no Chromium on this machine; `make e2e` brings one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM))
        yield browser
        browser.close()


def signed_in(demo: Demo, email: str) -> Any:
    """The cookie of somebody who has just logged in with the password of the demo."""
    token = log_in(demo.billing, LogIn(email, PASSWORD)).token
    return {"name": SESSION_COOKIE, "value": token, "url": demo.url}
