"""What the pretend gateway offers: services, their actions and parameters, codes and texts."""

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True)
class Service:
    """One payment method.

    name: as answers write it. title: for people. first_status: of a Pay that is complete.
    required: per action, the parameters it cannot do without. lifetime: how long the hosted page stays valid.
    """

    name: str
    title: str
    pay_type: str
    refund_type: str
    first_status: int = 790
    first_sub_code: str = ""
    first_sub_text: str = ""
    mutation_type: int = 1
    is_card: bool = False
    lifetime: timedelta = timedelta(hours=1)
    required: dict[str, tuple[str, ...]] = field(default_factory=lambda: {"pay": (), "refund": ()})


def _card(name: str, title: str, pay_type: str, refund_type: str) -> Service:
    actions: dict[str, tuple[str, ...]] = {"pay": (), "refund": (), "payrecurrent": ()}
    return Service(name, title, pay_type, refund_type, is_card=True, required=actions)


_ALL = (
    Service(
        "ideal",
        "iDEAL | Wero",
        "C021",
        "C121",
        first_sub_code="S002",
        first_sub_text="An additional action is required: RedirectToIdeal",
        lifetime=timedelta(minutes=15),
        required={"pay": (), "refund": (), "instantrefund": ()},
    ),
    Service("bancontactmrcash", "Bancontact", "C090", "C092"),
    _card("visa", "Visa", "C044", "C080"),
    _card("mastercard", "Mastercard", "C043", "C079"),
    _card("maestro", "Maestro", "C046", "C082"),
    _card("amex", "American Express", "V003", "V130"),
    _card("vpay", "V PAY", "C044", "C080"),
    _card("visaelectron", "Visa Electron", "C044", "C080"),
    _card("cartebancaire", "Carte Bancaire", "C044", "C080"),
    _card("cartebleuevisa", "Carte Bleue Visa", "C044", "C080"),
    _card("dankort", "Dankort", "C044", "C080"),
    _card("nexi", "Nexi", "C044", "C080"),
    _card("postepay", "PostePay", "C044", "C080"),
    Service(
        "transfer",
        "Overboeking",
        "C001",
        "C101",
        first_status=792,
        required={"pay": ("customeremail", "customerfirstname", "customerlastname"), "refund": ()},
    ),
    Service(
        "SepaDirectDebit",
        "SEPA-incasso",
        "C004",
        "C102",
        first_status=791,
        first_sub_code="C620",
        first_sub_text="Awaiting transfer to bank.",
        required={
            "pay": ("customeraccountname", "customeriban"),
            "extrainfo": (),
            "payrecurrent": (),
            "paywithemandate": ("mandatereference",),
            "refund": (),
        },
    ),
)

SERVICES = {service.name.lower(): service for service in _ALL}

STATUS_TEXTS = {
    190: ("Success", "Geslaagd"),
    490: ("Failed", "Mislukt"),
    491: ("Validation failure", "Validatiefout"),
    492: ("Technical failure", "Technische fout"),
    690: ("Rejected", "Geweigerd"),
    790: ("Pending input", "In afwachting van invoer"),
    791: ("Pending processing", "In afwachting van verwerking"),
    792: ("Awaiting consumer", "In afwachting van de consument"),
    793: ("On hold", "Aangehouden"),
    794: ("Pending approval", "In afwachting van goedkeuring"),
    890: ("Cancelled by user", "Geannuleerd door consument"),
    891: ("Cancelled by merchant", "Geannuleerd door verkoper"),
}


def status_text(code: int, culture: str) -> str:
    """The status in words; Dutch for Dutch, English for all others."""
    english, dutch = STATUS_TEXTS.get(code, ("Unknown", "Onbekend"))
    return dutch if culture.lower().startswith("nl") else english


@dataclass(frozen=True)
class Bank:
    """A made-up bank on the hosted page."""

    code: str
    name: str


BANKS = (
    Bank("duinrand", "Duinrand Bank"),
    Bank("polder", "Polderbank"),
    Bank("lichtschip", "Bank het Lichtschip"),
    Bank("molen", "Molen & Zonen Bankiers"),
)

MANDATE_PREFIX = "X6A"
PAYER_NAME = "J. de Tèster"
PAYER_IBAN = "NL13TEST0123456789"
# The account of the shop in the demo, of which the pretend bank hands out statements.
OWN_IBAN = "NL93DEMO0123456789"
PAYER_BIC = "TESTNL2A"
TRANSFER_ACCOUNT = (
    ("IBAN", "NL13TEST0123456789"),
    ("BIC", "TESTNL2A"),
    ("AccountHolderName", "Stichting Derdengelden Oefenomgeving"),
    ("AccountHolderCity", "Voorbeeldstad"),
    ("AccountHolderCountry", "NL"),
)
