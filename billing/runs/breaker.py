"""The circuit breaker: how much a run would be, foreseen from a few sums, beside what the last ones were."""

from datetime import date
from typing import Any

from sqlalchemy import case, func, literal_column, null, select

from billing.accounts.tables import Account
from billing.db import Work, table_of
from billing.errors import RunHeld
from billing.invoices.tables import InvoiceRun, RunState
from billing.products.prices import PriceList
from billing.products.queries import total_cents
from billing.products.tables import Product, Service
from billing.runs import rules
from billing.runs.due import is_due, periods
from billing.runs.rules import RunRules, Volume
from billing.taxes.service import taxation
from billing.vat_treatment import HOME

# A month of daily runs and a little more, so that each day of the month has been seen.
LAST_RUNS = 40

_A, _S, _P, _R = (table_of(table).c for table in (Account, Service, Product, InvoiceRun))
# Of a customer at home none of this makes a difference, and must not make a group of its own. The few parts of member
# states without VAT are taken for the rest of them.
_ABROAD = {
    column.name: case((_A.country == literal_column(f"'{HOME}'"), none), else_=column).label(column.name)
    for column, none in (
        (_A.customer_kind, literal_column("''")), (_A.vat_number, literal_column("''")),
        (_A.vat_answer, literal_column("''")), (_A.vat_answered_on, null()), (_A.vat_tried_on, null()),
    )
}  # fmt: skip
_ALIKE = (_S.product_id, _P.period_months, _S.anchor_day, _S.paid_through, _S.ends_on, _A.country)
# Services that renew together cost the same, so that thousands of them are a few rows here.
_GROUPS = (
    select(*_ALIKE, *_ABROAD.values(), literal_column("''").label("postal_code"), func.count().label("services"))
    .join_from(table_of(Service), table_of(Product), _P.id == _S.product_id)
    .join(table_of(Account), _A.id == _S.account_id)
    .where(is_due())
    .group_by(*_ALIKE, *(column.element for column in _ABROAD.values()))
)
_ACCOUNTS = select(func.count(_S.account_id.distinct())).where(is_due())
_FINISHED = (
    select(_R.invoices, (_R.net_cents + _R.vat_cents).label("total_cents"))
    .where(_R.state == RunState.FINISHED.value, _R.invoices > 0)
    .order_by(_R.id.desc())
    .limit(LAST_RUNS)
)


def foreseen(work: Work, until: date) -> Volume:
    """How much is due; the total to a few cents, since VAT is rounded an invoice and not a service."""
    groups = work.plain(_GROUPS, until=until).all()
    prices = PriceList(work, {group.product_id for group in groups})
    total = sum(group.services * _price(work, group, until, prices) for group in groups)
    return Volume(work.plain(_ACCOUNTS, until=until).scalar_one(), total)


def require_usual(work: Work, run: Volume, limits: RunRules) -> None:
    """Raises RunHeld when a run is far from all of the last ones; the first has nothing to be compared with."""
    reference = rules.most_alike(run, [Volume(row.invoices, row.total_cents) for row in work.plain(_FINISHED)])
    if reference is not None and rules.is_far(limits, run, reference):
        raise RunHeld(
            invoices=run.invoices, total_cents=run.total_cents, alike_invoices=reference.invoices,
            alike_cents=reference.total_cents,
        )  # fmt: skip


def _price(work: Work, group: Any, until: date, prices: PriceList) -> int:
    """What one service of a group costs for all its periods that are due, in cents including the VAT it is charged."""
    taxed = taxation(work, group)
    due = ((prices.on(group.product_id, period.start), period.start) for period in periods(group, until))
    return sum(total_cents(price, taxed, start) for price, start in due if price is not None)
