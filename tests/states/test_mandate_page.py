"""The page of the standing mandate: giving one, how it stands, and taking it back."""

import asyncio

import pytest

from billing.accounts.tables import Role
from billing.mandates import service
from billing.ports import MandateScheme, Outcome
from dashboard.pages.mandate_state import MandateState
from dashboard.pages.overview import OverviewState
from dashboard.session import DENIED, SessionState
from tests.fakes import collecting
from tests.states.conftest import STRANGE, Tab, proof_gets_old, proves, signed_in

ADDRESS = "/account/mandate"
BANK = "https://gateway.test/mandate/"
CORE = {"scheme": "core", "maximum": ""}


@pytest.fixture
def shown(owners_tab):
    return owners_tab.open(MandateState, ADDRESS)


@pytest.fixture
def mandate(shop, owner, account):
    """One that was given at the bank."""
    return collecting.sign(shop, owner, account)


def view_of(tab: Tab):
    return tab.open(MandateState, ADDRESS).view


# Giving one


def test_without_a_mandate_both_ways_are_offered_with_what_is_agreed_to(shop, account, owners_tab):
    number = shop.invoice(account)
    shown = owners_tab.open(MandateState, ADDRESS)
    assert (shown.view.live.badge.label, shown.view.waiting, shown.view.may_manage) == ("", False, True)
    assert [choice.number for choice in shown.giving.invoices] == [number]
    assert "binnen acht weken" in shown.giving.core
    assert "niet laten terugboeken" in shown.giving.business
    assert "14 dagen" in shown.giving.points[0]


def test_who_comes_from_an_invoice_begins_with_that_one(shop, account, owners_tab):
    _, number = shop.invoice(account), shop.invoice(account)
    assert owners_tab.open(MandateState, f"{ADDRESS}?factuur={number}").giving.chosen == number


@pytest.mark.parametrize("wanted", ["2026-9999", "", "%00"])
def test_an_invoice_that_is_not_open_here_is_not_offered(shop, account, owners_tab, wanted):
    number = shop.invoice(account)
    assert owners_tab.open(MandateState, f"{ADDRESS}?factuur={wanted}").giving.chosen == number


def test_signing_leads_to_the_bank_and_keeps_what_was_agreed_to(shop, owners_tab, shown):
    owners_tab.do(MandateState, "sign", CORE)
    assert owners_tab.went_to.startswith(BANK)
    [mandate] = collecting.mandates(shop)
    assert (mandate.consent_text, mandate.consent_ip) == (shown.giving.core, "192.0.2.7")
    assert mandate.consent_version


def test_a_business_mandate_has_the_maximum_that_was_filled_in(shop, owners_tab, shown):
    owners_tab.do(MandateState, "sign", {"scheme": "b2b", "maximum": "€ 1.250,50"})
    [order] = shop.gateway.offered
    assert (order.scheme, order.maximum_cents) == (MandateScheme.BUSINESS, 125_050)
    assert collecting.mandates(shop)[0].consent_text == shown.giving.business


@pytest.mark.parametrize("typed", ["", "veel", "-5", "0", "1e9", "99999999999"])
def test_a_maximum_that_is_no_amount_is_asked_for_again(shop, owners_tab, shown, typed):
    shown = owners_tab.do(MandateState, "sign", {"scheme": "b2b", "maximum": typed})
    assert "Vul een bedrag" in shown.trouble.sentence
    assert (shown.busy, collecting.mandates(shop)) == ("", [])


def test_the_first_payment_takes_a_tick(shop, account, owners_tab):
    number = shop.invoice(account)
    owners_tab.open(MandateState, ADDRESS)
    shown = owners_tab.do(MandateState, "pay_first", {"number": number})
    assert "Zet eerst het vinkje" in shown.trouble.sentence
    owners_tab.do(MandateState, "pay_first", {"number": number, "agreed": "on"})
    assert owners_tab.went_to.startswith("https://gateway.test/pay/")
    assert [order.starts_series for order in shop.gateway.started] == [True]


def test_the_first_payment_of_somebody_elses_invoice_starts_nothing(shop, owners_tab, shown):
    foreign = shop.invoice(shop.customer("Van een ander"))
    shown = owners_tab.do(MandateState, "pay_first", {"number": foreign, "agreed": "on"})
    assert (shown.trouble.sentence != "", shop.gateway.started, shown.busy) == (True, [], "")


