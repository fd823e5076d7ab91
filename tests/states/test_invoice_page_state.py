"""The page of one invoice: what it offers in each state, and paying from it."""

import asyncio

import pytest

from billing.accounts.tables import Membership, Role
from billing.logins import sessions
from billing.ports import Outcome
from dashboard.pages.invoice_state import InvoiceState
from dashboard.pages.overview import OverviewState
from dashboard.session import DENIED, MISSING, OPEN, SessionState, last_part
from tests.states.conftest import signed_in


@pytest.fixture
def number(shop, account):
    return shop.invoice(account)


@pytest.fixture
def shown(tab, number):
    return tab.open(InvoiceState, f"/invoices/{number}")


def test_an_unpaid_invoice_offers_the_methods_and_a_transfer(shown, number):
    view = shown.view
    assert (view.number, view.panel, view.badge.label) == (number, "methods", "Onbetaald")
    assert view.card.open.figures == "121,00"
    assert view.card.sentence == "uiterlijk 20 maart 2026, over 14 dagen"
    assert view.transfer.iban == "NL93 TEST 0123 4567 89"
    assert view.transfer.qr.startswith("<svg")


@pytest.mark.parametrize("method", ["ideal", "card", "bancontact"])
def test_a_method_leads_to_the_payment_page(shop, tab, shown, method):
    tab.do(InvoiceState, "pay", method)
    [order] = shop.gateway.started
    assert (order.method, order.amount_cents, order.client_ip) == (method, 12_100, "192.0.2.7")
    assert tab.went_to.startswith("https://")


@pytest.mark.parametrize("sent", ["transfer", "", "IDEAL", None, 1, ["ideal"], {"a": 1}])
def test_what_is_no_method_of_ours_starts_nothing(shop, tab, shown, sent):
    shown = tab.do(InvoiceState, "pay", sent)
    assert shop.gateway.started == []
    assert "Kies een andere methode" in shown.sorry


def test_a_second_click_starts_no_second_payment(shop, tab, shown):
    tab.do(InvoiceState, "pay", "ideal")
    tab.do(InvoiceState, "pay", "ideal")
    assert len(shop.gateway.started) == 1


def test_no_answer_is_not_shown_as_failed(shop, tab, shown):
    shop.gateway.lose_next_answer()
    shown = tab.do(InvoiceState, "pay", "ideal")
    assert "Er is niets afgeschreven" in shown.sorry
    assert "mislukt" not in shown.sorry
    assert (shown.busy, shown.view.panel, tab.went_to) == ("", "methods", "")


def test_a_payment_under_way_takes_the_place_of_the_methods(shop, bookkeeper, tab, number):
    key = shop.start_key(bookkeeper, number)
    shop.gateway.change(key, Outcome.PENDING)
    shop.hear(key)
    shown = tab.open(InvoiceState, f"/invoices/{number}")
    assert shown.view.panel == "pending"
    assert shown.view.pending.sentence == "We verwachten €\u00a0121,00 op 7 maart 2026. Je hoeft niets te doen."
    assert shown.view.transfer.iban == ""


def test_paying_all_the_same_takes_a_second_deliberate_click(shop, bookkeeper, tab, number):
    key = shop.start_key(bookkeeper, number)
    shop.gateway.change(key, Outcome.PENDING)
    shop.hear(key)
    tab.open(InvoiceState, f"/invoices/{number}")
    shown = tab.do(InvoiceState, "pay", "ideal")
    assert "al een betaling onderweg" in shown.sorry
    tab.do(InvoiceState, "insist")
    tab.do(InvoiceState, "pay", "ideal")
    assert len(shop.gateway.started) == 2


def test_the_page_changes_by_itself_and_says_so(shop, bookkeeper, tab, shown, number):
    assert shown.said == ""
    shop.pay(bookkeeper, number)
    asyncio.run(shown._reload())
    assert (shown.said, shown.view.panel) == ("Betaald op 6 maart 2026", "paid")
    assert shown.view.facts.method == "iDEAL | Wero"
    assert shown.view.paper.stamp == "6 maart 2026, met iDEAL"


def test_money_that_went_back_is_explained_and_can_be_paid_again(shop, bookkeeper, tab, number):
    key = shop.pay(bookkeeper, number)
    shop.hear(shop.gateway.take_back(key))
    view = tab.open(InvoiceState, f"/invoices/{number}").view
    assert (view.badge.label, view.badge.detail, view.panel) == ("Teruggeboekt", "opnieuw open", "methods")
    assert "6 maart 2026" in view.returned.text


def test_a_credited_invoice_asks_for_nothing(shop, tab, number):
    shop.credit(number, 10_000)
    view = tab.open(InvoiceState, f"/invoices/{number}").view
    assert (view.badge.label, view.panel) == ("Gecrediteerd", "credited")


