"""The door for events: what a browser sends before Reflex sees it, and whose a tab's content is."""

import asyncio
import logging

import pytest

from billing.errors import OnlyLooking
from dashboard import guard
from dashboard.dashboard import app
from dashboard.guard import OneHolder, is_ours
from dashboard.pages.invoices_state import InvoicesState
from dashboard.pages.overview import OverviewState
from dashboard.rows.problems import by_code, sentence
from dashboard.session import SessionState
from tests.states.conftest import Tab, signed_in
from tests.states.test_surface import our_states

ROOT = "reflex___state____state"
SHOW = f"{InvoicesState.get_full_name()}.show"
HERE = {"pathname": "/invoices", "asPath": "/invoices?kies=open", "query": {"kies": "open"}}


def event(name: object = SHOW, payload: object = None, route: object = None) -> dict[str, object]:
    sent = {"shown": "open"} if payload is None else payload
    return {"name": name, "payload": sent, "router_data": HERE if route is None else route}


def test_what_our_pages_send_passes():
    assert is_ours(event())
    assert is_ours({"name": f"{OverviewState.get_full_name()}.load"})
    assert is_ours(event(f"{ROOT}.hydrate_and_load", {"hashes": ["a"]}))
    assert is_ours(event(route=HERE | {"query": {"splat": ["nergens", "x"]}}))


@pytest.mark.parametrize("data", [None, "text", 1, [], {}, {"name": None}, {"name": ["a"]}, {"payload": {}}])
def test_what_is_no_event_does_not(data):
    assert not is_ours(data)


@pytest.mark.parametrize(
    "route",
    ["/", [], {"asPath": 1}, {"asPath": "[::1"}, {"asPath": "/\ud800"}, {"pathname": None}, {"query": ["a"]},
     {"query": {"a": 1}}, {"query": {"a": {}}}, {"query": {"a": ["b"]}}, {"query": {"splat": [1]}}],
)  # fmt: skip
def test_an_address_that_is_none_does_not(route):
    assert not is_ours(event(route=route))


@pytest.mark.parametrize("state", our_states(), ids=lambda state: state.__name__)
def test_no_handler_that_sets_any_var_is_reached(state):
    sent = {"var_name": next(iter(state.base_vars), "screen"), "value": "a"}
    assert not is_ours(event(f"{state.get_full_name()}.setvar", sent))


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        (f"{ROOT}.setvar", {"var_name": "is_hydrated", "value": True}),
        (f"{ROOT}.set_is_hydrated", {"value": True}),
        (f"{ROOT}.hydrate", {}),
        (f"{ROOT}.reflex___state____update_vars_internal_state.update_vars_internal", {"vars": {}}),
        (f"{ROOT}.reflex___istate___shared____shared_state_base_internal.setvar", {"var_name": "a", "value": 1}),
        (f"{OverviewState.get_full_name()}._reload", {}),
        (f"{OverviewState.get_full_name()}._fill", {"visit": {}}),
        (f"{OverviewState.get_full_name()}.reset", {}),
        (f"{OverviewState.get_full_name()}.get_state", {"state_cls": "a"}),
        (f"{OverviewState.get_full_name()}.__class__", {}),
        ("dashboard.session.forget_everything", {}),
        ("", {}),
    ],
)
def test_the_inside_of_reflex_and_of_ours_is_not_reached(name, payload):
    assert not is_ours(event(name, payload))


def test_the_door_is_in_its_place():
    assert isinstance(app.event_namespace, guard.Guard)
    assert app.sio.namespace_handlers[app.event_namespace.namespace] is app.event_namespace
    assert app.backend_exception_handler is guard.on_error
    assert any(isinstance(middleware, OneHolder) for middleware in app._middlewares)


def test_what_is_refused_is_logged_by_its_name_alone(caplog):
    with caplog.at_level(logging.WARNING):
        asyncio.run(app.event_namespace.on_event("nobody", event("a name\nof two lines", {"secret": "word"})))
    assert [record.getMessage() for record in caplog.records] == ["event refused: 'a name\\nof two lines'"]


def test_a_second_connect_over_an_open_socket_is_refused(caplog):
    opened = {"QUERY_STRING": "token=somebody-elses", "asgi.scope": {"headers": [], "client": ["192.0.2.66"]}}
    asyncio.run(app.event_namespace.on_connect("nobody", opened))
    assert [record.getMessage() for record in caplog.records] == ["event refused: connect"]
    assert "nobody" not in app.event_namespace.sid_to_token


def test_a_bug_is_logged_under_the_id_that_the_person_is_told(caplog):
    said = str(guard.on_error(ValueError("inner words")))
    [problem_id] = [record.getMessage().removeprefix("problem ") for record in caplog.records]
    assert "tell" in said
    assert problem_id in said
    assert "inner words" not in said


def test_a_refusal_that_no_page_shows_is_said_and_is_no_bug(caplog):
    assert OnlyLooking.code in str(guard.on_error(OnlyLooking()))
    assert not caplog.records


def test_what_went_wrong_is_said_on_the_page_in_our_own_words(tab):
    assert tab.do(SessionState, "tell", OnlyLooking.code, "").trouble == sentence(OnlyLooking())
    assert "ab12" in tab.do(SessionState, "tell", "problem", "ab12").trouble
    assert tab.do(SessionState, "tell", "<b>made up", "<b>").trouble == by_code("billing_error")


def test_a_script_cannot_write_lines_into_the_log(caplog):
    guard.on_script_error(Exception("one\ntwo\x1b[2J" + "x" * 10_000))
    [record] = caplog.records
    assert record.getMessage().isprintable()
    assert len(record.getMessage()) < 1000


@pytest.fixture
def stale(shop, account, tab):
    """A tab that shows an open invoice, and then comes back with another cookie."""
    shop.invoice(account)
    assert tab.open(OverviewState).open.count == "1"
    asyncio.run(pass_by(tab))
    return tab


async def pass_by(tab: Tab) -> None:
    await OneHolder().preprocess(app, tab._root, None)


@pytest.mark.parametrize("who", ["nobody", "somebody else"])
def test_with_another_cookie_a_tab_starts_empty(shop, stale, who):
    other = signed_in(shop, shop.member(shop.customer("Van een ander"))) if who == "somebody else" else Tab()
    stale._cookie = other._cookie
    stale.at(OverviewState, "/")
    asyncio.run(pass_by(stale))
    assert stale.page(OverviewState).open.count == ""
    assert stale.page(SessionState).shell.name == ""


def test_with_the_same_cookie_it_keeps_what_it_shows(stale):
    asyncio.run(pass_by(stale))
    assert stale.page(OverviewState).open.count == "1"
