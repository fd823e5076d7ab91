"""Finding elements by their local names, and reading amounts and days."""

import re
from collections.abc import Sequence
from datetime import date

from lxml import etree

_AMOUNT = re.compile(r"(\d{1,13})(?:\.(\d{1,5}))?")


class Unreadable(ValueError):
    """Something in a statement makes no sense; which, in a word."""


def find(element: etree._Element, *path: str) -> Sequence[etree._Element]:
    """All descendants along a path of local names."""
    found = [element]
    for name in path:
        found = [inner for outer in found for inner in outer.iterchildren(f"{{*}}{name}")]
    return found


def texts(element: etree._Element, *path: str) -> list[str]:
    """What stands in all elements along a path, with single blanks; empty ones are left out."""
    said = (" ".join((inner.text or "").split()) for inner in find(element, *path))
    return [text for text in said if text]


def child(element: etree._Element, *path: str) -> str:
    """What stands in the first element along a path; empty when there is none."""
    return next(iter(texts(element, *path)), "")


def cents(element: etree._Element) -> int:
    """The amount of an element with `Amt` and `CdtDbtInd`, below zero for a debit. Raises Unreadable."""
    sign = {"CRDT": 1, "DBIT": -1}.get(child(element, "CdtDbtInd"))
    if sign is None:
        raise Unreadable("direction")
    return sign * unsigned_cents(child(element, "Amt"))


def unsigned_cents(text: str) -> int:
    """Cents of an amount such as 12.5 or 12.50000. Raises Unreadable."""
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise Unreadable("amount")
    whole, part = match[1], (match[2] or "").rstrip("0")
    if len(part) > 2:
        raise Unreadable("amount")
    return int(whole) * 100 + int(part.ljust(2, "0"))


def day(element: etree._Element, *path: str) -> date | None:
    """The day of an element that holds `Dt` or `DtTm`; None when there is none. Raises Unreadable."""
    said = child(element, *path, "Dt") or child(element, *path, "DtTm")
    try:
        return date.fromisoformat(said[:10]) if said else None
    except ValueError:
        raise Unreadable("date") from None
