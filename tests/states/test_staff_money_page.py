"""Money without a place on screen: one click for a suggestion, choosing what it is for, and taking it back."""

import pytest

from billing.bank.tables import BankLine, BankMatch
from billing.credits.tables import CreditLot
from dashboard import wiring
from dashboard.pages.staff_money_state import ROUTE, StaffMoneyState
from dashboard.session import DENIED, SessionState
from dashboard.texts.nl import NL
from tests.banking import Bank, entry, with_bank
from tests.staffing import finance
from tests.states.conftest import STRANGE, signed_in

TEXTS = NL.staff.money


@pytest.fixture
def shop(shop):
    wiring.use(with_bank(shop.billing), wiring.settings())
    return shop


@pytest.fixture
def bank(shop):
    return Bank(shop)


@pytest.fixture
def number(shop, account):
    """An invoice of €\u00a0121."""
    return shop.invoice(account)


@pytest.fixture
def desk(shop):
    """A tab of somebody of the finance department."""
    return signed_in(shop, finance(shop))


def opened(desk):
    return desk.open(StaffMoneyState, ROUTE)


def act(desk, event, *args):
    return desk.do(StaffMoneyState, event, *args)


def test_a_typo_in_the_reference_is_a_suggestion_and_one_click(shop, bank, desk, number):
    bank.pays(12_100, "RF00 kenmerk met een tikfout", name="J. de Bakker")
    [row] = opened(desk).waiting.rows
    assert row.hint == f"Factuur {number} van Bakkerij Test"
    assert (row.why, row.exact, row.fits) == (TEXTS.waiting.why["amount"], TEXTS.waiting.fits, True)
    page = act(desk, "match", row.id)
    assert page.waiting.rows == ()
    assert page.news.sentence == f"€\u00a0121,00 is gekoppeld aan {number}."
    assert shop.open_cents(number) == [0]
    [matched] = page.matched.rows
    assert (matched.purpose, matched.account, matched.rule) == (f"Factuur {number}", "Bakkerij Test", "door Fien")


def test_a_line_that_fits_nothing_has_no_suggestion_to_click(shop, bank, desk, number):
    bank.pays(777, "?", name="", iban="")
    [row] = opened(desk).waiting.rows
    assert (row.hint, row.why, row.name) == ("", TEXTS.waiting.no_suggestion, TEXTS.waiting.no_name)
    page = act(desk, "match", row.id)
    assert page.trouble.sentence == TEXTS.problems["not_found"]
    assert shop.open_cents(number) == [12_100]


def test_one_transfer_is_spread_over_chosen_invoices_and_the_rest_is_said(shop, bank, desk, account, number):
    other = shop.invoice(account, "50.00")
    bank.pays(20_000, "voor alles")
    [row] = opened(desk).waiting.rows
    act(desk, "choose", row.id)
    page = act(desk, "search", "bakkerij")
    [found] = page.dialog.found
    assert found.facts == "2 facturen, €\u00a0181,50"
    page = act(desk, "choose_payer", found.id)
    assert [choice.number for choice in page.dialog.choices] == [number, other]
    act(desk, "tick", number)
    page = act(desk, "tick", other)
    assert [(row.label, row.amount) for row in page.dialog.sums][-1] == (TEXTS.choosing.left, "€\u00a018,50")
    page = act(desk, "pay")
    assert (page.dialog.line, shop.open_cents(number, other)) == ("", [0, 0])
    assert page.news.sentence == f"€\u00a0200,00 is gekoppeld aan {number}, {other}."


def test_an_invoice_can_be_unticked_and_then_nothing_is_chosen(bank, desk, account, number):
    bank.pays(12_100, "?")
    act_on = opened(desk).waiting.rows[0].id
    act(desk, "choose", act_on)
    act(desk, "choose_payer", str(account))
    assert act(desk, "tick", number).dialog.hint == TEXTS.choosing.exact
    page = act(desk, "tick", number)
    assert (page.dialog.can_match, page.dialog.sums) == (False, ())
    assert act(desk, "pay").trouble.sentence == TEXTS.problems["no_invoice"]


def test_too_little_is_said_before_it_is_matched(bank, desk, account, number):
    bank.pays(10_000, "deel")
    act(desk, "choose", opened(desk).waiting.rows[0].id)
    act(desk, "choose_payer", str(account))
    assert act(desk, "tick", number).dialog.hint == TEXTS.choosing.short


def test_money_for_no_invoice_becomes_credits(shop, bank, desk, account, owner):
    bank.pays(5_000, "vooruit")
    act(desk, "choose", opened(desk).waiting.rows[0].id)
    act(desk, "choose_payer", str(account))
    page = act(desk, "keep")
    assert page.news.sentence == "€\u00a050,00 staat als credits bij Bakkerij Test."
    assert shop.one(CreditLot, account_id=account).left_cents == 5_000
    assert page.matched.rows[0].purpose == TEXTS.matched.credits_of


@pytest.mark.parametrize("purpose", ["other", "gateway"])
def test_what_is_no_customers_is_put_away(bank, desk, purpose):
    bank.pays(500, "rente")
    act(desk, "choose", opened(desk).waiting.rows[0].id)
    page = act(desk, "put_away", purpose)
    assert page.matched.rows[0].purpose == TEXTS.matched.purposes[purpose]


