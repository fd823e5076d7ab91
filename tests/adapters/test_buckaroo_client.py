"""What is sent again and what never is, and which answers are believed."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.adapters.buckaroo.client import MAX_ANSWER_BYTES, RETRY_PAUSES, BuckarooClient
from billing.adapters.buckaroo.signing import parse_authorization
from billing.errors import ProviderUnclear
from tests.adapters.buckaroo_wire import SECRET, SETTINGS, FixedClock, signed_answer, signed_by_us

Reply = Callable[[httpx.Request], httpx.Response]
TRIES = len(RETRY_PAUSES) + 1
STATUS_PATH = "/json/Transaction/Status/0F0E0D0C0B0A09080706050403020100"


@dataclass
class Line:
    """A network that gives the replies in turn, the last one for ever."""

    replies: list[Reply]
    requests: list[httpx.Request] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    settings: object = SETTINGS

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.replies[min(len(self.requests), len(self.replies)) - 1](request)

    def client(self, **settings: object) -> BuckarooClient:
        return BuckarooClient(
            replace(SETTINGS, **settings),  # type: ignore[arg-type]  # each test names settings that there are
            transport=httpx.MockTransport(self), clock=FixedClock(), pause=self.pauses.append,
        )  # fmt: skip


def fails(error: type[httpx.TransportError]) -> Reply:
    def reply(request: httpx.Request) -> httpx.Response:
        raise error("no luck", request=request)

    return reply


def says(status: int, content: str | bytes = b"", **headers: str) -> Reply:
    return lambda request: httpx.Response(status, content=content, headers=headers)


def well(request: httpx.Request) -> httpx.Response:
    return signed_answer(request, {"Key": "A"})


FAILURES = [
    fails(httpx.ReadTimeout), fails(httpx.WriteTimeout), fails(httpx.ReadError), fails(httpx.RemoteProtocolError),
    fails(httpx.ConnectError), fails(httpx.ConnectTimeout), says(503), says(429), says(500),
]  # fmt: skip


def test_a_request_is_signed_over_exactly_what_is_sent() -> None:
    line = Line([well])

    line.client().send("POST", "/json/Transaction", body={"Description": "één"})

    (request,) = line.requests
    assert str(request.url) == "https://testcheckout.buckaroo.nl/json/Transaction"
    assert request.content == '{"Description":"één"}'.encode()
    assert signed_by_us(request)


def test_a_request_carries_language_and_format() -> None:
    line = Line([well])

    line.client().send("POST", "/json/Transaction", body={}, culture="en-GB")

    headers = line.requests[0].headers
    assert (headers["Culture"], headers["Content-Type"], headers["Accept"]) == (
        "en-GB", "application/json", "application/json",
    )  # fmt: skip


def test_a_question_without_a_body_claims_no_format() -> None:
    line = Line([well])

    line.client().ask("GET", STATUS_PATH)

    assert "Content-Type" not in line.requests[0].headers
    assert signed_by_us(line.requests[0])


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("method", ["POST", "GET"])
def test_what_has_an_effect_is_sent_exactly_once(method: str, failure: Reply) -> None:
    line = Line([failure, well])

    with pytest.raises(ProviderUnclear):
        line.client().send(method, "/json/Transaction")

    assert len(line.requests) == 1


@pytest.mark.parametrize("failure", FAILURES)
def test_a_question_is_asked_again_as_a_new_message(failure: Reply) -> None:
    line = Line([failure, well])

    assert line.client().ask("GET", STATUS_PATH) == {"Key": "A"}

    nonces = {request.headers["Authorization"].split(":")[2] for request in line.requests}
    assert len(nonces) == len(line.requests) == 2


def test_a_question_asked_again_tells_the_new_time() -> None:
    clock = FixedClock()
    line = Line([says(503), well])

    def wait(seconds: float) -> None:
        clock.time = datetime(2026, 1, 5, 9, 15, 2, tzinfo=UTC)

    BuckarooClient(SETTINGS, transport=httpx.MockTransport(line), clock=clock, pause=wait).ask("GET", STATUS_PATH)

    first, second = [parse_authorization(request.headers["Authorization"]) for request in line.requests]
    assert first is not None
    assert second is not None
    assert second.timestamp - first.timestamp == 2


def test_a_question_is_given_up_after_a_few_tries() -> None:
    line = Line([says(503)])

    with pytest.raises(ProviderUnclear):
        line.client().ask("GET", STATUS_PATH)

    assert (len(line.requests), line.pauses) == (TRIES, list(RETRY_PAUSES))


@pytest.mark.parametrize("answer", [says(400, "Authorization failed"), says(200, "<html>"), says(302)])
def test_a_question_that_got_a_real_answer_is_not_asked_again(answer: Reply) -> None:
    line = Line([answer])

    with pytest.raises(ProviderUnclear):
        line.client().ask("GET", STATUS_PATH)

    assert len(line.requests) == 1


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ConnectTimeout])
def test_a_failed_connection_is_known_to_have_sent_nothing(error: type[httpx.TransportError]) -> None:
    with pytest.raises(ProviderUnclear) as unclear:
        Line([fails(error)]).client().send("POST", "/json/Transaction")

    assert unclear.value.facts == {"reason": error.__name__, "sent": False}


@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.WriteError, httpx.RemoteProtocolError])
def test_any_other_failure_may_have_sent_it(error: type[httpx.TransportError]) -> None:
    with pytest.raises(ProviderUnclear) as unclear:
        Line([fails(error)]).client().send("POST", "/json/Transaction")

    assert unclear.value.facts == {"reason": error.__name__, "sent": True}


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 403, 404, 429, 500, 503])
def test_an_answer_other_than_2xx_keeps_its_status_and_beginning(status: int) -> None:
    with pytest.raises(ProviderUnclear) as unclear:
        Line([says(status, "not now " * 1000, Location="https://evil.test")]).client().send("POST", "/json/Transaction")

    assert (unclear.value.facts["status"], unclear.value.facts["sent"]) == (status, True)
    assert unclear.value.facts["body"] == ("not now " * 1000)[:1024]


def test_what_may_not_be_logged_is_taken_out_of_a_kept_answer() -> None:
    body = (
        f"{SECRET} hmac WebKey0001:abc=:n:1 NL13TEST0123456789 nl13 test 0123 4567 89 jan@demo.test "
        "4111 1111 1111 1111 key 41C48B55FA9164E123CC73B1157459E8 AC01B55FA9164E123CC73B1157459E80"
    )

    with pytest.raises(ProviderUnclear) as unclear:
        Line([says(400, body)]).client().send("POST", "/json/Transaction")

    assert unclear.value.facts["body"] == (
        "[secret] [signature] […6789] […7 89] [mail] […1111] key "
        "41C48B55FA9164E123CC73B1157459E8 AC01B55FA9164E123CC73B1157459E80"
    )


def test_a_wrongly_signed_answer_is_not_believed() -> None:
    def forged(request: httpx.Request) -> httpx.Response:
        genuine = signed_answer(request, {"Key": "A"})
        return httpx.Response(200, content=b'{"Key":"B"}', headers={"Authorization": genuine.headers["Authorization"]})

    with pytest.raises(ProviderUnclear) as unclear:
        Line([forged]).client().send("GET", STATUS_PATH)

    assert unclear.value.facts == {"reason": "answer_signature", "sent": True, "status": 200}


def test_an_answer_to_another_question_is_not_believed() -> None:
    def other(request: httpx.Request) -> httpx.Response:
        return signed_answer(httpx.Request("GET", "https://testcheckout.buckaroo.nl/json/other"), {"Key": "A"})

    with pytest.raises(ProviderUnclear):
        Line([other]).client().send("GET", STATUS_PATH)


def test_an_unsigned_answer_is_believed_unless_signatures_are_required() -> None:
    assert Line([says(200, '{"Key":"A"}')]).client().send("GET", STATUS_PATH) == {"Key": "A"}
    with pytest.raises(ProviderUnclear):
        Line([says(200, '{"Key":"A"}')]).client(require_signed_answers=True).send("GET", STATUS_PATH)


def test_a_huge_answer_is_cut_off() -> None:
    with pytest.raises(ProviderUnclear) as unclear:
        Line([says(200, b" " * (MAX_ANSWER_BYTES + 1))]).client().send("GET", STATUS_PATH)

    assert unclear.value.facts["reason"] == "huge_answer"


def test_a_packed_answer_is_not_unpacked() -> None:
    def packed(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(b"anything"))

    with pytest.raises(ProviderUnclear) as unclear:
        Line([packed]).client().send("GET", STATUS_PATH)

    assert unclear.value.facts["reason"] == "encoded_answer"


@given(st.integers(200, 599), st.binary(max_size=300), st.sampled_from(["", "hmac a:b:c:1760000000", "x"]))
def test_any_answer_is_an_object_or_unclear(status: int, content: bytes, header: str) -> None:
    line = Line([says(status, content, **({"Authorization": header} if header else {}))])

    with suppress(ProviderUnclear):
        assert isinstance(line.client().send("GET", STATUS_PATH), dict)
