"""Who may not touch website and e-mail settings, and what a client can't make their pages do."""

import asyncio

import pytest

from billing.accounts.tables import Role
from billing.hosting.tables import HostingVersion
from dashboard.pages.email_state import EmailState
from dashboard.pages.website_state import WebsiteState
from dashboard.session import DENIED, GONE, OPEN, SessionState
from tests.states.conftest import Tab, signed_in

DOMAIN = "voorbeeld.test"
INFO, HANNA = f"info@{DOMAIN}", f"hanna@{DOMAIN}"
NONSENSE = [None, 1, [], {}, "", "999", ["1"], {"a": 1}, "1; DROP TABLE", "\x00", True]


@pytest.fixture
def package(shop, account):
    return str(shop.package(account, DOMAIN))


@pytest.fixture
def technician(shop, account):
    return shop.member(account, Role.TECHNICIAN)


@pytest.fixture
def tab(shop, technician, package):
    """A tab in which the technician is logged in."""
    return signed_in(shop, technician)


@pytest.fixture
def website(tab):
    tab.open(WebsiteState, "/website")
    return tab.page(WebsiteState)


@pytest.fixture
def email(tab):
    tab.open(EmailState, "/email")
    return tab.page(EmailState)


def sent(package, php="8.4", root="public_html", **ticked):
    """What the form of a website sends."""
    return {"package": package, "php_version": php, "web_root": root, **ticked}


def versions(shop):
    return len(shop.all(HostingVersion))


def test_an_account_without_hosting_has_no_cards(shop):
    tab = signed_in(shop, shop.member(shop.customer("Zonder website"), Role.OWNER))
    assert tab.open(WebsiteState, "/website").cards == ()
    assert tab.open(EmailState, "/email").cards == ()


@pytest.mark.parametrize("package_sent", NONSENSE)
def test_an_unknown_package_is_told_and_changes_nothing(shop, tab, website, email, package_sent):
    shown = tab.do(WebsiteState, "save", sent(package_sent))
    assert "niets veranderd" in shown.sorry
    assert "niets veranderd" in tab.do(EmailState, "switch", package_sent, INFO).sorry
    assert "niets veranderd" in tab.do(EmailState, "remove_forward", package_sent, INFO, HANNA).sorry
    tab.do(WebsiteState, "take_over", package_sent)
    assert (versions(shop), tab.page(SessionState).verdict) == (2, OPEN)


@pytest.mark.parametrize("form", [None, 1, "package", [], ["package"], {"package": []}])
def test_what_is_no_form_changes_nothing(shop, tab, website, email, form):
    assert "niets veranderd" in tab.do(WebsiteState, "save", form).sorry
    assert "niets veranderd" in tab.do(EmailState, "add_forward", form).sorry
    assert versions(shop) == 2


@pytest.mark.parametrize("role", [Role.BOOKKEEPER, Role.READ_ONLY])
def test_who_pays_has_no_access_and_events_made_by_hand_change_nothing(shop, account, package, role):
    payer = shop.member(account, role)
    tab = signed_in(shop, payer)
    for page, address in ((WebsiteState, "/website"), (EmailState, "/email")):
        assert tab.open(page, address).cards == ()
        assert tab.page(SessionState).verdict == DENIED
    _by_hand(tab, package)
    assert versions(shop) == 2


def test_who_loses_the_right_while_the_page_is_open_changes_nothing_more(
    shop, account, technician, tab, website, email, package
):
    bookkeeper = {"role": "bookkeeper", "scopes": "invoices.view", "user_id": technician.user_id}
    shop.sql("UPDATE membership SET role = :role, scopes = :scopes WHERE user_id = :user_id", **bookkeeper)
    _by_hand(tab, package)
    assert versions(shop) == 2
    assert tab.page(SessionState).verdict == DENIED


def test_who_is_logged_out_changes_nothing_and_is_sent_to_the_form(shop, tab, website, email, package):
    shop.sql("UPDATE login_session SET ended_at = '2026-03-06 08:00:00'")
    tab.do(WebsiteState, "save", sent(package))
    assert tab.went_to.startswith("/login")
    tab.do(EmailState, "switch", package, INFO)
    assert tab.went_to.startswith("/login")
    asyncio.run(email._reload())
    assert (tab.page(EmailState).cards, tab.page(SessionState).verdict, versions(shop)) == ((), GONE, 2)


def test_a_package_of_another_account_can_not_be_reached(shop, account, tab, website, email):
    foreign = str(shop.package(shop.customer("Van een ander"), "elders.test"))
    _by_hand(tab, foreign)
    assert versions(shop) == 4


def _by_hand(tab: Tab, package: str) -> None:
    """Send every event that could change something, as no page of ours does."""
    tab.do(WebsiteState, "save", sent(package, php="8.2"))
    tab.do(WebsiteState, "take_over", package)
    tab.do(EmailState, "switch", package, INFO)
    tab.do(EmailState, "add_forward", {"package": package, "source": "a", "target": "a@elders.test"})
    tab.do(EmailState, "remove_forward", package, f"winkel@{DOMAIN}", INFO)
