"""Messages to systems of a host: where they may go, what is sent, and which answers count."""

import http.server
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import httpcore
import pytest

from billing.adapters.listeners import WebhookLine
from billing.adapters.listeners.addresses import PublicNetwork, is_public
from billing.errors import ProviderRefused, ProviderUnclear
from billing.ports import Letter, UrlRefused
from billing.webhooks import require_genuine
from tests.adapters.buckaroo_wire import FixedClock

KEY = b"a key for tests of twenty-four bytes or more"
BODY = b'{"type":"invoice.paid"}'


@dataclass
class Host:
    """A real server on this machine, that gives one answer to everything."""

    port: int = 0
    status: int = 204
    location: str = ""
    trickles: bool = False
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}/hook?place=1"

    def letter(self, url: str = "") -> Letter:
        return Letter(url or self.url, "msg_1", BODY, KEY)


@pytest.fixture
def host() -> Iterator[Host]:
    """A host that listens."""
    host = Host()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            host.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            if host.trickles:
                self.trickle()
            self.send_response(host.status)
            if host.location:
                self.send_header("Location", host.location)
            self.end_headers()

        def trickle(self) -> None:
            """Headers without end, as it seems; but they do end, so that who waits for them is found out."""
            with suppress(OSError):
                self.wfile.write(b"HTTP/1.1 100 Continue\r\nX-Slow: ")
                for _ in range(60):
                    self.wfile.write(b"a")
                    time.sleep(0.05)
                self.wfile.write(b"\r\n\r\n")

        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        host.port = server.server_port
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield host
        server.shutdown()
        thread.join()


@pytest.fixture
def near() -> WebhookLine:
    """A line as in a demo."""
    return WebhookLine(clock=FixedClock(), allows_near=True)


@pytest.fixture
def line() -> WebhookLine:
    """A line as in production."""
    return WebhookLine(clock=FixedClock())


def test_an_answer_that_trickles_in_has_no_more_time_than_one_that_does_not_come(host):
    impatient = WebhookLine(clock=FixedClock(), allows_near=True, patience=0.5)
    host.trickles = True
    with pytest.raises(ProviderUnclear, match="Timeout"):
        impatient.post(host.letter())
    host.trickles = False
    impatient.post(host.letter())
    assert len(host.requests) == 2


def test_a_message_arrives_signed_at_the_whole_address(host, near):
    near.post(host.letter())
    [(path, headers, body)] = host.requests
    assert (path, body, headers["content-type"]) == ("/hook?place=1", BODY, "application/json")
    require_genuine(KEY, headers, body, FixedClock().now())


@pytest.mark.parametrize("status", [400, 405, 410, 422])
def test_a_message_that_is_refused_is_said_to_be(host, near, status):
    host.status = status
    with pytest.raises(ProviderRefused, match=f"http_{status}"):
        near.post(host.letter())


@pytest.mark.parametrize("status", [301, 302, 401, 403, 404, 408, 429, 500, 503])
def test_an_answer_that_says_nothing_about_the_message_is_unclear(host, near, status):
    host.status, host.location = status, host.url
    with pytest.raises(ProviderUnclear, match=f"http_{status}"):
        near.post(host.letter())
    assert len(host.requests) == 1


def test_nobody_there_is_unclear(near):
    with pytest.raises(ProviderUnclear, match="ConnectError"):
        near.post(Host(port=1).letter())


def test_in_production_nothing_reaches_this_machine(host, line):
    with pytest.raises(ProviderUnclear, match="ConnectError"):
        line.post(host.letter())
    assert host.requests == []


def test_a_name_that_changes_its_mind_reaches_what_was_judged(host):
    """The connection goes to the very address that was judged: a second look-up is never made."""
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    asked: list[str] = []

    class Spy(httpcore.SyncBackend):
        def connect_tcp(self, host, *rest, **more):
            asked.append(host)
            raise httpcore.ConnectError("stopped here")

    network = PublicNetwork(resolve=lambda host, port: next(answers))
    network._network = Spy()
    with pytest.raises(ProviderUnclear):
        WebhookLine(clock=FixedClock(), network=network).post(host.letter("https://changing.example/"))
    assert asked == ["93.184.215.14"]


def test_a_name_with_one_address_inside_is_not_reached(host):
    network = PublicNetwork(resolve=lambda host, port: ["93.184.215.14", "10.0.0.7"])
    with pytest.raises(ProviderUnclear, match="ConnectError"):
        WebhookLine(clock=FixedClock(), network=network).post(host.letter("https://both.example/"))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "255.255.255.255", "224.0.0.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "word", "",
    ],
)  # fmt: skip
def test_addresses_inside_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_addresses_of_the_open_internet_are(address):
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://host.example/", "scheme"),
        ("ftp://host.example/", "scheme"),
        ("//host.example/", "scheme"),
        ("host.example", "scheme"),
        ("https://", "form"),
        ("https://user:secret@host.example/", "form"),
        ("https://host.example/#part", "form"),
        ("https://host.example:0/", "form"),
        ("https://host.example:99999/", "form"),
        ("https://host.example/a b", "form"),
        ("https://host.example/\n", "form"),
        ("https://höst.example/", "form"),
        ("https://[::1/", "form"),
        ("https://" + "x" * 600 + ".example/", "form"),
        ("https://localhost/", "private"),
        ("https://intranet/", "private"),
        ("https://db.internal/", "private"),
        ("https://printer.local./", "private"),
        ("https://127.0.0.1/", "private"),
        ("https://2130706433/", "private"),
        ("https://169.254.169.254/latest", "private"),
        ("https://[::1]/", "private"),
        ("https://[::ffff:10.0.0.1]/", "private"),
    ],
)
def test_addresses_that_nothing_is_ever_sent_to_are_refused_beforehand(line, url, reason):
    with pytest.raises(UrlRefused) as refused:
        line.require_usable(url)
    assert refused.value.facts["reason"] == reason


@pytest.mark.parametrize("url", ["https://host.example/hook?a=1", "https://host.example:8443/", "https://1.1.1.1/"])
def test_addresses_of_the_open_internet_are_usable(line, url):
    line.require_usable(url)


def test_in_a_demo_this_machine_is_usable(near, host):
    near.require_usable(host.url)
    with pytest.raises(UrlRefused):
        near.require_usable("ftp://localhost/")


def test_nothing_of_a_letter_shows_in_a_log(host):
    said = repr(host.letter("https://host.example/secret"))
    assert "secret" not in said
    assert KEY.decode() not in said
