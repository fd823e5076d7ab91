"""Stop orders on screen: two people and every lamp; tasks, pauses, domains and the switch beside them."""

import pytest

from billing.logins import sessions
from billing.logins.sessions import Visitor
from billing.mandates.tables import CollectionSwitch
from billing.reminders import cases as reminder_cases
from billing.reminders import tasks as reminder_tasks
from billing.reminders.tables import AccountHold, ReminderTask, TaskKind
from billing.renewals.tables import DomainRenewal
from billing.safety import desk as orders_desk
from billing.safety import orders
from billing.stops.tables import StopOrder
from dashboard.pages.staff_stops_state import ROUTE, StaffStopsState
from dashboard.session import DENIED, SessionState
from dashboard.texts.nl import NL
from tests import stopping
from tests.reminding import Desk
from tests.staffing import finance
from tests.states.conftest import STRANGE, Tab, proof_gets_old, proves, signed_in

TEXTS = NL.staff.stops


@pytest.fixture
def fien(shop):
    return finance(shop)


@pytest.fixture
def service_id(shop, account, owner):
    """A service whose invoice is a month late, of a customer who is being reminded."""
    found = stopping.late_service(shop, account)
    shop.do(reminder_cases.of_account, account)
    return found


@pytest.fixture
def desk(shop, fien, service_id):
    return signed_in(shop, fien)


@pytest.fixture
def other_desk(shop, service_id):
    return signed_in(shop, finance(shop, "Fred"))


@pytest.fixture
def green(monkeypatch):
    """Everything that has to be true is."""
    for place in (orders, orders_desk):
        monkeypatch.setattr(place, "facts", lambda work, account_id, floor_cents: stopping.GREEN)


def opened(desk):
    return desk.open(StaffStopsState, ROUTE)


def act(desk, event, *args):
    return desk.do(StaffStopsState, event, *args)


def confirm(desk, kind, key="", **form):
    act(desk, "ask", kind, key)
    return act(desk, "confirm", form)


def propose(desk, account, service_id):
    opened(desk)
    act(desk, "look", str(account))
    return act(desk, "propose", str(service_id))


def test_every_lamp_has_its_words_and_one_that_is_red_keeps_a_proposal_away(shop, desk, account, service_id):
    page = opened(desk)
    [case] = page.cases.rows
    page = act(desk, "look", case.id)
    texts = [lamp.text for lamp in page.shown.lamps]
    assert len(texts) == 10
    assert page.shown.overdue.startswith("1 factuur te laat")
    assert "Nog niet alles verstuurd, of niet gebeld" in texts
    page = act(desk, "propose", str(service_id))
    assert page.trouble.sentence.startswith("Niet alle voorwaarden kloppen nog: ")
    assert shop.all(StopOrder) == []


def test_a_stop_takes_two_people_a_week_and_all_lamps(shop, desk, other_desk, account, service_id, green):
    assert "is voorgesteld" in propose(desk, account, service_id).news.sentence
    [order] = act(desk, "turn", 1).orders
    assert (order.may_approve, order.waits) == (False, TEXTS.orders.waits_for_other)
    [seen] = opened(other_desk).orders
    assert (seen.may_approve, all(lamp.holds for lamp in seen.lamps)) == (True, True)
    [seen] = confirm(other_desk, "approve", seen.id).orders
    assert (seen.state.label, seen.may_carry_out) == ("Goedgekeurd", False)
    assert seen.waits.startswith("Uitvoeren kan vanaf ")
    assert "de klant heeft een week" in confirm(desk, "carry_out", seen.id).trouble.sentence.lower()
    shop.clock.advance(days=7)
    desk = signed_in(shop, finance(shop, "Nora"))
    [seen] = opened(desk).orders
    assert seen.may_carry_out
    [seen] = confirm(desk, "carry_out", seen.id).orders
    assert (seen.state.label, stopping.state_of(shop, service_id)) == ("Uitgevoerd", "stopped")
    [seen] = confirm(desk, "withdraw", seen.id).orders
    assert (seen.state.label, stopping.state_of(shop, service_id)) == ("Ingetrokken", "active")
    assert seen.story[-1].endswith("door een medewerker.")


def test_an_approved_order_says_that_it_cant_be_carried_out_while_something_is_red(shop, desk, service_id):
    order_id = stopping.propose(shop, stopping.colleague(shop, "fleur"), service_id)
    stopping.approve(shop, stopping.colleague(shop, "frank"), order_id)
    [order] = opened(desk).orders
    assert (order.may_carry_out, all(lamp.holds for lamp in order.lamps)) == (False, False)
    assert order.waits.startswith("Niet alles klopt, dus dit kan nu niet. Uitvoeren kan op zijn vroegst op ")


def test_a_step_towards_a_stop_takes_a_fresh_proof_and_then_goes_on(shop, fien, account, service_id, green):
    token = shop.do(sessions.start, fien.user_id, Visitor())
    desk = Tab(token)
    opened(desk)
    proof_gets_old(shop)
    act(desk, "look", str(account))
    page = act(desk, "propose", str(service_id))
    assert (page.proof.is_open, shop.all(StopOrder)) == (True, [])
    assert act(desk, "proven").proof.is_open
    proves(shop, token)
    page = act(desk, "proven")
    assert (page.proof.is_open, len(page.orders)) == (False, 1)


