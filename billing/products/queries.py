"""Reading what an account has in use."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import col, or_, select

from billing import access
from billing.access import Actor, Permission
from billing.accounts.tables import Account
from billing.clock import local_day
from billing.db import Work
from billing.products.prices import PriceList
from billing.products.tables import Product, ProductKind, Service, ServiceState
from billing.proration import ONE_DAY
from billing.taxes.service import taxation
from billing.vat import line_net_cents, vat_cents
from billing.vat_treatment import Taxation, VatTreatment


@dataclass(frozen=True)
class ServiceRow:
    """A service with the price of its next period, in cents, without VAT and with what of it is charged.

    paid_through: the last day that has been invoiced, at most `ends_on`: the last day, when the customer cancelled it.
    invoiced_through: the same, also when that was not yet paid.
    """

    service_id: int
    name: str
    kind: ProductKind
    label: str
    net_cents: int
    total_cents: int
    treatment: VatTreatment
    period_months: int
    paid_through: date
    invoiced_through: date
    ends_on: date | None


def services(work: Work, actor: Actor, account_id: int) -> tuple[ServiceRow, ...]:
    """What an account has in use. Raises NotFound or NotAllowed."""
    allowed = access.require(work, actor, Permission.SERVICES_VIEW, account_id)
    statement = (
        select(Service, Product)
        .join(Product, col(Product.id) == col(Service.product_id))
        .where(Service.account_id == allowed, Service.state != ServiceState.ENDED.value)
        .where(or_(col(Service.ends_on).is_(None), col(Service.ends_on) >= local_day(work.now)))
        .order_by(col(Service.id))
    )
    found = work.session.exec(statement).all()
    prices = PriceList(work, {product.id or 0 for _, product in found})
    taxed = taxation(work, work.session.get_one(Account, allowed))
    return tuple(_row(service, product, prices, taxed) for service, product in found)


def total_cents(price: Any, taxed: Taxation, on: date) -> int:
    """What a period from a day on costs with the VAT that is charged; price: a plain row of PriceVersion."""
    net_cents = line_net_cents(Decimal(1), price.unit_price)
    return net_cents + vat_cents(net_cents, taxed.rate(price.vat_rate, on))


def _row(service: Service, product: Product, prices: PriceList, taxed: Taxation) -> ServiceRow:
    start = service.paid_through + ONE_DAY
    price = prices.on(product.id or 0, start)
    return ServiceRow(
        service_id=service.id or 0, name=product.name, kind=ProductKind(product.kind), label=service.label,
        net_cents=line_net_cents(Decimal(1), price.unit_price) if price else 0,
        total_cents=total_cents(price, taxed, start) if price else 0, treatment=taxed.treatment,
        period_months=product.period_months, ends_on=service.ends_on,
        paid_through=min(service.paid_through, service.ends_on or service.paid_through),
        invoiced_through=service.paid_through,
    )  # fmt: skip
