"""Reading why an account's services are safe, and what they will cost next."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select

from billing import access
from billing.access import Actor, Permission
from billing.accounts.tables import Account
from billing.clock import local_day
from billing.db import Work, table_of
from billing.invoices.periods import OpenPeriod, services_in_use
from billing.invoices.service import TERM_DAYS, NewLine, taxed
from billing.invoices.tables import Invoice
from billing.mandates import plans
from billing.products.queries import ServiceRow
from billing.products.tables import Service
from billing.proration import ONE_DAY
from billing.runs.due import due_lines
from billing.safety import rules
from billing.safety.facts import late_invoices
from billing.safety.rules import OpenInvoice, Safety, ServiceFacts
from billing.safety.standing import standing
from billing.stops.rules import earliest
from billing.stops.tables import OrderState, StopOrder
from billing.vat import line_net_cents, vat_cents

AHEAD = timedelta(days=90)

# Asked with every look at the dashboard, so built once.
_O, _S = table_of(StopOrder).c, table_of(Service).c
_ANNOUNCED = select(_O.service_id, _O.announced_on, _O.reversible_until).where(
    _O.account_id == bindparam("account_id"), _O.state != OrderState.WITHDRAWN.value, _O.announced_on.is_not(None)
)
_LABELS = select(_S.id, _S.label).where(_S.account_id == bindparam("account_id"))


@dataclass(frozen=True)
class SafeService:
    """A service in use, and why it is safe."""

    row: ServiceRow
    safety: Safety


@dataclass(frozen=True)
class ComingCharge:
    """A period of a service, from its first to its last day, that is still to be invoiced. pay_by: the last day to
    pay. vat_cents: part of total_cents. by_mandate: it will be collected."""

    name: str
    label: str
    first: date
    last: date
    invoiced_on: date
    pay_by: date
    total_cents: int
    vat_cents: int
    by_mandate: bool


def safe_services(work: Work, actor: Actor, account_id: int, lead_days: int) -> tuple[SafeService, ...]:
    """Everything in use. lead_days: how long before a period it is invoiced. Raises NotFound or NotAllowed."""
    found = services_in_use(work, actor, account_id)
    may_see = actor.is_system or Permission.INVOICES_VIEW in access.permissions(work, actor, account_id)
    orders = _announced(work, account_id)
    # What a service is stopped for may be an invoice of something else.
    late = late_invoices(work, account_id) if orders else ()
    known, today, lead = standing(work, account_id), local_day(work.now), timedelta(days=lead_days)
    made = []
    for row, unpaid in ((one.row, one.open) for one in found):
        order = orders.get(row.service_id)
        invoice = late[0] if order and late else unpaid
        facts = ServiceFacts(
            paid_through=row.paid_through, invoice_on=max(row.invoiced_through + ONE_DAY - lead, today),
            ends_on=row.ends_on, open=_open(invoice, may_see=may_see),
            earliest_stop=earliest(order.announced_on) if order and order.announced_on else None,
            kept_until=order.reversible_until if order else None,
        )  # fmt: skip
        made.append(SafeService(row, rules.safety(facts, known, today)))
    return tuple(made)


def coming_charges(work: Work, actor: Actor, account_id: int, lead_days: int) -> tuple[ComingCharge, ...]:
    """What will be invoiced within three months, the soonest first. Raises NotFound or NotAllowed."""
    allowed = access.require(work, actor, Permission.INVOICES_VIEW, account_id)
    today, lead = local_day(work.now), timedelta(days=lead_days)
    by_mandate = plans.collects(work, account_id)
    due = [line for due in due_lines(work, today + AHEAD + lead, [allowed]) for line in due.lines]
    _, lines = taxed(work, work.session.get_one(Account, allowed), due, 0)
    labels: dict[int | None, str] = {row.id: row.label for row in work.plain(_LABELS, account_id=allowed)}
    charges = [
        _charge(line, labels.get(line.service_id, ""), max(_start(line) - lead, today), by_mandate) for line in lines
    ]
    return tuple(sorted(charges, key=lambda charge: charge.invoiced_on))


def _charge(line: NewLine, label: str, invoiced_on: date, by_mandate: bool) -> ComingCharge:
    net_cents = line_net_cents(Decimal(1), line.unit_price)
    of_vat = vat_cents(net_cents, line.vat_rate)
    return ComingCharge(
        name=line.description, label=label, first=_start(line), last=line.period_end or date.max,
        invoiced_on=invoiced_on, pay_by=invoiced_on + timedelta(days=TERM_DAYS), total_cents=net_cents + of_vat,
        vat_cents=of_vat, by_mandate=by_mandate,
    )  # fmt: skip


def _start(line: NewLine) -> date:
    return line.period_start or date.max


def _open(invoice: Invoice | OpenPeriod | None, *, may_see: bool) -> OpenInvoice | None:
    if invoice is None:
        return None
    number = (invoice.number or "") if may_see else ""
    return OpenInvoice(number, invoice.due_on or date.max, invoice.expected_on, invoice.returned_on)


def _announced(work: Work, account_id: int) -> dict[int, Any]:
    """By service: the stop order that runs, once the customer knows of it."""
    return {order.service_id: order for order in work.plain(_ANNOUNCED, account_id=account_id)}
