"""What an invoice says of the standing mandate: that it pays itself, that it came back, and on which day again."""

import pytest

from billing.accounts.tables import Role, User
from billing.logins import sessions
from billing.logins.sessions import Visitor
from billing.mandates import switches
from dashboard.pages.invoice_state import InvoiceState
from dashboard.pages.mandate_state import MandateState
from dashboard.pages.overview import OverviewState
from tests.fakes import collecting
from tests.states.conftest import Tab, proof_gets_old, proves, signed_in


@pytest.fixture(autouse=True)
def mandate(shop, owner, account):
    """One that was given at the bank."""
    return collecting.sign(shop, owner, account)


def log_in_later(shop, owner):
    """A tab of the owner, whose earlier sessions ended while days went by."""
    return signed_in(shop, owner)


def opened(tab, number):
    return tab.open(InvoiceState, f"/invoices/{number}").view


def test_an_announced_collection_takes_the_place_of_the_methods(shop, account, owners_tab):
    number = shop.invoice(account)
    collecting.work(shop)
    view = opened(owners_tab, number)
    assert view.panel == "planned"
    assert "automatisch afgeschreven van NL••\u00a0••••\u00a06789" in view.automatic.planned.sentence
    assert view.automatic.planned.told == "Aangekondigd op 6 maart 2026"
    assert (view.automatic.hint, view.automatic.url) == ("Actief", f"/account/mandate?factuur={number}")


def test_one_that_is_only_planned_is_still_to_be_announced(shop, account, owners_tab):
    number = shop.invoice(account)
    collecting.work(shop)
    shop.sql("UPDATE collection SET state = 'planned', announced_at = NULL, announced_cents = NULL")
    assert opened(owners_tab, number).automatic.planned.told == "Je krijgt vooraf een mail met bedrag en dag"


def test_paying_oneself_stays_possible_for_who_means_to(shop, account, owners_tab):
    number = shop.invoice(account)
    collecting.work(shop)
    opened(owners_tab, number)
    assert owners_tab.do(InvoiceState, "insist").insists
    owners_tab.do(InvoiceState, "pay", "ideal")
    assert len(shop.gateway.started) == 1


def test_a_submitted_collection_is_money_on_its_way(shop, owner, account):
    debit = collecting.submit(shop, account)
    view = opened(log_in_later(shop, owner), debit.number)
    assert (view.badge.label, view.panel) == ("Betaling onderweg", "pending")
    assert view.automatic.days == ()


def test_who_may_only_look_is_not_offered_to_pay_what_pays_itself(shop, account):
    number = shop.invoice(account)
    collecting.work(shop)
    view = opened(signed_in(shop, shop.member(account, Role.READ_ONLY)), number)
    assert (view.panel, view.may_pay, view.automatic.days) == ("planned", False, ())


def test_of_one_that_was_collected_nobody_is_named_as_the_payer(shop, owner, account):
    debit = collecting.collect(shop, account)
    facts = opened(log_in_later(shop, owner), debit.number).facts
    assert (facts.method, facts.paid_by) == ("Automatische incasso", "")


def test_one_that_came_back_says_why_and_offers_all_ways(shop, owner, account):
    debit = collecting.collect(shop, account)
    collecting.storno(shop, debit.key)
    view = opened(log_in_later(shop, owner), debit.number)
    assert (view.badge.label, view.panel, view.automatic.hint) == ("Teruggeboekt", "methods", "Gepauzeerd")
    assert "De afschrijving is bij de bank teruggedraaid." in view.returned.text
    assert f"op {collecting.today(shop).day} maart 2026 teruggeboekt" in view.returned.text
    assert "Er wordt niets uitgezet." in view.returned.text


def test_a_failed_collection_says_that_nothing_was_taken_and_when_it_is_tried_again(shop, owner, account):
    debit = collecting.submit(shop, account)
    collecting.fail(shop, debit.key)
    view = opened(log_in_later(shop, owner), debit.number)
    assert (view.returned.title, view.panel) == ("De afschrijving is niet gelukt.", "planned")
    assert "Er stond niet genoeg op de rekening." in view.returned.text


def test_another_day_can_be_chosen_among_the_days_on_which_banks_work(shop, owner, account):
    debit = collecting.collect(shop, account)
    collecting.storno(shop, debit.key)
    tab = log_in_later(shop, owner)
    days = opened(tab, debit.number).automatic.days
    assert not any(day.label.startswith(("zaterdag", "zondag")) for day in days)
    shown = tab.do(InvoiceState, "choose_day", {"day": days[3].value})
    assert shown.news.sentence.startswith(f"Factuur {debit.number} wordt afgeschreven op")
    assert (shown.view.panel, shown.view.automatic.date_title) == ("planned", "Op een andere dag")
    assert collecting.collections(shop)[-1].collect_on.isoformat() == days[3].value


def test_choosing_a_day_takes_a_fresh_proof(shop, owner, account):
    debit = collecting.collect(shop, account)
    collecting.storno(shop, debit.key)
    token = shop.do(sessions.start, owner.user_id, Visitor())
    tab = Tab(token)
    day = opened(tab, debit.number).automatic.days[0].value
    proof_gets_old(shop)
    assert tab.do(InvoiceState, "choose_day", {"day": day}).proof.is_open
    proves(shop, token)
    assert "wordt afgeschreven op" in tab.do(InvoiceState, "proven").news.sentence


@pytest.mark.parametrize("day", ["2026-03-07", "2020-01-01", "2099-01-01", "morgen", "", None, 7])
def test_a_day_that_can_not_be_is_refused_and_changes_nothing(shop, account, owners_tab, day):
    number = shop.invoice(account)
    collecting.work(shop)
    opened(owners_tab, number)
    [before] = collecting.collections(shop)
    shown = owners_tab.do(InvoiceState, "choose_day", {"day": day})
    assert "Er is niets veranderd" in shown.trouble.sentence
    assert [(one.id, one.state) for one in collecting.collections(shop)] == [(before.id, before.state)]


def test_one_that_nobody_could_be_told_of_says_so(shop, owner, account, owners_tab):
    shop.mail.refuses = {user.email for user in shop.all(User)}
    number = shop.invoice(account)
    collecting.go_on(shop, 4)
    view = opened(log_in_later(shop, owner), number)
    assert (view.returned.title, view.panel) == ("Deze factuur wordt niet afgeschreven.", "methods")


def test_while_all_is_held_the_invoice_the_dashboard_and_the_mandate_say_why(shop, account, owners_tab):
    number = shop.invoice(account)
    collecting.work(shop)
    assert opened(owners_tab, number).automatic.frozen == ""
    shop.do(switches.freeze, "Anna", "niet voor klanten")
    sentences = {
        opened(owners_tab, number).automatic.frozen,
        owners_tab.open(OverviewState, "/").frozen,
        owners_tab.open(MandateState, "/account/mandate").frozen,
    }
    [sentence] = sentences
    assert sentence.startswith("Er wordt nu niets afgeschreven, omdat we eerst iets willen nakijken.")
