"""Customers of all kinds, with names and addresses as people really have them, and as some would type them."""

from random import Random
from typing import Any

from billing.access import SYSTEM, Actor
from billing.accounts import service as accounts
from billing.accounts.service import OpenAccount
from billing.accounts.tables import Role
from tests.factories import Shop
from tests.fakes.collecting import sign

# Check digits are right, so that any reader takes them.
KINDS: dict[str, dict[str, str]] = {
    "consumer": {},
    "business": {"chamber_number": "12345678", "vat_number": "NL123456782B90"},
    "foundation": {"chamber_number": "87654321"},
    "by vat number alone": {"vat_number": "NL004495445B01"},
    "Belgian business": {"country": "BE", "vat_number": "BE0428759497"},
    "German business": {"country": "DE", "vat_number": "DE136695976"},
    "Greek business": {"country": "GR", "vat_number": "EL094259216"},
    "French consumer": {"country": "FR"},
    "American": {"country": "US"},
}
NAMES = (
    "Bakkerij De Korenaar", "Jansen & Zonen B.V.", "Ömer Şahin Elektrik", "Société d'Ébénisterie «Le Chêne»",
    "山田商店", "Δίκτυο Δομή", "بقالة النور", "<Stichting> \"Anders\" & 'Co'", "Łódź Sp. z o.o.", "🎉 Feest B.V.",
    "Stichting tot Behoud van het Zeer Lange Woord " * 2,
)  # fmt: skip
STREETS = ("Molenpad 12", "Rue de l'Église 3 bis", "Straße des 17. Juni 135", "")
CITIES = ("Voorbeeldstad", "'s-Hertogenbosch", "Saint-Étienne", "")


def customer(shop: Shop, draw: Random) -> Actor:
    """A new one with an owner; some give a mandate."""
    kind = draw.choice(list(KINDS))
    facts: dict[str, Any] = {
        "name": draw.choice(NAMES)[:100], "attention": draw.choice(("A. de Graan", "Zoë", "")),
        "street": draw.choice(STREETS), "postal_code": draw.choice(("1234 AB", "1000", "")),
        "city": draw.choice(CITIES), **KINDS[kind],
    }  # fmt: skip
    account_id = shop.do(accounts.open_account, SYSTEM, OpenAccount(**facts))
    owner = shop.member(account_id, Role.OWNER)
    if draw.random() < 0.2:
        sign(shop, owner, account_id, iban="NL62TEST0987654321")
    return owner
