"""An account statement: how a customer stood at the beginning of a period, what happened, and how at its end."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from billing.ports.documents import Party


class MoveKind(StrEnum):
    """What moved a customer's balance. RETURNED: a payment went back. PAID_OUT: we sent money. GIFT: credits as a
    gesture. UNMATCHED: a payment that turned out to be somebody else's. OTHER: what has no word of its own."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    PAYMENT = "payment"
    RETURNED = "returned"
    PAID_OUT = "paid_out"
    GIFT = "gift"
    UNMATCHED = "unmatched"
    OTHER = "other"


@dataclass(frozen=True)
class StatementRow:
    """One move. documents: numbers of what it is about. cents: above zero is owed more. balance_cents: after it."""

    on: date
    kind: MoveKind
    documents: tuple[str, ...]
    cents: int
    balance_cents: int


@dataclass(frozen=True)
class AccountStatement:
    """A period, both days included. opening_cents, closing_cents: above zero the customer owes, below zero it has to
    spend; closing = opening + all rows."""

    seller: Party
    buyer: Party
    first: date
    last: date
    made_on: date
    opening_cents: int
    rows: tuple[StatementRow, ...]
    closing_cents: int
    language: str = "nl"
