"""The cards of what an account has in use, and what can be done with each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from billing.changes.queries import InUse
from billing.errors import BillingError
from billing.safety.queries import SafeService
from billing.safety.rules import Safety, Stage
from dashboard.rows import problems
from dashboard.rows.common import Amount, Badge, cents, day
from dashboard.rows.services import service
from dashboard.texts.languages import SAID

TEXTS = SAID.products


@dataclass(frozen=True)
class Card:
    """One product in use. id: of the service, for the events. state: only when it runs out, stands still or soon may.
    invoice, invoice_url: what to pay for it to go on, for who may see that. The names of the buttons are for who hears
    them one after the other; empty: there is no such button."""

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
    safe_icon: str = ""
    invoice: str = ""
    invoice_url: str = ""
    cancel: str = ""
    downgrade: str = ""
    upgrade: str = ""
    keep: str = ""


def cards(found: tuple[InUse, ...], safety: Sequence[SafeService], *, may_change: bool) -> tuple[Card, ...]:
    """Everything in use, with why it is safe."""
    known = {one.row.service_id: one.safety for one in safety}
    shown = (one for one in found if one.row.service_id in known)
    return tuple(_card(one, known[one.row.service_id], may_change) for one in shown)


def sentence(problem: Exception) -> str:
    """What to say about an error on this page, where nothing is about paying an invoice."""
    if not isinstance(problem, BillingError):
        return problems.sentence(problem)
    said = TEXTS.problems.get(str(problem.facts.get("reason", ""))) or TEXTS.problems.get(problem.code)
    return said or problems.sentence(problem)


def kept(one: InUse) -> str:
    """What is said once a cancellation is taken back."""
    return TEXTS.kept.format(name=one.row.name)


def _card(one: InUse, known: Safety, may_change: bool) -> Card:
    shown = service(one.row, known)
    may_cancel = may_change and not one.is_ending
    asks_to_pay = known.stage in {Stage.ANNOUNCED, Stage.STOPPED} and bool(known.number)
    return Card(
        id=str(one.row.service_id), name=shown.name, label=shown.label, icon=shown.icon, price=shown.price,
        period=shown.period, net=shown.net, paid_through=shown.paid_through, next=_next(one, known),
        safe=shown.safe.sentence, safe_icon=shown.safe.icon, state=_state(one, known),
        invoice=TEXTS.to_invoice.format(number=known.number) if asks_to_pay else "",
        invoice_url=f"/invoices/{known.number}" if asks_to_pay else "",
        cancel=_named(TEXTS.cancel, one) if may_cancel else "",
        downgrade=_named(TEXTS.downgrade, one) if any(offer.is_cheaper for offer in one.offers) else "",
        upgrade=_named(TEXTS.upgrade, one) if any(not offer.is_cheaper for offer in one.offers) else "",
        keep=_named(TEXTS.keep, one) if may_change and one.is_ending and known.stage is Stage.ENDING else "",
    )  # fmt: skip


def _state(one: InUse, known: Safety) -> Badge:
    if known.stage is Stage.STOPPED:
        return Badge(SAID.safety.badge_stopped, tone="s-pending", icon="clock")
    if known.stage is Stage.ANNOUNCED:
        return Badge(SAID.safety.badge_announced.format(date=day(known.on)), tone="s-part", icon="alert")
    if one.is_ending:
        return Badge(TEXTS.ends.format(date=day(one.row.ends_on)), tone="s-pending", icon="clock")
    return Badge()


def _next(one: InUse, known: Safety) -> str:
    if known.stage is Stage.STOPPED:
        return ""
    if one.open_number:
        return TEXTS.next_open.format(number=one.open_number, date=day(one.open_due_on))
    if one.next_on is None:
        return TEXTS.no_next
    return TEXTS.next.format(date=day(one.next_on), amount=cents(one.row.total_cents))


def _named(act: str, one: InUse) -> str:
    return TEXTS.act_named.format(act=act, name=one.row.name, label=one.row.label).rstrip(", ")
