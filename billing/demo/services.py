"""What the customers of the demo have in use, and for which periods they have been invoiced."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from billing.access import SYSTEM
from billing.db import Work
from billing.demo.people import ABROAD, BAKERY, CLUB, OTHERS, Cast
from billing.demo.story import VAT, monthly_price
from billing.products import service
from billing.products.service import AddProduct, StartService
from billing.products.tables import Product, ProductKind, Service
from billing.proration import ONE_DAY, Proration, next_period, renewal

Given = dict[tuple[str, str], int]
_KIND = ProductKind


# What the bakery can change to by itself: what it is, its price a year, and what kind of thing.
_CATALOGUE = (
    ("hosting-start", "Webhosting Start", _KIND.HOSTING, "114.00"),
    ("hosting-pro", "Webhosting Pro", _KIND.HOSTING, "348.00"),
    ("mail-plus", "E-mail Plus", _KIND.EMAIL, "60.00"),
    ("webshop-start", "Webshop Start", _KIND.ADDON, "36.50"),
)


def give_services(work: Work, cast: Cast, today: date) -> Given:
    """Products, and who has which; the ids of the services by customer and code of the product."""
    given: Given = {}
    for product, account, label, started_on, paid_through, hangs_on in _services(today):
        product_id = service.add_product(work, SYSTEM, product)
        belongs_to = given.get((account, hangs_on))
        start = StartService(cast.accounts[account], product_id, label, started_on, paid_through, belongs_to)
        given[account, product.code] = service.start_service(work, SYSTEM, start)
    for code, name, kind, price in _CATALOGUE:
        service.add_product(work, SYSTEM, _product(code, name, kind, price, 12, today))
    return given


def period_of(work: Work, service_id: int) -> dict[str, Any]:
    """The next period of a service, for the line that invoices it; the service is paid through it from now on."""
    row = work.session.get_one(Service, service_id)
    months = work.session.get_one(Product, row.product_id).period_months
    period = next_period(row.anchor_day, row.paid_through, months)
    row.paid_through = period.last
    work.session.add(row)
    return {"service_id": service_id, "period_start": period.start, "period_end": period.last}


def _services(today: date) -> Iterator[tuple[AddProduct, str, str, date, date | None, str]]:
    """Product, customer, label, first day, last day that was paid before the story begins, what it hangs on."""
    bakery, site = BAKERY.name, "bakkerij-de-korenaar.test"
    for code, name, kind, price, label, days_ahead, hangs_on in (
        ("hosting-plus", "Webhosting Plus", _KIND.HOSTING, "216.00", site, 7, ""),
        ("mail-basic", "E-mail Basis", _KIND.EMAIL, "36.00", "8 mailboxen", 30, ""),
    ):
        renews = today + timedelta(days=days_ahead) + ONE_DAY
        started_on = renewal(renews.day, renews, -12)
        yield _product(code, name, kind, price, 12, today), bakery, label, started_on, renews - ONE_DAY, hangs_on
    webshop = _product("webshop", "Webshopmodule", _KIND.ADDON, "73.00", 12, today)
    yield webshop, bakery, f"webshop.{site}", today - timedelta(days=264), None, "hosting-plus"
    club = _product("hosting-club", "Webhosting Club", _KIND.HOSTING, "12.50", 1, today)
    yield club, CLUB.name, "fietsclub-het-wiel.test", today - timedelta(days=168), None, ""
    domain = _product("domain-club", "Domeinnaam", _KIND.DOMAIN, "12.00", 12, today, Proration.DOMAIN)
    yield domain, CLUB.name, "fietsclub-het-wiel.test", today + timedelta(days=20), None, "hosting-club"
    tour = replace(domain, code="domain-tour", on_offer=False)
    yield tour, CLUB.name, "toertocht-het-wiel.test", today - timedelta(days=118), None, "hosting-club"
    abroad = replace(_product("hosting-abroad", "Webhosting", _KIND.HOSTING, "12.50", 1, today), on_offer=False)
    yield abroad, ABROAD.name, "chocolaterie-voorbeeld.test", today, None, ""
    for position, account in enumerate(OTHERS):
        price = monthly_price(position)
        product = replace(_product(f"hosting-{position}", "Webhosting", _KIND.HOSTING, price, 1, today), on_offer=False)
        yield product, account.name, "voorbeeldsite.test", today - timedelta(days=325 + position), None, ""


def _product(
    code: str, name: str, kind: ProductKind, price: str, months: int, today: date,
    proration: Proration = Proration.LINEAR,
) -> AddProduct:  # fmt: skip
    return AddProduct(code, name, kind, months, Decimal(price), VAT, today - timedelta(days=2_000), proration)
