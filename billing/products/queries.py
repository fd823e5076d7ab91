"""Reading what an account has in use."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import col, select

from billing import access
from billing.access import Actor, Permission
from billing.db import Work
from billing.products.tables import Product, Service
from billing.vat import line_net_cents, vat_cents


@dataclass(frozen=True)
class ServiceRow:
    """A service with its price per period, in cents, without VAT and with."""

    name: str
    label: str
    net_cents: int
    total_cents: int
    period_months: int
    paid_through: date


def services(work: Work, actor: Actor, account_id: int) -> tuple[ServiceRow, ...]:
    """What an account has in use. Raises NotFound or NotAllowed."""
    allowed = access.require(work, actor, Permission.SERVICES_VIEW, account_id)
    statement = (
        select(Service, Product)
        .join(Product, col(Product.id) == col(Service.product_id))
        .where(Service.account_id == allowed)
        .order_by(col(Service.id))
    )
    return tuple(_row(service, product) for service, product in work.session.exec(statement))


def _row(service: Service, product: Product) -> ServiceRow:
    net_cents = line_net_cents(Decimal(1), product.unit_price)
    return ServiceRow(
        name=product.name, label=service.label, net_cents=net_cents,
        total_cents=net_cents + vat_cents(net_cents, product.vat_rate), period_months=product.period_months,
        paid_through=service.paid_through,
    )  # fmt: skip
