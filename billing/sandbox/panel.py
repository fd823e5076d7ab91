"""The hosting panel: believes messages that are signed as the open specification "Standard Webhooks" has it, and keeps
how each domain should be set, how each service stands, and what it was asked to renew."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from billing.sandbox.clock import EmulatedClock
from billing.sandbox.faults import Faults
from billing.sandbox.settings import SandboxSettings

NO_CONTENT, BAD_REQUEST, UNAUTHORIZED, UNAVAILABLE = 204, 400, 401, 503
APPLIED, REPEAT, OLDER, NOT_BELIEVED, NOT_READ, DOWN = "applied", "repeat", "older", "not believed", "not read", "down"
STATUSES = {
    APPLIED: NO_CONTENT, REPEAT: NO_CONTENT, OLDER: NO_CONTENT, NOT_BELIEVED: UNAUTHORIZED, NOT_READ: BAD_REQUEST,
    DOWN: UNAVAILABLE,
}  # fmt: skip
SERVICE, RENEW = "service", "renew"
TOLERANCE_SECONDS = 300
_SHOWN_CHARACTERS = 64


@dataclass(frozen=True)
class Received:
    """One message and what became of it. What is inside is kept only of those that were believed.

    Of news of a service, `domain` is its label, `area` is "service", and `settings` holds all that the message says.
    """

    at: str
    message_id: str
    verdict: str
    domain: str = ""
    area: str = ""
    version: int = 0
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return STATUSES[self.verdict]

    @property
    def about(self) -> tuple[str, ...]:
        """What it has a word on: an area of a domain, a service, or one renewal of a service."""
        if self.area != SERVICE:
            return (self.domain, self.area)
        renewal = str(self.settings["period_start"]) if self.settings["news"] == RENEW else ""
        return (SERVICE, str(self.settings["service"]), renewal)


class Panel:
    """All messages in order of arrival, and what they amount to. Safe to share by threads."""

    def __init__(self, settings: SandboxSettings, clock: EmulatedClock, faults: Faults) -> None:
        self._key = base64.b64decode(settings.panel_secret.removeprefix("whsec_"))
        self._clock, self._faults = clock, faults
        self._lock = threading.Lock()
        self._messages: list[Received] = []
        self._applied: dict[tuple[str, ...], Received] = {}
        self._seen: set[str] = set()

    def receive(self, headers: Mapping[str, str], body: bytes) -> int:
        """Take in one message; returns the HTTP status to answer with."""
        message_id = headers.get("webhook-id", "")
        with self._lock:
            received = self._judged(message_id, headers, body)
            self._keep(received)
        return received.status

    def all(self) -> list[Received]:
        """Oldest first."""
        with self._lock:
            return list(self._messages)

    def domains(self) -> dict[str, dict[str, Received]]:
        """By domain and area, the message that holds now."""
        with self._lock:
            found: dict[str, dict[str, Received]] = {}
            for _, received in sorted(self._applied.items()):
                if received.area != SERVICE:
                    found.setdefault(received.domain, {})[received.area] = received
            return found

    def services(self) -> list[Received]:
        """The newest news of each service, and each renewal; in order of arrival."""
        with self._lock:
            return [received for received in self._applied.values() if received.area == SERVICE]

    def clear(self) -> None:
        with self._lock:
            self._messages.clear()
            self._applied.clear()
            self._seen.clear()

    def dump(self) -> list[dict[str, Any]]:
        """Everything as plain JSON values."""
        return [asdict(received) for received in self.all()]

    def load(self, rows: list[dict[str, Any]]) -> None:
        with self._lock:
            for row in rows:
                self._keep(Received(**row))

    def _judged(self, message_id: str, headers: Mapping[str, str], body: bytes) -> Received:
        shown = message_id[:_SHOWN_CHARACTERS]
        at = self._clock.now().isoformat()
        if self._faults.take(self._faults.panel, "down"):
            return Received(at, shown, DOWN)
        if not (self._is_of_now(headers.get("webhook-timestamp", "")) and self._is_signed(headers, body)):
            return Received(at, shown, NOT_BELIEVED)
        try:
            received = _read(json.loads(body), Received(at, shown, APPLIED))
            holds = self._applied.get(received.about)
        except (ValueError, TypeError, KeyError, AttributeError):
            return Received(at, shown, NOT_READ)
        if message_id in self._seen:
            return replace(received, verdict=REPEAT)
        return replace(received, verdict=OLDER) if holds and received.version <= holds.version else received

    def _keep(self, received: Received) -> None:
        self._messages.append(received)
        if received.verdict in (APPLIED, OLDER):
            self._seen.add(received.message_id)
        if received.verdict == APPLIED:
            self._applied[received.about] = received

    def _is_of_now(self, timestamp: str) -> bool:
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
            return False
        # A sender may follow either time: its machine's, or a demo clock that is moved together with ours.
        clocks = (time.time(), self._clock.now().timestamp())
        return min(abs(int(timestamp) - clock) for clock in clocks) <= TOLERANCE_SECONDS

    def _is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        if not message_id or len(message_id) > _SHOWN_CHARACTERS:
            return False
        content = b".".join((message_id.encode(), timestamp.encode(), body))
        expected = b"v1," + base64.b64encode(hmac.new(self._key, content, hashlib.sha256).digest())
        # While a secret is being replaced, a sender signs with both.
        given = headers.get("webhook-signature", "").encode().split(b" ")
        return any(hmac.compare_digest(expected, one) for one in given)


def _read(message: Any, empty: Received) -> Received:
    """What a message says. Raises one of several errors when it can't be understood."""
    data, (area, _, news) = message["data"], str(message.get("type", "")).partition(".")
    version = int(data["version"])
    if area == SERVICE:
        said = {**data, "news": news, "service": int(data["service"])}
        return replace(empty, domain=str(data["label"]), area=SERVICE, version=version, settings=said)
    return replace(
        empty, domain=str(data["domain"]), area=str(data["area"]), version=version, settings=dict(data["settings"])
    )