def test_without_a_proof_nothing_is_approved_but_all_can_be_withdrawn(
    shop, desk, other_desk, account, service_id, green
):
    propose(desk, account, service_id)
    order_id = str(shop.one(StopOrder).id)
    opened(other_desk)
    proof_gets_old(shop)
    assert confirm(other_desk, "approve", order_id).proof.is_open
    page = act(other_desk, "unproven")
    assert (page.proof.is_open, shop.one(StopOrder).state) == (False, "proposed")
    page = confirm(other_desk, "withdraw", order_id)
    assert (page.proof.is_open, page.orders[0].state.label) == (False, "Ingetrokken")


def test_who_proposed_is_refused_even_past_the_button(shop, desk, account, service_id, green):
    propose(desk, account, service_id)
    page = confirm(desk, "approve", str(shop.one(StopOrder).id))
    assert page.trouble.sentence == TEXTS.problems["same_person"]


def test_a_service_with_an_order_says_so(desk, account, service_id, green):
    propose(desk, account, service_id)
    [service] = act(desk, "look", str(account)).shown.services
    assert service.is_running


def test_a_call_is_noted_with_how_it_ended(shop, desk, account, service_id):
    shop.do(reminder_tasks.add, account, TaskKind.CALL, "step:1", {"open_cents": 1_210, "invoices": ["2026-0001"]})
    [task] = opened(desk).tasks
    assert (task.title, task.account) == ("Bel deze klant", "Bakkerij Test")
    assert task.facts.startswith("€\u00a012,10 open, factuur 2026-0001, sinds ")
    page = confirm(desk, "task", task.id, option="", note="")
    assert page.trouble.sentence == TEXTS.problems["unreadable"]
    page = confirm(desk, "task", task.id, option="reached", note="betaalt vrijdag")
    assert (page.tasks, page.news.sentence) == ((), "Genoteerd: Bel deze klant, Bakkerij Test.")
    done = shop.one(ReminderTask)
    assert (done.outcome, done.note, done.done_by) == ("reached", "betaalt vrijdag", "Fien")


def test_a_promise_has_a_day_and_can_be_released(shop, desk, account, service_id):
    opened(desk)
    page = confirm(desk, "hold", str(account), option="promise", until="", note="")
    assert page.trouble.sentence == TEXTS.problems["no_day"]
    assert confirm(desk, "hold", str(account), option="promise", until="31-12", note="").trouble.sentence
    page = confirm(desk, "hold", str(account), option="promise", until="2020-01-01", note="")
    assert page.trouble.sentence == TEXTS.problems["ends_in_past"]
    page = confirm(desk, "hold", str(account), option="promise", until="2030-01-01", note="belde zelf")
    [hold] = page.cases.rows[0].holds
    assert (hold.text, hold.why) == ("Belofte tot en met 1 januari 2030, door Fien", "belde zelf")
    assert confirm(desk, "release", hold.id).cases.rows[0].holds == ()
    assert len(shop.all(AccountHold)) == 1


def test_a_dispute_lasts_until_somebody_releases_it(desk, account, service_id):
    opened(desk)
    page = confirm(desk, "hold", str(account), option="dispute", until="", note="server lag eruit")
    assert page.cases.rows[0].holds[0].text == "Bezwaar tot iemand het opheft, door Fien"


def test_a_domain_that_waits_is_renewed_all_the_same(shop, desk, account, service_id):
    held = DomainRenewal(
        account_id=account, service_id=service_id, period_start=shop.clock.now().date(),
        period_end=shop.clock.now().date(), state="held", open_cents=9_000, ceiling_cents=5_000,
        seen_at=shop.clock.now(),
    )  # fmt: skip
    shop.do(lambda work: work.session.add(held))
    [row] = opened(desk).held
    assert row.open == "€\u00a090,00 open, grens €\u00a050,00"
    page = confirm(desk, "allow", row.id)
    assert (page.held, shop.one(DomainRenewal).state) == ((), "told")


def test_the_switch_of_the_collections_turns_both_ways(shop, desk):
    assert opened(desk).switch.by == ""
    page = confirm(desk, "freeze", note="storing bij de bank")
    assert page.switch.frozen
    assert page.switch.by.endswith("door Fien. Storing bij de bank")
    assert not confirm(desk, "thaw").switch.frozen
    assert [turn.frozen for turn in shop.all(CollectionSwitch)] == [True, False]


def test_what_a_step_waits_for_is_said(shop, fien, desk, account, service_id):
    opened(desk)
    confirm(desk, "hold", str(account), option="dispute", until="", note="")
    # On a Sunday nothing goes out, so nothing is decided either.
    shop.clock.advance(days=1)
    Desk(shop).run()
    [case] = opened(signed_in(shop, fien)).cases.rows
    assert case.result == "uitgesteld"
    assert "Er is een pauze." in case.waits


def test_a_customer_is_refused(tab):
    tab.open(StaffStopsState, ROUTE)
    assert tab.page(SessionState).verdict == DENIED


@pytest.mark.parametrize("strange", STRANGE)
def test_what_no_page_of_ours_sends_changes_nothing(shop, desk, account, service_id, strange):
    opened(desk)
    for kind in ("approve", "hold", "task", strange):
        act(desk, "ask", kind, strange)
        act(desk, "confirm", strange)
    act(desk, "ask", "hold", str(account))
    act(desk, "confirm", strange)
    act(desk, "look", strange)
    act(desk, "propose", strange)
    assert (shop.all(StopOrder), shop.all(AccountHold)) == ([], [])
