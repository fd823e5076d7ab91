"""What a line of a service says of itself is enough to compute it again."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from billing.explanations import Price, compute, explain
from billing.proration import next_period
from billing.vat import line_net_cents

PRICES = st.builds(
    Price, st.integers(1, 1_000_000), st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.decimals(Decimal("0.01"), Decimal(1_000_000), places=5), st.sampled_from([Decimal(21), Decimal(9), Decimal(0)]),
)  # fmt: skip


@given(price=PRICES, start=st.dates(date(2000, 1, 1), date(2100, 1, 1)), months=st.integers(1, 120))
def test_the_line_follows_from_its_explanation(price, start, months):
    period = next_period(start.day, start - timedelta(days=1), months)
    again = compute(explain(price, start=start, months=months, anchor_day=start.day, policy="linear"), start)
    assert (again.period_end, again.days, again.price) == (period.last, period.days, price)
    assert again.net_cents == line_net_cents(Decimal(1), price.unit_price)


def test_an_explanation_is_readable_by_people_and_programs():
    price = Price(7, date(2026, 1, 1), Decimal("12.50"), Decimal(21))
    assert explain(price, start=date(2026, 2, 28), months=1, anchor_day=31, policy="domain") == {
        "months": 1, "anchor_day": 31, "days": 31, "policy": "domain", "price_version": 7, "price_from": "2026-01-01",
        "quantity": "1", "unit_price": "12.50", "vat_rate": "21",
    }  # fmt: skip
