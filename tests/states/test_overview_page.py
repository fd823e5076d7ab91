"""The dashboard shows what is open at once, and only to whom it concerns."""

from datetime import date

from billing.accounts.tables import Role
from billing.clock import local_day
from billing.documents import long_date
from dashboard.language import LanguageState
from dashboard.pages.overview import OverviewState
from dashboard.session import SessionState
from tests.renewals import service
from tests.states.conftest import signed_in
from tests.stopping import colleague, late_service, stopped


def test_the_open_invoices_are_there_the_most_urgent_first(shop, account, tab):
    later = shop.invoice(account, "10.00", due_on=date(2026, 4, 1))
    sooner = shop.invoice(account, "20.00", due_on=date(2026, 3, 1))
    card = tab.open(OverviewState).open
    assert [row.number for row in card.rows] == [sooner, later]
    assert [row.button for row in card.rows] == ["solid", "soft"]
    assert [row.badge.label for row in card.rows] == ["Te laat", "Onbetaald"]
    assert card.rows[0].distance == "5 dagen geleden"
    assert card.rows[0].action_name == f"Betalen, factuur {sooner}"
    assert (card.total.sign, card.total.figures) == ("€\u00a0", "36,30")
    assert card.together == "Twee facturen samen betalen"


def test_the_top_bar_counts_what_is_open(shop, account, tab):
    shop.invoice(account)
    tab.open(OverviewState)
    shell = tab.page(SessionState).shell
    assert (shell.open_count, shell.invoices_name) == ("1", "Facturen, 1 open")


def test_nothing_open_is_said_with_the_last_payment(shop, account, bookkeeper, tab):
    number = shop.invoice(account)
    shop.pay(bookkeeper, number)
    shown = tab.open(OverviewState)
    assert shown.today == "Vrijdag 6 maart 2026. Er staat niets open."
    assert shown.open.count == ""
    assert shown.open.last_paid == f"Factuur {number} is betaald op 6 maart 2026."


def test_money_paid_too_much_is_named_and_stays_the_customers(shop, account, bookkeeper, tab):
    number = shop.invoice(account)
    key = shop.start_key(bookkeeper, number)
    shop.succeed(key, amount_cents=13_100)
    assert tab.open(OverviewState).overpaid == "Je hebt €\u00a010,00 te veel betaald."


def test_a_technician_sees_services_and_no_invoices(shop, account):
    shop.invoice(account)
    tab = signed_in(shop, shop.member(account, Role.TECHNICIAN))
    shown = tab.open(OverviewState)
    assert (shown.sees_invoices, shown.sees_services) == (False, True)
    assert shown.open.count == ""
    assert tab.page(SessionState).shell.open_count == ""


def test_each_service_says_why_it_is_safe_and_what_comes_next(shop, account, bookkeeper):
    late_service(shop, account)
    [card] = signed_in(shop, bookkeeper).open(OverviewState).services
    assert card.safe.lead == "Factuur 2026-0001 is 30 dagen te laat; dat lossen we samen op."
    today = long_date(local_day(shop.clock.now()), "nl")
    assert (card.name, card.safe.moment, card.safe.icon) == ("Webhosting", today, "shield")


def test_a_service_that_stands_still_goes_on_by_itself_on_screen_after_payment(shop, account, bookkeeper):
    stopped(shop, late_service(shop, account), colleague(shop, "fien"), colleague(shop, "fred"))
    tab = signed_in(shop, bookkeeper)
    shown = tab.open(OverviewState)
    assert (shown.services_title, shown.services[0].safe.icon) == ("Je diensten", "clock")
    shop.pay(bookkeeper, "2026-0001")
    shown = tab.open(OverviewState)
    assert (shown.services_title, shown.services[0].safe.icon) == ("Je diensten zijn veilig", "shield")


def test_coming_charges_say_when_how_much_and_how_they_are_paid(shop, account, tab):
    service(shop, account, date(2026, 4, 1))
    first, *_ = tab.open(OverviewState).coming
    assert first.name == "Webhosting, voorbeeld.test, 1 april 2026 t/m 30 april 2026"
    assert first.how == "Factuur op 18 maart 2026, zelf betalen tot en met 1 april 2026."
    assert (first.amount.figures, first.vat) == ("12,10", "incl. €\u00a02,10 btw")


def test_coming_charges_are_told_in_the_language_that_is_spoken(shop, account, tab):
    service(shop, account, date(2026, 4, 1))
    tab.open(OverviewState)
    tab.do(LanguageState, "choose", "en")
    first, *_ = tab.open(OverviewState).coming
    assert first.name == "Webhosting, voorbeeld.test, 1 April 2026 to 30 April 2026"


def test_who_may_not_pay_can_look_at_what_is_open(shop, account):
    shop.invoice(account)
    row, *_ = signed_in(shop, shop.member(account, Role.READ_ONLY)).open(OverviewState).open.rows
    assert (row.action, row.button) == ("Bekijken", "line")


def test_coming_charges_are_for_who_sees_invoices(shop, account):
    service(shop, account, date(2026, 4, 1))
    tab = signed_in(shop, shop.member(account, Role.TECHNICIAN))
    assert tab.open(OverviewState).coming == ()


def test_somebody_else_has_other_invoices(shop, account, tab):
    other = shop.customer("Fietsclub")
    shop.invoice(other)
    assert tab.open(OverviewState).open.count == ""


def test_another_account_is_chosen_only_by_its_member(shop, account, bookkeeper, tab):
    mine, foreign = shop.customer("Fietsclub"), shop.customer("Van een ander")
    shop.also_member(bookkeeper, mine)
    tab.open(OverviewState)
    for sent in (str(foreign), "", "1 OR 1=1", None, [mine]):
        tab.do(SessionState, "choose_account", sent)
    tab.open(OverviewState)
    assert tab.page(SessionState).shell.account == "Bakkerij Test"
    tab.do(SessionState, "choose_account", str(mine))
    tab.open(OverviewState)
    assert tab.page(SessionState).shell.account == "Fietsclub"
