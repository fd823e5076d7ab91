"""Statements in MT940, as Dutch banks write it: ING, Rabobank, ABN AMRO, SNS, Triodos, Knab, bunq."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from billing.adapters.mt940.details import details
from billing.adapters.mt940.fields import MtField, balance, cents, decoded, statements
from billing.ports import BankEntry, BankFileRefused, BankStatement

_LINE = re.compile(
    r"(?P<value>\d{6})(?P<booked>\d{4})?(?P<mark>RC|RD|C|D)[A-Z]?(?P<amount>\d+(?:[.,]\d*)?|,\d+)"
    r"(?P<kind>[NFS][A-Z0-9]{3})?(?P<reference>.*)"
)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_NO_REFERENCE = {"", "NONREF", "EREF", "PREF", "MARF"}
_SIGNS = {"C": 1, "RD": 1, "D": -1, "RC": -1}


class Mt940Reader:
    """Reads MT940 in all the dialects above."""

    def reads(self, content: bytes) -> bool:
        """Whether there is a field that only statements have."""
        plain = content[:100_000].replace(b"\x00", b"")
        return b":20:" in plain and b":25:" in plain

    def read(self, content: bytes) -> Sequence[BankStatement]:
        """All statements in a file. Raises BankFileRefused: no_statement."""
        found = tuple(_statement(fields) for fields in statements(decoded(content)))
        if not found:
            raise BankFileRefused(reason="no_statement")
        return found


def _statement(fields: Sequence[MtField]) -> BankStatement:
    opening, closing = _balance(fields, "60"), _balance(fields, "62")
    entries, problem = _entries(fields)
    currencies = {end[2] for end in (opening, closing) if end}
    return BankStatement(
        account=_account(_text(fields, "25")), statement_id=_text(fields, "28"),
        currency=currencies.pop() if len(currencies) == 1 else "",
        opening_cents=opening[0] if opening else None, closing_cents=closing[0] if closing else None,
        opened_on=_day(opening[1]) if opening else None, closed_on=_day(closing[1]) if closing else None,
        entries=entries, problem=problem,
    )  # fmt: skip


def _entries(fields: Sequence[MtField]) -> tuple[tuple[BankEntry, ...], str]:
    """All lines, each with the field 86 that follows it; and a word for what could not be read."""
    entries: list[BankEntry] = []
    for place, field in enumerate(fields):
        if field.tag == "61":
            entry = _entry(field, _details_of(fields, place))
            if entry is None:
                return tuple(entries), "line"
            entries.append(entry)
    return tuple(entries), ""


def _details_of(fields: Sequence[MtField], place: int) -> list[str]:
    """The lines of all fields 86 that follow a line: Buckaroo writes several."""
    after = takewhile(lambda field: field.tag == "86", fields[place + 1 :])
    return [line for field in after for line in field.lines]


def _entry(field: MtField, more: Sequence[str]) -> BankEntry | None:
    match = _LINE.match(field.lines[0])
    value_on = _day(match["value"]) if match else None
    worth = cents(match["amount"]) if match else None
    if match is None or value_on is None or worth is None:
        return None
    told = details(more)
    own, _, banks = match["reference"].partition("//")
    second = field.lines[1].strip() if len(field.lines) > 1 else ""
    iban = told.iban or (second if _IBAN.fullmatch(second) else "")
    return BankEntry(
        cents=_SIGNS[match["mark"]] * worth, value_on=value_on, booked_on=_booked_on(value_on, match["booked"]),
        name=told.name, iban=iban.replace(" ", "").upper(), text=told.text, reference=told.reference,
        end_to_end_id=told.end_to_end_id or ("" if own.strip() in _NO_REFERENCE else own.strip()),
        bank_reference=banks.strip(), return_reason=told.return_reason, is_reversal=match["mark"].startswith("R"),
    )  # fmt: skip


def _balance(fields: Sequence[MtField], number: str) -> tuple[int, str, str] | None:
    # F for the end of a statement, M for the end of a page of it.
    found = (field for field in fields if field.tag in {f"{number}F", f"{number}M"})
    return next((balance(field.text) for field in found), None)


def _text(fields: Sequence[MtField], number: str) -> str:
    return next((field.text.strip() for field in fields if field.tag.startswith(number)), "")


def _account(text: str) -> str:
    """Without the bank before it or the currency after it."""
    number = text.rpartition("/")[2].replace(" ", "").replace(".", "").upper()
    without = number.removesuffix("EUR")
    return without if _IBAN.fullmatch(without) or without.isdigit() else number


def _day(text: str) -> date | None:
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None


def _booked_on(value_on: date, month_and_day: str | None) -> date:
    """The day of booking has no year: it is the one nearest to the value date."""
    if not month_and_day:
        return value_on
    near = (_day(f"{year % 100:02}{month_and_day}") for year in (value_on.year - 1, value_on.year, value_on.year + 1))
    return min((day for day in near if day), key=lambda day: abs((day - value_on).days), default=value_on)
