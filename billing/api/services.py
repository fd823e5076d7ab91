"""The catalogue, and what customers have of it, as a host's own systems see and change it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from billing import access
from billing.access import Actor, Scope
from billing.accounts import service as accounts
from billing.accounts.people import one_line
from billing.api.pages import Part, Place, part, within_reach
from billing.changes import planning
from billing.changes import service as changes
from billing.changes.planning import Asked
from billing.changes.service import ConfirmChange
from billing.clock import local_day
from billing.db import Work
from billing.errors import NotFound, Refused
from billing.ports import Party
from billing.products import service as products
from billing.products.prices import PriceList
from billing.products.service import StartService
from billing.products.tables import PriceVersion, Product, Service
from billing.proration import ONE_DAY
from billing.vat import line_net_cents

LONGEST_LABEL = 100
# Further away it is a slip of the pen: the next run would invoice all periods since.
FURTHEST = timedelta(days=366)


@dataclass(frozen=True)
class ProductView:
    """Something for sale, with today's price a period in cents without VAT. vat_rate: per cent."""

    id: int
    code: str
    name: str
    kind: str
    period_months: int
    on_offer: bool
    net_cents: int
    vat_rate: Decimal


@dataclass(frozen=True)
class ServiceView:
    """A product in use. invoiced_through: the last day that has been invoiced. ends_on: the last day, of one that ends.

    parent_service_id: the service that it hangs on.
    """

    id: int
    customer_id: int
    product_id: int
    product_code: str
    label: str
    state: str
    started_on: date
    invoiced_through: date
    ends_on: date | None
    parent_service_id: int | None


@dataclass(frozen=True)
class NewService:
    """A service to be. started_on: today when left out."""

    customer_id: int
    product_id: int
    label: str
    started_on: date | None = None
    parent_service_id: int | None = None


@dataclass(frozen=True)
class Cancellation:
    """What a cancellation came to, in cents with VAT: credited in all, of which so much lowered open invoices, and the
    rest became credits."""

    service_id: int
    last_day: date
    credited_cents: int
    offset_cents: int
    credits_cents: int


def catalogue(work: Work, actor: Actor, place: Place) -> Part[ProductView]:
    """What is sold, with its price today; what has none yet is left out. Raises NotAllowed."""
    access.require_scope(actor, Scope.SERVICES_READ)
    today = local_day(work.now)
    priced = select(PriceVersion.product_id).where(PriceVersion.valid_from <= today)
    found = part(work, select(Product).where(col(Product.id).in_(priced)), col(Product.id), place, _same)
    prices = PriceList(work, [product.id or 0 for product in found.rows])
    return Part(tuple(_product(product, prices, today) for product in found.rows), found.ends_at)


def listed(work: Work, actor: Actor, place: Place, customer_id: int | None = None) -> Part[ServiceView]:
    """The services of customers in reach, those that ended too. Raises NotAllowed or NotFound."""
    condition = within_reach(work, actor, Scope.SERVICES_READ, col(Service.account_id), customer_id)
    return part(work, _SERVICES.where(condition), col(Service.id), place, lambda row: _view(*row))


def one(work: Work, actor: Actor, service_id: int) -> ServiceView:
    """One service. Raises NotAllowed or NotFound."""
    condition = within_reach(work, actor, Scope.SERVICES_READ, col(Service.account_id))
    found = work.session.exec(_SERVICES.where(condition, col(Service.id) == service_id)).first()
    if found is None:
        raise NotFound()
    return _view(*found)


def start(work: Work, actor: Actor, command: NewService) -> ServiceView:
    """Give a customer a service, which the next invoice run invoices.

    Raises NotAllowed, NotFound, or Refused: `label`, `started_on`, `no_price` on that day.
    """
    allowed = access.require_customer(work, actor, Scope.SERVICES_WRITE, command.customer_id)
    today = local_day(work.now)
    started_on, label = command.started_on or today, one_line(command.label, longest=LONGEST_LABEL)
    if not label:
        raise Refused(reason="label")
    if abs(started_on - today) > FURTHEST:
        raise Refused(reason="started_on")
    if work.session.get(Product, command.product_id) is None:
        raise NotFound()
    if PriceList(work, [command.product_id]).on(command.product_id, started_on) is None:
        raise Refused(reason="no_price")
    start = StartService(allowed, command.product_id, label, started_on, hangs_on=command.parent_service_id)
    service_id = products.start_service(work, actor, start)
    accounts.bump_version(work, allowed)
    return _view(*work.session.exec(_SERVICES.where(col(Service.id) == service_id)).one())


def cancel(work: Work, actor: Actor, service_id: int, last_day: date | None, seller: Party) -> Cancellation:
    """End a service after a day, or at the end of what is invoiced, and give back what is not used.

    It is the change that a customer can make, computed and carried out in one. Raises NotAllowed, NotFound,
    ChangeRefused.
    """
    condition = within_reach(work, actor, Scope.SERVICES_WRITE, col(Service.account_id))
    service = work.session.exec(select(Service).where(condition, Service.id == service_id)).first()
    if service is None:
        raise NotFound()
    on = planning.latest_day(service, local_day(work.now)) if last_day is None else _day_after(last_day)
    shown = changes.preview(work, actor, service.account_id, Asked(service_id, on))
    changes.confirm(work, actor, ConfirmChange(service.account_id, shown.preview_id, shown.hash, seller))
    plan = shown.plan
    return Cancellation(service_id, on - ONE_DAY, plan.credited_cents, plan.offset_cents, plan.credit_cents)


def _same(product: Product) -> Product:
    return product


def _product(product: Product, prices: PriceList, today: date) -> ProductView:
    price: Any = prices.on(product.id or 0, today)
    return ProductView(
        product.id or 0, product.code, product.name, product.kind, product.period_months, product.on_offer,
        line_net_cents(Decimal(1), price.unit_price), price.vat_rate,
    )  # fmt: skip


def _day_after(day: date) -> date:
    if day == date.max:
        raise Refused(reason="last_day")
    return day + ONE_DAY


_SERVICES = select(Service, Product.code).join(Product, col(Product.id) == col(Service.product_id))


def _view(service: Service, code: str) -> ServiceView:
    return ServiceView(
        id=service.id or 0, customer_id=service.account_id, product_id=service.product_id, product_code=code,
        label=service.label, state=service.state, started_on=service.started_on,
        invoiced_through=service.paid_through, ends_on=service.ends_on, parent_service_id=service.hangs_on,
    )  # fmt: skip
