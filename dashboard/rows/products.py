"""The cards of what an account has in use, and what can be done with each."""

from dataclasses import dataclass, field
from datetime import date

from billing.changes.queries import InUse
from billing.errors import BillingError
from dashboard.rows import problems
from dashboard.rows.common import Amount, Badge, cents, day
from dashboard.rows.services import Service
from dashboard.rows.services import service as used
from dashboard.texts.nl import NL

TEXTS = NL.products


@dataclass(frozen=True)
class Card:
    """One product in use. id: of the service, for the events. state: only when it runs out. The names of the buttons
    are for who hears them one after the other; empty: there is no such button."""

    id: str = ""
    name: str = ""
    label: str = ""
    icon: str = ""
    price: Amount = field(default_factory=Amount)
    period: str = ""
    net: str = ""
    paid_through: str = ""
    next: str = ""
    state: Badge = field(default_factory=Badge)
    safe: str = ""
    cancel: str = ""
    downgrade: str = ""
    upgrade: str = ""
    keep: str = ""


def cards(found: tuple[InUse, ...], today: date, *, may_change: bool) -> tuple[Card, ...]:
    """Everything in use."""
    return tuple(_card(one, used(one.row, today), may_change) for one in found)


def sentence(problem: Exception) -> str:
    """What to say about an error on this page, where nothing is about paying an invoice."""
    if not isinstance(problem, BillingError):
        return problems.sentence(problem)
    said = TEXTS.problems.get(str(problem.facts.get("reason", ""))) or TEXTS.problems.get(problem.code)
    return said or problems.sentence(problem)


def kept(one: InUse) -> str:
    """What is said once a cancellation is taken back."""
    return TEXTS.kept.format(name=one.row.name)


def _card(one: InUse, shown: Service, may_change: bool) -> Card:
    ends = day(one.row.ends_on)
    safe = TEXTS.ends_safe.format(date=ends) if one.is_ending else f"{shown.through} {shown.rest}"
    may_cancel = may_change and not one.is_ending
    return Card(
        id=str(one.row.service_id), name=shown.name, label=shown.label, icon=shown.icon, price=shown.price,
        period=shown.period, net=shown.net, paid_through=shown.paid_through, next=_next(one), safe=safe,
        state=Badge(TEXTS.ends.format(date=ends), tone="s-pending", icon="clock") if one.is_ending else Badge(),
        cancel=_named(TEXTS.cancel, one) if may_cancel else "",
        downgrade=_named(TEXTS.downgrade, one) if any(offer.is_cheaper for offer in one.offers) else "",
        upgrade=_named(TEXTS.upgrade, one) if any(not offer.is_cheaper for offer in one.offers) else "",
        keep=_named(TEXTS.keep, one) if may_change and one.is_ending else "",
    )  # fmt: skip


def _next(one: InUse) -> str:
    if one.open_number:
        return TEXTS.next_open.format(number=one.open_number, date=day(one.open_due_on))
    if one.next_on is None:
        return TEXTS.no_next
    return TEXTS.next.format(date=day(one.next_on), amount=cents(one.row.total_cents))


def _named(act: str, one: InUse) -> str:
    return TEXTS.act_named.format(act=act, name=one.row.name, label=one.row.label).rstrip(", ")