def test_an_undo_shows_what_it_followed_from_and_asks_first(shop, bank, desk, number):
    bank.pays(12_100, shop.row(number).reference)
    [row] = opened(desk).matched.rows
    assert row.rule == "op betalingskenmerk"
    page = act(desk, "ask_undo", row.id)
    assert "gekoppeld op betalingskenmerk" in page.sure.text
    assert act(desk, "close").sure.key == ""
    act(desk, "ask_undo", row.id)
    page = act(desk, "undo")
    assert page.news.sentence == "€\u00a0121,00 wacht weer op een plaats."
    assert (page.matched.rows[0].undone, page.matched.rows[0].may_undo) == ("ongedaan gemaakt door Fien", False)
    assert shop.open_cents(number) == [12_100]
    assert act(desk, "ask_undo", row.id).trouble.sentence == TEXTS.problems["not_found"]


def test_who_is_second_is_told_that_it_has_a_place_already(shop, bank, desk, number):
    bank.pays(12_100, "tikfout")
    [row] = opened(desk).waiting.rows
    other = signed_in(shop, finance(shop, "Nora"))
    act(other, "match", opened(other).waiting.rows[0].id)
    page = act(desk, "match", row.id)
    assert (page.trouble.sentence, page.waiting.rows) == (TEXTS.problems["matched"], ())
    assert len(shop.all(BankMatch)) == 1


def test_money_that_came_back_and_nobody_knows_can_only_be_put_away(bank, desk):
    bank.tell(entry(-900, "terug", return_reason="AC04"))
    [row] = opened(desk).waiting.rows
    assert (row.choose, row.why) == (TEXTS.waiting.look_for, TEXTS.waiting.went_out)
    assert act(desk, "choose", row.id).dialog.may_choose is False


def test_the_lists_turn(shop, bank, desk):
    bank.tell(*[entry(100 + at, f"regel {at}") for at in range(30)])
    page = opened(desk)
    assert (len(page.waiting.rows), page.waiting.spread) == (25, "Pagina 1 van 2")
    page = act(desk, "turn", 1)
    assert (len(page.waiting.rows), page.waiting.has_next) == (5, False)
    assert act(desk, "turn", 1).waiting.spread == "Pagina 2 van 2"
    for event in ("turn_matched", "turn_statements"):
        act(desk, event, 1)
    assert len(shop.all(BankLine)) == 30


def test_a_gap_is_flagged_and_a_statement_that_was_set_aside_says_why(bank, desk):
    bank.tell(entry(100, "een"))
    bank.balance_cents += 5_000
    bank.tell(entry(200, "twee"))
    bank.tell(entry(300, "drie"), closing_cents=7)
    page = opened(desk)
    assert page.statements.gaps == "1 afschrift sluit niet aan"
    aside, gap, first = page.statements.rows
    assert aside.trouble.startswith("De regels leiden niet van het beginsaldo naar het eindsaldo.")
    assert gap.trouble == "Er ontbreekt €\u00a050,00 tussen dit en het afschrift ervoor."
    assert (first.trouble, aside.state.label) == ("", "Opzijgezet")


def test_a_customer_is_refused(shop, tab):
    tab.open(StaffMoneyState, ROUTE)
    assert tab.page(SessionState).verdict == DENIED


@pytest.mark.parametrize("strange", STRANGE)
def test_what_no_page_of_ours_sends_changes_nothing(shop, bank, desk, number, strange):
    bank.pays(12_100, "tikfout")
    opened(desk)
    for event in ("match", "choose", "search", "choose_payer", "tick", "put_away", "ask_undo"):
        act(desk, event, strange)
    act(desk, "choose", str(shop.all(BankLine)[0].id))
    for event in ("search", "choose_payer", "tick", "put_away"):
        act(desk, event, strange)
    assert shop.all(BankMatch) == []


def test_of_two_equal_transfers_the_one_that_went_back_is_one_click(shop, bank, desk, account, number):
    other = shop.invoice(account)
    bank.pays(12_100, shop.row(number).reference)
    bank.pays(12_100, shop.row(other).reference)
    bank.tell(entry(-12_600, return_reason="AC04"))
    page = act(desk, "choose", opened(desk).waiting.rows[0].id)
    assert page.dialog.origins_title == TEXTS.choosing.origins
    _, oldest = page.dialog.origins
    assert (oldest.what, oldest.costs) == (f"Factuur {number} van Bakkerij Test",
                                           "€\u00a05,00 meer afgeschreven; dat zijn bankkosten.")  # fmt: skip
    page = act(desk, "belongs", oldest.key)
    assert page.news.sentence == f"De €\u00a0121,00 van Bakkerij Test is teruggegaan; {number} staat weer open."
    assert (page.waiting.rows, page.dialog.line, shop.open_cents(number, other)) == ((), "", [12_100, 0])
    assert page.matched.rows[0].purpose == TEXTS.matched.returned


def test_what_belongs_to_nothing_is_said_and_what_is_made_up_does_nothing(shop, bank, desk, number):
    bank.tell(entry(-12_100, return_reason="AC04"))
    page = act(desk, "choose", opened(desk).waiting.rows[0].id)
    assert (page.dialog.origins_title, page.dialog.origins) == (TEXTS.choosing.no_origins, ())
    page = act(desk, "belongs", "payment:1")
    assert len(page.waiting.rows) == 1
