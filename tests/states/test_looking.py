"""Through somebody else's eyes: seeing what they see, and changing nothing whatsoever."""

import asyncio
import inspect
from collections.abc import Iterator
from typing import Any

import pytest
import reflex as rx
from sqlalchemy import select

from billing import access
from billing.access import Actor
from billing.accounts import invitations
from billing.accounts.invitations import Invite
from billing.accounts.tables import Role
from billing.db import Work
from billing.logins import sessions
from billing.logins.queries import identity
from billing.tables import METADATA
from dashboard import dashboard
from dashboard.pages.invoice_state import InvoiceState
from dashboard.pages.invoices_state import InvoicesState
from dashboard.pages.overview import OverviewState
from dashboard.pages.users_state import UsersState
from dashboard.rows.user_form import NEW
from dashboard.session import DENIED, OPEN, SessionState
from tests.factories import Shop
from tests.states.conftest import Tab, signed_in

USERS = "/account/users"
ONLY_LOOKING = "door de ogen van iemand anders"
# What comes in the place of each argument of an event; a form is what several events take.
SENT: list[Any] = [
    "ideal", NEW, "1", "m2", "i1", "2026-0001", "invoices", "invoices.pay", "read_only", 1,
    {"name": "Iemand anders", "email": "nieuw@demo.test", "street": "Elders 1", "vat_number": ""},
]  # fmt: skip


@pytest.fixture
def owner(shop: Shop, account: int) -> Actor:
    return shop.member(account, Role.OWNER)


@pytest.fixture
def tab(shop: Shop, owner: Actor) -> Tab:
    """A tab in which the owner has just logged in."""
    return signed_in(shop, owner)


def token_of(tab: Tab) -> str:
    return tab._cookie.removeprefix("voldaan_session=")


def look(shop: Shop, tab: Tab, owner: Actor, account: int, role: Role, name: str = "Bas Boekstaaf") -> None:
    """Look as somebody who may all that this role may ever have."""
    scopes = tuple(access.scopes_text(access.possible(role)).split())
    shop.do(sessions.look_as, owner, token_of(tab), account, role=role.value, scopes=scopes, name=name)


