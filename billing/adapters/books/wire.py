"""What goes over the wire to Moneybird, and what comes back: amounts are decimal text, ids are text of digits."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from billing.errors import InvalidAmount, ProviderUnclear
from billing.money import round_cents
from billing.ports import BookContact

OURS = "voldaan:"


@dataclass(frozen=True)
class Payment:
    """A payment on a document there. reference: ours, or empty for one that somebody booked by hand."""

    id: str
    reference: str
    cents: int

    @staticmethod
    def identifier(reference: str) -> str:
        """How one of ours is recognised there."""
        return f"{OURS}{reference}"


def contact_body(contact: BookContact) -> dict[str, Any]:
    """A customer as Moneybird takes it."""
    return {
        "contact": {
            "company_name": contact.name, "send_invoices_to_attention": contact.attention, "address1": contact.street,
            "zipcode": contact.postal_code, "city": contact.city, "country": contact.country,
            "tax_number": contact.vat_number, "customer_id": contact.reference,
        }
    }  # fmt: skip


def payments_of(document: Any) -> list[Payment]:
    """All payments on a document. Raises ProviderUnclear when it makes no sense."""
    if not isinstance(document, dict) or not isinstance(document.get("payments", []), list):
        raise ProviderUnclear(reason="unreadable")
    return [
        Payment(str(one.get("id")), _reference(one.get("transaction_identifier")), cents_of(one, "price"))
        for one in document.get("payments", [])
    ]


def foreign_cents(payments: Sequence[Payment]) -> int:
    """What of it is none of ours."""
    return sum(payment.cents for payment in payments if not payment.reference)


def cents_of(answer: Any, name: str) -> int:
    """An amount in an answer. Raises ProviderUnclear when there is none."""
    try:
        return round_cents(Decimal(str(answer[name])) * 100)
    except (KeyError, TypeError, InvalidOperation, InvalidAmount):
        raise ProviderUnclear(reason=f"no_{name}") from None


def _reference(identifier: Any) -> str:
    text = identifier if isinstance(identifier, str) else ""
    return text.removeprefix(OURS) if text.startswith(OURS) else ""
