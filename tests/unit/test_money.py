from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.errors import InvalidAmount
from billing.money import MAX_CENTS, euros, parse_euros, require_payable, round_cents, split

amounts = st.integers(min_value=-MAX_CENTS, max_value=MAX_CENTS)
weights = st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=20).filter(any)


@given(cents=amounts, parts=weights)
def test_splitting_loses_nothing(cents: int, parts: list[int]) -> None:
    assert sum(split(cents, parts)) == cents


@given(cents=amounts, parts=weights)
def test_a_part_without_weight_gets_nothing(cents: int, parts: list[int]) -> None:
    assert all(part == 0 for part, weight in zip(split(cents, parts), parts, strict=True) if weight == 0)


@given(cents=amounts, parts=weights)
def test_no_part_is_a_cent_away_from_its_share(cents: int, parts: list[int]) -> None:
    total = sum(parts)
    assert all(
        abs(part * total - cents * weight) < total for part, weight in zip(split(cents, parts), parts, strict=True)
    )


@given(cents=amounts, parts=weights)
def test_splitting_a_credit_mirrors_splitting_the_invoice(cents: int, parts: list[int]) -> None:
    assert split(-cents, parts) == [-part for part in split(cents, parts)]


def test_the_first_parts_take_what_is_left_over() -> None:
    assert split(100, [1, 1, 1]) == [34, 33, 33]


@pytest.mark.parametrize("nothing", [[], [0], [0, 0], [2, -1]])
def test_there_is_no_splitting_without_weights(nothing: list[int]) -> None:
    with pytest.raises(InvalidAmount):
        split(100, nothing)


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
