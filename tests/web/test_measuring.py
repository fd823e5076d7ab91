"""What is noted of each answer."""

import json

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from structlog.contextvars import get_contextvars

from billing import metrics
from dashboard.web.measuring import Measuring


@pytest.fixture
def client():
    """Somebody who asks for pages that say what the log would know."""

    async def page(request: Request) -> Response:
        if request.path_params["name"] == "bad":
            raise ValueError("never shown")
        return JSONResponse(get_contextvars())

    metrics.HTTP_SECONDS.clear()
    app = Starlette(routes=[Route("/x/{name}", page)], middleware=[Middleware(Measuring)])
    return TestClient(app, raise_server_exceptions=False)


def _counted() -> dict[tuple[str, str], float]:
    return {
        (sample.labels["route"], sample.labels["status"]): sample.value
        for family in metrics.HTTP_SECONDS.collect() for sample in family.samples if sample.name.endswith("_count")
    }  # fmt: skip


def test_each_request_has_an_id_of_its_own_in_the_log(client: TestClient) -> None:
    first, second = (json.loads(client.get("/x/good").text) for _ in range(2))
    assert set(first) == {"request_id"}
    assert first["request_id"] != second["request_id"]
    assert get_contextvars() == {}


def test_answers_count_by_route_and_by_how_they_ended(client: TestClient) -> None:
    for path in ("/x/1", "/x/2", "/x/bad", "/nowhere/at/all"):
        client.get(path)
    assert _counted() == {("/x/{name}", "200"): 2.0, ("/x/{name}", "500"): 1.0, ("pages", "404"): 1.0}
