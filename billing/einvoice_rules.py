"""By which numbers a business is known on e-invoices and on their network, and what the network asks for. Pure.

Source: Peppol BIS Billing 3.0, R003, R010, R020, NL-R-002 to NL-R-005; Peppol code list of participant schemes (EAS).
"""

from typing import Protocol

from billing.invoice_rules import has_words
from billing.ports import NetworkAddress

# The Dutch Chamber of Commerce, the Dutch VAT number, and the Belgian enterprise number, which is the VAT number too.
CHAMBER, DUTCH_VAT, BELGIAN_ENTERPRISE = "0106", "9944", "0208"


class Business(Protocol):
    """A seller or buyer, or an account that will be one."""

    @property
    def attention(self) -> str: ...

    @property
    def street(self) -> str: ...

    @property
    def postal_code(self) -> str: ...

    @property
    def city(self) -> str: ...

    @property
    def country(self) -> str: ...

    @property
    def vat_number(self) -> str: ...

    @property
    def chamber_number(self) -> str: ...


def registration(party: Business) -> NetworkAddress | None:
    """The number under which a business is registered in its country; None when we don't know of one."""
    chamber, vat_number = _compact(party.chamber_number), _compact(party.vat_number)
    if party.country == "NL" and len(chamber) == 8 and chamber.isdecimal():
        return NetworkAddress(CHAMBER, chamber)
    if party.country == "BE" and vat_number.startswith("BE"):
        return NetworkAddress(BELGIAN_ENTERPRISE, vat_number.removeprefix("BE"))
    return None


def network_addresses(party: Business) -> tuple[NetworkAddress, ...]:
    """Where a business may be found on the network, the likeliest first.

    >>> from billing.ports import Party
    >>> [str(one) for one in network_addresses(Party("A", chamber_number="12345678", vat_number="NL123456782B90"))]
    ['0106:12345678', '9944:NL123456782B90']
    """
    registered, vat_number = registration(party), _compact(party.vat_number)
    by_vat = NetworkAddress(DUTCH_VAT, vat_number) if party.country == "NL" and vat_number.startswith("NL") else None
    return tuple(address for address in (registered, by_vat) if address)


def has_full_address(party: Business) -> bool:
    """Whether street, postal code and city are known."""
    return all(has_words(part) for part in (party.street, party.postal_code, party.city))


def lacks_for_network(buyer: Business) -> str:
    """What keeps a customer's documents from the network, in a word: number, address, or reference; else empty.

    A reference of the buyer is asked of every document; the name of the contact is ours.
    """
    checks = (
        ("number", bool(network_addresses(buyer))), ("address", has_full_address(buyer)),
        ("reference", has_words(buyer.attention)),
    )  # fmt: skip
    return next((lacking for lacking, is_there in checks if not is_there), "")


def _compact(number: str) -> str:
    """Without the spaces that people read it by; empty when there is anything in it that no number has."""
    joined = "".join(number.split())
    return joined if joined.isascii() and joined.isalnum() else ""
