from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.errors import InvalidAmount
from billing.money import MAX_CENTS, euros, parse_euros, require_payable, round_cents

amounts = st.integers(min_value=-MAX_CENTS, max_value=MAX_CENTS)


@given(st.decimals(min_value=-MAX_CENTS, max_value=MAX_CENTS, places=4))
def test_rounding_is_the_same_on_both_sides_of_zero(cents: Decimal) -> None:
    assert round_cents(-cents) == -round_cents(cents)


@given(st.decimals(min_value=-MAX_CENTS, max_value=MAX_CENTS, places=4))
def test_rounding_moves_an_amount_by_half_a_cent_at_most(cents: Decimal) -> None:
    assert abs(round_cents(cents) - cents) <= Decimal("0.5")


@pytest.mark.parametrize(
    ("exact", "cents"), [("0.5", 1), ("1.5", 2), ("2.5", 3), ("-0.5", -1), ("-2.5", -3), ("2.4999", 2), ("-2.4999", -2)]
)
def test_halves_go_away_from_zero(exact: str, cents: int) -> None:
    assert round_cents(Decimal(exact)) == cents


@given(amounts)
def test_an_amount_survives_the_wire(cents: int) -> None:
    assert parse_euros(str(euros(cents))) == cents


@pytest.mark.parametrize(("text", "cents"), [("10.25", 1025), ("10.2", 1020), ("10", 1000), ("-0.01", -1), ("0", 0)])
def test_euros_are_read_with_up_to_two_decimals(text: str, cents: int) -> None:
    assert parse_euros(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "10,25", "1.000,25", "1,000.25", "10.255", "1e3", "+1", "--1", ".5", "10.", "€10", "NaN", "Infinity",
        "1 000", "10\n", "٣", "1" * 13, "0x10", "1_000",
    ],
)  # fmt: skip
def test_anything_else_is_no_amount(text: str) -> None:
    with pytest.raises(InvalidAmount):
        parse_euros(text)


@given(st.text(max_size=20))
def test_a_text_is_an_exact_amount_or_no_amount(text: str) -> None:
    try:
        cents = parse_euros(text)
    except InvalidAmount:
        return
    assert cents == int((Decimal(text) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)) == Decimal(text) * 100


@pytest.mark.parametrize("cents", [1, 12_100, MAX_CENTS])
def test_a_whole_amount_above_zero_can_be_paid(cents: int) -> None:
    assert require_payable(cents) == cents


@pytest.mark.parametrize("cents", [0, -1, MAX_CENTS + 1, 1.5, 100.0, True, "100", None, Decimal(100)])
def test_nothing_else_can_be_paid(cents: object) -> None:
    with pytest.raises(InvalidAmount):
        require_payable(cents)
