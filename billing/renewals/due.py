"""Which domains are to be renewed: the periods that begin soon, invoiced or not, and that nobody has been told of."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from billing.clock import local_day
from billing.db import Work
from billing.invoices.tables import Invoice, InvoiceLine
from billing.products.tables import Product, ProductKind, Service, ServiceState
from billing.proration import ONE_DAY, Period, next_period
from billing.renewals.rules import RenewalRules
from billing.renewals.tables import DomainRenewal, RenewalState

# What began longer ago was renewed before anybody kept it here.
CATCH_UP = timedelta(days=30)


@dataclass(frozen=True)
class Due:
    """A period of a domain. is_paid: it was invoiced, and nothing of that is open."""

    service: Service
    period: Period
    is_paid: bool


def due(work: Work, rules: RenewalRules, account_id: int | None = None) -> list[Due]:
    """The periods of domains to renew now, of one account or of all; first periods are registrations, not renewals."""
    today = local_day(work.now)
    invoiced = (
        select(Service, col(InvoiceLine.period_start), col(InvoiceLine.period_end), Invoice.open_cents)
        .join(Product, col(Product.id) == col(Service.product_id))
        .join(InvoiceLine, col(InvoiceLine.service_id) == col(Service.id))
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(col(InvoiceLine.period_start).between(today - CATCH_UP, rules.starts_until(today)))
        .where(Product.kind == ProductKind.DOMAIN.value, *_of(account_id))
    )
    not_invoiced = (
        select(Service, Product.period_months)
        .join(Product, col(Product.id) == col(Service.product_id))
        .where(col(Service.paid_through) < rules.starts_until(today))
        .where(Product.kind == ProductKind.DOMAIN.value, *_of(account_id))
    )
    found = [
        Due(service, Period(start, last + ONE_DAY), open_cents == 0)
        for service, start, last, open_cents in work.session.exec(invoiced)
        if start and last
    ]
    found += [
        Due(service, next_period(service.anchor_day, service.paid_through, months), is_paid=False)
        for service, months in work.session.exec(not_invoiced)
    ]
    told = _told(work, [one.service.id or 0 for one in found])
    return [one for one in found if _is_renewal(one) and (one.service.id, one.period.start) not in told]


def _of(account_id: int | None) -> list[ColumnElement[bool]]:
    goes_on = col(Service.state) != ServiceState.ENDED.value
    return [goes_on] if account_id is None else [goes_on, col(Service.account_id) == account_id]


def _is_renewal(one: Due) -> bool:
    ends_on = one.service.ends_on
    return one.period.start > one.service.started_on and (ends_on is None or ends_on >= one.period.start)


def _told(work: Work, service_ids: list[int]) -> set[tuple[int, date]]:
    told = select(DomainRenewal.service_id, col(DomainRenewal.period_start)).where(
        col(DomainRenewal.service_id).in_(service_ids), DomainRenewal.state == RenewalState.TOLD.value
    )
    return {(service_id, start) for service_id, start in work.session.exec(told)}
