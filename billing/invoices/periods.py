"""What is paid of the periods that an account's services have been invoiced for."""

from dataclasses import replace

from sqlalchemy import select
from sqlmodel import col, func

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
