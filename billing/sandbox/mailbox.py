"""The mailbox: receives over SMTP, keeps what came, and can refuse like a real one.

An address with `refused` before the @ is refused at once; one with `bounce` is taken in and reported back later.
"""

import asyncio
import base64
import email
import email.policy
import itertools
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from types import SimpleNamespace
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from billing.sandbox.bounces import Bounces, comes_back, is_refused
from billing.sandbox.clock import EmulatedClock
from billing.sandbox.faults import Faults

ACCEPTED = "250 2.0.0 Ok"
LATER = "451 4.3.0 Try again later"
NEVER = "550 5.1.1 Mailbox does not exist"


@dataclass(frozen=True)
class Attachment:
    """A file in a mail. content_id: empty, or how the HTML refers to it."""

    filename: str
    content_type: str
    content: bytes
    content_id: str


@dataclass
class Mail:
    """One mail in one recipient's box. deliveries: how often the same Message-ID was handed in for it."""

    number: int
    recipient: str
    sender: str
    received_at: datetime
    raw: bytes = field(repr=False)
    deliveries: int = 1

    def __post_init__(self) -> None:
        self.message = email.message_from_bytes(self.raw, policy=email.policy.default)

    @property
    def message_id(self) -> str:
        return self.header("Message-ID")

    def header(self, name: str) -> str:
        return str(self.message.get(name, ""))

    def body(self, kind: str) -> str:
        """The text of the "plain" or "html" body; empty when there is none."""
        part = self.message.get_body((kind,)) if isinstance(self.message, EmailMessage) else None
        return str(part.get_content()).replace("\r\n", "\n") if part is not None else ""

    def attachments(self) -> list[Attachment]:
        """Files and inline pictures, in the order of the mail."""
        return [_attachment(part) for part in self.message.walk() if _is_file(part)]


class Mailbox:
    """All mails in order of arrival. Safe to share by threads. received: is told of each delivery."""

    def __init__(self, clock: EmulatedClock, faults: Faults, bounces: Bounces) -> None:
        self._clock, self._faults, self._bounces = clock, faults, bounces
        self._lock = threading.Lock()
        self._mails: dict[int, Mail] = {}
        self._seen: dict[tuple[str, str], Mail] = {}
        self._numbers = itertools.count(1)
        self.received: Callable[[Mail], None] = lambda _: None

    def receive(self, sender: str, recipients: list[str], raw: bytes) -> str:
        """Take in one SMTP message, a mail per recipient; returns the SMTP reply."""
        if self._faults.take(self._faults.mail, "temporary"):
            return LATER
        for recipient in recipients:
            if comes_back(recipient) or self._faults.take(self._faults.mail, "bounce"):
                self._bounces.report(recipient, sender, raw)
                continue
            mail = Mail(next(self._numbers), recipient, sender, self._clock.now(), raw)
            with self._lock:
                self._keep(mail)
            self.received(mail)
        return ACCEPTED

    def reply_to_address(self, recipient: str) -> str:
        """The SMTP reply to the next address of a message: it takes mail for all, but when told otherwise."""
        return NEVER if is_refused(recipient) or self._faults.take(self._faults.mail, "permanent") else ACCEPTED

    def all(self) -> list[Mail]:
        """Oldest first."""
        with self._lock:
            return list(self._mails.values())

    def get(self, number: int) -> Mail | None:
        return self._mails.get(number)

    def clear(self) -> None:
        with self._lock:
            self._mails.clear()
            self._seen.clear()

    def dump(self) -> list[dict[str, Any]]:
        """Everything as plain JSON values."""
        return [plain(mail) for mail in self.all()]

    def load(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            raw, moment = base64.b64decode(row["raw"]), datetime.fromisoformat(row["received_at"])
            mail = Mail(next(self._numbers), row["recipient"], row["sender"], moment, raw, row["deliveries"])
            with self._lock:
                self._keep(mail)

    def _keep(self, mail: Mail) -> None:
        # Large mailbox providers show a message once, however often it is handed in.
        identity = (mail.message_id, mail.recipient.lower())
        if mail.message_id and identity in self._seen:
            self._seen[identity].deliveries += 1
            return
        self._mails[mail.number] = mail
        self._seen[identity] = mail


class MailServer:
    """SMTP on a bound socket, in its own thread."""

    def __init__(self, mailbox: Mailbox, bound: socket.socket) -> None:
        async def address(server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]) -> str:
            reply = mailbox.reply_to_address(to)
            if reply == ACCEPTED:
                envelope.rcpt_tos.append(to)
                envelope.rcpt_options.extend(options)
            return reply

        async def take(server: SMTP, session: Session, envelope: Envelope) -> str:
            content = envelope.original_content or b""
            return mailbox.receive(envelope.mail_from or "", envelope.rcpt_tos, content)

        self._socket = bound
        # The hooks' names are the library's; a namespace carries them without breaking our own naming.
        self._controller = _SocketController(SimpleNamespace(handle_RCPT=address, handle_DATA=take), bound)

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()
        self._socket.close()


class _SocketController(Controller):
    """A controller on a socket that is bound already, so that a free port can be asked for."""

    def __init__(self, handler: object, bound: socket.socket) -> None:
        self._bound = bound
        host, port = bound.getsockname()[:2]
        super().__init__(handler, hostname=host, port=port)

    async def _create_server(self) -> asyncio.AbstractServer:
        return await self.loop.create_server(self._factory_invoker, sock=self._bound)


def plain(mail: Mail) -> dict[str, Any]:
    """A mail as plain JSON values."""
    return {
        "recipient": mail.recipient,
        "sender": mail.sender,
        "received_at": mail.received_at.isoformat(),
        "raw": base64.b64encode(mail.raw).decode(),
        "deliveries": mail.deliveries,
    }


def _is_file(part: Any) -> bool:
    return not part.is_multipart() and bool(part.get_filename() or part.get("Content-ID"))


def _attachment(part: Any) -> Attachment:
    kind = part.get_content_type()
    return Attachment(
        filename=part.get_filename() or f"inline.{kind.rsplit('/', 1)[-1]}",
        content_type=kind,
        content=part.get_payload(decode=True) or b"",
        content_id=str(part.get("Content-ID", "")).strip("<> "),
    )
