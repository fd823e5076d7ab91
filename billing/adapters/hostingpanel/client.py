"""Signed messages to the control panel over HTTP."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any

import httpx

from billing.clock import Clock, SystemClock
from billing.errors import ProviderRefused, ProviderUnclear, SettingsInvalid
from billing.ports import DesiredState, ServiceNotice
from billing.webhooks import secret_key, signature

_TIMEOUT = httpx.Timeout(10.0, connect=5.0, pool=5.0)
# Refusals by number that are about the moment, or about our address and key, and not about the message.
_PASSING = {
    HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS,
}  # fmt: skip


@dataclass(frozen=True)
class PanelSettings:
    """Where the panel listens, and the secret it shares with us. Raises SettingsInvalid for one that can't work."""

    url: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        try:
            secret_key(self.secret)
        except ValueError:
            raise SettingsInvalid(problems=["hosting_panel_secret"]) from None


class WebhookPanel:
    """One panel. May be shared between threads. transport: stands in for the network."""

    def __init__(
        self, settings: PanelSettings, *, transport: httpx.BaseTransport | None = None, clock: Clock | None = None
    ) -> None:
        self._url, self._key = settings.url, secret_key(settings.secret)
        self._clock = clock or SystemClock()
        # No proxies or keys from the environment: the settings of a customer go to the panel and nowhere else.
        self._http = httpx.Client(
            transport=transport, timeout=_TIMEOUT, follow_redirects=False, trust_env=False,
            headers={"Accept-Encoding": "identity", "Content-Type": "application/json", "User-Agent": "voldaan"},
        )  # fmt: skip

    def close(self) -> None:
        """Let go of open connections."""
        self._http.close()

    def apply(self, desired: DesiredState) -> None:
        """Send how an area of a package should be. Raises ProviderRefused when the panel will never take it,
        ProviderUnclear when it has to be sent again because there was no answer or no clear one."""
        data = {
            "domain": desired.domain, "area": desired.area, "version": desired.version,
            "settings": dict(desired.settings),
        }  # fmt: skip
        self._send(desired.message_id, f"hosting.{desired.area}.changed", desired.decided_at, data)

    def tell(self, notice: ServiceNotice) -> None:
        """Send news of a service. Raises as `apply` does."""
        data = {
            "service": notice.service_id, "version": notice.version, "label": notice.label, "product": notice.product,
            **notice.facts,
        }  # fmt: skip
        self._send(notice.message_id, f"service.{notice.news}", notice.decided_at, data)

    def _send(self, message_id: str, kind: str, decided_at: datetime, data: Mapping[str, Any]) -> None:
        body = _body(kind, decided_at, data)
        timestamp = int(self._clock.now().timestamp())
        headers = {
            "webhook-id": message_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature(self._key, message_id=message_id, timestamp=timestamp, body=body),
        }
        try:
            # Only the status says something; whatever comes after it is not even read.
            with self._http.stream("POST", self._url, content=body, headers=headers) as answer:
                status = answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ProviderUnclear(reason=type(error).__name__) from error
        _require_taken(status)


class NoPanel:
    """Stands there while no panel is connected: what is meant for one waits."""

    def apply(self, desired: DesiredState) -> None:
        raise ProviderUnclear(reason="no_panel")

    def tell(self, notice: ServiceNotice) -> None:
        raise ProviderUnclear(reason="no_panel")


def _require_taken(status: int) -> None:
    if 200 <= status < 300:
        return
    if 400 <= status < 500 and status not in _PASSING:
        raise ProviderRefused(reason=f"http_{status}")
    raise ProviderUnclear(reason=f"http_{status}")


def _body(kind: str, decided_at: datetime, data: Mapping[str, Any]) -> bytes:
    message = {"type": kind, "timestamp": decided_at.isoformat(), "data": data}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
