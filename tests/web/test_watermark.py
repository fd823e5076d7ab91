"""Every page of a demo is marked as one, by a sheet of styles that all of them load; none of a real installation is."""

import pytest
from starlette.testclient import TestClient

from billing.config import Settings
from dashboard import wiring
from dashboard.dashboard import app
from dashboard.web.app import web


@pytest.mark.parametrize(("demo", "says"), [(True, 'content: "Demo"'), (False, "")])
def test_the_sheet_marks_a_demo_alone(demo: bool, says: str) -> None:
    wiring.use(None, Settings(demo=demo))
    try:
        with TestClient(web) as browser:
            answer = browser.get("/mode.css")
    finally:
        wiring.use(None)
    assert answer.headers["content-type"].startswith("text/css")
    assert says in answer.text
    assert bool(answer.text) == demo


def test_every_page_loads_the_sheet() -> None:
    assert any("/mode.css" in str(component) for component in app.head_components)
