"""The ports for writing and sending mails."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from billing.ports.documents import CreditNoteDocument, Document, InvoiceDocument


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
    will never take this one, and AddressRefused when it takes none for this address."""

    def send(self, mail: Mail) -> None: ...


@dataclass(frozen=True)
class InvoiceMail:
    """What the two invoice mails are written from. pay_url: empty in the paid one.

    has_xml: the e-invoice goes along.
    """

    kind: str
    recipient: str
    document: InvoiceDocument
    pay_url: str
    dashboard_url: str
    has_xml: bool = False


@dataclass(frozen=True)
class CreditNoteMail:
    """What the mail about a credit note is written from. has_xml: the e-invoice goes along."""

    recipient: str
    document: CreditNoteDocument
    dashboard_url: str
    has_xml: bool = False


@dataclass(frozen=True)
class EInvoiceMail:
    """What is written from to bring an e-invoice that the network did not. reason: why not, in a word."""

    recipient: str
    document: Document
    reason: str
    dashboard_url: str


@dataclass(frozen=True)
class ReminderRow:
    """An invoice that a reminder is about. pay_url: its own pay link. reference: what a bank transfer should quote."""

    number: str
    due_on: date
    open_cents: int
    pay_url: str = field(repr=False)
    reference: str = ""


@dataclass(frozen=True)
class ReminderMail:
    """What a reminder is written from. kind: friendly, first, second or formal.

    costs_cents: what a formal notice names as the costs of collecting, 0 for none. paid_url: where the reader says
    that it has been paid, or when it will be. phone: empty for none.
    """

    kind: str
    recipient: str
    language: str
    rows: tuple[ReminderRow, ...]
    paid_url: str = field(repr=False)
    dashboard_url: str
    phone: str = ""
    costs_cents: int = 0

    @property
    def open_cents(self) -> int:
        return sum(row.open_cents for row in self.rows)


@dataclass(frozen=True)
class InvoiceToPay:
    """An invoice that a mail asks to pay. pay_url: its own pay link."""

    number: str
    cents: int
    pay_url: str = field(repr=False)


class AccountMailKind(StrEnum):
    """What a mail about a log-in, or about the users of an account, is for."""

    INVITATION = "invitation"
    HANDOVER = "handover"
    PASSWORD_RESET = "password_reset"
    EMAIL_CHANGE = "email_change"
    EMAIL_CHANGED = "email_changed"
    PASSWORD_CHANGED = "password_changed"
    SECOND_FACTOR_ON = "second_factor_on"
    SECOND_FACTOR_OFF = "second_factor_off"
    SECOND_FACTOR_RECOVERY = "second_factor_recovery"
    SECOND_FACTOR_LOST = "second_factor_lost"
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
    MOVE_REFUSED = "move_refused"
    VAT_NUMBER_INVALID = "vat_number_invalid"
    ACCESS_ENDS_SOON = "access_ends_soon"
    OVERPAYMENT_KEPT = "overpayment_kept"
    PAYOUT_ASKED = "payout_asked"
    PAYOUT_FAILED = "payout_failed"
    SERVICE_CANCELLED = "service_cancelled"
    SERVICE_ENDED = "service_ended"
    SERVICE_CHANGED = "service_changed"
    SERVICE_KEPT = "service_kept"
    BILLING_MAILBOX_AT_RISK = "billing_mailbox_at_risk"
    MANDATE_GIVEN = "mandate_given"
    MANDATE_REPLACED = "mandate_replaced"
    MANDATE_PAUSED = "mandate_paused"
    MANDATE_RESUMED = "mandate_resumed"
    MANDATE_WITHDRAWN = "mandate_withdrawn"
    MANDATE_EXPIRED = "mandate_expired"
    DEBIT_ANNOUNCED = "debit_announced"
    DEBIT_WITHDRAWN = "debit_withdrawn"
    DEBIT_FAILED = "debit_failed"
    DEBIT_RETURNED = "debit_returned"
    STOP_ANNOUNCED = "stop_announced"
    SERVICE_STOPPED = "service_stopped"
    SERVICE_RESTORED = "service_restored"
    DOMAIN_RENEWED = "domain_renewed"


_K = AccountMailKind

_MANDATE = frozenset({"by", "reference", "iban", "at"})
_DEBIT = frozenset({"number", "cents", "dashboard"})
_FAILURE = _DEBIT | {"reason", "what_now", "again_on"}

