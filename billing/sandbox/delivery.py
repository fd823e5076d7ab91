"""One push as bytes: signed as JSON or as a form, spoiled on purpose when asked, and sent once."""

import http.client
import re
import secrets
import ssl
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from billing.sandbox.faults import WebsiteSettings
from billing.sandbox.messages import encode, form_fields, signed_form
from billing.sandbox.settings import SandboxSettings
from billing.sandbox.signing import hmac_header

NO_ANSWER = 0


@dataclass(frozen=True)
class Message:
    """A push ready to be sent."""

    url: str
    headers: dict[str, str]
    body: bytes

    @property
    def format(self) -> str:
        return "json" if self.headers["Content-Type"] == "application/json" else "form"


def sign(
    *,
    url: str,
    content: dict[str, Any],
    moment: datetime,
    as_form: bool,
    settings: SandboxSettings,
    website: WebsiteSettings,
) -> Message:
    """The signed message. content: as `messages.push_body` makes it. moment: emulated, for the fields."""
    if as_form:
        fields = form_fields(content, website_key=settings.website_key, moment=moment)
        signed = signed_form(
            fields, secret=settings.secret, algorithm=website.hash_algorithm, upper_case=website.upper_case
        )
        return Message(url, {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(signed).encode())
    body = encode(content)
    is_moved = settings.clock_file or website.signature_clock == "emulated"
    seconds = moment.timestamp() if is_moved else time.time()
    header = hmac_header(
        method="POST",
        url=url,
        body=body,
        website_key=settings.website_key,
        secret=settings.secret,
        nonce=secrets.token_hex(16),
        timestamp=int(seconds),
    )
    return Message(url, {"Content-Type": "application/json", "Authorization": header}, body)


def with_other_amount(message: Message) -> Message:
    """The same message with ten times or more the amount: a change after signing."""
    names = rb'("amount(?:debit|credit)":|brq_amount(?:_credit)?=)'
    return Message(message.url, message.headers, re.sub(names, rb"\g<1>1", message.body, count=1, flags=re.I))


def with_other_signature(message: Message) -> Message:
    """The same message under a signature that can't be right."""
    headers = dict(message.headers)
    if "Authorization" in headers:
        key, signature, *rest = headers["Authorization"].split(":")
        headers["Authorization"] = ":".join([key, _changed(signature), *rest])
        return Message(message.url, headers, message.body)
    head, signature = re.split(r"(?i)(?<=brq_signature=)", message.body.decode(), maxsplit=1)
    return Message(message.url, headers, f"{head}{_changed(signature)}".encode())


def post(message: Message, timeout: float) -> int:
    """Send it once, without following redirects; the HTTP status, or NO_ANSWER."""
    parts = urlsplit(message.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection = _connection(parts.scheme, parts.netloc, timeout)
        try:
            connection.request("POST", target, body=message.body, headers=message.headers)
            return connection.getresponse().status
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError):
        return NO_ANSWER


def _connection(scheme: str, host: str, timeout: float) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, timeout=timeout, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, timeout=timeout)


def _changed(signature: str) -> str:
    return ("1" if signature[0] == "0" else "0") + signature[1:]
