"""Rows as a spreadsheet of semicolons. Pure.

A spreadsheet or bookkeeping program with Dutch settings opens it as it is: it takes the semicolon as separator, the
comma as decimal sign and 31-03-2026 as a date, and needs the mark in front to read UTF-8.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

from billing.money import euros

# What a spreadsheet takes for the beginning of a formula, also behind a tab or a line break.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def sheet(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The rows below their columns; what comes from people has to have gone through `words`."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def amount(cents: int) -> str:
    """Euros with a decimal comma: 1234 is `12,34`."""
    return f"{euros(cents)}".replace(".", ",")


def day(on: date | None) -> str:
    """A date as people here write it; empty for none."""
    return f"{on:%d-%m-%Y}" if on else ""


def words(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
