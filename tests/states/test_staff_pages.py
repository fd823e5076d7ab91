"""Where the company's own people find their pages, and that nobody else does."""

import pytest

from billing.accounts.tables import Role
from billing.logins import sessions
from billing.logins.sessions import Visitor
from dashboard.pages.overview import OverviewState
from dashboard.pages.staff_customers_state import StaffCustomersState
from dashboard.session import DENIED, GONE, OPEN, SessionState
from tests.staffing import finance
from tests.states.conftest import STRANGE, Tab, proof_gets_old, proves, signed_in


def test_who_works_here_and_is_no_customer_comes_to_the_pages_for_staff(shop):
    tab = signed_in(shop, finance(shop))
    tab.open(OverviewState)
    assert tab.went_to == "/staff"
    assert [part.url for part in tab.page(SessionState).shell.staff_parts][:1] == ["/staff"]


def test_who_works_here_and_is_a_customer_too_stays_on_the_own_dashboard(shop, account):
    fien = finance(shop)
    shop.also_member(fien, account, Role.OWNER)
    tab = signed_in(shop, fien)
    tab.open(OverviewState)
    assert tab.went_to == ""
    assert tab.page(SessionState).shell.staff_parts


def test_a_customer_sees_no_way_there_and_is_refused(tab, bookkeeper, caplog):
    tab.open(StaffCustomersState, "/staff/customers")
    session = tab.page(SessionState)
    assert (session.verdict, session.shell.staff_parts) == (DENIED, ())
    [said] = [line.getMessage() for line in caplog.records if line.name == "billing.refusals"]
    assert said.startswith(f"refused: user {bookkeeper.user_id} has no right finance in account ")


def test_who_stopped_working_here_is_refused_at_the_next_click(shop, account):
    fien = finance(shop)
    tab = signed_in(shop, fien)
    tab.open(StaffCustomersState, "/staff/customers")
    assert tab.page(SessionState).verdict == OPEN
    shop.sql("UPDATE login_user SET staff_role = '' WHERE id = :id", id=fien.user_id)
    assert tab.do(StaffCustomersState, "search", "Bakkerij").list.rows
    assert tab.page(SessionState).verdict == DENIED


def test_the_list_finds_and_turns(shop, account):
    tab = signed_in(shop, finance(shop))
    page = tab.open(StaffCustomersState, "/staff/customers")
    assert [row.name for row in page.list.rows] == ["Bakkerij Test"]
    assert tab.do(StaffCustomersState, "search", {"strange": 1}).list.rows == ()
    assert tab.do(StaffCustomersState, "search", "test").list.count == "1 klant"
    assert tab.do(StaffCustomersState, "turn", 1).list.has_next is False


def test_acting_for_a_customer_begins_at_the_customers_dashboard_and_ends_at_the_list(shop, account):
    tab = signed_in(shop, finance(shop))
    tab.open(StaffCustomersState, "/staff/customers")
    assert tab.do(StaffCustomersState, "ask", str(account)).behalf.title == "Handelen namens Bakkerij Test"
    tab.do(StaffCustomersState, "act", {"reason": "Belde"})
    assert tab.went_to == "/"
    tab.open(OverviewState)
    shell = tab.page(SessionState).shell
    assert (shell.account, shell.staff_parts) == ("Bakkerij Test", ())
    assert shell.looking.startswith("Je handelt namens Bakkerij Test.")
    tab.do(SessionState, "stop_looking")
    assert tab.went_to == "/staff/customers"


@pytest.mark.parametrize("form", STRANGE)
def test_a_form_that_nobody_filled_in_asks_why(shop, account, form):
    tab = signed_in(shop, finance(shop))
    tab.open(StaffCustomersState, "/staff/customers")
    tab.do(StaffCustomersState, "ask", str(account))
    assert tab.do(StaffCustomersState, "act", form).trouble.sentence
    assert tab.went_to == ""


def test_a_customer_that_is_not_on_the_page_can_not_be_asked_for(shop, account):
    tab = signed_in(shop, finance(shop))
    tab.open(StaffCustomersState, "/staff/customers")
    page = tab.do(StaffCustomersState, "ask", "987654")
    assert (page.behalf.id, bool(page.trouble.sentence)) == ("", True)


def test_an_old_proof_is_asked_for_again_and_then_it_goes_on(shop, account):
    fien = finance(shop)
    token = shop.do(sessions.start, fien.user_id or 0, Visitor())
    tab = Tab(token)
    tab.open(StaffCustomersState, "/staff/customers")
    tab.do(StaffCustomersState, "ask", str(account))
    proof_gets_old(shop)
    assert tab.do(StaffCustomersState, "act", {"reason": "Belde"}).proof.is_open
    proves(shop, token)
    tab.do(StaffCustomersState, "proven")
    assert tab.went_to == "/"


def test_somebody_is_logged_out_everywhere_by_address(shop, account, bookkeeper):
    theirs = signed_in(shop, bookkeeper)
    theirs.open(OverviewState)
    tab = signed_in(shop, finance(shop))
    tab.open(StaffCustomersState, "/staff/customers")
    assert tab.do(StaffCustomersState, "ask_out", "one").out.title == "Iemand overal uitloggen"
    page = tab.do(StaffCustomersState, "log_out", {"email": "nobody@test.example"})
    assert (page.trouble.place, page.trouble.sentence) == ("email", "Met dit e-mailadres logt niemand in.")
    page = tab.do(StaffCustomersState, "log_out", {"email": f"{bookkeeper.name}@test.example"})
    assert (page.out.whom, page.news.sentence) == ("", f"{bookkeeper.name}@test.example is overal uitgelogd.")
    theirs.open(OverviewState)
    assert theirs.went_to.startswith("/login")


def test_everybody_is_logged_out_after_a_proof_who_asks_for_it_too(shop, account, bookkeeper):
    fien = finance(shop)
    token = shop.do(sessions.start, fien.user_id or 0, Visitor())
    theirs, tab = signed_in(shop, bookkeeper), Tab(token)
    tab.open(StaffCustomersState, "/staff/customers")
    tab.do(StaffCustomersState, "ask_out", "all")
    proof_gets_old(shop)
    assert tab.do(StaffCustomersState, "log_out", {}).proof.is_open
    proves(shop, token)
    tab.do(StaffCustomersState, "proven")
    assert tab.page(SessionState).verdict == GONE
    theirs.open(OverviewState)
    assert theirs.went_to.startswith("/login")


@pytest.mark.parametrize("form", STRANGE)
def test_a_form_of_nobodys_logs_nobody_out(shop, account, form):
    tab = signed_in(shop, finance(shop))
    tab.open(StaffCustomersState, "/staff/customers")
    tab.do(StaffCustomersState, "ask_out", "one")
    assert tab.do(StaffCustomersState, "log_out", form).trouble.sentence
    assert tab.do(StaffCustomersState, "ask_out", "moon").out.whom == ""
