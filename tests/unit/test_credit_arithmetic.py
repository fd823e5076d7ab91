"""How much a credit note takes back: never more than is left, and together exactly the invoice."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing import vat
from billing.credits.arithmetic import LineLeft, Taken, by_amount, by_quantity, spread, vat_of
from billing.errors import InvalidAmount, Refused
from billing.vat import VatTotal

RATES = [Decimal(0), Decimal(9), Decimal(21), Decimal("5.5")]


def line(
    whole_cents: int = 10_000,
    *,
    left_cents: int | None = None,
    quantity: str = "1",
    price: str = "100",
    line_id: int = 1,
) -> LineLeft:
    return LineLeft(
        line_id, Decimal(quantity), Decimal(price), Decimal(21), whole_cents,
        whole_cents if left_cents is None else left_cents, Decimal(quantity),
    )  # fmt: skip


def test_a_part_of_a_line_is_one_of_its_own_amount() -> None:
    assert by_amount(line(), 2_501) == Taken(1, Decimal(1), Decimal("25.01"), Decimal(21), 2_501)


def test_a_whole_line_keeps_its_quantity_and_price() -> None:
    assert by_amount(line(quantity="12", price="8.3333"), 10_000).quantity == 12


def test_more_than_is_left_of_a_line_is_refused() -> None:
    with pytest.raises(Refused, match="exceeds_line"):
        by_amount(line(left_cents=500), 501)


@pytest.mark.parametrize("cents", [0, -1])
def test_nothing_or_less_of_a_line_is_no_amount(cents: int) -> None:
    with pytest.raises(InvalidAmount):
        by_amount(line(), cents)


def test_a_discount_is_taken_back_as_a_discount() -> None:
    discount = line(-2_000, price="-20")
    assert by_amount(discount, -500).net_cents == -500
    with pytest.raises(InvalidAmount):
        by_amount(discount, 500)


def test_the_last_of_a_quantity_takes_the_last_cents() -> None:
    """Three times a third of a euro are 33 cents each; the last takes the cent that is left."""
    last = replace(line(100, quantity="3", price="0.3333", left_cents=34), left_quantity=Decimal(1))
    assert by_quantity(last, Decimal(1)).net_cents == 34


def test_more_than_the_quantity_that_is_left_is_refused() -> None:
    with pytest.raises(Refused, match="exceeds_line"):
        by_quantity(line(quantity="12", price="8.3333"), Decimal(13))


def test_an_amount_is_spread_over_lines_the_first_first() -> None:
    lines = [line(1_000, line_id=1), line(-300, line_id=2), line(500, line_id=3)]
    assert [(part.line_id, part.net_cents) for part in spread(lines, 1_200)] == [(1, 1_000), (3, 200)]


def test_more_than_all_lines_have_is_refused() -> None:
    with pytest.raises(Refused, match="exceeds_invoice"):
        spread([line(1_000)], 1_001)


def test_taking_back_a_line_without_its_discount_is_more_than_the_invoice() -> None:
    left = [VatTotal(Decimal(21), 8_000, 1_680)]
    with pytest.raises(Refused, match="exceeds_invoice"):
        vat_of([by_amount(line(), 10_000)], left)


def test_the_note_that_takes_the_last_takes_the_rounding_too() -> None:
    # 21 % of 3 cents is 1 cent when rounded, and that is all the VAT there is on 5 cents.
    left, parts = [VatTotal(Decimal(21), 5, 1)], []
    for cents in (3, 2):
        [part] = vat_of([Taken(1, Decimal(1), Decimal(cents) / 100, Decimal(21), cents)], left)
        left = [VatTotal(Decimal(21), left[0].base_cents - cents, left[0].vat_cents - part.vat_cents)]
        parts.append(part.vat_cents)
    assert parts == [1, 0]


MOST_LINES = 6
INVOICES = st.lists(st.tuples(st.sampled_from(RATES), st.integers(1, 200_000)), min_size=1, max_size=MOST_LINES)
# What each note takes of what is left of each line, in per cent; a last one takes all.
SHARES = st.lists(st.lists(st.integers(0, 100), min_size=MOST_LINES, max_size=MOST_LINES), max_size=6)


@given(INVOICES, SHARES)
def test_notes_of_an_invoice_come_to_exactly_the_invoice(
    invoiced: list[tuple[Decimal, int]], shares: list[list[int]]
) -> None:
    lefts, left_vat = [net for _, net in invoiced], vat.totals(invoiced)
    vat_taken = 0
    for share in [*shares, [100] * MOST_LINES]:
        parts = [left * percent // 100 for left, percent in zip(lefts, share, strict=False)]
        taken = [
            Taken(number, Decimal(1), Decimal(part) / 100, rate, part)
            for number, (part, (rate, _)) in enumerate(zip(parts, invoiced, strict=True))
            if part
        ]
        by_rate = {total.rate: total for total in vat_of(taken, left_vat)}
        vat_taken += sum(total.vat_cents for total in by_rate.values())
        left_vat = [_less(total, by_rate.get(total.rate)) for total in left_vat]
        lefts = [left - part for left, part in zip(lefts, parts, strict=True)]
        assert all(total.base_cents >= 0 and total.vat_cents >= 0 for total in left_vat)
    assert all((total.base_cents, total.vat_cents) == (0, 0) for total in left_vat)
    assert vat_taken == sum(total.vat_cents for total in vat.totals(invoiced))


@given(st.sampled_from(RATES), st.integers(1, 1_000_000), st.data())
def test_a_note_that_is_not_the_last_has_the_vat_of_its_own_base(rate: Decimal, base: int, data: st.DataObject) -> None:
    [left] = vat.totals([(rate, base)])
    part = data.draw(st.integers(1, base))
    [note] = vat_of([Taken(1, Decimal(1), Decimal(part) / 100, rate, part)], [left])
    assert note.vat_cents == vat.vat_cents(part, rate)


def _less(left: VatTotal, taken: VatTotal | None) -> VatTotal:
    if taken is None:
        return left
    return VatTotal(left.rate, left.base_cents - taken.base_cents, left.vat_cents - taken.vat_cents)
