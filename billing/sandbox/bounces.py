"""Mails that come back: a mailbox that takes a mail in and reports later that it could not deliver it.

The report is a multipart/report after RFC 3464 and RFC 6522, handed in by HTTP as mail services do it, and signed after
the Standard Webhooks specification.
"""

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage, Message
from email.utils import format_datetime, make_msgid

from billing.sandbox import delivery
from billing.sandbox.clock import EmulatedClock, Timers
from billing.sandbox.lanes import Lanes
from billing.sandbox.settings import SandboxSettings

HOST = "mailbox.test"
REPORTED_AFTER = timedelta(seconds=3)
MINUTES_BETWEEN_TRIES = (1, 5, 30, 120)
STATUS, DIAGNOSIS = "5.1.1", "550 5.1.1 Mailbox does not exist"


def comes_back(recipient: str) -> bool:
    """Whether this mailbox will turn out not to exist: `bounce` anywhere before the @."""
    return "bounce" in _local_part(recipient)


def is_refused(recipient: str) -> bool:
    """Whether this mailbox is refused at the door: `refused` anywhere before the @."""
    return "refused" in _local_part(recipient)


class Bounces:
    """Writes reports and hands them in, again until it hears 2xx or has had enough."""

    def __init__(self, settings: SandboxSettings, clock: EmulatedClock, timers: Timers) -> None:
        self._settings, self._url = settings, settings.mail_reports_url
        self._key = base64.b64decode(settings.mail_reports_secret.removeprefix("whsec_"))
        self._timeout = settings.push_timeout_seconds
        self._clock, self._timers = clock, timers
        self._lanes = Lanes("sandbox-bounce", 1)

    def report(self, recipient: str, sender: str, raw: bytes) -> None:
        """Report a mail that could not be delivered, in a while; nothing when nobody takes reports."""
        if not self._url:
            return
        body = undelivered(recipient, sender, raw, self._clock.now())
        self._at(self._clock.now() + REPORTED_AFTER, _Report(f"msg_{secrets.token_hex(12)}", body))

    def stop(self) -> None:
        self._lanes.stop()

    def _at(self, moment: datetime, report: "_Report") -> None:
        self._timers.at(moment, lambda: self._lanes.run("reports", lambda: self._hand_in(report)))

    def _hand_in(self, report: "_Report") -> None:
        status = delivery.post(self._signed(report), self._timeout)
        if not 200 <= status < 300 and report.tries < len(MINUTES_BETWEEN_TRIES):
            wait = timedelta(minutes=MINUTES_BETWEEN_TRIES[report.tries])
            report.tries += 1
            self._at(self._clock.now() + wait, report)

    def _signed(self, report: "_Report") -> delivery.Message:
        # Where the sandbox's clock moves the whole demo, a signature of any other time would be stale.
        now = self._clock.now().timestamp() if self._settings.clock_file else time.time()
        timestamp = str(int(now))
        content = b".".join((report.identity.encode(), timestamp.encode(), report.body))
        signature = base64.b64encode(hmac.new(self._key, content, hashlib.sha256).digest()).decode()
        headers = {
            "Content-Type": "message/rfc822",
            "webhook-id": report.identity,
            "webhook-timestamp": timestamp,
            "webhook-signature": f"v1,{signature}",
        }
        return delivery.Message(self._url, headers, report.body)


@dataclass
class _Report:
    identity: str
    body: bytes
    tries: int = 0


def undelivered(recipient: str, sender: str, raw: bytes, moment: datetime) -> bytes:
    """The report that a mail was not delivered: in words, for machines, and with the headers of the mail itself."""
    report = EmailMessage(policy=policy.SMTP)
    report["From"] = f"Mail Delivery Subsystem <mailer-daemon@{HOST}>"
    report["To"] = sender
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report["Date"] = format_datetime(moment)
    report["Message-ID"] = make_msgid(domain=HOST)
    report["Auto-Submitted"] = "auto-replied"
    report["MIME-Version"] = "1.0"
    report.add_header("Content-Type", "multipart/report", report_type="delivery-status")
    report.set_payload([_in_words(recipient), _for_machines(recipient, moment), _headers_of(raw)])
    return report.as_bytes()


def _in_words(recipient: str) -> Message:
    part = EmailMessage(policy=policy.SMTP)
    part.set_content(f"Your mail to {recipient} could not be delivered:\n\n{DIAGNOSIS}\n")
    return part


def _for_machines(recipient: str, moment: datetime) -> Message:
    of_mail, of_recipient = Message(policy=policy.compat32), Message(policy=policy.compat32)
    of_mail["Reporting-MTA"] = f"dns; {HOST}"
    of_mail["Arrival-Date"] = format_datetime(moment)
    of_recipient["Final-Recipient"] = f"rfc822; {recipient}"
    of_recipient["Action"] = "failed"
    of_recipient["Status"] = STATUS
    of_recipient["Diagnostic-Code"] = f"smtp; {DIAGNOSIS}"
    part = Message()
    part["Content-Type"] = "message/delivery-status"
    part.set_payload([of_mail, of_recipient])
    return part


def _headers_of(raw: bytes) -> Message:
    headers = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    part = Message()
    part["Content-Type"] = "text/rfc822-headers"
    part.set_payload(headers.decode("ascii", "replace").replace("\ufffd", "?") + "\n")
    return part


def _local_part(address: str) -> str:
    return address.rpartition("@")[0].lower()
