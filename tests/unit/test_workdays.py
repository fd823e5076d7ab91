"""Bank days are those of TARGET2; Dutch holidays are those of the law."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.workdays import add_bank_days, is_bank_day, is_dutch_holiday, next_bank_day

DAYS_FROM, DAYS_UNTIL = date(2002, 1, 1), date(2090, 1, 1)
DAYS = st.dates(DAYS_FROM, DAYS_UNTIL)
COUNTS = st.integers(1, 60)
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "closed",
    ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25", "2025-12-26", "2026-08-01", "2026-08-02"],
)
def test_banks_rest_on_the_holidays_of_target_and_in_weekends(closed):
    assert not is_bank_day(date.fromisoformat(closed))


@pytest.mark.parametrize("dutch", ["2026-04-27", "2026-05-05", "2026-05-14", "2026-05-25", "2025-12-24", "2025-12-31"])
def test_banks_settle_on_days_that_are_holidays_in_the_netherlands_alone(dutch):
    assert is_bank_day(date.fromisoformat(dutch))


@pytest.mark.parametrize(
    ("day", "then"),
    [
        ("2026-04-02", "2026-04-02"),
        ("2026-04-03", "2026-04-07"),
        ("2026-12-25", "2026-12-28"),
        ("2022-12-31", "2023-01-02"),
    ],
)
def test_what_falls_on_a_closed_day_moves_to_the_next_bank_day(day, then):
    assert next_bank_day(date.fromisoformat(day)) == date.fromisoformat(then)


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        ("2026-04-02", 1, "2026-04-07"),
        ("2026-04-04", 1, "2026-04-07"),
        ("2026-04-04", 0, "2026-04-07"),
        ("2026-04-07", -1, "2026-04-02"),
        ("2026-04-30", 2, "2026-05-05"),
        ("2026-12-23", 6, "2027-01-04"),
    ],
)
def test_bank_days_are_added_over_easter_1_may_and_the_turn_of_the_year(day, count, then):
    assert add_bank_days(date.fromisoformat(day), count) == date.fromisoformat(then)


@given(day=DAYS, count=COUNTS)
def test_so_many_bank_days_are_added_and_the_last_of_them_is_where_one_ends(day, count):
    then = add_bank_days(day, count)
    assert is_bank_day(then)
    assert sum(is_bank_day(day + step * ONE_DAY) for step in range(1, (then - day).days + 1)) == count


@given(day=DAYS, count=COUNTS)
def test_going_back_returns_to_the_bank_day_one_came_from(day, count):
    start = next_bank_day(day)
    assert add_bank_days(add_bank_days(start, count), -count) == start


@given(day=DAYS)
def test_banks_never_rest_longer_than_four_days(day):
    assert day <= next_bank_day(day) <= day + 4 * ONE_DAY


@pytest.mark.parametrize(
    "holiday",
    [
        "2026-01-01", "2026-04-05", "2026-04-06", "2026-04-27", "2025-04-26", "2026-05-05", "2030-05-05", "2026-05-14",
        "2026-05-24", "2026-05-25", "2026-12-25", "2026-12-26",
    ],
)  # fmt: skip
def test_the_netherlands_is_off_on_the_holidays_of_the_law(holiday):
    assert is_dutch_holiday(date.fromisoformat(holiday))


@pytest.mark.parametrize(
    "workday", ["2026-04-03", "2025-04-27", "2026-05-01", "2026-04-30", "2026-12-24", "2026-08-02"]
)
def test_the_netherlands_works_on_good_friday_and_1_may_and_on_a_moved_kings_day(workday):
    assert not is_dutch_holiday(date.fromisoformat(workday))


def test_a_year_has_ten_holidays_and_nine_when_ascension_day_is_5_may():
    days = (DAYS_FROM + distance * ONE_DAY for distance in range((DAYS_UNTIL - DAYS_FROM).days))
    found = Counter(day.year for day in days if is_dutch_holiday(day))
    assert found == {year: 9 if year in (2005, 2016) else 10 for year in range(2002, 2090)}
