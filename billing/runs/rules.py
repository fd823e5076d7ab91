"""When a run is due, and when it is too far from the last ones to go by itself. Pure: no database here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction


@dataclass(frozen=True)
class RunRules:
    """What the company has decided about invoice runs.

    lead_days: how long before it begins a period is invoiced. factor: how many times more or less than any of the last
    runs is far.
    small: fewer invoices than this are never far from anything, because a person can look at them one by one.
    """

    lead_days: int = 14
    factor: int = 3
    small: int = 25

    def due_until(self, on: date) -> date:
        """The last day on which a period may begin that is invoiced on a day."""
        return on + timedelta(days=self.lead_days)


@dataclass(frozen=True)
class Volume:
    """How much a run is: a count and an amount in cents, including VAT."""

    invoices: int
    total_cents: int


def distance(run: Volume, other: Volume) -> Fraction:
    """How many times more or less one run is than another, by number or by total, whichever is further."""
    pairs = ((run.invoices, other.invoices), (run.total_cents, other.total_cents))
    return max(Fraction(max(ours, theirs), max(min(ours, theirs), 1)) for ours, theirs in pairs)


def most_alike(run: Volume, others: Sequence[Volume]) -> Volume | None:
    """The run to compare with: a first of the month is like the first of the last month, not like yesterday."""
    return min(others, key=lambda other: distance(run, other), default=None)


def is_far(rules: RunRules, run: Volume, reference: Volume) -> bool:
    """Whether a run is so many times more or less than another that it may be wrong."""
    return run.invoices >= rules.small and distance(run, reference) > rules.factor
