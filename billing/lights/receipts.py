"""A receipt with its four lights, and the days and terms that receipts are gathered by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from billing.bank.matching import BankRules
from billing.errors import Refused
from billing.lights import rules
from billing.lights.rules import REPAIRS, Cause, Found, Lamp, Repair, Source

LONGEST = timedelta(days=92)


@dataclass(frozen=True)
class Span:
    """Some days, the first and the last included. Raises Refused: `backwards` or `too_long` (more than 92 days)."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refused(reason="backwards")
        if self.last - self.first >= LONGEST:
            raise Refused(reason="too_long")


@dataclass(frozen=True)
class Terms:
    """What gathering goes by. administration: in the bookkeeping, empty without one."""

    administration: str
    bank: BankRules


@dataclass(frozen=True)
class Receipt:
    """Money that came in or went back, once. key: `gateway:` and the gateway's key, or `bank:` and the line's number.

    cents: below zero when it went back. who: who paid, as far as known. numbers: what it pays, or most likely pays.
    lamps: of each source. cause, facts: why the first red one is red.
    """

    key: str
    day: date
    cents: int
    kind: str
    who: str
    numbers: tuple[str, ...]
    lamps: Mapping[Source, Lamp]
    cause: Cause | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    expected_on: date | None = None
    booked_on: date | None = None
    payment_id: int | None = None
    entry_ids: tuple[int, ...] = ()

    @property
    def repair(self) -> Repair | None:
        """What a person can have done about it; a bank line without any likely invoice takes a look of its own."""
        if self.cause is Cause.UNMATCHED and (not self.numbers or self.cents <= 0):
            return None
        return REPAIRS.get(self.cause) if self.cause else None

    @property
    def is_red(self) -> bool:
        return Lamp.RED in self.lamps.values()

    @property
    def is_coming(self) -> bool:
        return not self.is_red and Lamp.COMING in self.lamps.values()


def lit(found: Mapping[Source, Found]) -> dict[str, Any]:
    """The lights of a receipt, with the cause of the first red one."""
    first = rules.worst([found[source] for source in Source])
    return {
        "lamps": {source: found[source].lamp for source in Source}, "cause": first.cause, "facts": first.facts,
        "expected_on": found[Source.BANK].facts.get("expected_on"),
    }  # fmt: skip
