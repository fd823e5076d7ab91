"""A running sandbox, a merchant that calls it, and a receiver that hears its pushes; all on free ports."""

import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from billing.sandbox import RunningSandbox, SandboxSettings
from billing.sandbox.signing import hmac_header

SETTINGS = SandboxSettings(port=0, smtp_port=0, push_timeout_seconds=2.0)


def wait_until(condition, seconds=5.0):
    """Poll until the condition holds; its value."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.01)
    raise AssertionError("it did not happen in time")


@dataclass(frozen=True)
class HeardPush:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def transaction(self):
        return json.loads(self.body)["Transaction"]

    @property
    def code(self):
        return self.transaction["Status"]["Code"]["Code"]


@dataclass
class Receiver:
    """The merchant's push address: answers 200, or what `answers` holds, and remembers everything."""

    answers: list[int] = field(default_factory=list)
    heard: list[HeardPush] = field(default_factory=list)
    url: str = ""

    def wait_for(self, count):
        wait_until(lambda: len(self.heard) >= count)
        return self.heard


@pytest.fixture
def receiver():
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format, *args):
            pass

        def do_POST(self):  # the name is the standard library's
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.heard.append(HeardPush(self.path, dict(self.headers), body))
            self.send_response(kept.answers.pop(0) if kept.answers else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_port}/hooks/buckaroo"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield kept
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)


@pytest.fixture(scope="session")
def running():
    with RunningSandbox(SETTINGS) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running):
    """The one running sandbox, emptied."""
    running.world.reset()
    return running


@dataclass
class Merchant:
    """Signs and sends like a merchant's system, and works the control room."""

    base: str
    push_url: str
    http: httpx.Client

    def signed(self, method, path, body=b"", **changes):
        parts = {"nonce": secrets.token_hex(8), "timestamp": int(time.time()), "secret": SETTINGS.secret}
        parts |= {"website_key": SETTINGS.website_key} | changes
        return hmac_header(method=method, url=self.base + path, body=body, **parts)

    def send(self, method, path, data=None, authorization=None, headers=None):
        body = b"" if data is None else json.dumps(data).encode()
        header = authorization or self.signed(method, path, body)
        return self.http.request(
            method, self.base + path, content=body, headers={"Authorization": header, **(headers or {})}
        )

    def order(self, service="ideal", action="Pay", amount=10.25, parameters=(), **changes):
        """A transaction request as a dict."""
        rows = [{"Name": name, "Value": value} for name, value in parameters]
        return {
            "Currency": "EUR",
            "AmountDebit": amount,
            "Invoice": "INV-1001",
            "Description": "Hosting 2026-01",
            "ReturnURL": "http://shop.test/return",
            "PushURL": self.push_url,
            "AdditionalParameters": {"AdditionalParameter": [{"Name": "attempt", "Value": "af31"}]},
            "Services": {"ServiceList": [{"Name": service, "Action": action, "Parameters": rows}]},
            **changes,
        }

    def pay(self, *args, **changes):
        answer = self.send("POST", "/json/Transaction", self.order(*args, **changes))
        assert answer.status_code == 200, answer.text
        return answer.json()

    def transfer(self, amount=10.25, **changes):
        person = (("CustomerEmail", "jan@klant.test"), ("CustomerFirstName", "Jan"), ("CustomerLastName", "Tester"))
        return self.pay("transfer", amount=amount, parameters=person, **changes)

    def paid(self, *args, **changes):
        """A payment that succeeded."""
        payment = self.pay(*args, **changes)
        return self.control(f"transactions/{payment['Key']}/outcome", outcome="success")

    def refund(self, original, amount, service="ideal"):
        return self.pay(
            service, "Refund", AmountDebit=None, AmountCredit=amount, OriginalTransactionKey=original["Key"]
        )

    def status(self, key):
        return self.send("GET", f"/json/Transaction/Status/{key}").json()

    def code(self, key):
        return self.status(key)["Status"]["Code"]["Code"]

    def control(self, path, **data):
        answer = self.http.post(f"{self.base}/control/{path}", json=data)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def deliveries(self):
        return self.http.get(f"{self.base}/control/pushes").json()["deliveries"]


@pytest.fixture(scope="session")
def http():
    with httpx.Client(timeout=5) as client:
        yield client


@pytest.fixture
def merchant(sandbox, receiver, http):
    return Merchant(sandbox.url, receiver.url, http)


@pytest.fixture
def eventually():
    """Poll with a deadline."""
    return wait_until
