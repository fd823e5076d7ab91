"""Pages of who lacks a second factor that is demanded: shut, with the reason and the way to one."""

import pytest

from billing.errors import LastSecondFactor
from billing.second_factor import SecondFactor
from dashboard import wiring
from dashboard.pages.account_security_state import SecurityState
from dashboard.pages.account_state import ProfileState
from dashboard.pages.inbox_state import InboxState
from dashboard.pages.invoices_state import InvoicesState
from dashboard.pages.overview import OverviewState
from dashboard.pages.staff_customers_state import StaffCustomersState
from dashboard.rows.problems import sentence
from dashboard.session import LOCKED, OPEN, SessionState
from tests.demanding import demand, passkey
from tests.fakes.authenticator import switched_on
from tests.staffing import finance
from tests.states.conftest import signed_in


@pytest.fixture
def everybody(shop):
    demand(shop, SecondFactor.EVERYBODY)
    return use(shop)


def use(shop):
    """The dashboard works with the billing module as it is now."""
    wiring.use(shop.billing, wiring.settings())
    return shop


def verdict(tab):
    return tab.page(SessionState).verdict


@pytest.mark.parametrize("address", ["/", "/staff/customers"])
def test_who_works_here_is_sent_to_set_one_up_first(shop, address):
    demand(shop, SecondFactor.STAFF)
    tab = signed_in(use(shop), finance(shop))
    tab.open(OverviewState if address == "/" else StaffCustomersState, address)
    assert (verdict(tab), tab.went_to, tab.page(SessionState).shell.staff_parts) == (LOCKED, "", ())


def test_the_page_where_it_is_set_up_is_open_and_says_why(shop):
    demand(shop, SecondFactor.STAFF)
    tab = signed_in(use(shop), finance(shop))
    page = tab.open(SecurityState, "/account/security")
    assert (verdict(tab), page.safety.needs_factor) == (OPEN, True)


def test_as_soon_as_it_is_there_the_same_tab_has_everything(shop):
    demand(shop, SecondFactor.STAFF)
    fien = finance(use(shop))
    tab = signed_in(shop, fien)
    tab.open(SecurityState, "/account/security")
    switched_on(shop, fien)
    page = tab.do(SecurityState, "saved", "codes")
    assert (page.safety.needs_factor, bool(tab.page(SessionState).shell.staff_parts)) == (False, True)
    tab.open(StaffCustomersState, "/staff/customers")
    assert verdict(tab) == OPEN


@pytest.mark.parametrize("page", [OverviewState, InboxState, InvoicesState])
def test_a_customer_without_one_finds_every_page_of_the_account_shut(everybody, owners_tab, page):
    owners_tab.open(page, "/")
    assert verdict(owners_tab) == LOCKED


def test_a_page_on_screen_shuts_at_the_next_click(shop, owners_tab):
    owners_tab.open(InvoicesState, "/invoices")
    assert verdict(owners_tab) == OPEN
    demand(shop, SecondFactor.EVERYBODY)
    use(shop)
    owners_tab.do(InvoicesState, "show", "paid")
    assert verdict(owners_tab) == LOCKED


def test_ones_own_log_in_stays_within_reach(everybody, owners_tab):
    owners_tab.open(ProfileState, "/account")
    assert verdict(owners_tab) == OPEN


def test_with_one_all_pages_are_open(everybody, owner, owners_tab):
    passkey(everybody, owner)
    owners_tab.open(OverviewState)
    assert verdict(owners_tab) == OPEN


def test_the_last_one_stays_and_the_page_says_so(everybody, owner, owners_tab):
    known = passkey(everybody, owner)
    owners_tab.open(SecurityState, "/account/security")
    page = owners_tab.do(SecurityState, "remove_passkey", str(known))
    assert (page.trouble.sentence, len(page.safety.passkeys)) == (sentence(LastSecondFactor()), 1)
    switched_on(everybody, owner)
    owners_tab.do(SecurityState, "remove_passkey", str(known))
    page = owners_tab.do(SecurityState, "switch_off")
    assert (page.trouble.sentence, page.safety.has_app) == (sentence(LastSecondFactor()), True)
