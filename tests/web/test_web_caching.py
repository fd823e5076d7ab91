"""What a browser may keep: what the build named after its content, and nothing else."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.web.caching import KeepBuilt


async def _there(request):
    return PlainTextResponse("there")


@pytest.fixture
def site():
    routes = [Route("/assets/page-1a2b.js", _there), Route("/scripts/proof.js", _there), Route("/", _there)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(KeepBuilt)]))


def test_what_the_build_made_is_fetched_once(site):
    assert site.get("/assets/page-1a2b.js").headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/", "/scripts/proof.js", "/assets/of-another-build.js"])
def test_pages_and_files_that_keep_their_name_are_asked_for_again_and_what_is_gone_is_not_remembered(site, path):
    assert "cache-control" not in site.get(path).headers
