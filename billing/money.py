"""Amounts: integer cents inside, `Decimal` only where text or a rate comes in."""

import re
from decimal import ROUND_HALF_UP, Decimal

from billing.errors import InvalidAmount

# A single invoice or payment above ten million euro is a mistake, not a sale. The database holds the same limit.
MAX_CENTS = 1_000_000_000

_EUROS = re.compile(r"-?\d{1,12}(\.\d{1,2})?", re.ASCII)


def round_cents(cents: Decimal) -> int:
    """Whole cents, halves away from zero, so that a credit note mirrors its invoice exactly.

    Raises InvalidAmount for what is no number, or too large to be an amount.
    """
    try:
        return int(cents.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    except (ArithmeticError, ValueError):
        raise InvalidAmount() from None


def parse_euros(text: str) -> int:
    """Cents of an amount written with a decimal point, as gateways and bank files do: `"10.25"` is 1025.

    Raises InvalidAmount for anything else: signs of thousands, exponents, three decimals.
    """
    if not _EUROS.fullmatch(text):
        raise InvalidAmount()
    return round_cents(Decimal(text) * 100)


def euros(cents: int) -> Decimal:
    """The amount with exactly two decimals, for the wire: 1025 is `Decimal("10.25")`."""
    return Decimal(cents).scaleb(-2).quantize(Decimal("0.01"))


def require_payable(cents: object) -> int:
    """`cents` itself when it is a whole amount above zero within the limit; raises InvalidAmount otherwise."""
    if isinstance(cents, bool) or not isinstance(cents, int) or not 0 < cents <= MAX_CENTS:
        raise InvalidAmount()
    return cents
