"""Signatures of the open specification "Standard Webhooks": symmetric ones, version 1. Made here, and checked."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

SECRET_PREFIX = "whsec_"
MIN_SECRET_BYTES, MAX_SECRET_BYTES = 24, 64
TOLERANCE = timedelta(minutes=5)


def secret_key(secret: str) -> bytes:
    """The key inside a written secret: `whsec_` and base64 of 24 to 64 bytes. Raises ValueError."""
    if not secret.startswith(SECRET_PREFIX):
        raise ValueError("no secret of a webhook")
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if not MIN_SECRET_BYTES <= len(key) <= MAX_SECRET_BYTES:
        raise ValueError("too short or too long")
    return key


def signature(key: bytes, *, message_id: str, timestamp: int, body: bytes) -> str:
    """The value of the header `webhook-signature` for one sending of a message. timestamp: seconds since 1970."""
    content = f"{message_id}.{timestamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()}"


def require_genuine(key: bytes, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Check one message as it came in. headers: by their names in small letters. body: its exact bytes.

    Raises ValueError saying what it is: "unsigned", "stale" (or from the future), or "forged".
    """
    message_id, sent, given = (headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    if not message_id or not given or not _is_number(sent):
        raise ValueError("unsigned")
    if abs(now.timestamp() - int(sent)) > TOLERANCE.total_seconds():
        raise ValueError("stale")
    expected = signature(key, message_id=message_id, timestamp=int(sent), body=body).encode()
    # While a secret is being replaced, a sender signs with both.
    if not any(hmac.compare_digest(expected, one.encode()) for one in given.split(" ")):
        raise ValueError("forged")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 12
