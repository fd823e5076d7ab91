"""Stop orders as members of staff give them: every step judges all facts anew, under the lock of the account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from billing import access, locks
from billing.access import Actor
from billing.accounts.tables import Account, User
from billing.db import Work
from billing.products.tables import Product, Service
from billing.safety.facts import facts
from billing.stops import rules
from billing.stops import service as stops
from billing.stops.tables import OrderState, StopOrder


@dataclass(frozen=True)
class OrderRow:
    """A stop order that runs. earliest: once it is approved, the first day on which it may be carried out."""

    order_id: int
    state: str
    account: str
    service_id: int
    service: str
    label: str
    requested_by: str
    approved_by: str
    earliest: date | None
    reversible_until: date | None


def running(work: Work, actor: Actor) -> Sequence[OrderRow]:
    """All stop orders that have not been withdrawn, the oldest first. Raises NotAllowed."""
    access.require_finance(work, actor)
    found = (
        select(StopOrder, Service, Product, Account)
        .join(Service, col(Service.id) == col(StopOrder.service_id))
        .join(Product, col(Product.id) == col(Service.product_id))
        .join(Account, col(Account.id) == col(StopOrder.account_id))
        .where(StopOrder.state != OrderState.WITHDRAWN.value)
        .order_by(col(StopOrder.id))
    )
    return [_row(work, *parts) for parts in work.session.exec(found)]


def propose(work: Work, actor: Actor, service_id: int, floor_cents: int, cooling_days: int = rules.COOLING_DAYS) -> int:
    """Propose to stop a service, and return the order's id. floor_cents: what has to be late at least. cooling_days: as
    for `stops.propose`.

    Raises NotAllowed, CheckNeeded, NotFound, StopRefused.
    """
    access.require_finance(work, actor)
    service = locks.owned(work, Service, service_id)
    known = facts(work, service.account_id, floor_cents)
    return stops.propose(work, actor, service, known, cooling_days=cooling_days)


def approve(work: Work, actor: Actor, order_id: int, floor_cents: int) -> None:
    """Agree to somebody else's proposal, and have the customer told.

    Raises NotAllowed, CheckNeeded, NotFound, StopRefused.
    """
    order = _locked(work, actor, order_id)
    stops.approve(work, actor, order, facts(work, order.account_id, floor_cents))


def carry_out(work: Work, actor: Actor, order_id: int, floor_cents: int) -> None:
    """Stop the service, a week after the customer was told. Raises NotAllowed, CheckNeeded, NotFound, StopRefused."""
    order = _locked(work, actor, order_id)
    stops.carry_out(work, actor, order, facts(work, order.account_id, floor_cents))


def withdraw(work: Work, actor: Actor, order_id: int) -> None:
    """Take an order back; what was stopped under it goes on. Raises NotAllowed, NotFound, StopRefused."""
    stops.withdraw(work, actor, _locked(work, actor, order_id))


def _locked(work: Work, actor: Actor, order_id: int) -> StopOrder:
    access.require_finance(work, actor)
    return locks.owned(work, StopOrder, order_id)


def _row(work: Work, order: StopOrder, service: Service, product: Product, account: Account) -> OrderRow:
    approved_by = work.session.get_one(User, order.approved_by).name if order.approved_by else ""
    return OrderRow(
        order_id=order.id or 0, state=order.state, account=account.name, service_id=service.id or 0,
        service=product.name, label=service.label,
        requested_by=work.session.get_one(User, order.requested_by).name, approved_by=approved_by,
        earliest=rules.earliest(order.announced_on) if order.announced_on else None,
        reversible_until=order.reversible_until,
    )  # fmt: skip
