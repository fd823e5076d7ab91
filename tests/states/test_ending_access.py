"""Access that ends while somebody is at the screen, and the successor who goes on."""

from datetime import UTC, datetime

import pytest

from billing.accounts import invitations
from billing.accounts.invitations import HandOver
from billing.accounts.tables import Role, User
from billing.clock import local_day
from billing.logins import mailed, sessions
from billing.logins.sessions import Visitor
from billing.ports import AccountMailKind
from dashboard.pages.invoice_state import InvoiceState
from dashboard.pages.overview import OverviewState
from dashboard.session import DENIED, GONE, SessionState
from tests.staffing import finance
from tests.states.conftest import Tab, signed_in

EMAIL, PASSWORD = "opvolger@test.example", "vijf natte olifanten dansen"


@pytest.fixture
def owner(shop, account):
    return shop.member(account, Role.OWNER)


@pytest.fixture
def treasurer(shop, account, owner):
    """At work late on the evening of the last day."""
    shop.clock.time = datetime(2026, 3, 31, 20, 30, tzinfo=UTC)
    return shop.member(account, mails=True, ends_on=local_day(shop.clock.now()))


def successor(shop, owner, account, treasurer):
    """Takes over by the link in the mail; the tab in which this person is logged in."""
    command = HandOver(treasurer.user_id, EMAIL, "Otto Opvolger", local_day(shop.clock.now()))
    shop.do(invitations.hand_over, shop.proven(owner), account, command)
    shop.carry_out()
    [url] = [mail.url for mail in shop.writer.asked_accounts if mail.kind is AccountMailKind.HANDOVER]
    return Tab(mailed.accept_invitation(shop.billing, url.rpartition("/")[2], "Otto Opvolger", PASSWORD, Visitor()))


def test_after_midnight_the_next_click_is_refused_and_shows_nothing(shop, account, treasurer):
    number = shop.invoice(account)
    tab = signed_in(shop, treasurer)
    assert tab.open(InvoiceState, f"/invoices/{number}").view.number == number
    shop.clock.advance(minutes=95)
    shown = tab.do(InvoiceState, "pay", "ideal")
    assert shop.gateway.started == []
    assert shown.sorry
    tab.open(OverviewState)
    assert (tab.page(SessionState).shell.account, tab.page(OverviewState).open.count) == ("", "")
    tab.open(InvoiceState, f"/invoices/{number}")
    assert (tab.page(SessionState).verdict, tab.page(InvoiceState).view.number) == (DENIED, "")


def test_the_successor_sees_pays_and_gets_the_mails_from_then_on(shop, account, owner, treasurer):
    tab = successor(shop, owner, account, treasurer)
    shop.clock.advance(minutes=95)
    number = shop.invoice(account)
    shop.carry_out()
    assert [mail.to_address for mail in shop.mail.sent if mail.subject == f"invoice {number}"] == [EMAIL]
    tab.open(InvoiceState, f"/invoices/{number}")
    tab.do(InvoiceState, "pay", "ideal")
    assert [order.invoice_number for order in shop.gateway.started] == [number]
    assert shop.one(User, email=EMAIL).last_login_at is not None


def test_who_is_logged_out_by_finance_is_out_of_every_open_page_at_the_next_click(shop, account, owner):
    number = shop.invoice(account)
    tab = signed_in(shop, owner)
    tab.open(InvoiceState, f"/invoices/{number}")
    shop.do(sessions.end_all_of, finance(shop), f"{owner.name}@test.example")
    tab.do(InvoiceState, "pay", "ideal")
    assert (tab.went_to.partition("?")[0], shop.gateway.started) == ("/login", [])
    tab.do(SessionState, "look_again")
    assert (tab.page(SessionState).verdict, tab.page(InvoiceState).view.number) == (GONE, "")
