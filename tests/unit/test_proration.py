"""Periods renew on their day, and a price that is split loses nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.proration import Period, Proration, anchor, next_period, split

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
MONTHS = st.integers(1, 120)
PRICES = st.integers(0, 1_000_000_000)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def starts(first: date, months: int, count: int) -> list[str]:
    """The days on which a service that begins on `first` renews."""
    paid_through, found = first - timedelta(days=1), []
    for _ in range(count):
        period = next_period(first.day, paid_through, months)
        found.append(period.until.isoformat())
        paid_through = period.last
    return found


def test_a_service_of_the_31st_renews_on_the_last_day_of_shorter_months_and_returns_to_the_31st():
    assert starts(date(2026, 1, 31), 1, 5) == ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]


def test_a_service_of_29_february_renews_on_the_28th_and_returns_in_a_leap_year():
    assert starts(date(2024, 2, 29), 12, 4) == ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


@pytest.mark.parametrize(
    ("anchor_day", "start", "renews_on"),
    [(31, date(2026, 2, 28), 31), (31, date(2026, 4, 30), 31), (6, date(2026, 4, 6), 6), (6, date(2026, 3, 20), 20),
     (31, date(2026, 3, 30), 30), (29, date(2028, 2, 28), 28)],
)  # fmt: skip
def test_a_service_that_goes_on_within_a_period_renews_on_that_day_from_then_on(anchor_day, start, renews_on):
    assert anchor(anchor_day, start) == renews_on


@pytest.mark.parametrize(
    ("first", "months", "last", "days"),
    [
        (date(2026, 1, 1), 12, date(2026, 12, 31), 365),
        (date(2028, 1, 1), 12, date(2028, 12, 31), 366),
        (date(2026, 3, 15), 1, date(2026, 4, 14), 31),
        (date(2026, 11, 30), 3, date(2027, 2, 27), 90),
        (date(2026, 12, 31), 1, date(2027, 1, 30), 31),
        (date(2026, 3, 29), 1, date(2026, 4, 28), 31),
    ],
)
def test_a_period_has_its_last_day_and_its_number_of_days(first, months, last, days):
    period = next_period(first.day, first - timedelta(days=1), months)
    assert (period.start, period.last, period.days) == (first, last, days)


@given(first=DAYS, months=st.integers(1, 36), count=st.integers(1, 30))
def test_renewals_never_drift_from_their_day(first, months, count):
    last = date.fromisoformat(starts(first, months, count)[-1])
    far = next_period(first.day, first - timedelta(days=1), months * count).until
    assert last == far
    assert last.day == first.day or (last.day < first.day and (last + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("policy", "on", "used"),
    [
        (Proration.LINEAR, date(2026, 1, 1), 0),
        (Proration.LINEAR, date(2026, 1, 2), 100),
        (Proration.LINEAR, date(2026, 7, 2), 18_200),
        (Proration.LINEAR, date(2027, 1, 1), 36_500),
        (Proration.DOMAIN, date(2026, 1, 1), 0),
        (Proration.DOMAIN, date(2026, 1, 2), 18_300),
        (Proration.DOMAIN, date(2026, 7, 2), 18_250 + 9_100),
        (Proration.NONE, date(2025, 12, 1), 0),
        (Proration.NONE, date(2026, 1, 2), 36_500),
        (Proration.NONE, date(2028, 1, 1), 36_500),
    ],
)
def test_each_policy_uses_its_part(policy, on, used):
    assert split(policy, 36_500, YEAR, on).used_cents == used


def test_the_used_days_are_those_before_the_change():
    assert split(Proration.LINEAR, 36_500, YEAR, date(2026, 1, 11)).used_days == 10


def test_of_a_cent_that_can_not_be_halved_the_larger_half_is_used():
    month = Period(date(2026, 4, 1), date(2026, 5, 1))
    assert split(Proration.DOMAIN, 1, month, date(2026, 4, 2)).used_cents == 1
    assert split(Proration.LINEAR, 1, month, date(2026, 4, 16)).used_cents == 1


@given(policy=st.sampled_from(Proration), price=PRICES, first=DAYS, months=MONTHS, after=st.integers(-400, 4_000))
def test_the_used_and_the_unused_part_add_up_to_the_price(policy, price, first, months, after):
    period = next_period(first.day, first - timedelta(days=1), months)
    found = split(policy, price, period, first + timedelta(days=after))
    assert found.used_cents + found.unused_cents == price
    assert 0 <= found.used_cents <= price


@given(
    policy=st.sampled_from(Proration), price=PRICES, first=DAYS, months=st.integers(1, 24), after=st.integers(0, 800)
)
def test_a_day_more_never_uses_less(policy, price, first, months, after):
    period = next_period(first.day, first - timedelta(days=1), months)
    day = first + timedelta(days=after)
    assert split(policy, price, period, day).used_cents <= split(policy, price, period, period.until).used_cents
    assert (
        split(policy, price, period, day).used_cents <= split(policy, price, period, day + timedelta(days=1)).used_cents
    )


@given(price=PRICES, first=DAYS, months=MONTHS, after=st.integers(0, 4_000))
def test_a_domain_never_gives_back_more_than_what_is_left_of_the_days(price, first, months, after):
    period = next_period(first.day, first - timedelta(days=1), months)
    on = first + timedelta(days=after)
    domain, linear = (split(policy, price, period, on) for policy in (Proration.DOMAIN, Proration.LINEAR))
    assert domain.unused_cents <= linear.unused_cents