def everything(work: Work) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for how often somebody looked."""
    tables = [table for table in METADATA.sorted_tables if table.name != "rate_count"]
    return {table.name: sorted((tuple(row) for row in work.plain(select(table))), key=repr) for table in tables}


def dump(shop: Shop) -> dict[str, list[tuple[Any, ...]]]:
    return shop.ask(everything)


def acts() -> Iterator[tuple[type[rx.State], str]]:
    """Every event of every page that could do something."""
    assert dashboard.app
    for state in rx.State.get_substates():
        if state.__module__.startswith("dashboard."):
            names = {name for name in state.event_handlers if name not in {"load", "setvar", "stop_looking"}}
            yield from ((state, name) for name in sorted(names))


def send_everything(tab: Tab, state: type[rx.State], event: str) -> None:
    """Run an event with each thing that a client might send."""
    wanted = len(inspect.signature(state.event_handlers[event].fn).parameters) - 1
    for sent in SENT if wanted else SENT[:1]:
        tab.do(state, event, *[sent] * wanted)


def test_a_row_of_the_table_leads_to_the_dashboard_as_that_person_sees_it(shop, account, bookkeeper, owner, tab):
    tab.open(UsersState, USERS)
    tab.do(UsersState, "look_as", f"m{bookkeeper.user_id}")
    assert tab.went_to == "/"
    tab.open(OverviewState)
    shell = tab.page(SessionState).shell
    assert shell.looking == f"Je kijkt als {bookkeeper.name} (boekhouder). Je kunt alleen kijken."
    assert "/account/users" not in [part.url for part in shell.account_parts]
    seen = shop.ask(identity, token_of(tab))
    assert seen.permissions == access.DEFAULTS[Role.BOOKKEEPER]


def test_an_invitation_can_be_looked_through_too(shop, account, owner, tab):
    command = Invite("ada@demo.test", "Ada van Lezen", "technician", ("website.manage",), ())
    invitation_id = shop.do(invitations.invite, shop.proven(owner), account, command)
    tab.open(UsersState, USERS)
    tab.do(UsersState, "look_as", f"i{invitation_id}")
    assert shop.ask(identity, token_of(tab)).permissions == {access.Permission.WEBSITE_MANAGE}


def test_one_can_look_before_inviting(shop, owner, tab):
    tab.open(UsersState, USERS)
    tab.do(UsersState, "open_form", NEW)
    tab.do(UsersState, "choose_role", "technician")
    tab.do(UsersState, "look_as_draft")
    assert tab.went_to == "/"
    shown = tab.open(OverviewState)
    assert (shown.sees_invoices, shown.sees_services) == (False, True)
    assert tab.page(SessionState).shell.looking == "Je kijkt als technicus. Je kunt alleen kijken."


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNER])
def test_one_sees_what_the_role_sees(shop, account, owner, tab, role):
    number = shop.invoice(account)
    own = signed_in(shop, shop.member(account, role))
    look(shop, tab, owner, account, role)
    own.open(OverviewState)
    tab.open(OverviewState)
    seen, theirs = tab.page(OverviewState), own.page(OverviewState)
    assert (seen.sees_invoices, seen.sees_services, seen.open) == (
        theirs.sees_invoices, theirs.sees_services, theirs.open,
    )  # fmt: skip
    for browser in (own, tab):
        browser.open(InvoiceState, f"/invoices/{number}")
    assert tab.page(InvoiceState).view == own.page(InvoiceState).view
    assert tab.page(SessionState).verdict == own.page(SessionState).verdict


def test_the_users_are_hidden_from_who_may_not_see_them(shop, account, owner, tab):
    look(shop, tab, owner, account, Role.BOOKKEEPER)
    assert tab.open(UsersState, USERS).people == ()
    assert tab.page(SessionState).verdict == DENIED


def test_stopping_gives_the_own_eyes_back(shop, account, owner, tab):
    look(shop, tab, owner, account, Role.TECHNICIAN)
    tab.open(OverviewState)
    tab.do(SessionState, "stop_looking")
    assert tab.went_to == USERS
    tab.open(UsersState, USERS)
    assert (tab.page(SessionState).verdict, tab.page(SessionState).shell.looking) == (OPEN, "")


def test_looking_lasts_no_longer_than_the_own_right(shop, account, owner, tab):
    look(shop, tab, owner, account, Role.BOOKKEEPER)
    shop.sql("UPDATE membership SET role = 'read_only', scopes = 'services.view' WHERE user_id = :id", id=owner.user_id)
    assert shop.ask(identity, token_of(tab)).permissions == {access.Permission.SERVICES_VIEW}


@pytest.mark.parametrize("method", ["ideal", "card", "bancontact"])
def test_the_pay_button_answers_that_one_is_only_looking(shop, account, owner, tab, method):
    number = shop.invoice(account)
    look(shop, tab, owner, account, Role.BOOKKEEPER)
    tab.open(InvoiceState, f"/invoices/{number}")
    before = dump(shop)
    assert ONLY_LOOKING in tab.do(InvoiceState, "pay", method).sorry
    tab.open(InvoicesState, "/invoices?kies=open")
    assert ONLY_LOOKING in tab.do(InvoicesState, "pay", method).sorry
    assert (dump(shop), shop.gateway.started) == (before, [])


def test_each_act_on_users_answers_that_one_is_only_looking(shop, account, bookkeeper, owner, tab):
    command = Invite("ada@demo.test", "Ada van Lezen", "read_only", ("invoices.view",), ())
    invitation_id = shop.do(invitations.invite, shop.proven(owner), account, command)
    look(shop, tab, owner, account, Role.ADMINISTRATOR)
    tab.open(UsersState, USERS)
    before, key = dump(shop), f"m{bookkeeper.user_id}"
    for events in (
        [("open_form", NEW), ("fill_in", "name", "Nico"), ("fill_in", "email", "nico@demo.test"), ("save",)],
        [("open_form", key), ("tick", "invoices.pay"), ("save",)],
        [("ask", key), ("confirm",)],
        [("ask", f"i{invitation_id}"), ("confirm",)],
        [("resend", f"i{invitation_id}")],
        [("look_as", key)],
        [("open_form", NEW), ("look_as_draft",)],
        [("open_hand_over", key), ("fill_in_successor", "name", "Nico"),
         ("fill_in_successor", "email", "nico@demo.test"), ("step_on",), ("finish_hand_over",)],
    ):  # fmt: skip
        for event, *sent in events:
            tab.do(UsersState, event, *sent)
        assert ONLY_LOOKING in tab.page(UsersState).trouble.sentence, events
        assert dump(shop) == before


@pytest.mark.parametrize(("state", "event"), list(acts()), ids=lambda part: getattr(part, "__name__", part))
def test_no_event_of_any_page_changes_a_row(shop, account, bookkeeper, owner, tab, state, event):
    number = shop.invoice(account)
    look(shop, tab, owner, account, Role.ADMINISTRATOR)
    addresses = {InvoiceState: f"/invoices/{number}", UsersState: USERS}
    if "load" in state.event_handlers:
        tab.open(state, addresses.get(state, "/"))
    before = dump(shop)
    send_everything(tab, state, event)
    assert dump(shop) == before


def test_an_event_that_does_change_something_would_be_noticed(shop, account, owner, tab):
    look(shop, tab, owner, account, Role.ADMINISTRATOR)
    before = dump(shop)
    asyncio.run(tab.at(SessionState, "/").stop_looking())
    assert dump(shop) != before
