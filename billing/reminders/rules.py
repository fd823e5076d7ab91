"""The ladder: which step is due for an account on a day. Pure: facts in, one step or none out.

The oldest open invoice drives; what else is overdue rides along in the same mail. However long nothing ran, one step is
due at most, and the next only after its own interval: a clock that jumps makes no storm.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum


@dataclass(frozen=True)
class ReminderRules:
    """What the company has decided about reminders.

    floor_cents: for so much or less nobody is reminded. charges_costs: a formal notice names the costs of collecting.
    phone: where people can call.
    """

    floor_cents: int = 0
    charges_costs: bool = False
    phone: str = ""


class StepKind(StrEnum):
    """The rungs, in their order. CALL and PROPOSAL are work for people; no machine does them."""

    FRIENDLY = "friendly"
    FIRST = "first"
    SECOND = "second"
    FORMAL = "formal"
    CALL = "call"
    PROPOSAL = "proposal"


class Reach(StrEnum):
    """Whether a step reached anybody. WAITING: not yet known, or a call that nobody has recorded."""

    PROVEN = "proven"
    WAITING = "waiting"
    FAILED = "failed"


# The day of each rung, counted from the due date of the invoice that drives.
DAYS = {
    StepKind.FRIENDLY: -3, StepKind.FIRST: 5, StepKind.SECOND: 14, StepKind.FORMAL: 24, StepKind.CALL: 42,
    StepKind.PROPOSAL: 50,
}  # fmt: skip
LADDER = tuple(DAYS)
MAILED = frozenset({StepKind.FRIENDLY, StepKind.FIRST, StepKind.SECOND, StepKind.FORMAL})
# What was driven by another invoice is no rung of this one, but a mail all the same.
BETWEEN_DRIVERS = timedelta(days=7)
LOOKS_AHEAD = timedelta(days=-DAYS[StepKind.FRIENDLY])
ONE_DAY = timedelta(days=1)

OPENS, CLOSES, SUNDAY = time(8), time(20), 6


@dataclass(frozen=True)
class Owed:
    """An open invoice. was_seen: somebody opened it."""

    invoice_id: int
    due_on: date
    was_seen: bool = False


@dataclass(frozen=True)
class Taken:
    """A step of this case that was taken. invoice_id: what drove it."""

    invoice_id: int
    kind: StepKind
    on: date
    reach: Reach = Reach.PROVEN


@dataclass(frozen=True)
class DueStep:
    """A step whose day has come. about: the invoices, oldest first. previous: how the rung below fared; None when there
    was none, and when that rung is said again, to others."""

    kind: StepKind
    invoice_id: int
    planned_on: date
    about: tuple[int, ...]
    previous: Reach | None


def due_step(today: date, owed: Sequence[Owed], taken: Sequence[Taken], *, pays_by_mandate: bool) -> DueStep | None:
    """The one step that is due for an account, or none. taken: the steps of its open case, in any order."""
    known = _due_soon(today, owed)
    found = next_rung(today, owed, taken, pays_by_mandate=pays_by_mandate)
    if found is None:
        return None
    kind, planned_on = found
    about = tuple(o.invoice_id for o in known if _is_about(kind, o, today))
    if planned_on > today or not about:
        return None
    own = _own(known[0], taken)
    previous = own[-1].reach if own and own[-1].kind is not kind else None
    return DueStep(kind, known[0].invoice_id, planned_on, about, previous)


def next_rung(
    today: date, owed: Sequence[Owed], taken: Sequence[Taken], *, pays_by_mandate: bool
) -> tuple[StepKind, date] | None:
    """The next step of an account and its day, which may lie ahead; None after the last, and where nothing is due."""
    known = _due_soon(today, owed)
    if not known:
        return None
    own = _own(known[0], taken)
    kind = _next_rung(today, known[0], own, pays_by_mandate=pays_by_mandate)
    return None if kind is None else (kind, _planned_on(kind, known[0], own, taken))


def call_on(kind: StepKind, planned_on: date) -> date | None:
    """When somebody will phone, if the next step is this one on this day and nothing changes; None after the call."""
    days = DAYS[StepKind.CALL] - DAYS[kind]
    return planned_on + timedelta(days=days) if days >= 0 else None


def may_mail_at(local: datetime, *, is_holiday: bool) -> bool:
    """Whether a reminder may go out at this Dutch time: from eight to eight, not on Sundays and holidays."""
    return OPENS <= local.time() < CLOSES and local.weekday() != SUNDAY and not is_holiday


def _due_soon(today: date, owed: Sequence[Owed]) -> list[Owed]:
    """What is overdue or nearly so; the first drives."""
    return sorted((o for o in owed if o.due_on - LOOKS_AHEAD <= today), key=lambda o: (o.due_on, o.invoice_id))


def _own(driver: Owed, taken: Sequence[Taken]) -> list[Taken]:
    return sorted((t for t in taken if t.invoice_id == driver.invoice_id), key=lambda t: (LADDER.index(t.kind), t.on))


def _next_rung(today: date, driver: Owed, own: Sequence[Taken], *, pays_by_mandate: bool) -> StepKind | None:
    if own and own[-1].reach is Reach.FAILED:
        # It reached nobody, so it is said again, to somebody else.
        return own[-1].kind
    if own:
        above = LADDER.index(own[-1].kind) + 1
        return LADDER[above] if above < len(LADDER) else None
    if driver.due_on < today:
        return StepKind.FIRST
    return None if pays_by_mandate or driver.was_seen else StepKind.FRIENDLY


def _planned_on(kind: StepKind, driver: Owed, own: Sequence[Taken], taken: Sequence[Taken]) -> date:
    by_due_date = driver.due_on + timedelta(days=DAYS[kind])
    if own and own[-1].kind is kind:
        return own[-1].on + ONE_DAY
    if own:
        return max(by_due_date, own[-1].on + timedelta(days=DAYS[kind] - DAYS[own[-1].kind]))
    if taken:
        return max(by_due_date, max(t.on for t in taken) + BETWEEN_DRIVERS)
    return by_due_date


def _is_about(kind: StepKind, owed: Owed, today: date) -> bool:
    if kind is StepKind.FRIENDLY:
        return owed.due_on >= today and not owed.was_seen
    return owed.due_on < today
