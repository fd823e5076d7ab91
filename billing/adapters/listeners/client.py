"""The client: one POST per message, signed after "Standard Webhooks", without redirects, proxies or cookies."""

from http import HTTPStatus
from urllib.parse import urlsplit

import httpcore

from billing.adapters.listeners.addresses import LONGEST_NAME, PublicNetwork, is_public
from billing.adapters.listeners.deadlines import TimedNetwork, within
from billing.clock import Clock
from billing.errors import ProviderRefused, ProviderUnclear
from billing.ports import Letter, UrlRefused
from billing.webhooks import signature

LONGEST_URL = 500
# For one message, whatever it is that takes so long. With looking up its name, half a minute at most, it is shorter
# than `LEASE` of billing.listeners.queue.
PATIENCE_SECONDS = 20.0
_TIMEOUTS = {"timeout": {"connect": 5.0, "read": 10.0, "write": 5.0, "pool": 5.0}}
# Refusals by number that are about the moment or about our access, and not about this message.
_PASSING = {
    HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS,
}  # fmt: skip


class WebhookLine:
    """Sends to any system of the host. May be shared between threads.

    allows_near: also over plain HTTP, to this machine and its own network, as in a demo. network: stands in for the
    real one in tests. patience: seconds for a whole message.
    """

    def __init__(
        self, *, clock: Clock, allows_near: bool = False, network: httpcore.NetworkBackend | None = None,
        patience: float = PATIENCE_SECONDS,
    ) -> None:  # fmt: skip
        self._clock, self._allows_near, self._patience = clock, allows_near, patience
        chosen = network or (TimedNetwork(httpcore.SyncBackend()) if allows_near else PublicNetwork())
        self._http = httpcore.ConnectionPool(network_backend=chosen, max_keepalive_connections=20)

    def require_usable(self, url: str) -> None:
        """Whether an address has a form that may be sent to. Asks no network. Raises UrlRefused."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise UrlRefused(reason="form") from None
        if parts.scheme != "https" and not (self._allows_near and parts.scheme == "http"):
            raise UrlRefused(reason="scheme")
        if not _is_written_well(url, host) or parts.username is not None or parts.fragment or port == 0:
            raise UrlRefused(reason="form")
        if not self._allows_near and _is_near(host):
            raise UrlRefused(reason="private")

    def post(self, letter: Letter) -> None:
        """Send one message. Raises ProviderRefused, and ProviderUnclear when it has to be sent again."""
        timestamp = int(self._clock.now().timestamp())
        headers = {
            "host": _host_header(letter.url),
            "content-type": "application/json",
            "content-length": str(len(letter.body)),
            "user-agent": "voldaan",
            "webhook-id": letter.message_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature(
                letter.key, message_id=letter.message_id, timestamp=timestamp, body=letter.body
            ),
        }
        try:
            # Only the status says something; whatever comes after it is not even read.
            with (
                within(self._patience),
                self._http.stream(
                    "POST", letter.url, headers=list(headers.items()), content=letter.body, extensions=_TIMEOUTS
                ) as answer,
            ):
                status = answer.status
        except _TROUBLE as error:
            raise ProviderUnclear(reason=type(error).__name__) from None
        _require_taken(status)


_TROUBLE = (
    httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, httpcore.UnsupportedProtocol,
    httpcore.ProxyError, OSError, ValueError,
)  # fmt: skip


def _is_written_well(url: str, host: str) -> bool:
    return url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST_URL and (
        0 < len(host) <= LONGEST_NAME
    )  # fmt: skip


def _is_near(host: str) -> bool:
    """Whether a host is no name of the open internet: a network address that is not public, or a name without a dot."""
    if ":" in host or host.replace(".", "").isdigit():
        return not is_public(host)
    return "." not in host.rstrip(".") or host.rstrip(".").endswith((".localhost", ".local", ".internal"))


def _host_header(url: str) -> str:
    return urlsplit(url).netloc


def _require_taken(status: int) -> None:
    if 200 <= status < 300:
        return
    if 400 <= status < 500 and status not in _PASSING:
        raise ProviderRefused(reason=f"http_{status}")
    raise ProviderUnclear(reason=f"http_{status}")
