"""How much of an invoice a credit note takes back. Pure: what is left goes in, what is taken comes out.

VAT is computed once per rate over the sum of a note's lines (EN 16931 BR-CO-17). Rounding makes the notes of one
invoice differ from it by a cent or so; the note that takes the last of a rate therefore takes the last of its VAT, and
none before it takes more than is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from billing import vat
from billing.errors import InvalidAmount, Refused
from billing.vat import VatTotal

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class LineLeft:
    """An invoice line, and what earlier notes left of it. whole_cents: its net amount as it was invoiced.

    left_quantity: what is left of the quantity, as far as earlier notes named one.
    """

    line_id: int
    quantity: Decimal
    unit_price: Decimal
    vat_rate: Decimal
    whole_cents: int
    left_cents: int
    left_quantity: Decimal


@dataclass(frozen=True)
class Taken:
    """One line of a note. quantity times unit_price is net_cents, but for the rounding that a last part takes."""

    line_id: int
    quantity: Decimal
    unit_price: Decimal
    vat_rate: Decimal
    net_cents: int


def by_amount(line: LineLeft, net_cents: int) -> Taken:
    """A part of a line as an amount. Raises InvalidAmount for nothing, Refused for more than is left."""
    if net_cents == 0 or (net_cents > 0) != (line.whole_cents > 0):
        raise InvalidAmount()
    if abs(net_cents) > abs(line.left_cents):
        raise Refused(reason="exceeds_line", left_cents=line.left_cents)
    if net_cents == line.whole_cents:
        return Taken(line.line_id, line.quantity, line.unit_price, line.vat_rate, net_cents)
    return Taken(line.line_id, Decimal(1), Decimal(net_cents) / HUNDRED, line.vat_rate, net_cents)


def by_quantity(line: LineLeft, quantity: Decimal) -> Taken:
    """A part of a line as a quantity at its own price; the last of the quantity takes the last of the amount.

    Raises InvalidAmount for nothing, Refused for more than is left.
    """
    if quantity == 0 or (quantity > 0) != (line.quantity > 0):
        raise InvalidAmount()
    is_last = quantity == line.left_quantity
    net_cents = line.left_cents if is_last else vat.line_net_cents(quantity, line.unit_price)
    if abs(quantity) > abs(line.left_quantity) or abs(net_cents) > abs(line.left_cents):
        raise Refused(reason="exceeds_line", left_cents=line.left_cents)
    if net_cents == 0:
        raise InvalidAmount()
    return Taken(line.line_id, quantity, line.unit_price, line.vat_rate, net_cents)


def spread(lines: Sequence[LineLeft], net_cents: int) -> list[Taken]:
    """A net amount over lines, the first first. Raises Refused when they have less than that left."""
    taken = []
    for line in lines:
        part = min(net_cents, max(line.left_cents, 0))
        if part:
            taken.append(by_amount(line, part))
            net_cents -= part
    if net_cents:
        raise Refused(reason="exceeds_invoice")
    return taken


def vat_of(taken: Sequence[Taken], left: Sequence[VatTotal]) -> list[VatTotal]:
    """The VAT of a note per rate, highest rate first. left: what earlier notes left of each rate of the invoice.

    Raises Refused when the invoice has less than that left at one of its rates.
    """
    by_rate = {total.rate: total for total in left}
    return [_within(total, by_rate[total.rate]) for total in vat.totals((t.vat_rate, t.net_cents) for t in taken)]


def _within(total: VatTotal, left: VatTotal) -> VatTotal:
    if not min(left.base_cents, 0) <= total.base_cents <= max(left.base_cents, 0):
        raise Refused(reason="exceeds_invoice")
    if total.base_cents == left.base_cents:
        return left
    within = min(max(total.vat_cents, min(left.vat_cents, 0)), max(left.vat_cents, 0))
    return VatTotal(total.rate, total.base_cents, within)
