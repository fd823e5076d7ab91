"""What has to be true before a service may be stopped, and when. Pure: the same facts give the same verdicts."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

ANNOUNCED_DAYS = timedelta(days=7)
KEPT_DAYS = timedelta(days=30)
# Who has just paid is not proposed again at once for what is left.
COOLING_DAYS = 7


class Precondition(StrEnum):
    """Each has to be true when a stop is proposed, again when it is approved, and again when it is carried out."""

    FEEDS_FRESH = "feeds_fresh"
    NOTHING_IN_FLIGHT = "nothing_in_flight"
    NO_UNMATCHED_MONEY = "no_unmatched_money"
    NOTICES_DELIVERED = "notices_delivered"
    CREDIT_INSUFFICIENT = "credit_insufficient"
    NOTHING_DISPUTED = "nothing_disputed"
    LADDER_FINISHED = "ladder_finished"
    ABOVE_FLOOR = "above_floor"
    ADDRESSES_WORK = "addresses_work"
    MAILBOX_SAFE = "mailbox_safe"


@dataclass(frozen=True)
class LateInvoice:
    """An invoice that is late. cents: what is open of it. link_serial: as its pay link has it."""

    invoice_id: int
    number: str
    cents: int
    link_serial: int = 1


@dataclass(frozen=True)
class Facts:
    """What is known of an account whose service is to be stopped; amounts in cents. What nobody has proven counts
    against stopping.

    invoices: those that are late, the oldest first. in_flight: attempts under way, or of which nobody knows how they
    end. unmatched_cents: money that came in and could be theirs. parked: transactions that could be theirs and that a
    person has yet to look at. feeds_fresh: bank and gateway have told of all money up to now. notices_delivered: every
    reminder is known to have arrived. disputed: a complaint, a hold or a promise to pay. ladder_finished: all reminders
    went out. phoned_on: when somebody called them about it. addresses_work: no mail to anybody who is to pay came back.
    mailbox_safe: at least one of them reads mail elsewhere than on hosting that is not paid for.
    """

    invoices: tuple[LateInvoice, ...]
    overdue_cents: int
    floor_cents: int
    credit_cents: int
    in_flight: int
    unmatched_cents: int
    parked: int
    feeds_fresh: bool = False
    notices_delivered: bool = False
    disputed: bool = False
    ladder_finished: bool = False
    phoned_on: date | None = None
    addresses_work: bool = False
    mailbox_safe: bool = False

    @property
    def overdue(self) -> tuple[str, ...]:
        """The numbers of the invoices that are late."""
        return tuple(invoice.number for invoice in self.invoices)


def verdicts(facts: Facts) -> dict[Precondition, bool]:
    """Whether each precondition holds."""
    return {
        Precondition.FEEDS_FRESH: facts.feeds_fresh,
        Precondition.NOTHING_IN_FLIGHT: facts.in_flight == 0,
        Precondition.NO_UNMATCHED_MONEY: facts.unmatched_cents == 0 and facts.parked == 0,
        Precondition.NOTICES_DELIVERED: facts.notices_delivered,
        Precondition.CREDIT_INSUFFICIENT: facts.credit_cents < facts.overdue_cents,
        Precondition.NOTHING_DISPUTED: not facts.disputed,
        Precondition.LADDER_FINISHED: facts.ladder_finished and facts.phoned_on is not None,
        Precondition.ABOVE_FLOOR: facts.overdue_cents > facts.floor_cents,
        Precondition.ADDRESSES_WORK: facts.addresses_work,
        Precondition.MAILBOX_SAFE: facts.mailbox_safe,
    }


def missing(facts: Facts) -> list[str]:
    """The names of the preconditions that do not hold."""
    return [name.value for name, holds in verdicts(facts).items() if not holds]


def snapshot(facts: Facts) -> dict[str, Any]:
    """Facts and verdicts as an order keeps them."""
    kept = {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(facts).items()}
    kept["overdue"] = list(facts.overdue)
    return {"facts": kept, "verdicts": {name.value: holds for name, holds in verdicts(facts).items()}}


def cooled_on(withdrawn_on: date, cooling_days: int) -> date:
    """The first day on which a stop may be proposed again on the ground of one that money withdrew."""
    return withdrawn_on + timedelta(days=cooling_days)


def earliest(announced_on: date) -> date:
    """The first day on which an announced stop may be carried out."""
    return announced_on + ANNOUNCED_DAYS


def kept_until(carried_out_on: date) -> date:
    """Until when, at least, the data of a stopped service is kept and its e-mail stays on."""
    return carried_out_on + KEPT_DAYS
