"""The port to a payment service provider."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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
        """All transactions that name this invoice, also those the gateway made by itself for another amount."""

    def refund(self, order: RefundOrder) -> StartAnswer:
        """Send money back. Same rules as `start`."""

    def refund_info(self, key: str) -> RefundInfo:
        """What may still be refunded on `key`."""

    def cancel(self, key: str) -> bool:
        """Ask the gateway to give up a pending transaction; True when it did."""
