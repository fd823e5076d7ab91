"""Which lines of a statement were told before, in this format or another. Pure.

Banks let the same days be fetched again: the day after the hours, the week after the days, in CAMT.053 after MT940. The
names and texts of a line differ by format, so it is known again by its day, its amount and the other party. Whether a
day is told again or goes on is seen from the balance with which it begins: once it is again the one that an earlier
statement began the day with, and its lines are that day's, it is told again.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from stdnum import iban as iban_numbers

from billing.ports import BankEntry


@dataclass(frozen=True)
class Booked:
    """A statement that was booked, with the lines that it brought then."""

    opening_cents: int
    closing_cents: int
    lines: tuple[BankEntry, ...]

    def on(self, day: date) -> list[BankEntry]:
        """What it brought of a day."""
        return [line for line in self.lines if line.booked_on == day]

    def before(self, day: date) -> set[int]:
        """The balances at which it may have begun a day: two, when others had told a part of it before."""
        early = sum(line.cents for line in self.lines if line.booked_on < day)
        late = sum(line.cents for line in self.lines if line.booked_on >= day)
        return {self.opening_cents + early, self.closing_cents - late}

    def after(self, day: date) -> set[int]:
        """The balances at which it may have left a day."""
        worth = sum(line.cents for line in self.on(day))
        return {balance + worth for balance in self.before(day)}


def unknown(opening_cents: int, entries: Sequence[BankEntry], told: Sequence[Booked]) -> list[BankEntry] | None:
    """The lines that are new; None when that can't be told with certainty.

    told: the statements with lines on the same days, in the order in which the bank made them.
    """
    balance, new = opening_cents, list[BankEntry]()
    for day, group in groupby(sorted(entries, key=lambda entry: entry.booked_on), lambda entry: entry.booked_on):
        lines = list(group)
        found = _of_day(balance, lines, [(one, one.on(day)) for one in told if one.on(day)], day)
        if found is None:
            return None
        new += found
        balance += sum(line.cents for line in lines)
    return new


def _of_day(
    balance: int, lines: list[BankEntry], told: Sequence[tuple[Booked, list[BankEntry]]], day: date
) -> list[BankEntry] | None:
    goes_on = not told or any(balance in one.after(day) for one, _ in told)
    again = [place for place, (one, _) in enumerate(told) if balance in one.before(day)]
    for place in again:
        known = [line for _, found in told[place:] for line in found]
        rest, left = _without(lines, known)
        if not left or (not rest and not goes_on):
            return rest
        if goes_on and len(rest) < len(lines):
            # Money that came, went and came once more looks like the first half of the day, told again.
            return _word_for_word(lines, known) if not rest or _worth(lines) == _worth(known) else lines
    if goes_on or again:
        return lines if goes_on else None
    return _out_of_order(lines, [line for _, found in told for line in found])


def _out_of_order(lines: list[BankEntry], known: list[BankEntry]) -> list[BankEntry] | None:
    """A part of a day that joins nothing: it is new unless it looks like something that is known."""
    if len(_without(lines, known)[0]) == len(lines):
        return lines
    rest, left = _pair(lines, known, _words)
    looks_new = len(_without(rest, left)[0]) == len(rest) < len(lines) and _worth(rest) != _worth(left)
    return rest if looks_new or not rest else None


def _word_for_word(lines: list[BankEntry], known: list[BankEntry]) -> list[BankEntry] | None:
    """No new lines, when every one is known in these words; else nobody can tell."""
    return None if _pair(lines, known, _words)[0] else []


def _without(lines: list[BankEntry], known: list[BankEntry]) -> tuple[list[BankEntry], list[BankEntry]]:
    """Lines that are none of the known ones, and known ones that are none of them; the surest pairs go first."""
    for same in (_words, _party):
        lines, known = _pair(lines, known, same)
    by_cents: dict[int, list[BankEntry]] = {}
    for line in known:
        by_cents.setdefault(line.cents, []).append(line)
    rest = []
    for line in lines:
        alike = by_cents.get(line.cents, [])
        like = next((other for other in alike if _may_be(line, other)), None)
        if like is None:
            rest.append(line)
        else:
            alike.remove(like)
    return rest, [line for group in by_cents.values() for line in group]


def _pair(
    lines: Iterable[BankEntry], known: Iterable[BankEntry], same: Callable[[BankEntry], Hashable]
) -> tuple[list[BankEntry], list[BankEntry]]:
    """What is left of both, once each line went with one that is the same."""
    waiting: dict[Hashable, list[BankEntry]] = {}
    for line in known:
        waiting.setdefault(same(line), []).append(line)
    rest = []
    for line in lines:
        alike = waiting.get(same(line))
        if alike:
            alike.pop(0)
        else:
            rest.append(line)
    return rest, [line for group in waiting.values() for line in group]


def _words(line: BankEntry) -> Hashable:
    said = (line.name, line.iban, line.text, line.reference, line.end_to_end_id, line.bank_reference)
    return line.value_on, line.cents, *(" ".join(text.split()) for text in said)


def _party(line: BankEntry) -> Hashable:
    return line.cents, _iban(line), line.end_to_end_id


def _may_be(line: BankEntry, other: BankEntry) -> bool:
    """Whether nothing that both formats tell says that these are two, of the same amount."""
    told = ((_iban(line), _iban(other)), (line.end_to_end_id, other.end_to_end_id))
    return all(not one or not two or one == two for one, two in told)


def _iban(line: BankEntry) -> str:
    """The other party's account; some formats have an old number, which says nothing to one that has an IBAN."""
    return line.iban if _is_iban(line.iban) else ""


@lru_cache(maxsize=20_000)
def _is_iban(text: str) -> bool:
    return bool(iban_numbers.is_valid(text))


def _worth(lines: Iterable[BankEntry]) -> int:
    return sum(line.cents for line in lines)
