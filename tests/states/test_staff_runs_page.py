"""Runs on screen: a dry run with its totals, a start with a proof, and a reason when a run is far from the usual."""

from dataclasses import replace

import pytest

from billing.clock import local_day
from billing.invoices.tables import InvoiceRun
from billing.mandates.tables import CollectionSwitch
from billing.runs.rules import RunRules
from dashboard import wiring
from dashboard.pages.staff_runs_state import PREVIEW, ROUTE, StaffRunsState
from dashboard.session import DENIED, SessionState
from dashboard.texts.nl import NL
from tests.reminding import Desk
from tests.renewals import product, run, service
from tests.staffing import finance
from tests.states.conftest import STRANGE, proof_gets_old, signed_in

TEXTS = NL.staff.runs
FORM = {"because": ""}


@pytest.fixture
def desk(shop, owner):
    return signed_in(shop, finance(shop))


def opened(desk):
    return desk.open(StaffRunsState, ROUTE)


def act(desk, event, *args):
    return desk.do(StaffRunsState, event, *args)


def due(shop, account, count=1, product_id=0):
    for _ in range(count):
        service(shop, account, local_day(shop.clock.now()), product_id)


def limits(shop, rules):
    """What the company decides about runs."""
    shop.billing = replace(shop.billing, policy=replace(shop.billing.policy, runs=rules))
    wiring.use(shop.billing, wiring.settings())


def start(desk, kind="invoices", **form):
    """The dry run, and then what it shows."""
    act(desk, "foresee", kind)
    act(desk, "start", FORM | form)
    return act(desk, "work")


def test_a_dry_run_shows_its_totals_and_changes_nothing(shop, desk, account):
    due(shop, account, 2)
    assert opened(desk).runs.rows == ()
    page = act(desk, "foresee", "invoices")
    assert page.preview.lede.endswith(": 1 factuur, 2 regels")
    shown = {row.label: row.amount.replace("\u00a0", " ") for row in page.preview.sums}
    assert (shown["Exclusief btw"], shown["Totaal"]) == ("€ 20,00", "€ 24,20")
    assert (page.preview.held, page.preview.can_start, shop.all(InvoiceRun)) == ("", True, [])


def test_a_run_is_started_told_and_listed(shop, desk, account):
    due(shop, account)
    opened(desk)
    page = start(desk)
    assert page.news.sentence == "1 factuur gemaakt, samen €\u00a012,10."
    [row] = page.runs.rows
    assert (row.count, row.state.label, row.because) == ("1 factuur, 1 regel", "Klaar", "")
    assert row.by.startswith("Fien, ")
    assert act(desk, "foresee", "invoices").preview.can_start is False


def test_a_start_takes_a_fresh_proof_and_then_goes_on(shop, desk, account):
    due(shop, account)
    opened(desk)
    act(desk, "foresee", "invoices")
    proof_gets_old(shop)
    page = act(desk, "start", FORM)
    assert (page.proof.is_open, page.busy, shop.all(InvoiceRun)) == (True, False, [])
    assert act(desk, "proven").proof.is_open
    assert act(desk, "unproven").proof.is_open is False
    act(desk, "work")
    assert shop.all(InvoiceRun) == []


def test_a_run_far_from_the_usual_needs_a_reason_which_stays_with_it(shop, desk, account):
    due(shop, account)
    run(shop)
    limits(shop, RunRules(small=1))
    due(shop, shop.customer("Een ander"), 9, product(shop, "90.00"))
    opened(desk)
    page = act(desk, "foresee", "invoices")
    assert page.preview.held.startswith("Deze ronde zou 1 factuur zijn")
    page = act(desk, "start", {"because": "  "})
    assert (page.trouble.place, page.trouble.sentence) == (PREVIEW, TEXTS.no_reason)
    act(desk, "start", {"because": "Prijsverhoging van januari"})
    page = act(desk, "work")
    assert page.runs.rows[0].because == "Week af en is toch gestart: Prijsverhoging van januari"
    assert page.runs.rows[1].because == ""


def test_who_works_past_the_window_is_held_all_the_same(shop, desk, account):
    due(shop, account)
    run(shop)
    due(shop, shop.customer("Een ander"), 9, product(shop, "90.00"))
    opened(desk)
    act(desk, "foresee", "invoices")
    act(desk, "start", FORM)
    limits(shop, RunRules(small=1))
    page = act(desk, "work")
    assert page.trouble.sentence == NL.errors["run_held"]
    assert (page.busy, len(shop.all(InvoiceRun))) == (False, 1)


def test_reminders_show_who_would_get_one_and_why_others_wait(shop, desk, account):
    Desk(shop).overdue(account, 9)
    opened(desk)
    page = act(desk, "foresee", "reminders")
    [row] = page.preview.rows
    assert row.title == "Bakkerij Test"
    assert "bank of Buckaroo is niet bij" in row.text
    page = start(desk, "reminders")
    assert page.news.sentence == "0 stappen gezet, 1 uitgesteld."
    assert [(day.first, day.second) for day in page.reminders] == [("0", "1")]


def test_a_round_of_collections_says_what_it_did_and_when_it_is_frozen(shop, desk):
    opened(desk)
    assert act(desk, "foresee", "collections").preview.lede == TEXTS.kinds["collections"].nothing
    frozen = CollectionSwitch(frozen=True, by_name="Anna", reason="", at=shop.clock.now())
    shop.do(lambda work: work.session.add(frozen))
    page = act(desk, "foresee", "collections")
    assert (page.preview.facts, page.preview.can_start) == ((TEXTS.collections.frozen,), False)


def test_a_customer_is_refused(tab):
    tab.open(StaffRunsState, ROUTE)
    assert tab.page(SessionState).verdict == DENIED


@pytest.mark.parametrize("strange", STRANGE)
def test_what_no_page_of_ours_sends_starts_nothing(shop, desk, account, strange):
    due(shop, account)
    opened(desk)
    act(desk, "foresee", strange)
    act(desk, "start", strange)
    act(desk, "work")
    assert shop.all(InvoiceRun) == []
