from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.money import MAX_CENTS
from billing.vat import VatTotal, line_net_cents, totals, vat_cents

nets = st.integers(min_value=-MAX_CENTS, max_value=MAX_CENTS)
rates = st.sampled_from([Decimal("0"), Decimal("9"), Decimal("21"), Decimal("5.5"), Decimal("13.5")])
lines = st.lists(st.tuples(rates, nets), max_size=30)


@given(net=nets, rate=rates)
def test_the_vat_of_a_credit_note_mirrors_that_of_its_invoice(net: int, rate: Decimal) -> None:
    assert vat_cents(-net, rate) == -vat_cents(net, rate)


@given(lines)
def test_crediting_every_line_takes_back_every_cent_of_vat(sold: list[tuple[Decimal, int]]) -> None:
    credited = totals((rate, -net) for rate, net in sold)
    assert credited == [VatTotal(t.rate, -t.base_cents, -t.vat_cents) for t in totals(sold)]


@given(lines)
def test_the_bases_add_up_to_the_lines(sold: list[tuple[Decimal, int]]) -> None:
    assert sum(total.base_cents for total in totals(sold)) == sum(net for _, net in sold)


@given(lines)
def test_each_rate_is_rounded_once_over_all_its_lines(sold: list[tuple[Decimal, int]]) -> None:
    assert all(total.vat_cents == vat_cents(total.base_cents, total.rate) for total in totals(sold))


@given(lines)
def test_the_order_of_the_lines_makes_no_difference(sold: list[tuple[Decimal, int]]) -> None:
    assert totals(sold) == totals(reversed(sold))


def test_three_small_lines_of_one_rate_are_taxed_together() -> None:
    assert totals([(Decimal(21), 12)] * 3) == [VatTotal(Decimal(21), 36, 8)]


def test_the_highest_rate_comes_first() -> None:
    found = totals([(Decimal(0), 100), (Decimal(21), 100), (Decimal(9), 100)])
    assert [total.rate for total in found] == [Decimal(21), Decimal(9), Decimal(0)]


def test_a_rate_written_in_two_ways_is_one_rate() -> None:
    assert totals([(Decimal("21"), 100), (Decimal("21.00"), 100)]) == [VatTotal(Decimal(21), 200, 42)]


@pytest.mark.parametrize(
    ("quantity", "price", "cents"),
    [("12", "18.00", 21_600), ("1", "0.005", 1), ("-1", "0.005", -1), ("3", "0.333", 100), ("0.5", "0.01", 1)],
)
def test_a_line_is_rounded_once(quantity: str, price: str, cents: int) -> None:
    assert line_net_cents(Decimal(quantity), Decimal(price)) == cents
