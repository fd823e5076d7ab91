"""Browsers that people come with: each of its own, remembering nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from tests.e2e.stack import Demo

PATIENCE_MS = 15_000

# Takes the options of a browser context, such as `reduced_motion`.
NewPage = Callable[..., Page]


@contextmanager
def visits(demo: Demo, chrome: Browser) -> Iterator[NewPage]:
    """Opens each page in a browser of its own, with no cookies; a script that fails on one of them is a failure."""
    errors: list[str] = []
    pages: list[Page] = []

    def opened(**options: Any) -> Page:
        usual = {"base_url": demo.url, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}
        context = chrome.new_context(**usual | options)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        pages.append(page)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        return page

    try:
        yield opened
    finally:
        for page in pages:
            page.context.close()
    assert errors == []
