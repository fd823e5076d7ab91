"""Seller and buyer of an e-invoice, how they are identified, and the profile that these facts are enough for."""

from dataclasses import dataclass
from enum import StrEnum

from billing.adapters.einvoice.text import compact, plain
from billing.einvoice_rules import has_full_address, network_addresses, registration
from billing.ports import NetworkAddress, Party


class Profile(StrEnum):
    """Which rules a document says it follows (BT-24). Each narrower one also follows EN 16931."""

    EN16931 = "urn:cen.eu:en16931:2017"
    NLCIUS = "urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0"
    PEPPOL = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"


@dataclass(frozen=True)
class Participant:
    """A party in fields that XML can hold. legal_id: where it is registered. endpoint: where it takes e-invoices."""

    name: str
    contact: str
    email: str
    street: str
    postal_code: str
    city: str
    country: str
    vat_number: str
    legal_id: NetworkAddress | None
    endpoint: NetworkAddress | None


def participant(party: Party, endpoint: NetworkAddress | None = None) -> Participant:
    """A seller or buyer as e-invoices name it. endpoint: where it takes them, when that is known."""
    return Participant(
        name=plain(party.name), contact=plain(party.attention), email=plain(party.email), street=plain(party.street),
        postal_code=plain(party.postal_code), city=plain(party.city), country=party.country,
        vat_number=compact(party.vat_number), legal_id=registration(party),
        endpoint=endpoint or next(iter(network_addresses(party)), None),
    )  # fmt: skip


def profile(seller: Party, buyer: Party) -> Profile:
    """The narrowest profile that the facts are enough for; a document never claims more than it keeps.

    NLCIUS between Dutch businesses, Peppol to others that can be reached there. Both want addresses in full, both
    parties registered, and a reference of the buyer, for which its contact stands; everybody else gets EN 16931 as it
    is. Source: NLCIUS BR-NL-2, 3, 4 and 10; Peppol BIS Billing 3.0 R003, R010, R020, NL-R-002 and NL-R-004.
    """
    if seller.country != "NL" or not plain(buyer.attention):
        return Profile.EN16931
    if not all(_is_complete(party) for party in (seller, buyer)):
        return Profile.EN16931
    return Profile.NLCIUS if buyer.country == "NL" else Profile.PEPPOL


def _is_complete(party: Party) -> bool:
    return registration(party) is not None and has_full_address(party)
