"""Questions about leaked passwords over real HTTP: what is told, what counts as an answer, and what is none."""

import hashlib
import http.server
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from billing.adapters.leaks import PasswordRanges
from billing.ports import LeakReply, LeakVerdict

PASSWORD = "vijf natte olifanten dansen"
DIGEST = hashlib.sha1(PASSWORD.encode(), usedforsecurity=False).hexdigest().upper()
OTHERS = f"{'0' * 35}:3\r\n{'A' * 35}:17"
LEAKED, UNKNOWN = LeakReply(LeakVerdict.LEAKED), LeakReply(LeakVerdict.UNKNOWN)


def unavailable(reason: str) -> LeakReply:
    return LeakReply(LeakVerdict.UNAVAILABLE, reason)


@dataclass
class Service:
    """A real server on this machine, that gives one answer to everything. silent: it takes a question and says nothing;
    trickles: its answer comes in drops. until: set when it may let go."""

    port: int = 0
    status: int = 200
    body: bytes = OTHERS.encode()
    location: str = ""
    silent: bool = False
    trickles: bool = False
    until: threading.Event = field(default_factory=threading.Event)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/range/"


@pytest.fixture
def service() -> Iterator[Service]:
    """A service that listens."""
    service = Service()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            service.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            if service.silent:
                service.until.wait(10)
                return
            self.send_response(service.status)
            if service.location:
                self.send_header("Location", service.location)
            self.end_headers()
            with suppress(OSError):
                self.say()

        def say(self) -> None:
            while service.trickles and not service.until.wait(0.05):
                self.wfile.write(b"0")
            self.wfile.write(service.body)

        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        service.port = server.server_port
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield service
        service.until.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def ranges(service: Service) -> Iterator[PasswordRanges]:
    """Asks there, and waits a moment for an answer."""
    ranges = PasswordRanges(service.url, seconds=0.5)
    yield ranges
    ranges.close()


def test_five_digits_of_the_digest_are_told_and_padding_is_asked_for(service: Service, ranges: PasswordRanges) -> None:
    assert ranges.look_up(PASSWORD) == UNKNOWN
    [(path, headers)] = service.requests
    assert path == f"/range/{DIGEST[:5]}"
    assert headers["add-padding"] == "true"
    assert not {PASSWORD, DIGEST, DIGEST[5:]} & {path, *headers.values()}


@pytest.mark.parametrize("line", [f"{DIGEST[5:]}:1", f"{DIGEST[5:].lower()}:52256179"])
def test_a_password_in_the_range_is_leaked(service: Service, ranges: PasswordRanges, line: str) -> None:
    service.body = f"{OTHERS}\r\n{line}".encode()
    assert ranges.look_up(PASSWORD) == LEAKED
    assert ranges.look_up(f"{PASSWORD}!") == UNKNOWN


def test_padding_does_not_count(service: Service, ranges: PasswordRanges) -> None:
    service.body = f"{OTHERS}\r\n{DIGEST[5:]}:0\r\n".encode()
    assert ranges.look_up(PASSWORD) == UNKNOWN


@pytest.mark.parametrize("status", [404, 429, 500, 503])
def test_what_is_no_success_is_no_answer(service: Service, ranges: PasswordRanges, status: int) -> None:
    service.status, service.body = status, f"{DIGEST[5:]}:9".encode()
    assert ranges.look_up(PASSWORD) == unavailable(f"http_{status}")


def test_nobody_is_sent_elsewhere(service: Service, ranges: PasswordRanges) -> None:
    service.status, service.location = 302, f"{service.url}elsewhere"
    assert ranges.look_up(PASSWORD) == unavailable("http_302")
    assert len(service.requests) == 1


@pytest.mark.parametrize(
    "body", [b"", b"<html>Log in to this hotel</html>", b"\xff\xfe", f"{DIGEST[5:]}:many".encode()]
)
def test_what_is_no_list_is_no_answer(service: Service, ranges: PasswordRanges, body: bytes) -> None:
    service.body = body
    assert ranges.look_up(PASSWORD) == unavailable("unreadable")


def test_an_answer_without_end_is_none(service: Service, ranges: PasswordRanges) -> None:
    service.body = f"{DIGEST[5:]}:9\r\n".encode() * 20_000
    assert ranges.look_up(PASSWORD) == unavailable("too_long")


def test_who_says_nothing_is_not_waited_for(service: Service, ranges: PasswordRanges) -> None:
    service.silent = True
    assert ranges.look_up(PASSWORD) == unavailable("ReadTimeout")


def test_nor_is_who_speaks_in_drops(service: Service, ranges: PasswordRanges) -> None:
    service.trickles = True
    assert ranges.look_up(PASSWORD) == unavailable("too_slow")


def test_nobody_there_is_no_answer() -> None:
    assert PasswordRanges("http://127.0.0.1:9").look_up(PASSWORD) == unavailable("ConnectError")
