"""Arithmetic of money and of days on its own, so that the product's own can be held against it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

ONE_DAY = timedelta(days=1)
Vat = dict[Decimal, tuple[int, int]]
"""By rate (per cent): base and VAT in cents."""


def half_up(amount: Fraction) -> int:
    """Whole cents, halves away from zero."""
    whole = (abs(amount.numerator) * 2 + amount.denominator) // (2 * amount.denominator)
    return whole if amount >= 0 else -whole


def net_cents(quantity: Decimal, euros: Decimal) -> int:
    """A line's amount (EN 16931 BT-131)."""
    return half_up(Fraction(quantity) * Fraction(euros) * 100)


def vat_of(lines: Iterable[tuple[Decimal, int]]) -> Vat:
    """VAT of lines given as rate and net cents, once per rate (BR-CO-17)."""
    bases: dict[Decimal, int] = defaultdict(int)
    for rate, cents in lines:
        bases[rate] += cents
    return {rate: (base, half_up(Fraction(rate) * base / 100)) for rate, base in bases.items()}


def total(vat: Vat) -> int:
    """All that a document with this VAT comes to."""
    return sum(base + tax for base, tax in vat.values())


def next_renewal(anchor_day: int, start: date, months: int) -> date:
    """The first day of the period after the one that begins at `start`."""
    month = start.year * 12 + start.month - 1 + months
    for day in range(anchor_day, 27, -1):
        try:
            return date(month // 12, month % 12 + 1, day)
        except ValueError:
            continue
    return date(month // 12, month % 12 + 1, min(anchor_day, 28))


def unused_cents(policy: str, price_cents: int, start: date, until: date, on: date) -> int:
    """What is left at the start of `on` of a price for the days from `start` up to `until`."""
    if on <= start:
        return price_cents
    if on >= until or policy == "none":
        return 0
    used_days = Fraction((on - start).days, (until - start).days)
    at_once = half_up(Fraction(price_cents, 2)) if policy == "domain" else 0
    return price_cents - at_once - half_up((price_cents - at_once) * used_days)
