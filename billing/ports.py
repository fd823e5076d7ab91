"""What the billing module asks of the outside world, and the neutral facts that pass between them.

Adapters implement these protocols; nothing here knows a provider, a protocol or a table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol


class Method(StrEnum):
    """How a customer pays by own hand."""

    IDEAL = "ideal"
    CARD = "card"
    BANCONTACT = "bancontact"
    TRANSFER = "transfer"


class Outcome(StrEnum):
    """What a gateway says of one transaction. UNKNOWN codes count as pending and raise an alert."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    AWAITING_CUSTOMER = "awaiting_customer"
    PENDING = "pending"
    UNKNOWN = "unknown"


class TransactionKind(StrEnum):
    """Which way the money goes, and why. Decided before the outcome is looked at."""

    PAYMENT = "payment"
    REFUND = "refund"
    REVERSAL = "reversal"
    CHARGEBACK = "chargeback"
    AUTHORIZATION = "authorization"
    GROUP = "group"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class GatewayTransaction:
    """One transaction as the gateway itself describes it to an authenticated question.

    key: the gateway's identity of it. attempt: our own attempt token, when it came back. amount_cents: always
    positive, the direction is in `kind`. original_key: the transaction that a refund or reversal undoes.
    """

    key: str
    kind: TransactionKind
    outcome: Outcome
    amount_cents: int
    currency: str
    is_test: bool
    status_code: int
    sub_code: str = ""
    invoice_number: str = ""
    attempt: str = ""
    original_key: str = ""
    service: str = ""
    payer_name: str = ""
    payer_iban: str = ""
    reason_code: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True)
class PaymentOrder:
    """A payment to be started. attempt: unguessable token, unique per attempt, echoed by the gateway.

    invoice_number: the invoice, or the first of several. description: at most 35 characters, seen on bank statements.
    """

    attempt: str
    method: Method
    amount_cents: int
    invoice_number: str
    description: str
    return_url: str
    push_url: str
    client_ip: str
    customer_name: str
    customer_email: str
    culture: str = "nl-NL"
    currency: str = "EUR"


@dataclass(frozen=True)
class TransferDetails:
    """Where a customer sends a bank transfer, and what must be quoted with it."""

    iban: str
    bic: str
    holder: str
    reference: str


@dataclass(frozen=True)
class StartAnswer:
    """The gateway's immediate word on a new payment or refund.

    redirect_url: where the browser must go, already checked against the allowed hosts; empty when nowhere.
    reason: for staff, when refused.
    """

    key: str
    outcome: Outcome
    status_code: int
    sub_code: str = ""
    redirect_url: str = ""
    transfer: TransferDetails | None = None
    reason: str = ""


@dataclass(frozen=True)
class RefundOrder:
    """Money back on an earlier payment; `amount_cents` may be a part of it."""

    attempt: str
    original_key: str
    service: str
    amount_cents: int
    invoice_number: str
    description: str
    push_url: str
    currency: str = "EUR"


@dataclass(frozen=True)
class RefundInfo:
    """Whether and how much can still be refunded on a transaction."""

    refundable: bool
    maximum_cents: int
    refunded_cents: int
    explanation: str = ""


class PaymentGateway(Protocol):
    """A payment service provider. No call may happen while a database transaction is open.

    Every method may raise ProviderUnclear (no answer, or none that makes sense: the outcome is unknown) and
    ProviderRefused (a certain no). A call that starts money moving is sent once and never again.
    """

    def start(self, order: PaymentOrder) -> StartAnswer:
        """Start a payment. A refusal of the payment itself is an answer, not an exception."""

    def transactions(self, keys: Sequence[str]) -> Mapping[str, GatewayTransaction]:
        """The present state of each known key; keys the gateway does not know are absent."""

    def find(self, attempt: str) -> Sequence[GatewayTransaction]:
        """All transactions that carry this attempt token; empty when the gateway never got the order."""

    def of_invoice(self, invoice_number: str) -> Sequence[GatewayTransaction]:
        """All transactions that name this invoice, also those the gateway made by itself (a transfer of another amount)."""

    def refund(self, order: RefundOrder) -> StartAnswer:
        """Send money back. Same rules as `start`."""

    def refund_info(self, key: str) -> RefundInfo:
        """What may still be refunded on `key`."""

    def cancel(self, key: str) -> bool:
        """Ask the gateway to give up a pending transaction; True when it did."""


@dataclass(frozen=True)
class Push:
    """A gateway message as it came over HTTP. path: raw path and query, exactly as received."""

    method: str
    path: str
    content_type: str
    authorization: str
    body: bytes


@dataclass(frozen=True)
class PushNotice:
    """What a verified push is about. It is only a poke: the truth is asked for with our own keys.

    external_id: the same for a push that is sent again, other for a later state of the same transaction.
    """

    key: str
    external_id: str
    subject: str = "transaction"


class PushReader(Protocol):
    """Verifies a push on its raw bytes and says what it is about; raises PushRefused and stores nothing otherwise."""

    def read(self, push: Push) -> PushNotice: ...


@dataclass(frozen=True)
class Party:
    """A seller or buyer as it stands on a document."""

    name: str
    attention: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "NL"
    vat_number: str = ""
    chamber_number: str = ""
    iban: str = ""
    email: str = ""


@dataclass(frozen=True)
class DocumentLine:
    """One line. quantity and unit_price: decimal text as stored; vat_rate: per cent, as text ("21")."""

    description: str
    detail: str
    quantity: str
    unit_price: str
    vat_rate: str
    net_cents: int


@dataclass(frozen=True)
class DocumentVat:
    vat_rate: str
    base_cents: int
    vat_cents: int


@dataclass(frozen=True)
class DocumentSettlement:
    """Something that lowered what is to pay: credits, a receipt, a credit note, or (negative) a reversal.

    kind: credit, payment, credit_note, reversal. label: the credit note's number, or the method. cents: positive lowers.
    """

    kind: str
    label: str
    on: date
    cents: int


@dataclass(frozen=True)
class InvoiceDocument:
    """All a printed invoice shows. paid_on: set only when nothing is open and money or credits made it so."""

    number: str
    issued_on: date
    due_on: date
    reference: str
    seller: Party
    buyer: Party
    lines: tuple[DocumentLine, ...]
    vat: tuple[DocumentVat, ...]
    net_cents: int
    vat_cents: int
    total_cents: int
    settlements: tuple[DocumentSettlement, ...] = ()
    open_cents: int = 0
    paid_on: date | None = None
    paid_with: str = ""
    language: str = "nl"


class PdfRenderer(Protocol):
    """Makes the printed document. The same document gives the same bytes; nothing is fetched from anywhere."""

    def invoice(self, document: InvoiceDocument) -> bytes: ...


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
