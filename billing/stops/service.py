"""The life of a stop order.

The facts are gathered by the caller, in the same transaction and under the lock of the account: they come from subjects
that know of payments and reminders, and this one is needed where payments land.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from billing import access, audit
from billing.access import SYSTEM, Actor
from billing.accounts import notices
from billing.accounts import service as accounts
from billing.accounts.notices import MailedInvoice
from billing.accounts.queries import payers
from billing.clock import local_day
from billing.db import Work
from billing.errors import StopRefused
from billing.hosting import services as panel
from billing.ports import AccountMailKind, ServiceNews
from billing.products.tables import Product, ProductKind, Service, ServiceState
from billing.stops import rules
from billing.stops.rules import Facts, LateInvoice
from billing.stops.tables import OrderState, StopOrder

MONEY, PERSON = "money", "person"


def propose(work: Work, actor: Actor, service: Service, facts: Facts, *, cooling_days: int = rules.COOLING_DAYS) -> int:
    """Propose to stop a service, and return the order's id. cooling_days: so long after money withdrew an order none is
    proposed on the same ground. Raises NotAllowed, CheckNeeded, StopRefused.
    """
    by = access.require_finance_checked(work, actor)
    _require_stoppable(work, service)
    _require_cooled(work, service.account_id, facts, cooling_days)
    _require_all(facts)
    columns: dict[str, Any] = {name.value: holds for name, holds in rules.verdicts(facts).items()}
    order = StopOrder(
        account_id=service.account_id, service_id=service.id or 0, requested_by=by, requested_at=work.now,
        snapshot={"proposed": rules.snapshot(facts)}, **columns,
    )  # fmt: skip
    work.session.add(order)
    work.flush()
    _record(work, actor, "stop.proposed", order)
    return order.id or 0


def approve(work: Work, actor: Actor, order: StopOrder, facts: Facts) -> None:
    """Agree to a proposal of somebody else, and so have the customer told.

    Raises NotAllowed, CheckNeeded, StopRefused.
    """
    by = access.require_finance_checked(work, actor)
    _require_state(order, OrderState.PROPOSED, "not_proposed")
    if by == order.requested_by:
        raise StopRefused(reason="same_person")
    _require_in_use(work.session.get_one(Service, order.service_id))
    _require_all(facts)
    today = local_day(work.now)
    order.state, order.approved_by, order.approved_at = OrderState.APPROVED.value, by, work.now
    order.announced_on = today
    _keep(work, order, "approved", facts)
    _record(work, actor, "stop.approved", order)
    earliest_on = rules.earliest(today).isoformat()
    _tell(work, order, AccountMailKind.STOP_ANNOUNCED, facts.invoices, **_owed(facts), earliest_on=earliest_on)


def carry_out(work: Work, actor: Actor, order: StopOrder, facts: Facts) -> None:
    """Stop the service, at the earliest a week after the customer was told.

    Raises NotAllowed, CheckNeeded, StopRefused.
    """
    by = access.require_finance_checked(work, actor)
    _require_state(order, OrderState.APPROVED, "not_approved")
    today = local_day(work.now)
    earliest = rules.earliest(order.announced_on or today)
    if today < earliest:
        raise StopRefused(reason="too_soon", earliest=earliest.isoformat())
    service = work.session.get_one(Service, order.service_id)
    _require_in_use(service)
    _require_all(facts)
    order.state, order.carried_out_by = OrderState.CARRIED_OUT.value, by
    order.carried_out_on, order.reversible_until = today, rules.kept_until(today)
    _keep(work, order, "carried_out", facts)
    # The database looks for the order before it lets go of the service.
    work.flush()
    service.state = ServiceState.STOPPED.value
    kept_until = order.reversible_until.isoformat()
    panel.tell(work, service, ServiceNews.STOPPED, keeps_until=kept_until)
    _record(work, actor, "stop.carried_out", order)
    _tell(work, order, AccountMailKind.SERVICE_STOPPED, facts.invoices, **_owed(facts), kept_on=kept_until)


def withdraw(work: Work, actor: Actor, order: StopOrder) -> None:
    """Take an order back; a service that was stopped under it goes on. Raises NotAllowed, StopRefused."""
    access.require_finance(work, actor)
    if order.state == OrderState.WITHDRAWN.value:
        raise StopRefused(reason="withdrawn")
    _withdraw(work, actor, order, PERSON)


def withdraw_for(work: Work, account_id: int) -> None:
    """Something lowered what a locked account has to pay: its stop orders are withdrawn, and what was stopped goes on.

    Costs one look into a small index for a whole transaction; asking twice changes nothing.
    """
    work.defer(_withdraw_all, account_id)


def _withdraw_all(work: Work, account_ids: list[int]) -> None:
    of_them = work.among(col(StopOrder.account_id), sorted(set(account_ids)))
    running = select(StopOrder).where(of_them, StopOrder.state != OrderState.WITHDRAWN.value)
    in_order = running.order_by(col(StopOrder.id)).execution_options(populate_existing=True)
    for order in work.session.exec(in_order).all():
        _withdraw(work, SYSTEM, order, MONEY)


def _withdraw(work: Work, actor: Actor, order: StopOrder, because: str) -> None:
    if order.state == OrderState.CARRIED_OUT.value:
        _restore(work, order)
    order.state, order.withdrawn_at, order.withdrawn_because = OrderState.WITHDRAWN.value, work.now, because
    work.session.add(order)
    _record(work, actor, "stop.withdrawn", order)
    work.session.flush()


def _restore(work: Work, order: StopOrder) -> None:
    service = work.session.get_one(Service, order.service_id, populate_existing=True)
    if service.state != ServiceState.STOPPED.value:
        return
    service.state = (ServiceState.ENDING if service.ends_on else ServiceState.ACTIVE).value
    panel.tell(work, service, ServiceNews.RESTORED)
    _tell(work, order, AccountMailKind.SERVICE_RESTORED)
    # The database lets go of the order only after the service.
    work.session.flush()


def _require_stoppable(work: Work, service: Service) -> None:
    if work.session.get_one(Product, service.product_id).kind == ProductKind.DOMAIN.value:
        raise StopRefused(reason="domain")
    _require_in_use(service)
    running = select(StopOrder.id).where(
        StopOrder.service_id == service.id, StopOrder.state != OrderState.WITHDRAWN.value
    )
    if work.session.exec(running).first() is not None:
        raise StopRefused(reason="running")


def _require_cooled(work: Work, account_id: int, facts: Facts, cooling_days: int) -> None:
    """Money for the same invoices came in lately, whichever service was to be stopped for them."""
    withdrawn = select(StopOrder).where(
        StopOrder.account_id == account_id, StopOrder.withdrawn_because == MONEY,
        col(StopOrder.withdrawn_at) > work.now - timedelta(days=cooling_days + 1),
    )  # fmt: skip
    for order in work.session.exec(withdrawn.order_by(col(StopOrder.id).desc())):
        may_again = rules.cooled_on(local_day(order.withdrawn_at or work.now), cooling_days)
        is_same = set(order.snapshot["proposed"]["facts"]["overdue"]) & set(facts.overdue)
        if is_same and local_day(work.now) < may_again:
            raise StopRefused(reason="cooling", earliest=may_again.isoformat())


def _require_in_use(service: Service) -> None:
    if service.state not in {ServiceState.ACTIVE.value, ServiceState.ENDING.value}:
        raise StopRefused(reason="not_in_use")


def _require_state(order: StopOrder, state: OrderState, reason: str) -> None:
    if order.state != state.value:
        raise StopRefused(reason=reason)


def _require_all(facts: Facts) -> None:
    if missing := rules.missing(facts):
        raise StopRefused(reason="preconditions", missing=missing)


def _keep(work: Work, order: StopOrder, step: str, facts: Facts) -> None:
    order.snapshot = order.snapshot | {step: rules.snapshot(facts)}
    for name, holds in rules.verdicts(facts).items():
        setattr(order, name, holds)
    work.session.add(order)


def _record(work: Work, actor: Actor, action: str, order: StopOrder) -> None:
    service = work.session.get_one(Service, order.service_id)
    name = work.session.get_one(Product, service.product_id).name
    chain = audit.of_account(order.account_id)
    audit.record(work, actor, action, chain=chain, subject=name, label=service.label, order=order.id)
    accounts.bump_version(work, order.account_id)


def _owed(facts: Facts) -> dict[str, str]:
    return {"cents": str(facts.overdue_cents), "invoices": ", ".join(facts.overdue)}


def _tell(work: Work, order: StopOrder, kind: AccountMailKind, late: Sequence[LateInvoice] = (), **facts: str) -> None:
    """Everybody who is to pay hears of it, each invoice with its pay link."""
    service = work.session.get_one(Service, order.service_id)
    name = work.session.get_one(Product, service.product_id).name
    # By its number the mail is not sent any more when the order has been withdrawn before that.
    known = {"service": name, "order": str(order.id), **facts}
    links = [MailedInvoice(one.number, one.cents, (one.invoice_id, one.link_serial)) for one in late]
    for user_id in payers(work, order.account_id):
        notices.to_user(work, user_id, kind, known, account_id=order.account_id, invoices=links)
