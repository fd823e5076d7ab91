"""Periods of services, and how much of a prepaid price is used on a day. Pure, and exact to the cent.

A period runs from its first day up to, and not including, the day on which the next one begins. Dates are Dutch
calendar days, so that no change of the clock makes a day longer.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from billing.money import round_cents

ONE_DAY = timedelta(days=1)


class Proration(StrEnum):
    """What is given back of a period that ends early.

    LINEAR: the days that are left. DOMAIN: half of the price went to the registry at once, of the other half the days
    that are left. NONE: nothing.
    """

    LINEAR = "linear"
    DOMAIN = "domain"
    NONE = "none"


@dataclass(frozen=True)
class Period:
    """The days from `start` up to and not including `until`."""

    start: date
    until: date

    @property
    def last(self) -> date:
        """The last day in it, as people name the end of a period."""
        return self.until - ONE_DAY

    @property
    def days(self) -> int:
        return (self.until - self.start).days


@dataclass(frozen=True)
class Split:
    """A price in two parts that add up to it exactly, and the days that the first is for."""

    used_cents: int
    unused_cents: int
    used_days: int
    days: int


def next_period(anchor_day: int, paid_through: date, months: int) -> Period:
    """The period after the last paid day.

    anchor_day: day of the month on which the service renews. A month that is too short renews on its last day, and
    the next that is long enough returns to the anchor.
    """
    start = paid_through + ONE_DAY
    return Period(start, renewal(anchor_day, start, months))


def renewal(anchor_day: int, start: date, months: int) -> date:
    """The day on which a period that begins at `start` ends and the next begins."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(anchor_day, monthrange(year, month + 1)[1]))


def anchor(anchor_day: int, start: date) -> int:
    """The day of the month for a service whose periods go on at `start`: its own, unless it does not renew then."""
    return anchor_day if renewal(anchor_day, start, 0) == start else start.day


def split(policy: Proration, price_cents: int, period: Period, on: date) -> Split:
    """How much of a period's price is used when the service ends, or changes, at the start of the day `on`.

    Before the period begins nothing is used, after it everything. The used part is rounded once, halves up.
    """
    days = period.days
    used_days = min(max((on - period.start).days, 0), days)
    if used_days in (0, days):
        used_cents = price_cents if used_days else 0
    elif policy is Proration.NONE:
        used_cents = price_cents
    elif policy is Proration.DOMAIN:
        half = _part(price_cents, 1, 2)
        used_cents = half + _part(price_cents - half, used_days, days)
    else:
        used_cents = _part(price_cents, used_days, days)
    return Split(used_cents, price_cents - used_cents, used_days, days)


def _part(cents: int, numerator: int, denominator: int) -> int:
    return round_cents(Decimal(cents * numerator) / denominator)
