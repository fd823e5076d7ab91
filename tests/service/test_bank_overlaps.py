"""The same days told again: in a longer file, a later one, or another format; nothing of it is booked twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.bank import overlaps
from billing.bank.overlaps import Booked
from billing.bank.tables import BankLine, Statement
from billing.ports import BankEntry, BankStatement
from tests.banking import IBAN, PAYER, Bank, entry
from tests.factories import Shop

MONDAY = date(2026, 3, 2)
TUESDAY = MONDAY + timedelta(days=1)
OTHER = "NL39RABO0300065264"

pytestmark = pytest.mark.usefixtures("sound_books")


@pytest.fixture
def bank(shop: Shop) -> Bank:
    return Bank(shop)


def told(*entries: BankEntry, opening: int, on: date = MONDAY, since: date = MONDAY) -> BankStatement:
    """A statement that ends on a day."""
    closing = opening + sum(line.cents for line in entries)
    return BankStatement(IBAN, "S", "EUR", opening, closing, since, on, entries)


def swept(cents: int, on: date) -> Sequence[BankEntry]:
    """What came in on a day, and went to the savings account in the evening."""
    return entry(cents, "factuur", on=on), entry(-cents, "sweep", on=on, iban=OTHER, name="Wij")


def other_words(line: BankEntry, **other: str) -> BankEntry:
    """The same line as another format tells it."""
    return replace(line, name=line.name.upper(), text=f"/REMI/{line.text}", bank_reference="", **other)


def cents_of(shop: Shop) -> list[int]:
    return sorted(line.cents for line in shop.all(BankLine))


def test_a_week_of_an_account_that_is_swept_daily_adds_nothing_to_its_days(shop: Shop, bank: Bank) -> None:
    first, second = swept(12_100, MONDAY), swept(700, TUESDAY)
    bank.again(told(*first, opening=0))
    bank.again(told(*second, opening=0, on=TUESDAY, since=TUESDAY))
    week = bank.again(told(*first, *second, opening=0, on=TUESDAY))
    assert (week.new_lines, week.reason, len(shop.all(BankLine))) == (0, "", 4)


def test_the_hours_that_came_to_nothing_are_part_of_the_day(shop: Shop, bank: Bank) -> None:
    hours, later = swept(12_100, MONDAY), entry(5_000, "later", on=MONDAY, iban=OTHER)
    bank.again(told(*hours, opening=0))
    assert bank.again(told(*hours, later, opening=0)).new_lines == 1
    assert cents_of(shop) == [-12_100, 5_000, 12_100]


@pytest.mark.parametrize("iban", [PAYER, "", "123456789"])
def test_a_week_in_another_format_adds_only_what_its_days_did_not_tell(shop: Shop, bank: Bank, iban: str) -> None:
    paid, more = entry(12_100, "RF1", on=MONDAY, bank_reference="B1"), entry(500, "x", on=TUESDAY)
    bank.again(told(paid, opening=100))
    week = told(other_words(paid, iban=iban), more, opening=100, on=TUESDAY, since=MONDAY - timedelta(days=1))
    assert bank.again(week).new_lines == 1
    assert cents_of(shop) == [500, 12_100]


def test_a_day_in_another_format_adds_nothing_to_its_week(shop: Shop, bank: Bank) -> None:
    days = [entry(100 * day, "x", on=MONDAY + timedelta(days=day)) for day in range(5)]
    balances = list(accumulate((line.cents for line in days), initial=0))
    bank.again(told(days[2], opening=balances[2], on=days[2].booked_on, since=days[2].booked_on))
    week = [other_words(line) for line in days]
    assert bank.again(told(*week, opening=0, on=days[4].booked_on)).new_lines == 4
    for line, balance in zip(days, balances, strict=False):
        again = bank.again(told(line, opening=balance, on=line.booked_on, since=line.booked_on))
        assert (again.new_lines, again.reason) == (0, "")
    assert len(shop.all(BankLine)) == 5


def test_equal_lines_are_counted_in_another_format_too(shop: Shop, bank: Bank) -> None:
    one = entry(100, "x", on=MONDAY)
    bank.again(told(one, one, opening=0))
    assert bank.again(told(*[other_words(one)] * 3, opening=0)).new_lines == 1
    assert cents_of(shop) == [100, 100, 100]


def test_a_day_over_two_files_keeps_equal_lines_of_both_even_after_it_was_swept(shop: Shop, bank: Bank) -> None:
    bank.again(told(*swept(100, MONDAY), opening=0))
    bank.again(told(*swept(200, MONDAY), opening=0))
    bank.again(told(entry(300, "x", on=MONDAY), opening=0))
    bank.again(told(entry(300, "x", on=MONDAY), opening=300))
    assert cents_of(shop) == [-200, -100, 100, 200, 300, 300]


def test_payers_of_the_same_amount_are_not_each_other(shop: Shop, bank: Bank) -> None:
    bank.again(told(entry(100, "x", on=MONDAY), opening=0))
    both = (entry(100, "x", on=MONDAY, iban=OTHER), other_words(entry(100, "x", on=MONDAY)))
    assert bank.again(told(*both, opening=0)).new_lines == 1
    assert {line.other_iban for line in shop.all(BankLine)} == {PAYER, OTHER}


def test_a_format_that_tells_a_batch_as_one_sum_is_set_aside(shop: Shop, bank: Bank) -> None:
    bank.again(told(entry(60, "a", on=MONDAY), entry(61, "b", on=MONDAY), opening=0))
    batch = told(entry(121, "batch", on=MONDAY, iban="", name=""), opening=0)
    assert bank.again(batch).reason == "overlaps"
    assert bank.again(batch).known
    assert (cents_of(shop), len(shop.all(Statement))) == ([60, 61], 2)


def test_what_looks_known_and_joins_nothing_waits_until_what_is_between_has_come(shop: Shop, bank: Bank) -> None:
    morning, noon, evening = (entry(cents, words, on=MONDAY) for cents, words in ((100, "a"), (7, "b"), (100, "c")))
    bank.again(told(morning, opening=0))
    late = told(evening, opening=107)
    assert bank.again(late).reason == "overlaps"
    bank.again(told(noon, opening=100))
    assert bank.again(late).new_lines == 1
    assert cents_of(shop) == [7, 100, 100]


@settings(max_examples=100, deadline=None)
@given(
    days=st.lists(st.lists(st.integers(-2, 2), min_size=1, max_size=4), min_size=2, max_size=5),
    formats=st.lists(st.booleans(), min_size=5, max_size=5),
)
def test_days_and_then_their_week_in_any_formats_make_each_line_once(
    days: list[list[int]], formats: list[bool]
) -> None:
    week = [[entry(cents, "x", on=MONDAY + timedelta(days=day)) for cents in told] for day, told in enumerate(days)]
    balance, booked = 0, list[Booked]()
    for lines, is_other in zip(week, formats, strict=False):
        said = [other_words(line) if is_other else line for line in lines]
        closing = balance + sum(line.cents for line in said)
        assert overlaps.unknown(balance, said, booked_on(booked, lines[0].booked_on)) == said
        booked.append(Booked(balance, closing, tuple(said)))
        balance = closing
    assert overlaps.unknown(0, [line for lines in week for line in lines], booked) == []


def booked_on(booked: Sequence[Booked], day: date) -> list[Booked]:
    """The statements that brought lines of a day."""
    return [one for one in booked if one.on(day)]
