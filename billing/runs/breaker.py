"""The circuit breaker: how much a run would be, foreseen from a few sums, beside what the last ones were."""

from datetime import date
from typing import Any

from sqlalchemy import case, func, literal_column, select

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
from billing.vat_treatment import HOME, of_buyer

# A month of daily runs and a little more, so that each day of the month has been seen.
LAST_RUNS = 40

_A, _S, _P, _R = (table_of(table).c for table in (Account, Service, Product, InvoiceRun))
# Of a customer at home the number makes no difference, and must not make a group of its own.
_ABROAD = case((_A.country == literal_column(f"'{HOME}'"), literal_column("''")), else_=_A.vat_number)
_ALIKE = (_S.product_id, _P.period_months, _S.anchor_day, _S.paid_through, _S.ends_on, _A.country)
# Services that renew together cost the same, so that thousands of them are a few rows here.
_GROUPS = (
    select(*_ALIKE, _ABROAD.label("vat_number"), func.count().label("services"))
    .join_from(table_of(Service), table_of(Product), _P.id == _S.product_id)
    .join(table_of(Account), _A.id == _S.account_id)
    .where(is_due())
    .group_by(*_ALIKE, _ABROAD)
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
    total = sum(group.services * _price(group, until, prices) for group in groups)
    return Volume(work.plain(_ACCOUNTS, until=until).scalar_one(), total)


def require_usual(work: Work, run: Volume, limits: RunRules) -> None:
    """Raises RunHeld when a run is far from all of the last ones; the first has nothing to be compared with."""
    reference = rules.most_alike(run, [Volume(row.invoices, row.total_cents) for row in work.plain(_FINISHED)])
    if reference is not None and rules.is_far(limits, run, reference):
        raise RunHeld(
            invoices=run.invoices, total_cents=run.total_cents, alike_invoices=reference.invoices,
            alike_cents=reference.total_cents,
        )  # fmt: skip


def _price(group: Any, until: date, prices: PriceList) -> int:
    """What one service of a group costs for all its periods that are due, in cents including the VAT it is charged."""
    prices_due = (prices.on(group.product_id, period.start) for period in periods(group, until))
    return sum(total_cents(price, of_buyer(group)) for price in prices_due if price is not None)
