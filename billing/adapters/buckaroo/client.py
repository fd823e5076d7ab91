"""Signed HTTP with the gateway: what may be sent again is, what may not never is, and no answer is ever guessed."""

import secrets
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import httpx

from billing.adapters.buckaroo.answers import Answer, parsed
from billing.adapters.buckaroo.messages import Json, encoded
from billing.adapters.buckaroo.scrub import scrubbed
from billing.adapters.buckaroo.settings import BuckarooSettings
from billing.adapters.buckaroo.signing import authorization, verify_json_push
from billing.clock import Clock, SystemClock
from billing.errors import ProviderUnclear

MAX_ANSWER_BYTES = 2 * 1024 * 1024
RETRY_PAUSES = (0.5, 2.0)

_TIMEOUT = httpx.Timeout(30.0, connect=5.0, pool=5.0)
_KEPT_CHARACTERS = 1024
# Raised before the first byte of a request leaves.
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class _Passing(ProviderUnclear):
    """A failure that may be over in a moment: no connection, no answer, overload, outage."""


class BuckarooClient:
    """One website's connection to the gateway. May be shared between threads.

    transport: stands in for the network. pause: waits between two tries of a question, in seconds.
    """

    def __init__(
        self,
        settings: BuckarooSettings,
        *,
        transport: httpx.BaseTransport | None = None,
        clock: Clock | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._clock = clock or SystemClock()
        self._pause = pause
        # No proxies or keys from the environment: what is signed goes to the configured host and nowhere else.
        self._http = httpx.Client(
            transport=transport, timeout=_TIMEOUT, follow_redirects=False, trust_env=False,
            headers={"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "voldaan"},
        )  # fmt: skip

    def close(self) -> None:
        """Let go of open connections."""
        self._http.close()

    def send(self, method: str, path: str, *, body: Json | None = None, culture: str = "nl-NL") -> Answer:
        """One request, sent once and never again, for whatever has an effect.

        culture: language of the gateway's pages and sentences.
        Raises ProviderUnclear for anything but a 2xx answer with a JSON object, rightly signed where it is signed.
        Its facts: `reason`; `sent`, False when certainly nothing reached the gateway; `status` and `body` (the
        answer's beginning, scrubbed) where there was an answer.
        """
        request = self._signed_request(method, path, body=body, culture=culture)
        try:
            status, header, content = self._exchange(request)
        except _NEVER_SENT as failure:
            raise _Passing(reason=type(failure).__name__, sent=False) from failure
        except (httpx.HTTPError, httpx.StreamError) as failure:
            raise _Passing(reason=type(failure).__name__, sent=True) from failure
        return self._understood(request, status=status, header=header, content=content)

    def ask(self, method: str, path: str, *, body: Json | None = None) -> Answer:
        """A question without effect, so that it may be asked again when the answer stays out; a few times at most.

        Each try is a new message with its own nonce and time. Raises as `send` does.
        """
        for seconds in RETRY_PAUSES:
            try:
                return self.send(method, path, body=body)
            except _Passing:
                self._pause(seconds)
        return self.send(method, path, body=body)

    def _signed_request(self, method: str, path: str, *, body: Json | None, culture: str) -> httpx.Request:
        content = b"" if body is None else encoded(body)
        request = self._http.build_request(
            method, self._settings.base_url.rstrip("/") + path, content=content, headers={"Culture": culture}
        )
        if content:
            request.headers["Content-Type"] = "application/json"
        # The URL is taken from the finished request: what is signed is what is sent, to the letter.
        request.headers["Authorization"] = authorization(
            method=method, url=str(request.url), body=content,
            website_key=self._settings.website_key, secret=self._settings.secret,
            nonce=secrets.token_hex(16), timestamp=int(self._clock.now().timestamp()),
        )  # fmt: skip
        return request

    def _exchange(self, request: httpx.Request) -> tuple[int, str, bytes]:
        response = self._http.send(request, stream=True)
        try:
            # The cap counts what is read, so that nothing may unpack itself to more.
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise ProviderUnclear(reason="encoded_answer", sent=True, status=response.status_code)
            content = bytearray()
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > MAX_ANSWER_BYTES:
                    raise ProviderUnclear(reason="huge_answer", sent=True, status=response.status_code)
            return response.status_code, response.headers.get("Authorization", ""), bytes(content)
        finally:
            response.close()

    def _understood(self, request: httpx.Request, *, status: int, header: str, content: bytes) -> Answer:
        facts: dict[str, Any] = {"sent": True, "status": status}
        if not 200 <= status < 300:
            passing = status == HTTPStatus.TOO_MANY_REQUESTS or status >= 500
            raise (_Passing if passing else ProviderUnclear)(reason="http", body=self._kept(content), **facts)
        if not self._signed_rightly(request, header=header, content=content):
            raise ProviderUnclear(reason="answer_signature", **facts)
        answer = parsed(content)
        if answer is None:
            raise ProviderUnclear(reason="not_an_object", body=self._kept(content), **facts)
        return answer

    def _signed_rightly(self, request: httpx.Request, *, header: str, content: bytes) -> bool:
        # Signed answers are undocumented for most libraries; a missing signature is refused by setting only.
        if not header:
            return not self._settings.require_signed_answers
        return verify_json_push(
            authorization=header, method=request.method, url=str(request.url), body=content,
            website_key=self._settings.website_key, secret=self._settings.secret,
        )  # fmt: skip

    def _kept(self, content: bytes) -> str:
        # Cut after scrubbing: half an account number would not be recognised as one.
        beginning = content[: 2 * _KEPT_CHARACTERS].decode("utf-8", "replace")
        return scrubbed(beginning, secret=self._settings.secret)[:_KEPT_CHARACTERS]
