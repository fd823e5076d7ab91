"""Who owes the VAT of a document, and at whose rates: decided once for all of it. Pure.

We sell electronic services from the Netherlands. Source: directive 2006/112/EC, articles 44, 58, 59 and 196 (places of
services), 59c (the threshold of € 10,000) and 6 (territories); implementing regulation 282/2011, article 18 (who may be
taken for a business).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError

from billing.errors import InvalidVatNumber, VatNumberAbroad
from billing.vat_rates import standard_rate

# Where we sell from.
HOME = "NL"
# Northern Ireland belongs to the Union for goods only; what we sell are services.
MEMBER_STATES = frozenset(state.upper() for state in eu_vat.MEMBER_STATES - {"xi"})
NO_VAT = Decimal(0)
UNCHECKED, RATE_UNKNOWN = "vat_number_unchecked", "vat_rate_unknown"
# What stands before the VAT numbers of a country where that is not its ISO 3166 code.
_PREFIXES = {"GR": "EL", "GB": "XI"}
# Parts of member states where no VAT of the Union is due, by how their postal codes begin: the Canary Islands, Ceuta
# and Melilla; Heligoland and Büsingen; Åland; Livigno and Campione; Mount Athos.
_TERRITORIES = {
    "ES": ("35", "38", "51", "52"), "DE": ("27498", "78266"), "FI": ("22",), "IT": ("23041", "22061"), "GR": ("63086",),
}  # fmt: skip


class VatTreatment(StrEnum):
    """DOMESTIC: at the rates of the price list. REVERSE_CHARGE: every line at 0 %, a business elsewhere in the Union
    accounts for the VAT. UNION_CONSUMER: somebody else there, still at the rates of the price list. OSS: the same, at
    the rate of that country. OUTSIDE: every line at 0 %, the place of the service is outside the Union."""

    DOMESTIC = "domestic"
    REVERSE_CHARGE = "reverse_charge"
    UNION_CONSUMER = "union_consumer"
    OSS = "oss"
    OUTSIDE = "outside"


class CustomerKind(StrEnum):
    """What a customer says to be. A business without a VAT number that counts is taxed as a consumer."""

    BUSINESS = "business"
    CONSUMER = "consumer"


class VatAnswer(StrEnum):
    """What the tax authorities said of a number. NONE: nothing yet."""

    NONE = ""
    VALID = "valid"
    INVALID = "invalid"


@dataclass(frozen=True)
class VatRules:
    """What the company and the law have decided. oss_since: uses the scheme from that day on, whatever it sold before;
    threshold_cents: what may be sold in a year to consumers elsewhere in the Union before their own rates count.

    recheck_days: an answer about a VAT number counts for so long. grace_days: and so much longer while a newer one was
    asked for and could not be had.
    """

    oss_since: date | None = None
    recheck_days: int = 30
    grace_days: int = 60
    threshold_cents: int = 1_000_000


class Buyer(Protocol):
    """A customer, whatever else is known of it. vat_answer: the last one about this very number, of vat_answered_on;
    vat_tried_on: when it was last asked for in vain since."""

    @property
    def country(self) -> str: ...

    @property
    def postal_code(self) -> str: ...

    @property
    def customer_kind(self) -> str: ...

    @property
    def vat_number(self) -> str: ...

    @property
    def vat_answer(self) -> str: ...

    @property
    def vat_answered_on(self) -> date | None: ...

    @property
    def vat_tried_on(self) -> date | None: ...


@dataclass(frozen=True)
class Taxation:
    """How a document is taxed. country: whose rates count. fault: why nothing may be issued so, as a reason for
    errors.Refused; empty when nothing is in the way."""

    treatment: VatTreatment
    country: str = HOME
    fault: str = ""

    def rate(self, priced: Decimal, on: date) -> Decimal:
        """The rate (per cent) of a line that is priced at `priced`, by the day that its price is of.

        What we sell without VAT at home, such as costs that are no service, has none abroad either.
        """
        if is_untaxed(self.treatment):
            return NO_VAT
        if self.treatment is VatTreatment.OSS and priced:
            return standard_rate(self.country, on) or priced
        return priced

    def fault_on(self, days: Iterable[date]) -> str:
        """Why lines with prices of these days can't be issued so; empty when they can."""
        if self.treatment is VatTreatment.OSS and any(standard_rate(self.country, day) is None for day in days):
            return RATE_UNKNOWN
        return self.fault


AT_HOME = Taxation(VatTreatment.DOMESTIC)


def decide(buyer: Buyer, today: date, rules: VatRules, *, is_over: bool) -> Taxation:
    """How a document of today is taxed. is_over: the threshold was passed, so that a consumer's own country counts.

    A VAT number counts when the tax authorities say so. As long as they said nothing that still counts, it is taken
    for right, and nothing can be issued: neither is a business charged VAT because their system is down, nor is VAT
    left out on a customer's word.
    """
    country = buyer.country
    if country == HOME:
        return AT_HOME
    if not is_in_union(country, buyer.postal_code):
        return Taxation(VatTreatment.OUTSIDE)
    is_business = is_business_there(buyer)
    fault = UNCHECKED if is_business and is_stale(buyer, today, rules) else ""
    if is_business and buyer.vat_answer != VatAnswer.INVALID:
        return Taxation(VatTreatment.REVERSE_CHARGE, fault=fault)
    return Taxation(VatTreatment.OSS if is_over else VatTreatment.UNION_CONSUMER, country, fault)


def is_business_there(buyer: Buyer) -> bool:
    """Whether a customer gives a number that a business of its member state, other than ours, can have."""
    is_abroad = buyer.country != HOME and is_in_union(buyer.country, buyer.postal_code)
    number = _normal(buyer.vat_number) if is_abroad and buyer.customer_kind == CustomerKind.BUSINESS else ""
    return bool(number) and _is_of(number, buyer.country)


def is_stale(buyer: Buyer, today: date, rules: VatRules) -> bool:
    """Whether the answer about a number is too old to issue anything on, or not there."""
    if buyer.vat_answered_on is None:
        return True
    age = today - buyer.vat_answered_on
    if age <= timedelta(days=rules.recheck_days):
        return False
    asked_in_vain = buyer.vat_tried_on is not None and today - buyer.vat_tried_on <= timedelta(days=1)
    return not asked_in_vain or age > timedelta(days=rules.recheck_days + rules.grace_days)


def is_in_union(country: str, postal_code: str) -> bool:
    """Whether VAT of the Union counts at an address."""
    code = "".join(postal_code.split()).removeprefix(f"{country}-")
    return country in MEMBER_STATES and not code.startswith(_TERRITORIES.get(country, ()))


def is_reversed(treatment: VatTreatment | str) -> bool:
    """Whether the customer accounts for the VAT, given a treatment or what is kept of it."""
    return treatment == VatTreatment.REVERSE_CHARGE


def is_untaxed(treatment: VatTreatment | str) -> bool:
    """Whether a document has no VAT at all, given a treatment or what is kept of it."""
    return treatment in {VatTreatment.REVERSE_CHARGE, VatTreatment.OUTSIDE}


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
