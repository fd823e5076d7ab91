"""HTTP to Moneybird: one call, and what its answer or its silence means.

Source: API v2 of Moneybird, its public OpenAPI description of August 2026. 150 requests in 5 minutes; a 429 tells in
`Retry-After`, and every answer in `RateLimit-Reset`, when it goes on: as seconds since 1970, not as a delay.
"""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import httpx

from billing.adapters.books.settings import MoneybirdSettings
from billing.clock import Clock
from billing.errors import ProviderRefused, ProviderUnclear
from billing.ports import BooksBusy, BooksClosed

_TIMEOUT = httpx.Timeout(20.0, connect=5.0, pool=5.0)
_CLOSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN}
_LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY}
_WINDOW = timedelta(minutes=5)
_LONGEST_REASON = 180


class Missing(ProviderRefused):
    """There is no such thing there (404)."""


class MoneybirdClient:
    """Calls on one administration. May be shared between threads. transport: stands in for the network."""

    def __init__(self, settings: MoneybirdSettings, clock: Clock, transport: httpx.BaseTransport | None) -> None:
        self._clock = clock
        self._base = f"{settings.url.rstrip('/')}/{settings.administration}"
        self._quiet_until: datetime | None = None
        # No proxies or keys from the environment, and no redirect: our key goes to this one address.
        self._http = httpx.Client(
            transport=transport, timeout=_TIMEOUT, follow_redirects=False, trust_env=False,
            headers={"Authorization": f"Bearer {settings.token}", "User-Agent": "voldaan"},
        )  # fmt: skip

    def close(self) -> None:
        """Let go of open connections."""
        self._http.close()

    def call(self, method: str, path: str, **sent: Any) -> Any:
        """Send one request and return the JSON of its answer; None for an answer without any.

        path: below the administration, without `.json`. Raises Missing for a 404, and as the port does.
        """
        if self._quiet_until is not None and self._clock.now() < self._quiet_until:
            raise BooksBusy(reason="rate_limit", until=self._quiet_until)
        try:
            answer = self._http.request(method, f"{self._base}/{path}.json", **sent)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ProviderUnclear(reason=type(error).__name__) from error
        self._quiet_until = self._resumes(answer) if answer.headers.get("RateLimit-Remaining") == "0" else None
        self._require_done(answer)
        return _content(answer)

    def find(self, path: str) -> Any:
        """What is at a path; None when there is nothing. Raises as the port does."""
        try:
            return self.call("GET", path)
        except Missing:
            return None

    def _require_done(self, answer: httpx.Response) -> None:
        status = answer.status_code
        if 200 <= status < 300:
            return
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise BooksBusy(reason="rate_limit", until=self._resumes(answer))
        if status in _CLOSED:
            raise BooksClosed(reason=f"http_{status}")
        if status == HTTPStatus.NOT_FOUND:
            raise Missing(reason="http_404")
        if 400 <= status < 500 and status not in _LATER:
            raise ProviderRefused(reason=f"http_{status} {_complaint(answer)}".strip())
        raise ProviderUnclear(reason=f"http_{status}")

    def _resumes(self, answer: httpx.Response) -> datetime:
        """When it takes requests again; a moment that is past, absurd or missing is the end of a full window."""
        now = self._clock.now()
        for name in ("Retry-After", "RateLimit-Reset"):
            text = answer.headers.get(name, "")
            if text.isascii() and text.isdigit() and len(text) <= 11:
                moment = datetime.fromtimestamp(int(text), UTC)
                if now < moment <= now + 2 * _WINDOW:
                    return moment
        return now + _WINDOW


def _content(answer: httpx.Response) -> Any:
    if not answer.content:
        return None
    try:
        return answer.json()
    except ValueError:
        raise ProviderUnclear(reason="unreadable") from None


def _complaint(answer: httpx.Response) -> str:
    """What a refusal says is wrong, field by field."""
    try:
        error = answer.json()["error"]
    except (ValueError, KeyError, TypeError):
        return ""
    if isinstance(error, dict):
        error = "; ".join(f"{name} {', '.join(map(str, says))}" for name, says in sorted(error.items()))
    return str(error)[:_LONGEST_REASON]