def test_a_proof_that_is_too_old_is_asked_for_first(shop, token, owners_tab, shown):
    proof_gets_old(shop)
    shown = owners_tab.do(MandateState, "sign", CORE)
    assert (shown.proof.is_open, shop.gateway.offered, shown.busy) == (True, [], "")
    proves(shop, token)
    shown = owners_tab.do(MandateState, "proven")
    assert (shown.proof.is_open, owners_tab.last.handler.fn.__name__) == (False, "sign")
    owners_tab.do(MandateState, "sign", CORE)
    assert owners_tab.went_to.startswith(BANK)


def test_no_answer_of_the_gateway_is_no_failure_and_can_be_tried_again(shop, owners_tab, shown):
    shop.gateway.refuse_next("not enabled")
    shown = owners_tab.do(MandateState, "sign", CORE)
    assert "Er is niets afgeschreven" in shown.trouble.sentence
    owners_tab.do(MandateState, "sign", CORE)
    assert owners_tab.went_to.startswith(BANK)


@pytest.mark.parametrize("sent", STRANGE)
def test_a_strange_form_begins_nothing(shop, owners_tab, shown, sent):
    for event in ("pay_first", "sign"):
        shown = owners_tab.do(MandateState, event, sent)
        assert (shown.busy, "Er is niets veranderd" in shown.trouble.sentence) == ("", True)
    assert (shop.gateway.started, shop.gateway.offered, collecting.mandates(shop)) == ([], [], [])


# How it stands


def test_a_request_waits_and_the_page_goes_on_by_itself(shop, owner, account, owners_tab):
    key = collecting.ask(shop, owner, account)
    shown = owners_tab.open(MandateState, ADDRESS)
    assert (shown.view.waiting, shown.view.live.badge.label) == (True, "")
    collecting.decide(shop, key)
    asyncio.run(shown._reload())
    assert (shown.view.waiting, shown.view.live.badge.label) == (False, "Actief")


def test_who_comes_back_from_the_bank_has_the_gateway_asked_right_away(shop, owner, account, owners_tab):
    collecting.ask(shop, owner, account)
    owners_tab.open(MandateState, ADDRESS)
    assert collecting.mandates(shop)[0].next_check_at == shop.clock.now()


@pytest.mark.parametrize(
    ("outcome", "title"),
    [(Outcome.CANCELLED, "Je hebt het tekenen geannuleerd"), (Outcome.FAILED, "De machtiging is niet gelukt")],
)
def test_what_was_not_signed_is_said_kindly(shop, owner, account, owners_tab, outcome, title):
    collecting.decide(shop, collecting.ask(shop, owner, account), outcome)
    view = view_of(owners_tab)
    assert (view.said.title, view.waiting) == (title, False)
    assert "niets afgeschreven" in view.said.text


def test_an_active_mandate_shows_its_facts_and_what_is_coming(shop, account, mandate, owners_tab):
    number = shop.invoice(account)
    collecting.work(shop)
    view = view_of(owners_tab)
    facts = {fact.label: fact.value for fact in view.live.facts}
    assert facts["Rekening"] == "NL••\u00a0••••\u00a06789"
    assert (facts["Kenmerk"], facts["Soort"]) == (mandate.reference, "Gewone machtiging")
    [coming] = view.coming
    assert (coming.number, coming.amount.figures, coming.state.label) == (number, "121,00", "Aangekondigd")
    assert view.live.next_on == f"{coming.on}, factuur {number}"
    assert (view.live.may_pause, view.live.may_resume) == (True, False)


def test_the_next_debit_is_not_the_one_that_is_at_the_bank_already(shop, owner, account, mandate):
    collecting.submit(shop, account)
    tab = signed_in(shop, owner)
    view = view_of(tab)
    assert ([row.state.label for row in view.coming], view.live.next_on) == (["Bij de bank"], "")
    number = shop.invoice(account)
    collecting.work(shop)
    assert view_of(tab).live.next_on.endswith(f", factuur {number}")


def test_an_account_number_is_never_sent_in_full(shop, mandate, owners_tab):
    assert "TEST0123456789" not in repr(owners_tab.open(MandateState, ADDRESS).dict())


