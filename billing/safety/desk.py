"""Stop orders with every precondition as it is now, and what a customer's services would be judged by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from billing import access
from billing.access import Actor
from billing.accounts.tables import Account, User
from billing.clock import local_day
from billing.db import Work
from billing.errors import NotFound
from billing.products.tables import Product, ProductKind, Service, ServiceState
from billing.safety.facts import facts
from billing.stops import rules
from billing.stops.rules import Precondition as Precondition

# Part of what can be said about an order; the screens know no tables.
from billing.stops.tables import OrderState as OrderState
from billing.stops.tables import StopOrder

# So many orders that are over are still shown.
WITHDRAWN_SHOWN = 10
Lamps = Mapping[Precondition, bool]


@dataclass(frozen=True)
class OrderView:
    """A stop order. lamps: its preconditions as they are now; as they were, once it is over. earliest: the first day on
    which it may be carried out. because: why it was withdrawn. is_own: whether the one who looks proposed it."""

    order_id: int
    state: OrderState
    account: str
    service: str
    label: str
    requested_by: str
    requested_at: datetime
    approved_by: str
    approved_at: datetime | None
    earliest: date | None
    carried_out_on: date | None
    reversible_until: date | None
    withdrawn_at: datetime | None
    because: str
    is_own: bool
    lamps: Lamps

    @property
    def is_green(self) -> bool:
        return all(self.lamps.values())


@dataclass(frozen=True)
class Stoppable:
    """A service that a stop order could be about. is_running: there is one already."""

    service_id: int
    name: str
    label: str
    is_running: bool


@dataclass(frozen=True)
class Candidate:
    """What stopping a customer's services would be judged by now. overdue: the numbers of the invoices."""

    account_id: int
    account: str
    overdue: tuple[str, ...]
    overdue_cents: int
    lamps: Lamps
    services: tuple[Stoppable, ...]


def orders(work: Work, actor: Actor, floor_cents: int) -> tuple[OrderView, ...]:
    """Those that run, the oldest first, and then the last ones that were withdrawn. Raises NotAllowed."""
    by = access.require_finance(work, actor)
    withdrawn = col(StopOrder.state) == OrderState.WITHDRAWN.value
    running = work.session.exec(select(StopOrder).where(~withdrawn).order_by(col(StopOrder.id))).all()
    over = select(StopOrder).where(withdrawn).order_by(col(StopOrder.withdrawn_at).desc(), col(StopOrder.id).desc())
    found = [*running, *work.session.exec(over.limit(WITHDRAWN_SHOWN))]
    return tuple(_order(work, order, by, floor_cents) for order in found)


def candidate(work: Work, actor: Actor, account_id: int, floor_cents: int) -> Candidate:
    """The services of a customer that could be stopped. Raises NotAllowed, NotFound."""
    access.require_finance(work, actor)
    account = work.session.get(Account, account_id)
    if account is None:
        raise NotFound()
    known = facts(work, account_id, floor_cents)
    in_use = [ServiceState.ACTIVE.value, ServiceState.ENDING.value]
    found = (
        select(Service, Product.name)
        .join(Product, col(Product.id) == col(Service.product_id))
        .where(Service.account_id == account_id, col(Service.state).in_(in_use))
        .where(Product.kind != ProductKind.DOMAIN.value)
        .order_by(col(Service.id))
    )
    about = select(StopOrder.service_id).where(
        StopOrder.account_id == account_id, StopOrder.state != OrderState.WITHDRAWN.value
    )
    running = set(work.session.exec(about))
    services = tuple(
        Stoppable(service.id or 0, name, service.label, service.id in running)
        for service, name in work.session.exec(found)
    )
    lamps = rules.verdicts(known)
    return Candidate(account_id, account.name, known.overdue, known.overdue_cents, lamps, services)


def is_due(order: OrderView, now: datetime) -> bool:
    """Whether an order may be carried out by its day."""
    return order.earliest is not None and local_day(now) >= order.earliest


def _order(work: Work, order: StopOrder, by: int, floor_cents: int) -> OrderView:
    service = work.session.get_one(Service, order.service_id)
    waits = order.state in {OrderState.PROPOSED.value, OrderState.APPROVED.value}
    kept = {one: bool(getattr(order, one.value)) for one in Precondition}
    return OrderView(
        order_id=order.id or 0, state=OrderState(order.state),
        account=work.session.get_one(Account, order.account_id).name,
        service=work.session.get_one(Product, service.product_id).name, label=service.label,
        requested_by=_name(work, order.requested_by), requested_at=order.requested_at,
        approved_by=_name(work, order.approved_by), approved_at=order.approved_at,
        earliest=rules.earliest(order.announced_on) if order.announced_on else None,
        carried_out_on=order.carried_out_on, reversible_until=order.reversible_until,
        withdrawn_at=order.withdrawn_at, because=order.withdrawn_because, is_own=order.requested_by == by,
        lamps=rules.verdicts(facts(work, order.account_id, floor_cents)) if waits else kept,
    )  # fmt: skip


def _name(work: Work, user_id: int | None) -> str:
    return work.session.get_one(User, user_id).name if user_id else ""
