"""What has happened in the demo so far, told in days before today and carried out by the real services."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from billing.clock import AMSTERDAM
from billing.demo.people import ABROAD, BAKERY, CLUB, OTHERS
from billing.documents import period
from billing.invoices.service import NewLine
from billing.ports import Method
from billing.proration import ONE_DAY, renewal

VAT = Decimal(21)


@dataclass(frozen=True)
class Sale:
    """An invoice: days before today it was issued and (when paid) paid, and by which method.

    credited_net_cents: what a credit note took back after payment. uses_credits: settled with them at issue.
    service: code of the product whose next period the first line is for.
    """

    account: str
    subject: str
    lines: tuple[tuple[str, str, str, str], ...]
    issued: int
    paid: int | None = None
    method: Method = Method.IDEAL
    due: int | None = None
    credited: int | None = None
    credited_net_cents: int = 0
    uses_credits: bool = False
    service: str = ""

    def new_lines(self) -> tuple[NewLine, ...]:
        return tuple(
            NewLine(description, detail, Decimal(quantity), Decimal(price), VAT)
            for description, detail, quantity, price in self.lines
        )


def monthly_price(position: int) -> str:
    """What each of the other customers pays a month, in euro excluding VAT."""
    return f"{8 + position}.{position}5"


def moment(today: date, days_ago: int, hour: int = 9) -> datetime:
    """An instant on a day before today, at an hour in the Netherlands."""
    return datetime.combine(today - timedelta(days=days_ago), time(hour), AMSTERDAM)


def sales(today: date) -> list[Sale]:
    """Every invoice of the demo, the oldest first, so that numbers and dates run together."""
    abroad = Sale(ABROAD.name, "Webhosting, 1 maand",
                  (("Webhosting", "chocolaterie-voorbeeld.test", "1", "12.50"),), issued=0,
                  service="hosting-abroad")  # fmt: skip
    everything = [*_bakery(today), *_club(today), abroad, *_others(today)]
    return sorted(everything, key=lambda sale: (-sale.issued, sale.account, sale.subject))


def _bakery(today: date) -> Iterator[Sale]:
    name, site = BAKERY.name, "bakkerij-de-korenaar.test"
    yield Sale(
        name,
        "Webhosting Start, 12 maanden",
        (("Webhosting Start", f"{site}, {_year(today, 292)}", "12", "9.50"),),
        issued=300,
        paid=294,
    )
    yield Sale(
        name,
        "Webshopmodule, 12 maanden",
        (("Webshopmodule", f"webshop.{site}, {_year(today, 264)}", "1", "73.00"),),
        issued=264,
        paid=262,
        method=Method.CARD,
        service="webshop",
    )
    yield Sale(
        name,
        "E-mail Basis, 12 maanden",
        (("E-mail Basis", f"8 mailboxen, {_year(today, 200)}", "12", "5.00"),),
        issued=204,
        paid=190,
        method=Method.BANCONTACT,
    )
    yield Sale(
        name,
        "Reserveringsmodule, 12 maanden",
        (("Reserveringsmodule", f"{site}, {_year(today, 150)}", "1", "80.00"),),
        issued=152,
        paid=149,
        credited=20,
        credited_net_cents=5000,
    )
    yield Sale(
        name,
        "SSL-certificaat, 12 maanden",
        (("SSL-certificaat", f"{site}, {_year(today, 96)}", "1", "24.00"),),
        issued=98,
        paid=95,
    )
    yield from _bakery_open(today)


def _bakery_open(today: date) -> Iterator[Sale]:
    name, site = BAKERY.name, "bakkerij-de-korenaar.test"
    yield Sale(
        name,
        "E-mail: 4 extra mailboxen",
        (("Extra mailboxen", f"4 mailboxen, {_year(today, 27)}", "4", "12.00"),),
        issued=27,
        due=13,
    )
    yield Sale(
        name,
        "Webhosting Plus, 12 maanden",
        (
            ("Webhosting Plus", f"{site}, {_year(today, -8)}", "12", "18.00"),
            ("Domeinnaam", f"{site}, {_year(today, -8)}", "1", "12.00"),
            ("Dagelijkse back-up", _year(today, -8), "12", "1.00"),
        ),
        issued=7,
        due=-7,
        uses_credits=True,
        service="hosting-plus",
    )
    yield Sale(name, "E-mail Basis, 12 maanden",
               (("E-mail Basis", f"8 mailboxen, {_year(today, -31)}", "12", "3.00"),), issued=3, due=-11,
               service="mail-basic")  # fmt: skip


def _club(today: date) -> Iterator[Sale]:
    for months in range(6, 0, -1):
        yield Sale(CLUB.name, "Webhosting Club, 1 maand",
                   (("Webhosting Club", "fietsclub-het-wiel.test", "1", "12.50"),),
                   issued=months * 30 + 2, paid=months * 30 - 3, service="hosting-club")  # fmt: skip
    yield Sale(CLUB.name, "Webhosting Club, 1 maand",
               (("Webhosting Club", "fietsclub-het-wiel.test", "1", "12.50"),), issued=2, due=-12,
               service="hosting-club")  # fmt: skip
    yield Sale(CLUB.name, "Domeinnaam, 12 maanden",
               (("Domeinnaam", f"toertocht-het-wiel.test, {_year(today, 118)}", "1", "12.00"),),
               issued=120, paid=119, service="domain-tour")  # fmt: skip
    yield Sale(CLUB.name, "Domeinnaam, 12 maanden",
               (("Domeinnaam", f"fietsclub-het-wiel.test, {_year(today, -20)}", "1", "12.00"),),
               issued=5, due=-9, service="domain-club")  # fmt: skip


def _others(today: date) -> Iterator[Sale]:
    methods = (Method.IDEAL, Method.IDEAL, Method.CARD, Method.BANCONTACT)
    for position, account in enumerate(OTHERS):
        line = ("Webhosting", "voorbeeldsite.test", "1", monthly_price(position))
        for months in range(10, -1, -1):
            issued = months * 30 + position
            yield Sale(account.name, "Webhosting, 1 maand", (line,),
                       issued=issued, paid=issued - 2 if months else None,
                       method=methods[(position + months) % 4], service=f"hosting-{position}")  # fmt: skip


def _year(today: date, starts_days_ago: int) -> str:
    start = today - timedelta(days=starts_days_ago)
    return period(start, renewal(start.day, start, 12) - ONE_DAY, "nl")
