"""The rates of the member states by date."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.vat_rates import standard_rate
from billing.vat_treatment import MEMBER_STATES

days = st.dates(date(2021, 7, 1), date(2040, 1, 1))


@given(country=st.sampled_from(sorted(MEMBER_STATES)), on=days)
def test_every_member_state_has_a_rate_within_what_the_directive_allows(country: str, on: date) -> None:
    rate = standard_rate(country, on)
    # Article 97: at least 15 %; the highest there ever was is Hungary's.
    assert rate is not None
    assert 15 <= rate <= 27


@pytest.mark.parametrize(
    ("country", "on", "rate"),
    [
        ("EE", "2023-12-31", "20"), ("EE", "2024-01-01", "22"), ("EE", "2025-06-30", "22"), ("EE", "2025-07-01", "24"),
        ("FI", "2024-08-31", "24"), ("FI", "2024-09-01", "25.5"), ("SK", "2024-12-31", "20"),
        ("SK", "2025-01-01", "23"),
        ("RO", "2025-07-31", "19"), ("RO", "2025-08-01", "21"), ("LU", "2023-06-01", "16"), ("LU", "2024-01-01", "17"),
        ("DE", "2026-03-06", "19"), ("NL", "2026-03-06", "21"),
    ],
)  # fmt: skip
def test_a_rate_counts_from_the_day_that_it_changes(country: str, on: str, rate: str) -> None:
    assert standard_rate(country, date.fromisoformat(on)) == Decimal(rate)


@pytest.mark.parametrize(
    ("country", "on"), [("DE", "2021-06-30"), ("CH", "2026-01-01"), ("XX", "2026-01-01"), ("", "2026-01-01")]
)
def test_where_or_when_none_is_known_there_is_none(country: str, on: str) -> None:
    assert standard_rate(country, date.fromisoformat(on)) is None
