"""Why a line of a service costs what it costs: the facts, kept with the line, and what follows from them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from billing.proration import ONE_DAY, renewal
from billing.vat import line_net_cents


@dataclass(frozen=True)
class Price:
    """A version of a price. unit_price: euro per period excluding VAT. vat_rate: per cent."""

    version: int
    valid_from: date
    unit_price: Decimal
    vat_rate: Decimal


@dataclass(frozen=True)
class Computed:
    """What follows from an explanation for the period that begins on a day."""

    period_end: date
    days: int
    net_cents: int
    price: Price


def explain(price: Price, *, start: date, months: int, anchor_day: int, policy: str) -> dict[str, Any]:
    """The facts behind one whole period, as JSON: its length, the price that counts on its first day, the VAT, and
    what would be given back of it (policy)."""
    return {
        "months": months, "anchor_day": anchor_day, "days": (renewal(anchor_day, start, months) - start).days,
        "policy": policy, "price_version": price.version, "price_from": price.valid_from.isoformat(),
        "quantity": "1", "unit_price": format(price.unit_price, "f"), "vat_rate": format(price.vat_rate, "f"),
    }  # fmt: skip


def compute(explanation: Mapping[str, Any], start: date) -> Computed:
    """The line again, from its explanation alone."""
    until = renewal(explanation["anchor_day"], start, explanation["months"])
    unit_price = Decimal(explanation["unit_price"])
    price = Price(
        explanation["price_version"], date.fromisoformat(explanation["price_from"]), unit_price,
        Decimal(explanation["vat_rate"]),
    )  # fmt: skip
    net_cents = line_net_cents(Decimal(explanation["quantity"]), unit_price)
    return Computed(until - ONE_DAY, (until - start).days, net_cents, price)
