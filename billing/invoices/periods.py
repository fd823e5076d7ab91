"""What is paid of the periods that an account's services have been invoiced for."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import bindparam, select

from billing.access import Actor
from billing.db import Work, table_of
from billing.invoices.tables import Invoice, InvoiceLine
from billing.products import queries as products
from billing.products.queries import ServiceRow
from billing.proration import ONE_DAY

_I, _L = table_of(Invoice).c, table_of(InvoiceLine).c
_OPEN = (
    select(_L.service_id, _L.period_start, _I.number, _I.due_on, _I.expected_on, _I.returned_on)
    .join_from(table_of(InvoiceLine), table_of(Invoice), _I.id == _L.invoice_id)
    .where(_I.account_id == bindparam("account_id"), _I.open_cents > 0, _L.service_id.is_not(None))
    .order_by(_L.period_start.desc())
)


@dataclass(frozen=True)
class OpenPeriod:
    """A period of a service that is not paid, and the invoice that asks for it."""

    first: date
    number: str
    due_on: date
    expected_on: date | None
    returned_on: date | None


@dataclass(frozen=True)
class ServiceInUse:
    """A service, paid through the day before the first period that is still to be paid. open: that period."""

    row: ServiceRow
    open: OpenPeriod | None


def services_in_use(work: Work, actor: Actor, account_id: int) -> tuple[ServiceInUse, ...]:
    """What an account has in use. Raises NotFound or NotAllowed."""
    rows, unpaid = products.services(work, actor, account_id), _oldest_open(work, account_id)
    return tuple(_in_use(row, unpaid.get(row.service_id)) for row in rows)


def _in_use(row: ServiceRow, unpaid: OpenPeriod | None) -> ServiceInUse:
    return ServiceInUse(replace(row, paid_through=unpaid.first - ONE_DAY) if unpaid else row, unpaid)


def _oldest_open(work: Work, account_id: int) -> dict[int, OpenPeriod]:
    """By service: the first period with something open."""
    return {
        row.service_id: OpenPeriod(row.period_start, row.number, row.due_on, row.expected_on, row.returned_on)
        for row in work.plain(_OPEN, account_id=account_id)
    }
