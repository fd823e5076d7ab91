"""Who plays in the demo: log-ins, customers, and who may do what for whom."""

from dataclasses import dataclass
from datetime import date, timedelta

from billing.access import SYSTEM
from billing.accounts import service
from billing.accounts.service import OpenAccount
from billing.accounts.tables import MailTopic, Role
from billing.db import Work
from billing.logins.passwords import hash_password

PASSWORD = "voldaan-demo"

# Nobody has this number; with it the bakery can choose to get its e-invoices over Peppol.
BAKERY = OpenAccount(
    name="Bakkerij De Korenaar", attention="Hanna de Graan", street="Molenpad 12", postal_code="1234 CD",
    city="Voorbeeldstad", chamber_number="00000001",
)  # fmt: skip
CLUB = OpenAccount(
    name="Fietsclub Het Wiel", attention="Petra Penning", street="Kettingstraat 3", postal_code="1234 EF",
    city="Voorbeeldstad",
)  # fmt: skip
# A business elsewhere in the Union, whose VAT is reversed; the number is nobody's, with the check digits that it needs.
ABROAD = OpenAccount(
    name="Chocolaterie Voorbeeld", street="Demolaan 1", postal_code="0000", city="Voorbeeldgem", country="BE",
    vat_number="BE0000000097",
)  # fmt: skip
OTHERS = tuple(
    OpenAccount(name=name, street=f"Demolaan {number}", postal_code="1234 GH", city="Voorbeeldstad")
    for number, name in enumerate(
        ("Bloemist Voorbeeld", "Kapsalon Proef", "Garage Testrit", "Boekwinkel Demo", "Fysiotherapie Proefpas",
         "Schildersbedrijf Kwast", "Muziekschool Toonladder", "Kaashandel Voorbeeld"), start=1)
)  # fmt: skip

USERS = {
    "eigenaar@demo.test": ("Hanna de Graan", ""),
    "boekhouder@demo.test": ("Bas Boekstaaf", ""),
    "penningmeester@demo.test": ("Petra Penning", ""),
    "voorzitter@demo.test": ("Victor Voorzitter", ""),
    "techniek@demo.test": ("Tom Techniek", ""),
    "finance@demo.test": ("Fien Financieel", "finance"),
    "finance2@demo.test": ("Fred Financieel", "finance_lead"),
    "presenter@demo.test": ("Pia Presentator", "presenter"),
}


@dataclass(frozen=True)
class Cast:
    """Ids of accounts and users, by name and by log-in."""

    accounts: dict[str, int]
    users: dict[str, int]


def settle_in(work: Work, today: date) -> Cast:
    """Open all accounts and give everybody a log-in and rights."""
    password_hash = hash_password(PASSWORD)
    accounts = {a.name: service.open_account(work, SYSTEM, a) for a in (BAKERY, CLUB, ABROAD, *OTHERS)}
    users = {
        email: service.add_user(
            work, SYSTEM, email=email, name=name, password_hash=password_hash, staff_role=staff_role
        )
        for email, (name, staff_role) in USERS.items()
    }
    bakery, club = accounts[BAKERY.name], accounts[CLUB.name]
    for account_id, login, role, mails, ends_on in (
        (bakery, "eigenaar", Role.OWNER, True, None),
        (bakery, "boekhouder", Role.BOOKKEEPER, True, None),
        (bakery, "techniek", Role.TECHNICIAN, False, None),
        (club, "voorzitter", Role.OWNER, False, None),
        (club, "boekhouder", Role.BOOKKEEPER, False, None),
        (club, "penningmeester", Role.BOOKKEEPER, True, today + timedelta(days=180)),
    ):
        service.add_member(
            work, SYSTEM, account_id=account_id, user_id=users[f"{login}@demo.test"], role=role,
            topics=MailTopic if mails else (), ends_on=ends_on,
        )  # fmt: skip
    return Cast(accounts, users)
