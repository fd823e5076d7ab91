"""What is due: the periods that begin on a day or before it and have not been invoiced, as lines of invoices."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_, select

from billing import documents
from billing.accounts.tables import Account
from billing.db import Work, table_of
from billing.explanations import Price, explain
from billing.invoices.service import NewLine
from billing.products.prices import PriceList
from billing.products.tables import Product, Service, ServiceState
from billing.proration import Period, next_period

ONE = Decimal(1)

_A, _S, _P = table_of(Account).c, table_of(Service).c, table_of(Product).c


def is_due() -> ColumnElement[bool]:
    """The condition on a service; `until`: the last day on which a period may begin."""
    return and_(
        _S.state.in_([ServiceState.ACTIVE.value, ServiceState.ENDING.value]), _S.paid_through < bindparam("until"),
        or_(_S.ends_on.is_(None), _S.paid_through < _S.ends_on),
    )  # fmt: skip


_ACCOUNTS = (
    select(_S.account_id).where(is_due(), _S.account_id > bindparam("after")).distinct().order_by(_S.account_id)
    .limit(bindparam("rows"))
)  # fmt: skip
_SERVICES = (
    select(_S.id, _S.account_id, _S.product_id, _S.label, _S.anchor_day, _S.paid_through, _S.ends_on, _P.name,
           _P.period_months, _P.proration, _A.language)
    .join_from(table_of(Service), table_of(Product), _P.id == _S.product_id)
    .join(table_of(Account), _A.id == _S.account_id)
    .where(is_due(), _S.account_id.in_(bindparam("accounts", expanding=True)))
    .order_by(_S.account_id, _S.id)
)  # fmt: skip


@dataclass(frozen=True)
class Skipped:
    """A service that can't be invoiced, and why: no_price, too_large, or what `billing.invoice_rules` finds."""

    service_id: int
    reason: str


@dataclass(frozen=True)
class DueAccount:
    """All that is due of one account. subject: what an invoice of it is about, in the customer's language."""

    account_id: int
    subject: str
    lines: tuple[NewLine, ...]
    skipped: tuple[Skipped, ...]


def due_accounts(work: Work, until: date, *, after: int, limit: int) -> list[int]:
    """The next accounts with something due, by their ids."""
    return list(work.plain(_ACCOUNTS, until=until, after=after, rows=limit).scalars())


def due_lines(work: Work, until: date, accounts: Sequence[int]) -> list[DueAccount]:
    """What is due of these accounts, as it stands now, in the order of their ids."""
    services = work.plain(_SERVICES, until=until, accounts=accounts).all()
    pricing = _Pricing(PriceList(work, {service.product_id for service in services}))
    by_account: dict[int, list[Any]] = {}
    for service in services:
        by_account.setdefault(service.account_id, []).append(service)
    return [_due(account_id, found, until, pricing) for account_id, found in by_account.items()]


def periods(service: Any, until: date) -> Iterator[Period]:
    """The periods of a service, given as a plain row, that are due."""
    paid_through = service.paid_through
    while paid_through < until and (service.ends_on is None or paid_through < service.ends_on):
        period = next_period(service.anchor_day, paid_through, service.period_months)
        yield period
        paid_through = period.last


def _due(account_id: int, services: Sequence[Any], until: date, pricing: "_Pricing") -> DueAccount:
    lines: list[NewLine] = []
    skipped = []
    for service in services:
        for common in pricing.periods_of(service, until):
            if common is None:
                skipped.append(Skipped(service.id, "no_price"))
                break
            words = common["detail"]
            detail = f"{service.label}, {words}" if service.label else words
            lines.append(NewLine(**common | {"detail": detail, "service_id": service.id}))
    names = [line.description for line in lines]
    subject = documents.subject(names, services[0].period_months, services[0].language) if names else ""
    return DueAccount(account_id, subject, tuple(lines), tuple(skipped))


class _Pricing:
    """Periods with their prices; what many services of one product have in common is computed once."""

    def __init__(self, prices: PriceList) -> None:
        self._prices = prices
        self._known: dict[tuple[Any, ...], list[dict[str, Any] | None]] = {}

    def periods_of(self, service: Any, until: date) -> list[dict[str, Any] | None]:
        """What the line of each due period says; None where the product has no price on the first day."""
        key = (service.product_id, service.anchor_day, service.paid_through, service.ends_on, service.language)
        if key not in self._known:
            self._known[key] = [self._common(service, period) for period in periods(service, until)]
        return self._known[key]

    def _common(self, service: Any, period: Period) -> dict[str, Any] | None:
        price = self._prices.on(service.product_id, period.start)
        if price is None:
            return None
        return {
            "description": service.name, "detail": documents.period(period.start, period.last, service.language),
            "quantity": ONE, "unit_price": price.unit_price, "vat_rate": price.vat_rate,
            "period_start": period.start, "period_end": period.last,
            "explanation": explain(
                Price(price.id, price.valid_from, price.unit_price, price.vat_rate), start=period.start,
                months=service.period_months, anchor_day=service.anchor_day, policy=service.proration,
            ),
        }  # fmt: skip
