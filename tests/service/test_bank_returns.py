"""Transfers that went back: in one file with others, and said by a person."""

import pytest

from tests.banking import Bank, entry, rules_of
from tests.factories import Shop

pytestmark = pytest.mark.usefixtures("sound_books")


@pytest.fixture
def bank(shop: Shop) -> Bank:
    return Bank(shop)


@pytest.fixture
def number(shop: Shop, account: int) -> str:
    """An invoice of € 121."""
    return shop.invoice(account)


@pytest.mark.parametrize("is_paid_first", [True, False])
def test_a_file_that_pays_an_invoice_and_takes_back_from_it_does_both(
    shop: Shop, bank: Bank, number: str, is_paid_first: bool
) -> None:
    reference = shop.row(number).reference
    bank.pays(6_000, reference, end_to_end_id="E-1")
    lines = [
        entry(6_100, reference, end_to_end_id="E-2"),
        entry(-6_000, end_to_end_id="E-1", return_reason="AC04"),
    ]
    told = bank.tell(*(lines if is_paid_first else reversed(lines)))
    assert sorted(rules_of(told)) == ["reference", "return"]
    assert shop.open_cents(number) == [6_000]


def test_two_transfers_for_one_invoice_may_both_go_back_in_one_file(shop: Shop, bank: Bank, number: str) -> None:
    reference = shop.row(number).reference
    bank.pays(6_000, reference, end_to_end_id="E-1")
    bank.pays(6_100, reference, end_to_end_id="E-2")
    bank.tell(
        entry(-6_000, end_to_end_id="E-1", return_reason="AC04"),
        entry(-6_100, end_to_end_id="E-2", return_reason="AC04"),
    )
    assert shop.open_cents(number) == [12_100]
