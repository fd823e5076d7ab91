"""What a load test makes of what it saw."""

import os
from datetime import UTC, datetime, timedelta

from tests.load.memory import course, resident_kb
from tests.load.waves import Booked, until_seen

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def test_memory_that_grows_steadily_has_that_slope():
    assert course([(2.0 * step, 1_000 + 10 * step) for step in range(60)]).slope == 300


def test_memory_that_stays_has_none():
    grown = [(float(second), 5_000) for second in range(60, 120)]
    assert course([(float(second), 100 * second) for second in range(60)] + grown).slope == 0


def test_a_process_holds_some_memory_and_one_that_is_gone_none():
    assert resident_kb(os.getpid()) > 1_000
    assert resident_kb(2**22 + 1) == 0


def test_a_booking_counts_until_the_next_change_of_its_own_account():
    updates = [
        (1, NOON - timedelta(seconds=1)), (2, NOON + timedelta(seconds=1)), (1, NOON + timedelta(seconds=3)),
        (1, NOON + timedelta(seconds=2)),
    ]  # fmt: skip
    assert until_seen([Booked(1, NOON, NOON)], updates, timedelta(seconds=30)) == ([2.0], 0)


def test_a_booking_that_no_screen_showed_in_time_is_counted():
    assert until_seen([Booked(1, NOON, NOON)], [(1, NOON + timedelta(seconds=31))], timedelta(seconds=30)) == ([], 1)
