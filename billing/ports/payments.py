"""The port to a payment service provider."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from billing.ports.mandates import DebitOrder, GatewayMandate, MandateOrder, MandateStart
from billing.ports.outcomes import Outcome


class Method(StrEnum):
    """How a customer pays: by own hand, or by DIRECT_DEBIT, which takes a standing mandate and no hand at all.

    TRANSFER: a bank transfer to the gateway. BANK: one straight to our own account, of which no gateway knows.
    """

    IDEAL = "ideal"
    CARD = "card"
    BANCONTACT = "bancontact"
    TRANSFER = "transfer"
    DIRECT_DEBIT = "direct_debit"
    BANK = "bank"


BY_HAND = (Method.IDEAL, Method.CARD, Method.BANCONTACT, Method.TRANSFER)


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
    payer_iban: the account that paid, where the method tells. reason_code: why a direct debit was refused or taken
    back (ISO 20022, such as AM04). collect_on: the bank day of a direct debit.
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
    payer_iban: str = field(default="", repr=False)
    reason_code: str = ""
    changed_at: datetime | None = None
    collect_on: date | None = None


@dataclass(frozen=True)
class PaymentOrder:
    """A payment to be started. attempt: unguessable token, unique per attempt, echoed by the gateway.

    invoice_number: the invoice, or the first of several. description: at most 35 characters, seen on bank statements.
    starts_series: the customer agreed that later invoices are collected from the account that pays this one. language:
    nl or en, of the gateway's pages.
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
    language: str = "nl"
    currency: str = "EUR"
    starts_series: bool = False


@dataclass(frozen=True)
class TransferDetails:
    """Where a customer sends a bank transfer, and what must be quoted with it."""

    iban: str
    bic: str
    holder: str
    reference: str


@dataclass(frozen=True)
class StartAnswer:
    """The gateway's immediate word on a new payment, refund or collection.

    redirect_url: where the browser must go, already checked against the allowed hosts; empty when nowhere.
    reason: for staff, when refused. collect_on: the bank day to which the gateway moved a collection.
    """

    key: str
    outcome: Outcome
    status_code: int
    sub_code: str = ""
    redirect_url: str = ""
    transfer: TransferDetails | None = None
    reason: str = ""
    collect_on: date | None = None


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

    def start_mandate(self, order: MandateOrder) -> MandateStart:
        """Have a customer sign a mandate at the bank. Same rules as `start`."""

    def mandates(self, keys: Sequence[str]) -> Mapping[str, GatewayMandate]:
        """The present state of the mandate behind each key of `start_mandate`; unknown keys are absent."""

    def collect(self, order: DebitOrder) -> StartAnswer:
        """Collect by a standing mandate. Same rules as `start`; money comes days later, and may go back after."""

    def refund_info(self, key: str) -> RefundInfo:
        """What may still be refunded on `key`."""

    def cancel(self, key: str) -> bool:
        """Ask the gateway to give up a pending transaction; True when it did."""
