"""Reports of mails that came back (RFC 3464), told to their sender as a mail provider does: signed, and more than once
when they are not heard."""

import base64
import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Sequence
from datetime import timedelta
from email.utils import format_datetime

from billing.sandbox.clock import EmulatedClock, Timers
from billing.sandbox.delivery import Message, post
from billing.sandbox.settings import SandboxSettings

# A report may be there before its sender has noted that the mail went out.
AGAIN_AFTER = (timedelta(seconds=1), timedelta(seconds=5), timedelta(seconds=30))
REPORT = """From: Mail Delivery System <mailer-daemon@sandbox.test>
Date: {date}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"

--{boundary}
Content-Type: text/plain

There is no such mailbox: {recipient}

--{boundary}
Content-Type: message/delivery-status

Reporting-MTA: dns; sandbox.test

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1

--{boundary}
Content-Type: text/rfc822-headers

"""


class Bounces:
    """Sends reports; without an address for them, what came back is lost without a word."""

    def __init__(self, settings: SandboxSettings, clock: EmulatedClock, timers: Timers) -> None:
        self._settings, self._clock, self._timers = settings, clock, timers

    def report(self, raw: bytes, recipient: str) -> None:
        """Tell, soon and in the background, that a mail has come back. raw: the mail as it came in."""
        if self._settings.reports_url:
            self._send_later(self._written(raw, recipient), timedelta(), AGAIN_AFTER)

    def _send_later(self, body: bytes, wait: timedelta, again: Sequence[timedelta]) -> None:
        self._timers.at(self._clock.now() + wait, lambda: self._send(body, again))

    def _send(self, body: bytes, again: Sequence[timedelta]) -> None:
        status = post(self._signed(body), self._settings.push_timeout_seconds)
        if not 200 <= status < 300 and again:
            self._send_later(body, again[0], again[1:])

    def _written(self, raw: bytes, recipient: str) -> bytes:
        boundary = secrets.token_hex(16)
        head = REPORT.format(date=format_datetime(self._clock.now()), boundary=boundary, recipient=recipient)
        headers = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0]
        return head.replace("\n", "\r\n").encode() + headers + f"\r\n\r\n--{boundary}--\r\n".encode()

    def _signed(self, body: bytes) -> Message:
        """As the open specification "Standard Webhooks" has it."""
        now = self._clock.now().timestamp() if self._settings.clock_file else time.time()
        message_id, seconds = f"msg_{secrets.token_hex(8)}", str(int(now))
        key = base64.b64decode(self._settings.reports_secret.removeprefix("whsec_"))
        content = b".".join((message_id.encode(), seconds.encode(), body))
        signature = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
        headers = {
            "Content-Type": "message/rfc822", "webhook-id": message_id, "webhook-timestamp": seconds,
            "webhook-signature": f"v1,{signature}",
        }  # fmt: skip
        return Message(self._settings.reports_url, headers, body)
