"""What a bank shows of money that comes, goes back or may be collected, in Dutch and English. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# SEPA e-mandates: the longest reason that a bank shows.
_REASON_LENGTH = 70


@dataclass(frozen=True)
class _Words:
    payment: str
    mandate: str
    refund: str
    overpaid: str


_BY_LANGUAGE: Mapping[str, _Words] = {
    "nl": _Words(
        payment="Factuur {number}{more}",
        mandate="Facturen van {seller}",
        refund="Terugbetaling {about}",
        overpaid="Terugbetaling te veel betaald, {seller}",
    ),
    "en": _Words(
        payment="Invoice {number}{more}",
        mandate="Invoices of {seller}",
        refund="Refund {about}",
        overpaid="Refund of what was overpaid, {seller}",
    ),
}


def payment(numbers: Sequence[str], language: str) -> str:
    """Of a payment: its first invoice, and how many more."""
    more = f" +{len(numbers) - 1}" if len(numbers) > 1 else ""
    return _BY_LANGUAGE[language].payment.format(number=numbers[0], more=more)


def mandate(seller: str, language: str) -> str:
    """Of a mandate: what for; at most 70 characters."""
    return _BY_LANGUAGE[language].mandate.format(seller=seller)[:_REASON_LENGTH]


def refund(about: str, language: str) -> str:
    """Of money that goes back by the gateway; about: the number of an invoice or a credit note."""
    return _BY_LANGUAGE[language].refund.format(about=about)


def overpaid(seller: str, language: str) -> str:
    """Of money that goes back by bank, because it was too much."""
    return _BY_LANGUAGE[language].overpaid.format(seller=seller)
