"""The hosting panel: believes messages that are signed as the open specification "Standard Webhooks" has it, and keeps
how each domain should be set."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
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
TOLERANCE_SECONDS = 300
_SHOWN_CHARACTERS = 64


@dataclass(frozen=True)
class Received:
    """One message and what became of it. What is inside is kept only of those that were believed."""

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


class Panel:
    """All messages in order of arrival, and what they amount to. Safe to share by threads."""

    def __init__(self, settings: SandboxSettings, clock: EmulatedClock, faults: Faults) -> None:
        self._key = base64.b64decode(settings.panel_secret.removeprefix("whsec_"))
        self._clock, self._faults = clock, faults
        self._lock = threading.Lock()
        self._messages: list[Received] = []
        self._applied: dict[tuple[str, str], Received] = {}
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
            for (domain, area), received in sorted(self._applied.items()):
                found.setdefault(domain, {})[area] = received
            return found

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
            data = json.loads(body)["data"]
            domain, area, version = str(data["domain"]), str(data["area"]), int(data["version"])
            settings = dict(data["settings"])
        except (ValueError, TypeError, KeyError):
            return Received(at, shown, NOT_READ)
        verdict = self._verdict(message_id, (domain, area), version)
        return Received(at, shown, verdict, domain, area, version, settings)

    def _verdict(self, message_id: str, what: tuple[str, str], version: int) -> str:
        if message_id in self._seen:
            return REPEAT
        holds = self._applied.get(what)
        return OLDER if holds is not None and version <= holds.version else APPLIED

    def _keep(self, received: Received) -> None:
        self._messages.append(received)
        if received.verdict in (APPLIED, OLDER):
            self._seen.add(received.message_id)
        if received.verdict == APPLIED:
            self._applied[received.domain, received.area] = received

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
