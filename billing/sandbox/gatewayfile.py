"""The gateway's statement of a day, as merchants get it: MT940, with what each line is about in several fields 86.

Source: Buckaroo, "Exact": its example of an account statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

ACCOUNT = "103000029EUR"


@dataclass(frozen=True)
class Entry:
    """A line. cents: above zero came in. code: the kind of line, such as N901 for costs. key: the transaction's."""

    cents: int
    code: str
    other: str
    words: str
    key: str


def statement(number: int, opening_cents: int, entries: Sequence[Entry], day: date) -> str:
    """The report of a day."""
    closing_cents = opening_cents + sum(entry.cents for entry in entries)
    lines = [
        ":940:", f":20:940A{day:%y%m%d}", f":25:{ACCOUNT}", f":28:{number:05}/00",
        f":60F:{_balance(opening_cents, day)}",
        *(line for entry in entries for line in _entry(entry, day)),
        f":62F:{_balance(closing_cents, day)}", f":64:{_balance(closing_cents, day)}",
    ]  # fmt: skip
    return "\r\n".join(lines) + "\r\n"


def _entry(entry: Entry, day: date) -> list[str]:
    side = "C" if entry.cents >= 0 else "D"
    head = f":61:{day:%y%m%d}{side}{_amount(entry.cents)}{entry.code}{entry.other}"
    return [head, f":86:{entry.words}", f":86:xid.: {entry.key}"]


def _balance(cents: int, day: date) -> str:
    return f"{'C' if cents >= 0 else 'D'}{day:%y%m%d}EUR{_amount(cents)}"


def _amount(cents: int) -> str:
    whole, part = divmod(abs(cents), 100)
    return f"{whole:015},{part:02}"
