"""The days that the lights tell of at once."""

from datetime import date, timedelta

import pytest

from billing.errors import Refused
from billing.lights.receipts import Span

TODAY = date(2026, 3, 6)


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [(TODAY, TODAY - timedelta(days=1), "backwards"), (TODAY - timedelta(days=92), TODAY, "too_long")],
)
def test_days_run_forwards_and_not_for_ever(first: date, last: date, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        Span(first, last)
    assert refused.value.facts["reason"] == reason
