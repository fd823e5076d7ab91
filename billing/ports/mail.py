"""The ports for writing and sending mails."""

from dataclasses import dataclass, field
from typing import Protocol

from billing.ports.documents import InvoiceDocument


@dataclass(frozen=True)
class Attachment:
    filename: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Mail:
    """One mail to one person. message_id: derived from the outbox row, so that a repeated delivery is the same mail."""

    message_id: str
    to_name: str
    to_address: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()


class MailSender(Protocol):
    """Hands a mail to the mail system; raises ProviderUnclear when it did not say it took it, ProviderRefused when it
    will never take this one."""

    def send(self, mail: Mail) -> None: ...


@dataclass(frozen=True)
class InvoiceMail:
    """What the two invoice mails are written from. pay_url: empty in the paid one."""

    kind: str
    recipient: str
    document: InvoiceDocument
    pay_url: str
    dashboard_url: str


class MailWriter(Protocol):
    """Puts the sentences of a mail together: subject, text and HTML."""

    def invoice(self, mail: InvoiceMail) -> tuple[str, str, str]: ...
