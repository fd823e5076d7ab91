"""What EN 16931 asks of an invoice that is ours to see to, checked before it gets its number. Pure.

Sums need no check here: lines are rounded once, VAT is computed once a rate over them, and totals are their sums, which
is what BR-CO-10, 13, 14, 15, 16 and 17 ask; the database and `voldaan check` hold it. Prices below zero (BR-27) are
written as quantities below zero.
"""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Protocol

from babel import Locale

from billing.vat_treatment import VatTreatment, is_reversed

# Territories that have names but no code of ISO 3166.
_NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"})
# Greece begins its VAT numbers with another code than its own.
_GREECE = "EL"


class VatCategory(StrEnum):
    """UNTDID 5305, as far as we use it. OUTSIDE is for exports, of services too: what lies outside the scope of VAT (O)
    may not name the seller's VAT number (BR-O-02), which a Dutch invoice must."""

    STANDARD = "S"
    ZERO = "Z"
    REVERSE_CHARGE = "AE"
    OUTSIDE = "G"


_UNTAXED = {
    VatTreatment.REVERSE_CHARGE.value: VatCategory.REVERSE_CHARGE, VatTreatment.OUTSIDE.value: VatCategory.OUTSIDE,
}  # fmt: skip


class Party(Protocol):
    """A seller or buyer, whatever else is known of it."""

    @property
    def name(self) -> str: ...

    @property
    def country(self) -> str: ...

    @property
    def vat_number(self) -> str: ...


class Billed(Protocol):
    """A line, whatever else is known of it. vat_rate: per cent."""

    @property
    def description(self) -> str: ...

    @property
    def vat_rate(self) -> Decimal: ...


def category(rate: Decimal, treatment: str) -> VatCategory:
    """How a line at a rate (per cent) is taxed on a document that is treated so (`VatTreatment`).

    Source: BR-S-05, BR-Z-05, BR-AE-05 and BR-G-05.
    """
    if treatment in _UNTAXED:
        return _UNTAXED[treatment]
    return VatCategory.STANDARD if rate else VatCategory.ZERO


def parties_fault(seller: Party, buyer: Party, treatment: str) -> str:
    """What keeps these two from standing on an invoice, as a reason for errors.Refused; empty when nothing does.

    Source: BR-06 to BR-11, BR-S-02, BR-Z-02, BR-AE-02, BR-G-02, BR-CO-09 and BR-CL-14.
    """
    checks = (
        ("seller_vat_number", _is_vat_number(seller.vat_number)),
        ("buyer_vat_number", _is_vat_number(buyer.vat_number) if buyer.vat_number else not is_reversed(treatment)),
        ("seller_name", has_words(seller.name)),
        ("buyer_name", has_words(buyer.name)),
        ("seller_country", is_country(seller.country)),
        ("buyer_country", is_country(buyer.country)),
    )
    return next((reason for reason, is_right in checks if not is_right), "")


def lines_fault(lines: Iterable[Billed]) -> str:
    """What keeps these lines from standing on an invoice; empty when nothing does.

    Source: BR-25; BR-CO-17, whose test takes every rate below a half per cent for none.
    """
    for line in lines:
        if not has_words(line.description):
            return "line_without_text"
        if line.vat_rate and not 1 <= line.vat_rate <= 100:
            return "line_vat_rate"
    return ""


def has_words(text: str) -> bool:
    """Whether anything of a text can be seen."""
    return any(character.isprintable() and not character.isspace() for character in text)


def is_country(code: str) -> bool:
    """Whether a code is one of ISO 3166, in capitals."""
    return code in countries()


def _is_vat_number(text: str) -> bool:
    prefix = text[:2]
    return len(text) > 2 and (prefix == _GREECE or is_country(prefix) or prefix == "XI")


@cache
def countries() -> frozenset[str]:
    """Every country's code of ISO 3166."""
    codes = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) - _NO_COUNTRIES
