"""Every page of a demo is marked as one, by what all of them load; no page of a real installation is."""

import pytest
from starlette.testclient import TestClient

from billing.config import Settings
from dashboard import wiring
from dashboard.dashboard import app
from dashboard.web.app import web


@pytest.mark.parametrize("demo", [True, False])
@pytest.mark.parametrize(
    ("path", "says", "media_type"),
    [("/mode.css", 'content: "Demo"', "text/css"), ("/mode.js", "time[data-ahead]", "text/javascript")],
)
def test_a_demo_alone_is_marked_and_has_a_clock(demo: bool, path: str, says: str, media_type: str) -> None:
    wiring.use(None, Settings(demo=demo))
    try:
        with TestClient(web) as browser:
            answer = browser.get(path)
    finally:
        wiring.use(None)
    assert answer.headers["content-type"].startswith(media_type)
    assert (says in answer.text) == bool(answer.text) == demo


@pytest.mark.parametrize("path", ["/mode.css", "/mode.js"])
def test_every_page_loads_both(path: str) -> None:
    assert any(path in str(component) for component in app.head_components)
