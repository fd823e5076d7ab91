"""Buckaroo's two signatures: the HMAC on JSON requests, answers and pushes, and the plain hash on form pushes.

Pure functions on the exact bytes that travel. Nothing here knows the time, the settings or the meaning of a field.
"""

import hashlib
import hmac
import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, quote

_HEADER = re.compile(r"hmac ([^:]+):([^:]+):([^:]+):([0-9]{10})", re.IGNORECASE | re.ASCII)
_SIGNED_PREFIXES = ("brq_", "add_", "cust_")
_SIGNATURE_FIELD = "brq_signature"
_HASHES = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512}
# Genuine pushes carry some tens of fields; the limit only stops a flood of them.
_MAX_FIELDS = 1000

_Order = Callable[[str], list[tuple[int, str]]]


@dataclass(frozen=True)
class Authorization:
    """The four parts of an `Authorization: hmac …` header. timestamp: Unix seconds."""

    website_key: str
    signature: str
    nonce: str
    timestamp: int


def parse_authorization(header: str) -> Authorization | None:
    """The parts of the header; None when it has any other form."""
    match = _HEADER.fullmatch(header)
    if match is None:
        return None
    website_key, signature, nonce, timestamp = match.groups()
    return Authorization(website_key=website_key, signature=signature, nonce=nonce, timestamp=int(timestamp))


def authorization(
    *, method: str, url: str, body: bytes, website_key: str, secret: str, nonce: str, timestamp: int
) -> str:
    """The value of the `Authorization` header for one message.

    url: as it is sent, with scheme and query. body: as it is sent; empty for none. timestamp: Unix seconds.
    """
    content = b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode() if body else ""
    text = f"{website_key}{method.upper()}{_uri_part(url)}{timestamp}{nonce}{content}"
    digest = hmac.new(_bytes(secret), _bytes(text), hashlib.sha256).digest()
    return f"hmac {website_key}:{b64encode(digest).decode()}:{nonce}:{timestamp}"


def verify_json_push(*, authorization: str, method: str, url: str, body: bytes, website_key: str, secret: str) -> bool:
    """True when the header signs exactly this message under our own key. Whether it is fresh is not looked at.

    Serves signed answers too: those are signed over the request's method and URL and the answer's body.
    """
    given = parse_authorization(authorization)
    if given is None:
        return False
    expected = _header_for(
        method=method, url=url, body=body, website_key=website_key, secret=secret,
        nonce=given.nonce, timestamp=given.timestamp,
    )  # fmt: skip
    # The scheme word may come in capitals; everything after it must be the same to the byte.
    return hmac.compare_digest(_bytes(authorization)[5:], _bytes(expected)[5:])


# The public keyword `authorization` hides the function of that name inside `verify_json_push`.
_header_for = authorization


def form_fields(body: bytes) -> list[tuple[str, str]]:
    """Names and values of a form body, decoded exactly once, in order; raises ValueError when it is not UTF-8."""
    return parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS)


def form_signature(fields: list[tuple[str, str]], secret: str, algorithm: str = "sha1") -> str:
    """The lower-case hexadecimal signature of a form.

    fields: decoded; those that are never signed may be among them. algorithm: sha1, sha256 or sha512.
    """
    return _form_hash(_signed(fields), _code_point_order, secret=secret, algorithm=algorithm)


def verify_form_push(body: bytes, secret: str, algorithm: str = "sha1") -> bool:
    """True when the form carries one right signature and could not have been cut into fields another way.

    Names are documented to sort with symbols before digits, while the official libraries sort by code point. The two
    differ only where `_` meets a digit, and a signature made with either one is accepted.
    """
    try:
        fields = form_fields(body)
    except ValueError:
        return False
    given = [value for name, value in fields if name.lower() == _SIGNATURE_FIELD]
    signed = _signed(fields)
    if len(given) != 1 or not _cut_only_one_way(signed):
        return False
    matches = [
        hmac.compare_digest(_bytes(given[0]), _bytes(_form_hash(signed, order, secret=secret, algorithm=algorithm)))
        for order in (_code_point_order, _documented_order)
    ]
    return any(matches)


@lru_cache(maxsize=32)
def _uri_part(url: str) -> str:
    # `~` is the one character that quote() keeps and the gateway escapes.
    return quote(_bytes(url.split("://", 1)[-1]), safe="").replace("~", "%7E").lower()


def _signed(fields: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, value in fields
        if name.lower().startswith(_SIGNED_PREFIXES) and name.lower() != _SIGNATURE_FIELD
    ]


def _cut_only_one_way(signed: Sequence[tuple[str, str]]) -> bool:
    # The signed text has no separators, so that a field can be hidden in the value before it without breaking the
    # signature. Such a cut always shows: as a field name inside a value, a `=` inside a name, or a name that repeats.
    names = [name.lower() for name, _ in signed]
    if len(set(names)) != len(names) or any("=" in name for name in names):
        return False
    return not any(_holds_a_field(value.lower()) for _, value in signed)


def _holds_a_field(value: str) -> bool:
    starts = [value.find(prefix) for prefix in _SIGNED_PREFIXES]
    return any(start >= 0 and "=" in value[start:] for start in starts)


def _form_hash(signed: Sequence[tuple[str, str]], order: _Order, *, secret: str, algorithm: str) -> str:
    in_order = sorted(signed, key=lambda field: order(field[0].lower()))
    text = "".join(f"{name}={value}" for name, value in in_order)
    return _HASHES[algorithm](_bytes(text + secret)).hexdigest()


def _code_point_order(name: str) -> list[tuple[int, str]]:
    return [(0, char) for char in name]


def _documented_order(name: str) -> list[tuple[int, str]]:
    return [(1 if char.isdigit() else 2 if char.isalpha() else 0, char) for char in name]


def _bytes(text: str) -> bytes:
    # Headers and paths may hold anything; a comparison of bytes must not fail on odd characters.
    return text.encode("utf-8", "surrogatepass")
