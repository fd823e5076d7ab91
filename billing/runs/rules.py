"""When a run is due, and when it is too far from the last ones to go by itself. Pure: no database here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class RunRules:
    """What the company has decided about invoice runs.

    lead_days: how long before it begins a period is invoiced. factor: how many times more or less than usual is far.
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


def usual(runs: Sequence[Volume]) -> Volume | None:
    """The run that others are compared with: the mean of the last ones; None when there were none."""
    if not runs:
        return None
    return Volume(
        sum(run.invoices for run in runs) // len(runs), sum(run.total_cents for run in runs) // len(runs)
    )  # fmt: skip


def is_far(rules: RunRules, run: Volume, reference: Volume) -> bool:
    """Whether the number of invoices or their total is so many times more or less than usual that it may be wrong."""
    if run.invoices < rules.small:
        return False
    pairs = ((run.invoices, reference.invoices), (run.total_cents, reference.total_cents))
    return any(ours > rules.factor * theirs or theirs > rules.factor * ours for ours, theirs in pairs)
