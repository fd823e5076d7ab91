"""The bookkeeping's webhooks: each change of a document is told, signed, and again until it is heard."""

import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from billing.sandbox import delivery
from billing.sandbox.clock import EmulatedClock, Timers
from billing.sandbox.lanes import Lanes
from billing.sandbox.settings import SandboxSettings

MINUTES_BETWEEN_TRIES = (1, 5, 30, 120)


@dataclass
class _News:
    key: str
    body: bytes
    tries: int = 0


class BooksNews:
    """Sends what happened to documents, in order; nothing when nobody listens."""

    def __init__(self, settings: SandboxSettings, clock: EmulatedClock, timers: Timers) -> None:
        self._settings, self._clock, self._timers = settings, clock, timers
        self._lanes = Lanes("sandbox-books", 1)

    def tell(self, event: str, invoice: dict[str, Any]) -> None:
        """Tell of one event."""
        if not self._settings.books_news_url:
            return
        message = {
            "administration_id": self._settings.books_administration, "webhook_id": "1", "webhook_token": "token",
            "entity_type": "ExternalSalesInvoice", "entity_id": invoice["id"], "state": invoice["state"],
            "action": event, "entity": invoice,
        }  # fmt: skip
        self._send(_News(secrets.token_hex(16), json.dumps(message).encode()))

    def stop(self) -> None:
        self._lanes.stop()

    def _send(self, news: _News) -> None:
        self._lanes.run("news", lambda: self._hand_in(news))

    def _hand_in(self, news: _News) -> None:
        status = delivery.post(self._signed(news), self._settings.push_timeout_seconds)
        if not 200 <= status < 300 and news.tries < len(MINUTES_BETWEEN_TRIES):
            wait = timedelta(minutes=MINUTES_BETWEEN_TRIES[news.tries])
            news.tries += 1
            self._timers.at(self._clock.now() + wait, lambda: self._send(news))

    def _signed(self, news: _News) -> delivery.Message:
        # Where the sandbox's clock moves the whole demo, a signature of any other time would be stale.
        now = self._clock.now().timestamp() if self._settings.clock_file else time.time()
        content = f"{int(now)}.".encode() + news.body
        signature = hmac.new(self._settings.books_news_secret.encode(), content, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": news.key,
            "Moneybird-Signature": f"t={int(now)},v1={signature}",
        }
        return delivery.Message(self._settings.books_news_url, headers, news.body)
