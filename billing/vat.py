"""VAT: computed once per rate over the sum of its lines (EN 16931 BR-CO-17)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from billing.money import round_cents


@dataclass(frozen=True)
class VatTotal:
    """One rate (per cent) with its base and VAT in cents."""

    rate: Decimal
    base_cents: int
    vat_cents: int


def vat_cents(base_cents: int, rate: Decimal) -> int:
    """VAT over one rate's base; rate in per cent; halves away from zero, so a credit note mirrors its invoice."""
    return round_cents(base_cents * rate / 100)


def line_net_cents(quantity: Decimal, unit_price: Decimal) -> int:
    """A line's net amount: quantity times price in euro, rounded once."""
    return round_cents(quantity * unit_price * 100)


def totals(lines: Iterable[tuple[Decimal, int]]) -> list[VatTotal]:
    """VAT per rate of lines given as (rate, net cents), highest rate first."""
    bases: dict[Decimal, int] = defaultdict(int)
    for rate, net_cents in lines:
        bases[rate] += net_cents
    return [VatTotal(rate, base, vat_cents(base, rate)) for rate, base in sorted(bases.items(), reverse=True)]
