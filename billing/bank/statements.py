"""Judging a statement before it is booked, and naming its lines. Pure."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import count

from billing.ports import BankEntry, BankStatement

_NUMBER_LENGTH = 10


def own_iban(account: str, ibans: Iterable[str]) -> str:
    """Which of our accounts it is of; empty for none. An old account number is the end of its IBAN.

    >>> own_iban("555555555", ["NL02ABNA0555555555"])
    'NL02ABNA0555555555'
    """
    compact = re.sub(r"[^A-Z0-9]", "", account.upper())
    old = compact.zfill(_NUMBER_LENGTH) if compact.isdigit() and len(compact) <= _NUMBER_LENGTH else None
    return next((iban for iban in ibans if iban == compact or (old and iban[-_NUMBER_LENGTH:] == old)), "")


def problem(statement: BankStatement, *, is_ours: bool) -> str:
    """Why a statement must not be booked, in a word; empty when nothing speaks against it."""
    if statement.problem:
        return f"unreadable_{statement.problem}"
    if not is_ours:
        return "foreign_account"
    if statement.opening_cents is None or statement.closing_cents is None or statement.closed_on is None:
        return "no_balance"
    if statement.currency != "EUR":
        return "currency"
    return "" if statement.opening_cents + sum_cents(statement) == statement.closing_cents else "unbalanced"


def whole_until(told: Iterable[tuple[date, int, int, int]]) -> date | None:
    """The last day up to which nothing is missing of an account; None when nothing was told of it.

    told: of each statement, in the order of the days on which they end, that day, the balances that it begins and ends
    with, and what it brought that was not known. As long as one is missing, those after it end elsewhere than where
    all lines lead to.

    >>> whole_until([(date(2026, 3, 2), 100, 150, 50), (date(2026, 3, 4), 170, 180, 10)])
    datetime.date(2026, 3, 2)
    """
    found: date | None = None
    reached: int | None = None
    for closed_on, opening_cents, closing_cents, new_cents in told:
        if reached is None and opening_cents + new_cents != closing_cents:
            # It overlaps another, so it is not known here what led to its end.
            continue
        reached = (opening_cents if reached is None else reached) + new_cents
        if reached == closing_cents:
            found = closed_on
    return found


def sum_cents(statement: BankStatement) -> int:
    """What all lines come to."""
    return sum(entry.cents for entry in statement.entries)


def fingerprint(iban: str, statement: BankStatement, reason: str) -> str:
    """The same for the same statement, whatever its format: its balances, and days and amounts of its lines.

    Not the day of its first balance, for which some formats take the day before. reason: of one that is set aside; the
    same one with a smaller fault is another.
    """
    lines = sorted((entry.value_on.isoformat(), entry.cents) for entry in statement.entries)
    return _hash([iban, statement.opening_cents, statement.closing_cents, str(statement.closed_on), lines, reason])


def keys(iban: str, entries: Sequence[BankEntry], known: Collection[str]) -> list[str]:
    """A hash for each new line, by what the bank says of it. Equal lines of one day are numbered, so that all are kept.

    known: hashes that are given already.
    """
    given = set(known)
    found = []
    for entry in entries:
        content = _content(iban, entry)
        key = next(key for number in count() if (key := _hash([*content, number])) not in given)
        given.add(key)
        found.append(key)
    return found


def _content(iban: str, entry: BankEntry) -> list[str]:
    said = [
        iban, entry.booked_on.isoformat(), entry.value_on.isoformat(), str(entry.cents), entry.name, entry.iban,
        entry.text, entry.reference, entry.end_to_end_id, entry.bank_reference,
    ]  # fmt: skip
    return [" ".join(text.split()) for text in said]


def _hash(content: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()
