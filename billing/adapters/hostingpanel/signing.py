"""Signatures of the open specification "Standard Webhooks": symmetric ones, version 1."""

import base64
import binascii
import hashlib
import hmac

SECRET_PREFIX = "whsec_"
MIN_SECRET_BYTES, MAX_SECRET_BYTES = 24, 64


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
