"""Where the company's own people find their pages, and that nobody else does."""

from billing.accounts.tables import Role
from dashboard.pages.overview import OverviewState
from dashboard.pages.staff_customers_state import StaffCustomersState
from dashboard.session import DENIED, OPEN, SessionState
from tests.staffing import finance
from tests.states.conftest import signed_in


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


def test_a_customer_sees_no_way_there_and_is_refused(tab):
    tab.open(StaffCustomersState, "/staff/customers")
    session = tab.page(SessionState)
    assert (session.verdict, session.shell.staff_parts) == (DENIED, ())


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
