"""How texts, amounts and dates stand in an e-invoice."""

import re
from decimal import Decimal

from billing.money import euros

# All that XML 1.0 can hold, but line breaks and tabs, which mean nothing in a name.
_UNFIT = re.compile("[^\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """Text from people as one line, without what XML has no way to write.

    Source: XML 1.0, production 2 (Char).
    """
    return " ".join(_UNFIT.sub(" ", text).split())


def compact(text: str) -> str:
    """An identifier, such as a number or an IBAN, without the spaces that people read it by."""
    return plain(text).replace(" ", "")


def amount(cents: int) -> str:
    """Euro with two decimals: `12.10`."""
    return str(euros(cents))


def number(value: Decimal) -> str:
    """A quantity, price or rate without trailing zeros or exponents."""
    return format(value.normalize() if value else Decimal(0), "f")
