"""The list of invoices: filter, search, and several at once."""

import pytest

from dashboard.pages.invoices_state import InvoicesState

ADDRESS = "/invoices"


@pytest.fixture
def numbers(shop, account):
    return [shop.invoice(account, euros) for euros in ("10.00", "20.00", "30.00")]


def test_the_newest_is_on_top(tab, numbers):
    shown = tab.open(InvoicesState, ADDRESS)
    assert [row.number for row in shown.list.rows] == numbers[::-1]
    assert shown.list.spread == "1 tot en met 3 van 3"
    assert (shown.list.has_previous, shown.list.has_next) == (False, False)


def test_without_any_invoice_nobody_is_told_to_choose_another_filter(shop, tab):
    assert tab.open(InvoicesState, ADDRESS).list.none == "Nog geen facturen"
    assert tab.do(InvoicesState, "show", "paid").list.none == "Geen facturen gevonden"
    tab.do(InvoicesState, "show", "all")
    assert tab.do(InvoicesState, "search", "x").list.none == "Geen facturen gevonden"


def test_paid_invoices_have_a_filter(shop, bookkeeper, tab, numbers):
    shop.pay(bookkeeper, numbers[0])
    tab.open(InvoicesState, ADDRESS)
    shown = tab.do(InvoicesState, "show", "paid")
    assert [row.number for row in shown.list.rows] == [numbers[0]]


def test_search_looks_in_numbers(tab, numbers):
    tab.open(InvoicesState, ADDRESS)
    shown = tab.do(InvoicesState, "search", numbers[1])
    assert [row.number for row in shown.list.rows] == [numbers[1]]
    assert tab.do(InvoicesState, "search", "bestaat niet").list.spread == ""


@pytest.mark.parametrize(
    ("event", "sent"), [("show", "alles"), ("show", None), ("turn", "ver"), ("turn", 10**9), ("search", None)]
)
def test_nonsense_from_a_client_breaks_nothing(tab, numbers, event, sent):
    tab.open(InvoicesState, ADDRESS)
    tab.do(InvoicesState, event, sent)
    assert len(tab.do(InvoicesState, "search", "").list.rows) == 3


def test_chosen_invoices_are_added_up_and_paid_in_one_go(shop, tab, numbers):
    tab.open(InvoicesState, ADDRESS)
    for number in numbers[:2]:
        shown = tab.do(InvoicesState, "choose", number)
    assert (shown.choice.count, shown.choice.total) == ("2 facturen gekozen", "€\u00a036,30")
    tab.do(InvoicesState, "pay", "ideal")
    [order] = shop.gateway.started
    assert order.amount_cents == 3_630
    assert tab.went_to.startswith("https://")


def test_a_second_tick_takes_it_back(tab, numbers):
    tab.open(InvoicesState, ADDRESS)
    tab.do(InvoicesState, "choose", numbers[0])
    assert tab.do(InvoicesState, "choose", numbers[0]).choice.count == ""


def test_the_link_on_the_dashboard_chooses_all_that_is_open(shop, bookkeeper, tab, numbers):
    shop.pay(bookkeeper, numbers[2])
    shown = tab.open(InvoicesState, f"{ADDRESS}?kies=open")
    assert set(shown.choice.numbers) == set(numbers[:2])


def test_a_foreign_invoice_cannot_be_chosen(shop, tab, numbers):
    foreign = shop.invoice(shop.customer("Van een ander"))
    tab.open(InvoicesState, ADDRESS)
    for sent in (foreign, None, ["a"]):
        assert tab.do(InvoicesState, "choose", sent).choice.count == ""


def test_paid_invoices_can_be_downloaded_together_but_not_paid(shop, bookkeeper, tab, numbers):
    shop.pay(bookkeeper, *numbers)
    tab.open(InvoicesState, ADDRESS)
    shown = tab.do(InvoicesState, "choose", numbers[0])
    assert (shown.choice.numbers, shown.choice.payable) == ((numbers[0],), False)
    shop.gateway.started.clear()
    shown = tab.do(InvoicesState, "pay", "ideal")
    assert shop.gateway.started == []
    assert "Er is niets afgeschreven" in shown.sorry
