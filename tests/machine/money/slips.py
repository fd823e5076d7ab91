"""What is written on paper of each invoice, of credits, of payments and of money on its way back.

Amounts are cents; ids are those of the product.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tests.machine.money.sums import Vat


@dataclass
class PaperInvoice:
    """lines, vat: what credit notes have left. settled_with: by lot what it settled, less what came back.

    treatment: how the VAT is (`VatTreatment`). brought: small rests of earlier invoices that it asks for. carried:
    its own, of which `waiting` stands on no other invoice yet.
    """

    invoice_id: int
    account_id: int
    due_on: date
    rates: dict[int, Decimal]
    lines: dict[int, int]
    vat: Vat
    total_cents: int
    open_cents: int
    treatment: str
    credited_cents: int = 0
    with_credits_cents: int = 0
    brought_cents: int = 0
    carried_cents: int = 0
    waiting_cents: int = 0
    settled_with: dict[int, int] = field(default_factory=dict)


@dataclass
class PaperLot:
    """Credits. payment_id: kept of what was paid too much; invoice_id: of a credit note on it."""

    place: int
    account_id: int
    left_cents: int
    payment_id: int | None = None
    invoice_id: int | None = None


@dataclass
class PaperPayment:
    """An attempt. loose: came in and has no purpose; held: came in and did not go back; apart: is on its way back."""

    payment_id: int
    account_id: int
    token: str
    invoice_ids: list[int]
    by_transfer: bool
    held_cents: int = 0
    loose_cents: int = 0
    apart_cents: int = 0
    paid: dict[int, int] = field(default_factory=dict)


@dataclass
class PaperPayout:
    """Money on its way back, out of a lot or of what was paid too much."""

    payment_id: int
    lot: int | None
    cents: int
    is_open: bool = True