def test_a_debit_that_came_back_pauses_it_with_the_reason_in_plain_words(shop, owner, account, mandate):
    collecting.storno(shop, collecting.collect(shop, account).key)
    view = view_of(signed_in(shop, owner))
    assert (view.live.badge.label, view.live.may_resume) == ("Gepauzeerd", True)
    assert "bij de bank teruggedraaid" in view.live.why
    assert "Er is niets uitgezet" in view.live.why
    assert any("teruggeboekt" in fact.value for fact in view.live.facts)


def test_an_account_that_was_closed_ends_it_and_says_so(shop, owner, account, mandate):
    collecting.fail(shop, collecting.submit(shop, account).key, "AC04")
    view = view_of(signed_in(shop, owner))
    assert view.live.badge.label == ""
    assert view.said.title.startswith("Je machtiging is gestopt op")
    assert "De rekening is opgeheven." in view.said.text


# Changing it


@pytest.mark.parametrize(
    ("act", "before", "state"),
    [("pause", None, "paused"), ("resume", service.pause, "active"), ("withdraw", None, "revoked")],
)
def test_each_act_is_asked_about_and_done(shop, owner, account, mandate, owners_tab, act, before, state):
    if before:
        shop.do(before, shop.proven(owner), account)
    owners_tab.open(MandateState, ADDRESS)
    shown = owners_tab.do(MandateState, "ask", act)
    assert (shown.sure.act, collecting.mandates(shop)[0].state == state) == (act, False)
    shown = owners_tab.do(MandateState, "confirm")
    assert (shown.sure.act, collecting.mandates(shop)[0].state) == ("", state)
    assert shown.news.sentence != ""


def test_a_change_takes_a_fresh_proof(shop, token, mandate, owners_tab):
    owners_tab.open(MandateState, ADDRESS)
    owners_tab.do(MandateState, "ask", "withdraw")
    proof_gets_old(shop)
    shown = owners_tab.do(MandateState, "confirm")
    assert (shown.proof.is_open, shown.sure.act, collecting.mandates(shop)[0].state) == (True, "withdraw", "active")
    shown = owners_tab.do(MandateState, "close")
    assert (shown.proof.is_open, shown.sure.act) == (False, "")


def test_what_somebody_else_did_meanwhile_is_said(shop, owner, account, mandate, owners_tab):
    owners_tab.open(MandateState, ADDRESS)
    owners_tab.do(MandateState, "ask", "withdraw")
    shop.do(service.withdraw, shop.proven(owner), account)
    shown = owners_tab.do(MandateState, "confirm")
    assert "Er is geen machtiging meer" in shown.trouble.sentence


@pytest.mark.parametrize("sent", STRANGE)
def test_what_is_no_act_of_ours_asks_nothing(mandate, owners_tab, sent):
    owners_tab.open(MandateState, ADDRESS)
    assert owners_tab.do(MandateState, "ask", sent).sure.act == ""


def test_who_may_only_look_sees_it_and_changes_nothing(shop, account, mandate):
    tab = signed_in(shop, shop.member(account, Role.READ_ONLY))
    view = view_of(tab)
    assert (view.live.badge.label, view.may_manage, view.live.may_pause) == ("Actief", False, False)
    tab.do(MandateState, "ask", "withdraw")
    shown = tab.do(MandateState, "confirm")
    assert "hoort niet bij jouw rechten" in shown.trouble.sentence
    assert collecting.mandates(shop)[0].state == "active"


def test_a_technician_has_no_access_to_it(shop, account, mandate):
    tab = signed_in(shop, shop.member(account, Role.TECHNICIAN))
    tab.open(MandateState, ADDRESS)
    assert tab.page(SessionState).verdict == DENIED


# On the dashboard


def test_the_dashboard_says_in_one_line_how_it_stands(shop, owner, account, owners_tab):
    assert owners_tab.open(OverviewState).mandate == ""
    key = collecting.ask(shop, owner, account)
    assert "aangevraagd" in owners_tab.open(OverviewState).mandate
    collecting.decide(shop, key)
    assert owners_tab.open(OverviewState).mandate.startswith("Je facturen worden automatisch betaald")
    shop.do(service.pause, shop.proven(owner), account)
    assert "gepauzeerd" in owners_tab.open(OverviewState).mandate
