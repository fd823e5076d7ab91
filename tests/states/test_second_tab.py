"""A tab that is looked at again after its person did something else in another: it never shows what is not theirs."""

import asyncio

from billing.logins import sessions
from dashboard.pages.overview import OverviewState
from dashboard.session import GONE, MOVED, OPEN, SessionState
from tests.states.conftest import Tab


def test_nothing_changes_while_nothing_happened_elsewhere(shop, account, token):
    shop.invoice(account)
    tab = Tab(token)
    tab.open(OverviewState)
    tab.do(SessionState, "look_again")
    assert tab.page(SessionState).verdict == OPEN
    assert tab.page(OverviewState).open.rows != []


def test_who_logged_out_elsewhere_sees_nothing_here(shop, account, token):
    shop.invoice(account)
    tab = Tab(token)
    tab.open(OverviewState)
    shop.do(sessions.end, token)
    tab.do(SessionState, "look_again")
    assert (tab.page(SessionState).verdict, tab.page(SessionState).screen) == (GONE, "/")
    assert tab.page(SessionState).shell.name == ""
    assert tab.page(OverviewState).open.rows == ()


def test_who_chose_another_account_elsewhere_is_told_before_doing_anything_here(shop, account, owner, token):
    club = shop.customer("Fietsclub")
    shop.also_member(owner, club)
    here, elsewhere = Tab(token), Tab(token)
    here.open(OverviewState)
    elsewhere.open(OverviewState)
    elsewhere.do(SessionState, "choose_account", str(club))
    here.do(SessionState, "look_again")
    assert here.page(SessionState).verdict == MOVED
    assert here.page(SessionState).shell.account == "Fietsclub"
    # Something changes in the account meanwhile.
    asyncio.run(here.page(OverviewState)._reload())
    assert here.page(SessionState).verdict == MOVED
    here.open(OverviewState)
    assert here.page(SessionState).verdict == OPEN
