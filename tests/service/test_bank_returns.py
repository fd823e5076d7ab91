"""Transfers that went back: in one file with others, and said by a person."""

from datetime import date

import pytest

from billing.access import Actor
from billing.bank import outgoing, worklist
from billing.bank.tables import BankLine
from billing.credits.tables import Payout
from billing.errors import NotAllowed, NotFound, Refused
from billing.settlement import Label
from tests.banking import Bank, entry, rules_of
from tests.factories import Shop
from tests.refunding import Refunding
from tests.stopping import colleague

pytestmark = pytest.mark.usefixtures("sound_books")


@pytest.fixture
def bank(shop: Shop) -> Bank:
    return Bank(shop)


@pytest.fixture
def number(shop: Shop, account: int) -> str:
    """An invoice of € 121."""
    return shop.invoice(account)


@pytest.fixture
def fien(shop: Shop) -> Actor:
    """Somebody of the finance department."""
    return colleague(shop, "fien")


def line_id(shop: Shop) -> int:
    return shop.all(BankLine)[-1].id or 0


def keys(shop: Shop, fien: Actor) -> list[str]:
    """What the last line may belong to."""
    return [one.key for one in shop.ask(outgoing.origins, fien, line_id(shop))]


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


# Said by a person


def test_of_two_equal_transfers_a_person_says_which_one_went_back(
    shop: Shop, bank: Bank, account: int, fien: Actor, number: str
) -> None:
    other = shop.invoice(account)
    bank.pays(12_100, shop.row(number).reference)
    bank.pays(12_100, shop.row(other).reference)
    assert bank.tell(entry(-12_100, return_reason="AC04")).waiting == 1
    found = shop.ask(outgoing.origins, fien, line_id(shop))
    assert [(one.numbers, one.account, one.costs_cents) for one in found] == [
        ((other,), "Bakkerij Test", 0), ((number,), "Bakkerij Test", 0),
    ]  # fmt: skip
    shop.do(outgoing.belongs, fien, line_id(shop), found[1].key)
    assert (shop.open_cents(number, other), shop.status(number).label) == ([12_100, 0], Label.RETURNED)
    assert (shop.totals()["bank"], shop.totals()["unallocated"]) == (12_100, 0)
    assert shop.ask(worklist.waiting, fien, bank.rules) == []


def test_what_the_bank_kept_for_sending_it_back_is_no_customers(
    shop: Shop, bank: Bank, fien: Actor, number: str
) -> None:
    bank.pays(12_100, shop.row(number).reference)
    bank.tell(entry(-12_600, return_reason="AC04"))
    [found] = shop.ask(outgoing.origins, fien, line_id(shop))
    assert found.costs_cents == 500
    shop.do(outgoing.belongs, fien, line_id(shop), found.key)
    assert shop.open_cents(number) == [12_100]
    assert (shop.totals()["bank_other"], shop.totals()["bank"], shop.totals()["unallocated"]) == (500, -500, 0)


def test_a_part_that_went_back_opens_so_much(shop: Shop, bank: Bank, fien: Actor, number: str) -> None:
    bank.pays(12_100, shop.row(number).reference)
    bank.tell(entry(-2_100, return_reason="AC04"))
    assert keys(shop, fien) == []
    shop.do(outgoing.belongs, fien, line_id(shop), "payment:1")
    assert shop.open_cents(number) == [2_100]


def test_a_receipt_goes_back_once(shop: Shop, bank: Bank, fien: Actor, number: str) -> None:
    bank.pays(12_100, shop.row(number).reference, end_to_end_id="E-1")
    bank.tell(entry(-12_100, end_to_end_id="E-1", return_reason="AC04"))
    bank.tell(entry(-12_100, return_reason="AC04", on=date(2026, 11, 24)))
    assert keys(shop, fien) == []
    with pytest.raises(Refused) as refused:
        shop.do(outgoing.belongs, fien, line_id(shop), "payment:1")
    assert refused.value.facts["reason"] == "used"


def test_a_payout_that_left_without_our_name_of_it_is_found_by_a_person(
    shop: Shop, bank: Bank, account: int, owner: Actor, fien: Actor
) -> None:
    refunding = Refunding(shop, bank, account, owner)
    refunding.sent(fien)
    bank.tell(entry(-500, "terug"))
    shop.do(worklist.undo, fien, line_id(shop))
    [key] = keys(shop, fien)
    shop.do(outgoing.belongs, fien, line_id(shop), key)
    assert (shop.all(Payout)[0].state, shop.totals()["bank"], shop.totals().get("payout", 0)) == (
        "succeeded",
        12_100,
        0,
    )
    with pytest.raises(Refused):
        shop.do(outgoing.belongs, fien, line_id(shop), key)


@pytest.mark.parametrize("key", ["payment:99", "payout:99", "invoice:1", "payment:", "payment:x", "payment:²", ""])
def test_what_is_not_there_is_nothing_that_it_belongs_to(shop: Shop, bank: Bank, fien: Actor, key: str) -> None:
    bank.tell(entry(-12_100, return_reason="AC04"))
    with pytest.raises(NotFound):
        shop.do(outgoing.belongs, fien, line_id(shop), key)


def test_money_that_came_in_belongs_to_no_receipt_and_a_large_rest_is_no_costs(
    shop: Shop, bank: Bank, fien: Actor, number: str
) -> None:
    bank.pays(12_100, shop.row(number).reference)
    bank.pays(12_100, "dank")
    assert keys(shop, fien) == []
    for cents, reason in ((None, "incoming"), (-17_101, "amount_differs")):
        if cents:
            bank.tell(entry(cents, return_reason="AC04"))
        with pytest.raises(Refused) as refused:
            shop.do(outgoing.belongs, fien, line_id(shop), "payment:1")
        assert refused.value.facts["reason"] == reason


def test_only_finance_says_what_went_back(shop: Shop, bank: Bank, owner: Actor, number: str) -> None:
    bank.pays(12_100, shop.row(number).reference)
    bank.tell(entry(-12_600, return_reason="AC04"))
    for ask in (lambda: shop.ask(outgoing.origins, owner, 2), lambda: shop.do(outgoing.belongs, owner, 2, "payment:1")):
        with pytest.raises(NotAllowed):
            ask()
