"""Thousands of random requests to every route, ours and Reflex's own: none of them is an error, and nothing changes."""

import random
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

import httpx
import pytest

from tests.e2e.hostile import METHODS, Hostile, seed
from tests.e2e.raw_socket import cookie_of, rows
from tests.e2e.stack import Demo, get
from tests.e2e.steps import OWNER
from tests.e2e.test_random_payloads import TROUBLE
from tests.matrix.decisions import PAGES, ROUTES

pytestmark = pytest.mark.usefixtures("quiet")

REQUESTS = 4_000
OURS = sorted({name.split()[1] for name in ROUTES})
# What Reflex answers itself, and files that are there or not.
ITS_OWN = ["/ping", "/_health", "/_upload", "/_all_routes", "/_event", "/_event/", "/styles/{name}", "/assets/{name}",
           "/favicon.svg", "/{name}", "//", "/..", "/.env", "/index.html", "/_upload/{name}"]  # fmt: skip
KINDS = (
    "application/x-www-form-urlencoded",
    "application/json",
    "multipart/form-data; boundary=x",
    "text/plain",
    "x/y",
)
# What is done about one's own log-in, and that all data are taken along, is a change that is asked for.
WITHOUT_COOKIE = ("/auth/", "/files/account.zip")


@dataclass
class Attack:
    """How often each status was the answer, which requests were an error, and what else came of them."""

    statuses: Counter[int]
    errors: list[str]
    rows_before: object
    rows_after: object
    log: str


@pytest.fixture(scope="module")
def seeded() -> int:
    return seed()


@pytest.fixture(scope="module")
def attack(demo: Demo, seeded: int) -> Attack:
    """All of it, once."""
    print(f"VOLDAAN_TEST_SEED={seeded}")
    cookie, hostile = cookie_of(demo, OWNER), Hostile(random.Random(seeded))
    paths = [*OURS * 3, *ITS_OWN, *(page for page in PAGES if page.startswith("/"))]
    statuses: Counter[int] = Counter()
    errors, before, said = [], rows(demo), demo.log.stat().st_size
    with httpx.Client(base_url=demo.url, trust_env=False, timeout=30) as browser:
        for number in range(REQUESTS):
            path = paths[number % len(paths)]
            request = made_up(browser, hostile, path, "" if path.startswith(WITHOUT_COOKIE) else cookie)
            try:
                status = browser.send(request).status_code
            except httpx.RemoteProtocolError:
                # What is no HTTP at all, the server may hang up on.
                status = 0
            statuses[status] += 1
            errors += [f"{status} {request.method} {request.url}"] if status >= 500 and not is_verdict(path) else []
    log = demo.log.read_bytes()[said:].decode("utf-8", "replace")
    return Attack(statuses, errors, before, rows(demo), log)


def is_verdict(path: str) -> bool:
    """Whether this path tells by an error that somebody else is at fault: that the worker is behind with its work."""
    return path == "/health/work"


def made_up(browser: httpx.Client, hostile: Hostile, path: str, cookie: str) -> httpx.Request:
    """A request for a path, with nonsense in each of its parts."""
    chance = hostile.chance
    headers = {"content-type": chance.choice(KINDS), "cookie": cookie if chance.random() < 0.5 else header(hostile)}
    for name in (
        "origin",
        "sec-fetch-site",
        "x-forwarded-for",
        "authorization",
        "if-none-match",
        "user-agent",
        "range",
    ):
        if chance.random() < 0.15:
            headers[name] = header(hostile)
    method = chance.choice(METHODS) if chance.random() < 0.4 else "POST"
    request = browser.build_request(method, "/", content=body(hostile), headers=headers)
    # As it is: the client would put the address in order first.
    request.url = request.url.copy_with(raw_path=hostile.address(path).encode("ascii"))
    return request


def header(hostile: Hostile) -> bytes:
    """Bytes that a client can send in a header."""
    text = hostile.text()[:200].encode("utf-8", "replace")
    return bytes(byte for byte in text if byte >= 0x20 and byte != 0x7F).strip()


def body(hostile: Hostile) -> bytes:
    """A form with fields of ours or none, bytes, or very many of them."""
    chance = hostile.chance
    names = ("email", "password", "next", "number", "method", "despite_pending", "code", "token", "name", "answer")
    match chance.randrange(8):
        case 0:
            return chance.randbytes(chance.randrange(200))
        case 1 if chance.random() < 0.2:
            return b"a=" + b"x" * 400_000
        case 2:
            return "&".join(["a"] * chance.randrange(1, 400)).encode()
        case 3:
            return b"{" * chance.randrange(100)
    fields = [(chance.choice(names), hostile.text()[:500].encode("utf-8", "replace")) for _ in range(4)]
    return urlencode(fields).encode()


def test_no_request_is_an_error(demo, attack, seeded):
    assert attack.errors == [], f"VOLDAAN_TEST_SEED={seeded}"
    assert get(f"{demo.url}/health/ready").status_code == 200


def test_no_row_has_changed(attack, seeded):
    assert attack.rows_after == attack.rows_before, f"VOLDAAN_TEST_SEED={seeded}"


def test_nothing_surprised_the_server(attack, seeded):
    surprises = [line for line in attack.log.splitlines() if TROUBLE.search(line)]
    assert surprises == [], f"VOLDAAN_TEST_SEED={seeded}"
    assert "voldaan_session" not in attack.log


def test_the_requests_got_as_far_as_our_routes(attack):
    assert {303, 400, 401, 403, 404, 405} <= set(attack.statuses)
    assert attack.statuses[0] < REQUESTS / 10