# What a kind is told. `…_on`, `last_day`: an ISO date; `at`, `opens_at`: an ISO instant; `role`: a role's name;
# `rights`: names of rights with commas between them; `is_new`: yes or no; `cents`: an amount in whole cents; `iban`:
# what of an account may be shown; `dashboard`: the address of the invoice's page; `reason`, `why`, `what_now`: keys of
# sentences; `instead_of`: names of people whose address does not work; all others as people wrote them. Only `ends_on`,
# `rights`, `again_on`, `creditor` and `instead_of` may be empty.
ACCOUNT_MAIL_FACTS: Mapping[AccountMailKind, frozenset[str]] = {
    _K.INVITATION: frozenset({"inviter", "role", "expires_on", "ends_on", "is_new"}),
    _K.HANDOVER: frozenset({"inviter", "role", "predecessor", "expires_on", "is_new"}),
    _K.PASSWORD_RESET: frozenset(),
    _K.EMAIL_CHANGE: frozenset({"new_email"}),
    _K.EMAIL_CHANGED: frozenset({"new_email", "at"}),
    _K.PASSWORD_CHANGED: frozenset({"at"}),
    _K.SECOND_FACTOR_ON: frozenset({"at"}),
    _K.SECOND_FACTOR_OFF: frozenset({"at"}),
    _K.SECOND_FACTOR_RECOVERY: frozenset({"at", "opens_at"}),
    _K.SECOND_FACTOR_LOST: frozenset({"name", "at", "opens_at"}),
    _K.PASSKEY_ADDED: frozenset({"at"}),
    _K.PASSKEY_REMOVED: frozenset({"at"}),
    _K.BACKUP_CODES_RENEWED: frozenset({"at"}),
    _K.BACKUP_CODE_USED: frozenset({"at", "left"}),
    _K.USER_INVITED: frozenset({"by", "email", "role", "at"}),
    _K.USER_JOINED: frozenset({"name", "email", "role"}),
    _K.USER_CHANGED: frozenset({"by", "name", "role", "at", "rights"}),
    _K.USER_REMOVED: frozenset({"by", "name", "at"}),
    _K.INVITATION_WITHDRAWN: frozenset({"by", "email"}),
    _K.HANDOVER_STARTED: frozenset({"by", "predecessor", "email"}),
    _K.HANDED_OVER: frozenset({"predecessor", "successor", "role"}),
    _K.OWNERSHIP_TRANSFERRED: frozenset({"old", "new"}),
    _K.BILLING_PROFILE_CHANGED: frozenset({"by", "at"}),
    _K.MOVE_REFUSED: frozenset({"at"}),
    _K.VAT_NUMBER_INVALID: frozenset({"number", "at"}),
    _K.ACCESS_ENDS_SOON: frozenset({"name", "ends_on"}),
    _K.OVERPAYMENT_KEPT: frozenset({"by", "cents", "at"}),
    _K.PAYOUT_ASKED: frozenset({"by", "cents", "at"}),
    _K.PAYOUT_FAILED: frozenset({"cents", "at"}),
    _K.SERVICE_CANCELLED: frozenset({"by", "service", "last_day", "at"}),
    _K.SERVICE_ENDED: frozenset({"by", "service", "at"}),
    _K.SERVICE_CHANGED: frozenset({"by", "service", "product", "at"}),
    _K.SERVICE_KEPT: frozenset({"by", "service", "at"}),
    _K.BILLING_MAILBOX_AT_RISK: frozenset({"name", "email"}),
    _K.MANDATE_GIVEN: _MANDATE,
    _K.MANDATE_REPLACED: _MANDATE,
    _K.MANDATE_PAUSED: _MANDATE,
    _K.MANDATE_RESUMED: _MANDATE,
    _K.MANDATE_WITHDRAWN: _MANDATE,
    _K.MANDATE_EXPIRED: _MANDATE,
    _K.DEBIT_ANNOUNCED: _DEBIT | {"collect_on", "reference", "iban", "creditor", "instead_of"},
    _K.DEBIT_WITHDRAWN: _DEBIT | {"collect_on", "why"},
    _K.DEBIT_FAILED: _FAILURE,
    _K.DEBIT_RETURNED: _FAILURE,
    _K.STOP_ANNOUNCED: frozenset({"service", "cents", "invoices", "earliest_on"}),
    _K.SERVICE_STOPPED: frozenset({"service", "cents", "invoices", "kept_on"}),
    _K.SERVICE_RESTORED: frozenset({"service", "at"}),
    _K.DOMAIN_RENEWED: frozenset({"service", "last_day"}),
}

# Without their button these say nothing.
_NEED_URL = frozenset({_K.INVITATION, _K.HANDOVER, _K.PASSWORD_RESET, _K.EMAIL_CHANGE, _K.SECOND_FACTOR_RECOVERY})


@dataclass(frozen=True)
class AccountMail:
    """What a mail about a log-in or a user is written from; ACCOUNT_MAIL_FACTS says what each kind needs to be told.

    recipient, account_name: empty when there is none. url: where the button leads, empty for no button. Hidden where
    objects are shown, because it may hold a token. invoices: to be paid, each with its own link. phone: that the reader
    can call; empty for none. Raises ValueError for a missing fact or url.
    """

    kind: AccountMailKind
    recipient: str
    language: str
    account_name: str = ""
    url: str = field(default="", repr=False)
    facts: Mapping[str, str] = field(default_factory=dict)
    invoices: tuple[InvoiceToPay, ...] = ()
    phone: str = ""

    def __post_init__(self) -> None:
        missing = ACCOUNT_MAIL_FACTS[self.kind] - self.facts.keys()
        if missing:
            raise ValueError(f"a mail of the kind {self.kind} needs {', '.join(sorted(missing))}")
        if self.kind in _NEED_URL and not self.url:
            raise ValueError(f"a mail of the kind {self.kind} needs a url")


class MailWriter(Protocol):
    """Puts the sentences of a mail together: subject, text and HTML."""

    def invoice(self, mail: InvoiceMail) -> tuple[str, str, str]: ...

    def credit_note(self, mail: CreditNoteMail) -> tuple[str, str, str]: ...

    def einvoice(self, mail: EInvoiceMail) -> tuple[str, str, str]: ...

    def account(self, mail: AccountMail) -> tuple[str, str, str]: ...

    def reminder(self, mail: ReminderMail) -> tuple[str, str, str]: ...
