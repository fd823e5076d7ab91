"""What an account has in use, and until when it is paid."""

from dataclasses import dataclass
from datetime import date

from billing.products.queries import ServiceRow
from billing.vat_treatment import is_reversed
from dashboard.rows.common import Amount, amount, cents, day
from dashboard.texts.nl import NL

ICONS = {"hosting": "web", "email": "mail"}


@dataclass(frozen=True)
class Service:
    """One service. through and rest: the safety sentence in two halves."""

    name: str
    label: str
    icon: str
    price: Amount
    period: str
    net: str
    paid_through: str
    through: str
    rest: str


def services(rows: tuple[ServiceRow, ...], today: date) -> tuple[Service, ...]:
    """Everything in use, in the words of the cards and the list."""
    return tuple(service(row, today) for row in rows)


def service(row: ServiceRow, today: date) -> Service:
    """One of them."""
    is_paid, texts, net = row.paid_through >= today, NL.dashboard, cents(row.net_cents)
    return Service(
        name=row.name,
        label=row.label,
        icon=ICONS.get(row.kind, "box"),
        price=amount(row.total_cents),
        period=length(row.period_months),
        net=NL.products.net_reversed if is_reversed(row.treatment) else NL.products.net.format(amount=net),
        paid_through=NL.products.through.format(date=day(row.paid_through)),
        through=(texts.paid_through if is_paid else texts.past_through).format(date=day(row.paid_through)),
        rest=texts.paid_rest if is_paid else texts.past_rest,
    )


def length(months: int) -> str:
    """How often it is paid."""
    if months == 1:
        return NL.products.per_month
    return NL.products.per_year if months == 12 else NL.products.per_months.format(months=months)
