"""The ports for writing and sending mails."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
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


class AccountMailKind(StrEnum):
    """What a mail about log-ins and users tells."""

    INVITATION = "invitation"
    HANDOVER = "handover"
    PASSWORD_RESET = "password_reset"
    EMAIL_CHANGE = "email_change"
    EMAIL_CHANGED = "email_changed"
    PASSWORD_CHANGED = "password_changed"
    SECOND_FACTOR_ON = "second_factor_on"
    SECOND_FACTOR_OFF = "second_factor_off"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    BACKUP_CODES_RENEWED = "backup_codes_renewed"
    BACKUP_CODE_USED = "backup_code_used"
    USER_INVITED = "user_invited"
    USER_JOINED = "user_joined"
    USER_CHANGED = "user_changed"
    USER_REMOVED = "user_removed"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    HANDOVER_STARTED = "handover_started"
    HANDED_OVER = "handed_over"
    OWNERSHIP_TRANSFERRED = "ownership_transferred"
    BILLING_PROFILE_CHANGED = "billing_profile_changed"
    ACCESS_ENDS_SOON = "access_ends_soon"


@dataclass(frozen=True)
class AccountMail:
    """What a mail about log-ins and users is written from. facts: raw values (ISO dates, codes) by name."""

    kind: AccountMailKind
    recipient: str
    language: str
    account_name: str
    url: str
    facts: Mapping[str, str]


class MailWriter(Protocol):
    """Puts the sentences of a mail together: subject, text and HTML."""

    def invoice(self, mail: InvoiceMail) -> tuple[str, str, str]: ...

    def account(self, mail: AccountMail) -> tuple[str, str, str]: ...
