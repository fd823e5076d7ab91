"""Nobody sees anything without a session that the database knows."""

import pytest

from billing.logins import sessions
from dashboard.pages.credits import CreditsState
from dashboard.pages.email_state import EmailState
from dashboard.pages.inbox_state import InboxState
from dashboard.pages.invoice_state import InvoiceState
from dashboard.pages.invoices_state import InvoicesState
from dashboard.pages.login import LoginState
from dashboard.pages.mandate_state import MandateState
from dashboard.pages.overview import OverviewState
from dashboard.pages.products import ProductsState
from dashboard.pages.users_state import UsersState
from dashboard.pages.website_state import WebsiteState
from dashboard.session import SessionState
from tests.states.conftest import Tab

PAGES = [
    CreditsState, EmailState, InboxState, InvoiceState, InvoicesState, MandateState, OverviewState, ProductsState,
    UsersState, WebsiteState,
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_a_session_leads_to_the_log_in_form(shop, page):
    tab = Tab()
    tab.open(page, "/products?a=1")
    assert tab.went_to == "/login?next=%2Fproducts%3Fa%3D1"
    assert tab.page(SessionState).screen == ""


def test_nobody_who_stops_looking_is_sent_to_the_log_in_form(shop):
    tab = Tab()
    tab.at(SessionState, "/products")
    tab.do(SessionState, "stop_looking")
    assert tab.went_to == "/login?next=%2Fproducts"


def test_a_token_that_nobody_got_is_no_session(shop):
    tab = Tab("made-up")
    tab.open(OverviewState)
    assert tab.went_to == "/login"


def test_what_was_on_screen_is_gone_once_the_session_ended(shop, account, tab):
    shop.invoice(account)
    shown = tab.open(OverviewState)
    assert shown.open.count == "1"
    token = tab._cookie.removeprefix("voldaan_session=")
    shop.do(sessions.end, token)
    shown = tab.open(OverviewState)
    assert (shown.greeting, shown.open.count) == ("", "")
    assert tab.page(SessionState).shell.name == ""


def test_an_open_page_says_so_when_the_session_ends(shop, account, tab):
    number = shop.invoice(account)
    tab.open(InvoiceState, f"/invoices/{number}")
    shop.do(sessions.end, tab._cookie.removeprefix("voldaan_session="))
    shown = tab.do(InvoiceState, "pay", "ideal")
    assert tab.went_to.startswith("/login?next=")
    assert shop.gateway.started == []
    assert shown.sorry == ""


def test_the_log_in_form_empties_what_the_last_person_saw(shop, account, tab):
    shop.invoice(account)
    tab.open(OverviewState)
    tab.open(LoginState, "/login?next=%2Finvoices")
    assert tab.page(OverviewState).open.count == ""
    assert tab.page(SessionState).shell.name == ""
    assert tab.page(LoginState).target == "/invoices"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ""),
        ("?fout=login_failed", "horen niet bij elkaar"),
        ("?fout=login_throttled&retry_after=40", "40 seconden"),
        ("?fout=login_throttled&retry_after=300", "5 minuten"),
        ("?fout=login_throttled&retry_after=lang", "60 seconden"),
        ("?fout=problem&id=ab<b>12", "abb12"),
    ],
)
def test_the_log_in_form_says_what_went_wrong(shop, query, words):
    shown = Tab().open(LoginState, f"/login{query}")
    assert words in shown.sorry
    assert bool(shown.sorry) == bool(query)
