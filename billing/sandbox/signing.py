"""The gateway's two signatures, written from the protocol and from nothing else, so that it can check a client's.

JSON messages carry an HMAC-SHA256 in the Authorization header; form messages carry a plain hash in `brq_signature`.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from urllib.parse import quote

SIGNED_PREFIXES = ("brq_", "add_", "cust_")


def hmac_header(
    *, method: str, url: str, body: bytes, website_key: str, secret: str, nonce: str, timestamp: int | str
) -> str:
    """The Authorization header for one message.

    url: absolute; scheme is left out of the signature, letter case plays no part. body: the exact bytes.
    """
    content = base64.b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode() if body else ""
    text = f"{website_key}{method.upper()}{uri_part(url)}{timestamp}{nonce}{content}"
    digest = hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()
    return f"hmac {website_key}:{base64.b64encode(digest).decode()}:{nonce}:{timestamp}"


def uri_part(url: str) -> str:
    """The address as it is signed: no scheme, percent-encoded once more, lower case."""
    return quote(url.split("://", 1)[-1], safe="").lower()


def same_text(one: str, other: str) -> bool:
    """Constant-time comparison that also takes non-ASCII text."""
    return hmac.compare_digest(one.encode(), other.encode())


def form_signature(fields: Sequence[tuple[str, str]], secret: str, algorithm: str = "sha1") -> str:
    """Lower-case hex signature over decoded form fields.

    Unsigned names and `brq_signature` itself are passed over. algorithm: sha1, sha256 or sha512.
    """
    signed = [(name, value) for name, value in fields if _is_signed(name)]
    signed.sort(key=lambda field: _sort_key(field[0]))
    text = "".join(f"{name}={value}" for name, value in signed) + secret
    return hashlib.new(algorithm, text.encode()).hexdigest()


def _is_signed(name: str) -> bool:
    lower = name.lower()
    return lower.startswith(SIGNED_PREFIXES) and lower != "brq_signature"


def _sort_key(name: str) -> list[tuple[int, str]]:
    # The documented order is symbols, digits, letters; plain ASCII would put digits before the underscore.
    return [(2 if char.isalpha() else 1 if char.isdigit() else 0, char) for char in name.lower()]
