"""Stop orders, and what a customer's services would be judged by, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from billing.clock import local_day
from billing.errors import BillingError, Refused
from billing.safety import desk
from billing.safety.desk import Candidate, OrderState, OrderView, Precondition
from dashboard.rows import problems
from dashboard.rows.common import Badge, cents, day
from dashboard.texts.languages import SAID

TEXTS = SAID.staff.stops
ORDERS = TEXTS.orders
_LOOKS = {
    OrderState.PROPOSED: ("s-pending", "half"), OrderState.APPROVED: ("s-part", "clock"),
    OrderState.CARRIED_OUT: ("s-late", "stop"), OrderState.WITHDRAWN: ("s-open", "undo"),
}  # fmt: skip


@dataclass(frozen=True)
class Lamp:
    """One precondition. state: what a screen reader hears of the lamp."""

    text: str
    state: str
    holds: bool


@dataclass(frozen=True)
class Order:
    """One stop order. story: what happened so far; waits: what it still waits for; acts: what can be done now."""

    id: str = ""
    title: str = ""
    label: str = ""
    state: Badge = field(default_factory=Badge)
    story: tuple[str, ...] = ()
    lamps: tuple[Lamp, ...] = ()
    waits: str = ""
    may_approve: bool = False
    may_carry_out: bool = False
    may_withdraw: bool = False
    approve_name: str = ""
    carry_out_name: str = ""
    withdraw_name: str = ""


@dataclass(frozen=True)
class StoppableRow:
    """A service in the window about a customer."""

    id: str
    name: str
    label: str
    is_running: bool
    propose_name: str


@dataclass(frozen=True)
class Look:
    """The window about a customer's services; closed without a title."""

    title: str = ""
    overdue: str = ""
    numbers: str = ""
    lamps: tuple[Lamp, ...] = ()
    is_green: bool = False
    services: tuple[StoppableRow, ...] = ()


def sentence(problem: Exception) -> str:
    """What to say about an error on this page."""
    facts: Mapping[str, object] = problem.facts if isinstance(problem, BillingError) else {}
    said, reason = TEXTS.problems, str(facts.get("reason", ""))
    if isinstance(problem, Refused) and reason in said:
        return said[reason].format(missing=_missing(facts.get("missing")), earliest=_earliest(facts.get("earliest")))
    if isinstance(problem, BillingError) and problem.code in said:
        return said[problem.code]
    return problems.sentence(problem)


def order(view: OrderView, now: datetime) -> Order:
    """One order."""
    proposed, approved = view.state is OrderState.PROPOSED, view.state is OrderState.APPROVED
    tone, icon = _LOOKS[view.state]
    return Order(
        id=str(view.order_id), title=ORDERS.of_customer.format(service=view.service, account=view.account),
        label=view.label, state=Badge(ORDERS.states[view.state.value], tone=tone, icon=icon), story=_story(view),
        lamps=lamps(view.lamps) if proposed or approved else (), waits=_waits(view, now),
        may_approve=proposed and not view.is_own and view.is_green,
        may_carry_out=approved and view.is_green and desk.is_due(view, now),
        may_withdraw=view.state is not OrderState.WITHDRAWN,
        approve_name=_named(ORDERS.approve, view), carry_out_name=_named(ORDERS.carry_out, view),
        withdraw_name=_named(ORDERS.withdraw, view),
    )  # fmt: skip


def look(found: Candidate) -> Look:
    """The window about a customer."""
    texts, is_green = TEXTS.candidates, all(found.lamps.values())
    overdue = texts.overdue(len(found.overdue), cents(found.overdue_cents)) if found.overdue else texts.nothing_overdue
    return Look(
        title=texts.title.format(account=found.account), overdue=overdue, numbers=", ".join(found.overdue),
        lamps=lamps(found.lamps), is_green=is_green,
        services=tuple(
            StoppableRow(
                str(one.service_id), one.name, one.label, one.is_running,
                texts.propose_named.format(service=f"{one.name} {one.label}".strip()),
            )
            for one in found.services
        ),
    )  # fmt: skip


def lamps(found: Mapping[Precondition, bool]) -> tuple[Lamp, ...]:
    """All preconditions, each in its words."""
    return tuple(_lamp(one, holds=holds) for one, holds in found.items())


def _lamp(one: Precondition, *, holds: bool) -> Lamp:
    right, wrong = ORDERS.lamps[one.value]
    return Lamp(right if holds else wrong, ORDERS.holds if holds else ORDERS.fails, holds)


def _story(view: OrderView) -> tuple[str, ...]:
    told = [ORDERS.proposed.format(name=view.requested_by, date=day(local_day(view.requested_at)))]
    if view.approved_at:
        told.append(ORDERS.approved.format(name=view.approved_by, date=day(local_day(view.approved_at))))
    if view.carried_out_on:
        told.append(ORDERS.carried_out.format(date=day(view.carried_out_on)))
    if view.state is OrderState.CARRIED_OUT:
        told.append(ORDERS.kept.format(date=day(view.reversible_until)))
    if view.withdrawn_at:
        because = ORDERS.because[view.because]
        told.append(ORDERS.withdrawn.format(date=day(local_day(view.withdrawn_at)), because=because))
    return tuple(told)


def _waits(view: OrderView, now: datetime) -> str:
    if view.state not in {OrderState.PROPOSED, OrderState.APPROVED}:
        return ""
    if view.state is OrderState.APPROVED and not desk.is_due(view, now):
        words = ORDERS.waits_until if view.is_green else ORDERS.waits_until_and_lamps
        return words.format(date=day(view.earliest))
    if not view.is_green:
        return ORDERS.waits_for_lamps
    return ORDERS.waits_for_other if view.state is OrderState.PROPOSED and view.is_own else ""


def _named(act: str, view: OrderView) -> str:
    return ORDERS.named.format(act=act, service=view.service, account=view.account)


def _missing(names: object) -> str:
    known = names if isinstance(names, list) else []
    return ", ".join(ORDERS.lamps[name][1].lower() for name in known)


def _earliest(text: object) -> str:
    return day(date.fromisoformat(text)) if isinstance(text, str) else ""
