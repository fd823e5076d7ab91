"""When a run is too far from the last ones."""

from datetime import date

import pytest

from billing.runs.rules import RunRules, Volume, is_far, most_alike

RULES = RunRules(lead_days=14, factor=3, small=25)
USUAL = Volume(100, 100_000)


@pytest.mark.parametrize(
    ("run", "far"),
    [
        (Volume(100, 100_000), False),
        (Volume(300, 300_000), False),
        (Volume(301, 300_000), True),
        (Volume(300, 300_001), True),
        (Volume(34, 34_000), False),
        (Volume(33, 34_000), True),
        (Volume(34, 33_000), True),
        (Volume(24, 10_000_000), False),
        (Volume(1, 1), False),
    ],
)
def test_far_is_so_many_times_more_or_less_by_number_or_by_total(run, far):
    assert is_far(RULES, run, USUAL) == far


def test_a_run_is_compared_with_the_most_alike_of_the_last_ones():
    yesterday, first_of_the_month = Volume(50, 50_000), Volume(10_000, 9_000_000)
    assert most_alike(Volume(9_000, 9_500_000), [yesterday, first_of_the_month]) == first_of_the_month
    assert most_alike(Volume(40, 60_000), [yesterday, first_of_the_month]) == yesterday
    assert most_alike(USUAL, []) is None


def test_a_period_is_due_some_days_before_it_begins():
    assert RULES.due_until(date(2026, 2, 20)) == date(2026, 3, 6)
