"""A bank that writes its statements in MT940."""

from collections.abc import Sequence
from datetime import date, timedelta


def statement(iban: str, opening_cents: int, closing_cents: int, entries: Sequence[str], day: date) -> str:
    """The statement of a day; entries: as `entry` makes them."""
    before = day - timedelta(days=1)
    lines = [
        f":20:{day:%y%m%d}", f":25:{iban}EUR", f":28C:{day:%Y%m%d}", f":60F:{_balance(opening_cents, before)}",
        *entries, f":62F:{_balance(closing_cents, day)}", "-", "",
    ]  # fmt: skip
    return "\r\n".join(lines)


def entry(day: date, cents: int, key: str, *, name: str, iban: str, remittance: str, reason: str) -> str:
    """One line with what belongs to it. reason: of a transfer that goes back."""
    returned = f"/RTRN/{reason}" if reason else ""
    said = f":86:/TRTP/SEPA OVERBOEKING/IBAN/{iban}/NAME/{name}/REMI/{remittance}/EREF/NOTPROVIDED{returned}"
    return f":61:{day:%y%m%d}{day:%m%d}{_mark(cents)}{_euros(cents)}NTRFNONREF//{key}\r\n{said}"


def _balance(cents: int, day: date) -> str:
    return f"{_mark(cents)}{day:%y%m%d}EUR{_euros(cents)}"


def _mark(cents: int) -> str:
    return "C" if cents >= 0 else "D"


def _euros(cents: int) -> str:
    return f"{abs(cents) // 100},{abs(cents) % 100:02}"