def test_who_may_only_look_gets_no_methods_and_pays_nothing(shop, account, number):
    tab = signed_in(shop, shop.member(account, Role.READ_ONLY))
    assert tab.open(InvoiceState, f"/invoices/{number}").view.panel == "look"
    tab.do(InvoiceState, "pay", "ideal")
    assert shop.gateway.started == []


def test_a_foreign_invoice_and_one_that_is_not_there_look_the_same(shop, tab):
    foreign = shop.invoice(shop.customer("Van een ander"))
    seen = []
    for number in (foreign, "2026-9999"):
        shown = tab.open(InvoiceState, f"/invoices/{number}")
        seen.append((tab.page(SessionState).verdict, shown.view))
    assert seen[0] == seen[1]
    assert seen[0][0] == MISSING


def test_a_technician_has_no_access(shop, account, number):
    tab = signed_in(shop, shop.member(account, Role.TECHNICIAN))
    shown = tab.open(InvoiceState, f"/invoices/{number}")
    assert (tab.page(SessionState).verdict, shown.view.number) == (DENIED, "")


def test_a_page_that_is_filled_is_open(tab, shown):
    assert (tab.page(SessionState).screen, tab.page(SessionState).verdict) == ("/invoices/[number]", OPEN)


@pytest.fixture
def elsewhere(shop, bookkeeper):
    """An invoice of the bookkeeper's other customer."""
    other = shop.customer("Fietsclub")
    shop.also_member(bookkeeper, other)
    return shop.invoice(other)


def test_an_invoice_of_another_of_ones_customers_puts_that_customer_on_screen(tab, number, elsewhere):
    tab.open(InvoiceState, f"/invoices/{number}")
    assert tab.page(SessionState).shell.account == "Bakkerij Test"
    shown = tab.open(InvoiceState, f"/invoices/{elsewhere}")
    assert (tab.page(SessionState).shell.account, shown.view.panel) == ("Fietsclub", "methods")
    tab.open(OverviewState)
    assert tab.page(SessionState).shell.account == "Fietsclub"


def test_it_does_so_when_the_account_on_screen_shows_no_invoices(shop, account, elsewhere, bookkeeper):
    technician = shop.member(account, Role.TECHNICIAN)
    shop.also_member(technician, shop.all(Membership, user_id=bookkeeper.user_id)[1].account_id)
    tab = signed_in(shop, technician)
    shown = tab.open(InvoiceState, f"/invoices/{elsewhere}")
    assert (tab.page(SessionState).shell.account, shown.view.number) == ("Fietsclub", elsewhere)


def test_an_invoice_without_the_right_to_see_it_moves_nobody(shop, tab, bookkeeper):
    other = shop.customer("Alleen techniek")
    shop.also_member(bookkeeper, other, Role.TECHNICIAN)
    shown = tab.open(InvoiceState, f"/invoices/{shop.invoice(other)}")
    assert (tab.page(SessionState).verdict, shown.view.number) == (DENIED, "")
    assert tab.page(SessionState).shell.account == "Bakkerij Test"


def test_through_somebody_elses_eyes_one_stays_with_the_account(shop, account, elsewhere):
    owner = shop.member(account, Role.OWNER)
    shop.also_member(owner, shop.row(elsewhere).account_id, Role.OWNER)
    tab = signed_in(shop, owner)
    token = tab._cookie.removeprefix("voldaan_session=")
    shop.do(sessions.look_as, owner, token, account, role=Role.READ_ONLY, scopes=())
    tab.open(InvoiceState, f"/invoices/{elsewhere}")
    assert tab.page(SessionState).shell.account == "Bakkerij Test"


def test_an_owner_takes_back_the_pay_links_and_finds_that_in_the_history(shop, account, number):
    tab = signed_in(shop, shop.member(account, Role.OWNER))
    assert tab.open(InvoiceState, f"/invoices/{number}").view.may_withdraw
    shown = tab.do(InvoiceState, "withdraw_link")
    assert shop.row(number).pay_link_serial == 2
    assert shown.view.history[-1].sentence.endswith("heeft de betaallink ingetrokken. Links in eerdere mails werken "
                                                    "niet meer.")  # fmt: skip


def test_who_only_pays_is_not_offered_to_take_back_pay_links_and_can_not(shop, tab, shown, number):
    assert not shown.view.may_withdraw
    tab.do(InvoiceState, "withdraw_link")
    assert shop.row(number).pay_link_serial == 1


def test_a_paid_invoice_has_no_pay_link_to_take_back(shop, account, number):
    owner = shop.member(account, Role.OWNER)
    shop.pay(owner, number)
    assert not signed_in(shop, owner).open(InvoiceState, f"/invoices/{number}").view.may_withdraw


@pytest.mark.parametrize("address", ["/invoices/2026%00-0001", "/invoices/%002026-0001%00", "/invoices/2026-0001/"])
def test_an_address_holds_no_letter_that_a_database_cannot(tab, number, address):
    assert last_part(tab.at(InvoiceState, address)) == "2026-0001"
