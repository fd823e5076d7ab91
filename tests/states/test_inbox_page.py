"""The inbox: open invoices of all customers of one person."""

import asyncio

import pytest

from billing.accounts.tables import Role
from billing.invoices import inbox
from billing.logins import sessions
from dashboard import live
from dashboard.pages.inbox_state import InboxState
from dashboard.pages.invoices_state import InvoicesState
from dashboard.pages.overview import OverviewState
from dashboard.session import DENIED, OPEN, SessionState
from tests.states.conftest import signed_in

ADDRESS = "/inbox"


@pytest.fixture
def club(shop, bookkeeper):
    """Another customer of the bookkeeper."""
    other = shop.customer("Fietsclub")
    shop.also_member(bookkeeper, other)
    return other


@pytest.fixture
def numbers(shop, account, club):
    """An open invoice of each customer."""
    return [shop.invoice(account), shop.invoice(club, "10.00")]


def test_it_lists_what_is_open_at_every_customer(tab, numbers):
    mail = tab.open(InboxState, ADDRESS).mail
    assert tab.page(SessionState).verdict == OPEN
    assert [(row.customer, row.number, row.button) for row in mail.rows] == [
        ("Bakkerij Test", numbers[0], "solid"), ("Fietsclub", numbers[1], "soft"),
    ]  # fmt: skip
    assert [(customer.name, customer.count, customer.open.figures) for customer in mail.customers] == [
        ("Bakkerij Test", "1 factuur", "121,00"), ("Fietsclub", "1 factuur", "12,10"),
    ]  # fmt: skip
    assert (mail.total.figures, mail.title, mail.spread) == ("133,10", "Openstaande facturen", "1 tot en met 2 van 2")
    assert mail.rows[1].action_name == f"Betalen, factuur {numbers[1]} van Fietsclub"


def test_one_customer_alone(tab, numbers, club):
    tab.open(InboxState, ADDRESS)
    mail = tab.do(InboxState, "show", str(club)).mail
    assert [row.number for row in mail.rows] == [numbers[1]]
    assert (mail.title, mail.total.figures) == ("Openstaand bij Fietsclub", "133,10")
    assert [customer.chosen for customer in (mail.everybody, *mail.customers)] == ["false", "false", "true"]
    assert mail.period.account == str(club)
    assert len(tab.do(InboxState, "show", "").mail.rows) == 2


@pytest.mark.parametrize(
    ("event", "sent"),
    [("show", None), ("show", 1), ("show", ["1"]), ("show", "x"), ("show", "4711"), ("turn", "ver"), ("turn", 10**9)],
)
def test_nonsense_from_a_client_lists_all(tab, numbers, event, sent):
    tab.open(InboxState, ADDRESS)
    assert len(tab.do(InboxState, event, sent).mail.rows) == 2


def test_a_customer_of_somebody_else_can_not_be_shown(shop, tab, numbers):
    foreign = shop.customer("Van een ander")
    shop.invoice(foreign)
    tab.open(InboxState, ADDRESS)
    mail = tab.do(InboxState, "show", str(foreign)).mail
    assert [row.number for row in mail.rows] == numbers


def test_it_runs_over_pages_and_only_the_very_first_button_is_solid(tab, numbers, monkeypatch):
    monkeypatch.setattr(inbox, "PAGE_SIZE", 1)
    assert tab.open(InboxState, ADDRESS).mail.has_next
    mail = tab.do(InboxState, "turn", 1).mail
    assert ([row.number for row in mail.rows], mail.rows[0].button) == ([numbers[1]], "soft")
    assert (mail.has_previous, mail.has_next) == (True, False)


def test_where_one_may_only_look_there_is_no_button_to_pay(shop, account):
    reader = shop.member(account, Role.READ_ONLY)
    number = shop.invoice(account)
    [row] = signed_in(shop, reader).open(InboxState, ADDRESS).mail.rows
    assert (row.number, row.action, row.button) == (number, "Bekijken", "line")


def test_nothing_open_is_said_in_words(tab, club):
    mail = tab.open(InboxState, ADDRESS).mail
    assert (mail.rows, mail.spread, mail.clear_title) == ((), "", "Er staat nergens iets open")
    mail = tab.do(InboxState, "show", str(club)).mail
    assert mail.clear_title == "Bij Fietsclub staat niets open"


def test_who_may_see_invoices_nowhere_has_no_access(shop, account):
    tab = signed_in(shop, shop.member(account, Role.TECHNICIAN))
    assert tab.open(InboxState, ADDRESS).mail.rows == ()
    assert tab.page(SessionState).verdict == DENIED


def test_a_technician_of_one_customer_finds_the_invoices_of_the_other(shop, account, club, numbers):
    actor = shop.member(account, Role.TECHNICIAN)
    shop.also_member(actor, club)
    mail = signed_in(shop, actor).open(InboxState, ADDRESS).mail
    assert [row.number for row in mail.rows] == [numbers[1]]


def test_what_is_paid_anywhere_leaves_the_list(shop, bookkeeper, tab, numbers):
    shown = tab.open(InboxState, ADDRESS)
    shop.pay(bookkeeper, numbers[1])
    asyncio.run(shown._reload())
    assert [row.number for row in shown.mail.rows] == numbers[:1]


def test_every_customer_is_watched(tab, account, club, numbers):
    tab.open(InboxState, ADDRESS)
    assert set(live._screens["tab-1"].versions) == {account, club}
    tab.open(OverviewState)
    assert set(live._screens["tab-1"].versions) == {account}


def test_the_way_there_is_shown_to_who_has_several_accounts_with_invoices(shop, account, tab, club):
    tab.open(OverviewState)
    assert tab.page(SessionState).shell.inbox
    technician = shop.member(account, Role.TECHNICIAN)
    shop.also_member(technician, club, Role.TECHNICIAN)
    for actor in (technician, shop.member(account)):
        other = signed_in(shop, actor)
        other.open(OverviewState)
        assert not other.page(SessionState).shell.inbox


def test_all_of_one_customer_are_paid_together_on_the_page_of_that_customer(shop, tab, club, numbers):
    tab.open(InboxState, ADDRESS)
    assert tab.do(InboxState, "show", str(club)).mail.together == ""
    second = shop.invoice(club)
    assert tab.do(InboxState, "show", str(club)).mail.together == "Twee facturen samen betalen"
    tab.do(InboxState, "pay_together")
    assert tab.went_to == "/invoices?kies=open"
    shown = tab.open(InvoicesState, tab.went_to)
    assert (set(shown.choice.numbers), tab.page(SessionState).shell.account) == ({numbers[1], second}, "Fietsclub")


def test_all_customers_can_not_be_paid_together(tab, account, numbers):
    assert tab.open(InboxState, ADDRESS).mail.together == ""
    tab.do(InboxState, "pay_together")
    assert tab.went_to == ""
    tab.open(OverviewState)
    assert tab.page(SessionState).shell.account == "Bakkerij Test"


def test_through_somebody_elses_eyes_there_is_no_inbox(shop, account):
    owner = shop.member(account, Role.OWNER)
    shop.also_member(owner, shop.customer("Ook van mij"), Role.OWNER)
    tab = signed_in(shop, owner)
    token = tab._cookie.removeprefix("voldaan_session=")
    shop.do(sessions.look_as, owner, token, account, role=Role.READ_ONLY, scopes=())
    tab.open(InboxState, ADDRESS)
    assert (tab.page(SessionState).verdict, tab.page(SessionState).shell.inbox) == (DENIED, False)
