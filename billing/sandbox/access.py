"""Who may call: checks a request's Authorization header, and remembers what was used."""

import re
import threading
import time
from collections import deque

from billing.sandbox.clock import EmulatedClock
from billing.sandbox.settings import SandboxSettings
from billing.sandbox.signing import hmac_header, same_text, uri_part

HEADER = re.compile(r"hmac ([^:]+):([^:]+):([^:]+):(\d{10})", re.IGNORECASE)


class Denied(Exception):
    """The request is refused; the text says why, as this is for practice."""


class Doorkeeper:
    """Verifies requests. A nonce is accepted once within the time window."""

    def __init__(self, settings: SandboxSettings, clock: EmulatedClock) -> None:
        self._settings, self._clock = settings, clock
        self._lock = threading.Lock()
        self._used: set[str] = set()
        self._order: deque[tuple[float, str]] = deque()

    def check(self, *, header: str, method: str, url: str, body: bytes) -> str:
        """Returns the nonce of an honest request; raises Denied otherwise."""
        match = HEADER.fullmatch(header.strip())
        if match is None:
            raise Denied("the Authorization header is missing or not well formed")
        website_key, _, nonce, timestamp = match.groups()
        if not same_text(website_key, self._settings.website_key):
            raise Denied("unknown website key")
        expected = hmac_header(
            method=method,
            url=url,
            body=body,
            website_key=self._settings.website_key,
            secret=self._settings.secret,
            nonce=nonce,
            timestamp=timestamp,
        )
        if not same_text(expected.split(":")[1], match[2]):
            raise Denied(f"the signature is wrong; it was checked for {method} {uri_part(url)}")
        self._check_time(int(timestamp))
        self._use(nonce)
        return nonce

    def clear(self) -> None:
        with self._lock:
            self._used.clear()
            self._order.clear()

    def _check_time(self, timestamp: int) -> None:
        # A client may follow either time: its machine's, or a demo clock that is moved together with ours.
        clocks = (time.time(), self._clock.now().timestamp())
        if min(abs(timestamp - clock) for clock in clocks) > self._settings.clock_window_seconds:
            raise Denied("the timestamp is too far from now")

    def _use(self, nonce: str) -> None:
        now = time.monotonic()
        with self._lock:
            while self._order and self._order[0][0] < now - 2 * self._settings.clock_window_seconds:
                self._used.discard(self._order.popleft()[1])
            if nonce in self._used:
                raise Denied("the nonce was used before")
            self._used.add(nonce)
            self._order.append((now, nonce))
