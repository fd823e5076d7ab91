"""Signed messages to the hosting panel: what is sent, which answers count, and a panel that shares no code with us."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import httpx
import pytest

from billing.adapters.hostingpanel import NoPanel, PanelSettings, WebhookPanel
from billing.errors import BillingError, ProviderRefused, ProviderUnclear, SettingsInvalid
from billing.ports import DesiredState, ServiceNews, ServiceNotice
from billing.sandbox import RunningSandbox, SandboxSettings
from billing.webhooks import secret_key, signature
from tests.adapters.buckaroo_wire import FixedClock

KEY = b"a key for tests of twenty-four bytes or more"
SECRET = f"whsec_{base64.b64encode(KEY).decode()}"
URL = "https://panel.test/hooks"
STATE = DesiredState(
    message_id="msg_0f0e", domain="voorbeeld.test", area="website", version=3,
    settings={"php_version": "8.4", "force_https": True, "web_root": "public_html"},
    decided_at=datetime(2026, 3, 6, 9, tzinfo=UTC),
)  # fmt: skip
NEWS = ServiceNotice(
    message_id="msg_0f0f", news=ServiceNews.STOPPED, service_id=7, version=2, label="voorbeeld.test",
    product="hosting-plus", facts={"keeps_until": "2026-04-05"}, decided_at=datetime(2026, 3, 6, 9, tzinfo=UTC),
)  # fmt: skip

Reply = Callable[[httpx.Request], httpx.Response]


@dataclass
class Line:
    """A network that gives one reply to everything."""

    reply: Reply
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.reply(request)

    def panel(self) -> WebhookPanel:
        return WebhookPanel(PanelSettings(URL, SECRET), transport=httpx.MockTransport(self), clock=FixedClock())


def says(status: int, content: bytes = b"", **headers: str) -> Reply:
    return lambda request: httpx.Response(status, content=content, headers=headers)


def fails(error: type[httpx.TransportError]) -> Reply:
    def reply(request: httpx.Request) -> httpx.Response:
        raise error("no luck", request=request)

    return reply


def outcome(reply: Reply) -> type[BillingError] | None:
    """How one sending ends; None when the message has been taken."""
    try:
        Line(reply).panel().apply(STATE)
    except BillingError as error:
        return type(error)
    return None


def test_a_message_says_what_the_settings_should_be() -> None:
    line = Line(says(204))
    line.panel().apply(STATE)
    [request] = line.requests
    assert (request.method, str(request.url), request.headers["Content-Type"]) == ("POST", URL, "application/json")
    assert json.loads(request.content) == {
        "type": "hosting.website.changed",
        "timestamp": "2026-03-06T09:00:00+00:00",
        "data": {"domain": "voorbeeld.test", "area": "website", "version": 3, "settings": STATE.settings},
    }


def test_news_of_a_service_names_it_and_says_what_happens() -> None:
    line = Line(says(204))
    line.panel().tell(NEWS)
    [request] = line.requests
    assert request.headers["webhook-id"] == "msg_0f0f"
    assert json.loads(request.content) == {
        "type": "service.stopped",
        "timestamp": "2026-03-06T09:00:00+00:00",
        "data": {
            "service": 7, "version": 2, "label": "voorbeeld.test", "product": "hosting-plus",
            "keeps_until": "2026-04-05",
        },
    }  # fmt: skip


def test_news_is_refused_and_unclear_as_settings_are() -> None:
    for status, error in ((422, ProviderRefused), (503, ProviderUnclear)):
        with pytest.raises(error):
            Line(says(status)).panel().tell(NEWS)
    with pytest.raises(ProviderUnclear, match="no_panel"):
        NoPanel().tell(NEWS)


def test_a_message_is_signed_over_its_id_its_time_and_its_bytes() -> None:
    line = Line(says(204))
    line.panel().apply(STATE)
    [request] = line.requests
    timestamp = request.headers["webhook-timestamp"]
    content = f"msg_0f0e.{timestamp}.".encode() + request.content
    expected = base64.b64encode(hmac.new(KEY, content, hashlib.sha256).digest()).decode()
    assert (request.headers["webhook-id"], timestamp) == ("msg_0f0e", str(int(FixedClock().now().timestamp())))
    assert request.headers["webhook-signature"] == f"v1,{expected}"


def test_the_example_of_the_specification_gets_its_signature() -> None:
    key = secret_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    given = signature(key, message_id="msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp=1614265330, body=body)
    assert given == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_repeat_is_the_same_message_to_the_byte() -> None:
    line = Line(says(204))
    panel = line.panel()
    panel.apply(STATE)
    panel.apply(STATE)
    first, second = line.requests
    assert first.content == second.content
    assert first.headers["webhook-id"] == second.headers["webhook-id"]


@pytest.mark.parametrize("status", [200, 202, 204])
def test_a_panel_that_says_yes_has_taken_it(status: int) -> None:
    assert outcome(says(status)) is None


@pytest.mark.parametrize("status", [400, 409, 410, 413, 422])
def test_a_panel_that_says_no_is_not_asked_again(status: int) -> None:
    assert outcome(says(status)) is ProviderRefused


@pytest.mark.parametrize("status", [301, 302, 307, 308, 401, 403, 404, 408, 425, 429, 500, 502, 503, 504])
def test_anything_else_is_unclear(status: int) -> None:
    assert outcome(says(status, Location="https://elders.test/")) is ProviderUnclear


@pytest.mark.parametrize(
    "error", [httpx.ConnectError, httpx.ConnectTimeout, httpx.ReadTimeout, httpx.WriteError, httpx.RemoteProtocolError]
)
def test_a_panel_that_does_not_answer_is_unclear(error: type[httpx.TransportError]) -> None:
    assert outcome(fails(error)) is ProviderUnclear


def test_a_redirect_is_not_followed() -> None:
    line = Line(says(307, Location="https://elders.test/"))
    with pytest.raises(ProviderUnclear):
        line.panel().apply(STATE)
    assert len(line.requests) == 1


def test_an_answer_without_end_is_not_read() -> None:
    class Endless(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            raise AssertionError("somebody reads this")

    assert outcome(lambda request: httpx.Response(200, stream=Endless())) is None


@pytest.mark.parametrize("secret", ["", "whsec_", KEY.decode(), "whsec_!!!!", "whsec_c2hvcnQ=", f"whsec_{'A' * 200}"])
def test_a_secret_that_can_not_be_one_is_refused(secret: str) -> None:
    with pytest.raises(SettingsInvalid):
        PanelSettings(URL, secret)


def test_the_secret_shows_nowhere() -> None:
    assert SECRET not in repr(PanelSettings(URL, SECRET))


def test_without_a_panel_the_settings_wait() -> None:
    with pytest.raises(ProviderUnclear) as waits:
        NoPanel().apply(STATE)
    assert waits.value.facts == {"reason": "no_panel"}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    with RunningSandbox(SandboxSettings(port=0, smtp_port=0, panel_secret=SECRET)) as running:
        yield running


def test_the_sandbox_believes_us_and_does_as_it_is_told(sandbox: RunningSandbox) -> None:
    panel = WebhookPanel(PanelSettings(f"{sandbox.url}/panel/hooks", SECRET))
    panel.apply(STATE)
    panel.apply(STATE)
    panel.apply(replace(STATE, message_id="msg_older", version=2, settings={"php_version": "8.2"}))
    assert [message.verdict for message in sandbox.world.panel.all()] == ["applied", "repeat", "older"]
    assert sandbox.world.panel.domains()["voorbeeld.test"]["website"].settings == STATE.settings


def test_the_sandbox_does_not_believe_another_key(sandbox: RunningSandbox) -> None:
    other = f"whsec_{base64.b64encode(KEY[::-1]).decode()}"
    with pytest.raises(ProviderUnclear) as unclear:
        WebhookPanel(PanelSettings(f"{sandbox.url}/panel/hooks", other)).apply(STATE)
    assert unclear.value.facts == {"reason": "http_401"}


def test_a_sandbox_that_is_down_is_unclear(sandbox: RunningSandbox) -> None:
    sandbox.world.faults.panel.down = 1
    with pytest.raises(ProviderUnclear):
        WebhookPanel(PanelSettings(f"{sandbox.url}/panel/hooks", SECRET)).apply(STATE)


def test_a_panel_that_is_not_there_is_unclear() -> None:
    with pytest.raises(ProviderUnclear):
        WebhookPanel(PanelSettings("http://127.0.0.1:1/hooks", SECRET)).apply(STATE)
