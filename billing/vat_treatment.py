"""Who owes the VAT of a document: we charge it, or a business elsewhere in the European Union accounts for it. Pure.

Whether a VAT number still belongs to somebody only the tax authorities know (VIES); here its form, its check digits
and its country are judged.
"""

from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError

from billing.errors import InvalidVatNumber, VatNumberAbroad

# Where we sell from.
HOME = "NL"
# Northern Ireland belongs to the Union for goods only; what we sell are services.
MEMBER_STATES = frozenset(state.upper() for state in eu_vat.MEMBER_STATES - {"xi"})
NO_VAT = Decimal(0)
# What stands before the VAT numbers of a country where that is not its ISO 3166 code.
_PREFIXES = {"GR": "EL", "GB": "XI"}


class VatTreatment(StrEnum):
    """DOMESTIC: at the rates of the price list. REVERSE_CHARGE: every line at 0 %, the customer accounts for the VAT
    (category AE of EN 16931; article 196 of directive 2006/112/EC)."""

    DOMESTIC = "domestic"
    REVERSE_CHARGE = "reverse_charge"


def decide(seller_country: str, buyer_country: str, vat_number: str) -> VatTreatment:
    """How a document is taxed; countries by their ISO 3166 codes, vat_number: the buyer's, in any form.

    Reverse-charged for a business with a right number of its own member state, other than the seller's. Everybody else
    pays as priced: consumers elsewhere in the Union, whose own country's rate counts above a threshold (OSS), and
    customers outside it, whom Dutch VAT does not concern, are not told apart yet.
    """
    if buyer_country == seller_country or buyer_country not in MEMBER_STATES:
        return VatTreatment.DOMESTIC
    is_known = _is_of(_normal(vat_number), buyer_country)
    return VatTreatment.REVERSE_CHARGE if is_known else VatTreatment.DOMESTIC


def of_buyer(account: Any) -> VatTreatment:
    """How a customer's next document is taxed; account: anything with its country and VAT number."""
    return decide(HOME, account.country, account.vat_number)


def rate_under(treatment: VatTreatment | str, rate: Decimal) -> Decimal:
    """The VAT rate (per cent) of a line that is priced at `rate`."""
    return NO_VAT if is_reversed(treatment) else rate


def is_reversed(treatment: VatTreatment | str) -> bool:
    """Whether the customer accounts for the VAT, given a treatment or what is kept of it."""
    return treatment == VatTreatment.REVERSE_CHARGE


def normal_vat_number(text: str, country: str) -> str:
    """A VAT number as it is kept: capitals, no spaces or dots, the prefix of its country; empty stays empty.

    Raises InvalidVatNumber for what can't be one, VatNumberAbroad for one of another country.
    """
    if not text.strip():
        return ""
    number = _normal(text)
    if not number:
        raise InvalidVatNumber()
    if not _is_of(number, country):
        raise VatNumberAbroad(country=country)
    return number


def _is_of(number: str, country: str) -> bool:
    return number.startswith(_PREFIXES.get(country, country))


@lru_cache(maxsize=10_000)
def _normal(text: str) -> str:
    """A number in its one form; empty when no authority in the Union can have given it."""
    try:
        number = str(eu_vat.validate(text))
    except ValidationError:
        return ""
    return f"EL{number[2:]}" if number.startswith("GR") else number
