"""What all answers have in common: headers, the look of a refusal, and the limit on tries."""

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from billing.config import Settings
from billing.errors import Conflict
from dashboard import wiring
from dashboard.inline_scripts import digests
from dashboard.run import ask
from dashboard.web import answers
from dashboard.web.app import routes
from dashboard.web.headers import SecurityHeaders
from tests.fakes.house import PUBLIC_URL


async def _page(request):
    return HTMLResponse(f"<p>page {request.url.path}</p>")


async def _bug(request):
    await ask(lambda work: 1 / 0)


async def _conflict(request):
    raise Conflict()


async def _crash(request):
    raise RuntimeError


async def _text(request):
    return PlainTextResponse("text")


@pytest.fixture
def site(house):
    """Our routes over a stand-in for the pages, as Reflex lays them."""
    pages = Starlette(routes=[Route("/{path:path}", _page)])
    odd = [Route("/bug", _bug), Route("/conflict", _conflict), Route("/crash", _crash), Route("/text", _text)]
    app = Starlette(routes=[*odd, *routes(), Mount("", pages)], exception_handlers=answers.HANDLERS)
    return TestClient(SecurityHeaders(app), base_url=PUBLIC_URL, follow_redirects=False, raise_server_exceptions=False)


@pytest.mark.parametrize("back", [{"method": "POST"}, {"method": "GET", "params": {"brq_statuscode": "190"}}])
def test_the_way_back_from_the_gateway_leads_to_a_page_at_a_bare_address(site, back):
    assert site.request(url="/pay/return/abc", **back).headers["location"] == "/pay/return/abc"
    assert site.get("/pay/return/abc").text == "<p>page /pay/return/abc</p>"


@pytest.mark.parametrize("path", ["/", "/hooks/buckaroo", "/auth/login", "/pay/start/abc", "/files/nothing"])
def test_what_is_not_ours_by_get_goes_on_to_the_pages(site, path):
    assert site.get(path).text == f"<p>page {path}</p>"


def test_pages_may_not_be_framed_and_load_only_from_here(site):
    headers = site.get("/").headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/text", "/bug", "/crash", "/conflict", "/files/nothing", "/api/v1/nothing"])
def test_whatever_is_answered_may_not_be_framed_sniffed_or_told_to_others(site, path):
    headers = site.get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert "camera=()" in headers["permissions-policy"]


def test_a_script_runs_from_a_file_of_ours_or_as_it_was_built(site):
    [scripts] = [rule for rule in site.get("/").headers["content-security-policy"].split("; ") if "script-src " in rule]
    assert "unsafe" not in scripts
    assert set(scripts.split()) == {"script-src", "'self'", *digests()}


def test_without_https_no_browser_is_told_to_insist_on_it(site, house):
    wiring.use(house.billing, Settings(public_url="http://localhost:3000"))
    assert "strict-transport-security" not in site.get("/").headers


def test_a_bug_shows_its_id_and_that_nothing_was_lost(site, caplog):
    answer = site.get("/bug")
    problem_id = caplog.records[-1].getMessage().removeprefix("problem ")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "niets verloren" in answer.text
    assert problem_id in answer.text
    assert "ZeroDivisionError" not in answer.text


def test_a_business_rule_that_says_no_is_a_refusal_and_no_outage(site):
    assert site.get("/conflict").status_code == 400


def test_what_is_shown_can_not_break_out_of_the_page():
    html = answers.page(404, title="<b>", sentence='<script>"x"</script>').body.decode()
    assert "<b>" not in html
    assert "<script>" not in html


def test_a_page_of_our_own_wears_the_brand_and_needs_nothing_else(site, house):
    wiring.use(house.billing, Settings(public_url=PUBLIC_URL, brand_name="Host & Co", brand_blue="#0b6e4f"))
    answer = site.get("/conflict")
    assert answer.status_code == 400
    assert "Host &amp; Co</title>" in answer.text
    assert "--link: #0b6e4f" in answer.text
    assert "prefers-color-scheme: dark" in answer.text
    assert "<script" not in answer.text


def test_a_crash_is_a_page_too(site):
    answer = site.get("/crash")
    assert answer.status_code == 500
    assert "<h1>Er ging iets mis</h1>" in answer.text
