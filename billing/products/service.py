"""Putting products on sale, pricing them from a day on, and starting and ending services."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import update
from sqlmodel import col, func, select

from billing import audit, locks
from billing.access import Actor
from billing.clock import local_day
from billing.db import Work, table_of
from billing.errors import InvalidAmount, NotFound, Refused
from billing.products.tables import PriceVersion, Product, ProductKind, Service, ServiceState
from billing.proration import ONE_DAY, Proration

MAX_PRICE = Decimal(1_000_000)


@dataclass(frozen=True)
class AddProduct:
    """A new product. unit_price: euro per period excluding VAT; vat_rate: per cent; both from `valid_from` on."""

    code: str
    name: str
    kind: ProductKind
    period_months: int
    unit_price: Decimal
    vat_rate: Decimal
    valid_from: date
    proration: Proration = Proration.LINEAR
    on_offer: bool = True


@dataclass(frozen=True)
class ChangePrice:
    """Another price for the periods that begin on `valid_from` or later; what is prepaid stays as it is."""

    product_id: int
    unit_price: Decimal
    vat_rate: Decimal
    valid_from: date


@dataclass(frozen=True)
class StartService:
    """A service from a day on. paid_through: the last day that was paid elsewhere, when it was taken over.

    hangs_on: the service that it belongs to.
    """

    account_id: int
    product_id: int
    label: str
    started_on: date
    paid_through: date | None = None
    hangs_on: int | None = None


def add_product(work: Work, actor: Actor, command: AddProduct) -> int:
    """Put a product on sale with its first price, and return its id. Raises InvalidAmount."""
    product = Product(
        code=command.code, name=command.name, kind=command.kind.value, period_months=command.period_months,
        proration=command.proration.value, on_offer=command.on_offer,
    )  # fmt: skip
    work.session.add(product)
    work.flush()
    product_id = product.id or 0
    _add_price(work, actor, ChangePrice(product_id, command.unit_price, command.vat_rate, command.valid_from))
    return product_id


def change_price(work: Work, actor: Actor, command: ChangePrice) -> None:
    """Price a product anew from a day on.

    Raises NotFound, InvalidAmount, or Refused for a day that has passed or is not later than the newest price.
    """
    newest = select(func.max(PriceVersion.valid_from)).where(PriceVersion.product_id == command.product_id)
    if work.session.get(Product, command.product_id) is None:
        raise NotFound()
    last = work.session.exec(newest).one()
    if command.valid_from < local_day(work.now) or (last is not None and command.valid_from <= last):
        raise Refused(reason="price_of_the_past")
    _add_price(work, actor, command)


def start_service(work: Work, actor: Actor, command: StartService) -> int:
    """Give an account a service, which the next invoice run invoices; returns its id.

    Raises AccountErased, and NotFound, also when it would hang on somebody else's service.
    """
    locks.living_account(work, command.account_id)
    if work.session.get(Product, command.product_id) is None:
        raise NotFound()
    if command.hangs_on is not None:
        _require_own(work, command.account_id, command.hangs_on)
    service = Service(
        account_id=command.account_id, product_id=command.product_id, label=command.label,
        started_on=command.started_on, anchor_day=command.started_on.day, hangs_on=command.hangs_on,
        paid_through=command.paid_through or command.started_on - ONE_DAY,
    )  # fmt: skip
    work.session.add(service)
    work.flush()
    audit.record(
        work, actor, "service.started", chain=audit.of_account(command.account_id), subject=f"service:{service.id}",
        product=command.product_id, label=command.label,
    )  # fmt: skip
    return service.id or 0


def end_those_that_are_over(work: Work) -> None:
    """Services whose last day has passed, and has been invoiced unless they are stopped, have ended."""
    service = table_of(Service)
    over = service.c.ends_on < local_day(work.now)
    invoiced = (service.c.state == ServiceState.ENDING.value) & (service.c.paid_through >= service.c.ends_on)
    # What is stopped is not invoiced any further.
    done = invoiced | (service.c.state == ServiceState.STOPPED.value)
    work.session.execute(update(service).where(over, done).values(state=ServiceState.ENDED.value))


def _require_own(work: Work, account_id: int, service_id: int) -> None:
    owner = select(Service.account_id).where(col(Service.id) == service_id)
    if work.session.exec(owner).first() != account_id:
        raise NotFound()


def _add_price(work: Work, actor: Actor, command: ChangePrice) -> None:
    in_order = Decimal("0.01") <= command.unit_price <= MAX_PRICE and 0 <= command.vat_rate <= 100
    if not in_order:
        raise InvalidAmount()
    work.session.add(
        PriceVersion(
            product_id=command.product_id, valid_from=command.valid_from, unit_price=command.unit_price,
            vat_rate=command.vat_rate, created_by=actor.name, created_at=work.now,
        )
    )  # fmt: skip
    work.flush()
