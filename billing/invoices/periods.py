"""What is paid of the periods that an account's services have been invoiced for."""

from dataclasses import replace

from sqlmodel import col, func, select

from billing.access import Actor
from billing.db import Work
from billing.invoices.tables import Invoice, InvoiceLine
from billing.products import queries as products
from billing.products.queries import ServiceRow
from billing.proration import ONE_DAY


def services_in_use(work: Work, actor: Actor, account_id: int) -> tuple[ServiceRow, ...]:
    """What an account has in use, each paid through the day before the first period that is still to be paid.

    Raises NotFound or NotAllowed.
    """
    found = products.services(work, actor, account_id)
    unpaid = (
        select(col(InvoiceLine.service_id), func.min(InvoiceLine.period_start).label("first"))
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(
            col(Invoice.account_id) == account_id, col(Invoice.open_cents) > 0, col(InvoiceLine.service_id).is_not(None)
        )
        .group_by(col(InvoiceLine.service_id))
    )
    paid = {row.service_id: row.first - ONE_DAY for row in work.plain(unpaid)}
    return tuple(replace(row, paid_through=paid.get(row.service_id, row.paid_through)) for row in found)


def open_by_service(work: Work, account_id: int) -> dict[int, Invoice]:
    """By service: the oldest invoice with something open that has a period of it."""
    statement = (
        select(InvoiceLine.service_id, Invoice)
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(Invoice.account_id == account_id, Invoice.open_cents > 0, col(InvoiceLine.service_id).is_not(None))
        .order_by(col(InvoiceLine.period_start).desc())
    )
    return {service_id or 0: invoice for service_id, invoice in work.session.exec(statement)}
