"""Moneybird's webhooks: believed when signed, and then read.

Source: `Moneybird-Signature: t=<unix>,v1=<hex>`, HMAC-SHA256 over `{t}.{raw body}`; while a secret is replaced there is
more than one v1. `Idempotency-Key` is the same when a message comes again.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from billing.adapters.books.settings import MoneybirdSettings
from billing.adapters.books.wire import foreign_cents, payments_of
from billing.errors import ProviderUnclear
from billing.ports import BookNews, NewsRefused

TOLERANCE = timedelta(minutes=5)
_ABOUT = "ExternalSalesInvoice"
_GONE = "external_sales_invoice_destroyed"


def read(settings: MoneybirdSettings, headers: Mapping[str, str], body: bytes, now: datetime) -> BookNews | None:
    """What a message says of one of the documents; None when it is about something else.

    Without a secret nothing is believed: the address answers, as registering it asks for, and that is all. Raises
    NewsRefused; reason: unsigned, stale, forged, unreadable, other_administration.
    """
    if not settings.news_secret:
        return None
    _require_genuine(settings.news_secret.encode(), headers.get("moneybird-signature", ""), body, now)
    try:
        message = json.loads(body)
        if str(message["administration_id"]) != settings.administration:
            raise NewsRefused(status=400, reason="other_administration")
        if message["entity_type"] != _ABOUT:
            return None
        return _news(message, headers.get("idempotency-key", ""))
    except (ValueError, KeyError, TypeError, AttributeError, ProviderUnclear):
        raise NewsRefused(status=400, reason="unreadable") from None


def _news(message: Any, key: str) -> BookNews:
    entity, is_gone = message.get("entity") or {}, message["action"] == _GONE
    foreign = 0 if is_gone else foreign_cents(payments_of(entity))
    # Nothing follows the end of a document, whatever version it ended with.
    version = 2**62 if is_gone else int(entity["version"])
    return BookNews(key, str(message["entity_id"]), version, foreign, is_gone)


def _require_genuine(key: bytes, header: str, body: bytes, now: datetime) -> None:
    parts = [part.strip().partition("=") for part in header.split(",")]
    sent = next((value for name, _, value in parts if name == "t"), "")
    given = [value for name, _, value in parts if name == "v1"]
    if not given or not (sent.isascii() and sent.isdigit() and len(sent) <= 12):
        raise NewsRefused(status=401, reason="unsigned")
    if abs(now.timestamp() - int(sent)) > TOLERANCE.total_seconds():
        raise NewsRefused(status=401, reason="stale")
    expected = hmac.new(key, f"{sent}.".encode() + body, hashlib.sha256).hexdigest().encode()
    if not any(hmac.compare_digest(expected, one.encode()) for one in given):
        raise NewsRefused(status=401, reason="forged")
