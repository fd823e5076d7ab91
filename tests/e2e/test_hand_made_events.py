"""Events made by hand, past all buttons: over a real socket to the running demo, with a real cookie or none."""

import json
import sqlite3
from contextlib import closing
from inspect import signature

import pytest

from billing.access import DEFAULTS, Permission
from billing.accounts.tables import Role
from billing.logins import sessions
from tests.e2e.raw_socket import ROOT, RawTab, cookie_of, full_name, rows, sent_to_do
from tests.e2e.stack import Demo
from tests.e2e.steps import BAKERY, OWNER
from tests.matrix.calls import filled
from tests.matrix.decision import OPEN
from tests.matrix.decisions import EVENTS
from tests.states.test_surface import our_states

pytestmark = pytest.mark.usefixtures("quiet")

SECRET = "Geheimregel"
# What somebody could see who has no right to.
REVEALS = {
    Permission.INVOICES_VIEW: SECRET, Permission.USERS_MANAGE: OWNER, Permission.WEBSITE_MANAGE: '"web_root"',
    Permission.EMAIL_MANAGE: "winkel-noord@",
}  # fmt: skip
ROLES = {"boekhouder@demo.test": Role.BOOKKEEPER, "techniek@demo.test": Role.TECHNICIAN}


def forbidden(role: Role) -> list[str]:
    """The events that need a right which the role has not."""
    needs = {name: decision.needs for name, decision in EVENTS.items()}
    return [name for name, right in needs.items() if isinstance(right, Permission) and right not in DEFAULTS[role]]


@pytest.fixture(scope="module")
def ids(demo: Demo) -> dict[str, str]:
    """Ids of the bakery, among them of an invoice with a secret on it."""
    number = demo.issue(BAKERY, SECRET, price="10.00")
    with closing(sqlite3.connect(demo.options.database)) as file:
        [(account,)] = file.execute("SELECT id FROM account WHERE name = ?", (BAKERY,)).fetchall()
        [(service, hanging)] = file.execute(
            "SELECT hangs_on, id FROM service WHERE account_id = ? AND hangs_on IS NOT NULL", (account,)
        )
        [(package, domain)] = file.execute("SELECT id, domain FROM hosting_package WHERE account_id = ?", (account,))
    return {
        "word": SECRET, "invoice": number, "pending": number, "account": str(account), "package": str(package),
        "domain": domain, "service": str(service), "hanging": str(hanging),
    }  # fmt: skip


def send_valid(tab: RawTab, event: str, ids: dict[str, str]) -> None:
    """Open the page and send the event as the page would, with arguments that are right."""
    decision = EVENTS[event]
    at = filled(decision.at, ids)
    state, name = event.split(".")
    opens = f"{state}.load" if f"{state}.load" in EVENTS else "OverviewState.load"
    tab.send(full_name(opens), at=at)
    for step, sends in [*decision.first, (name, decision.sends)]:
        tab.send(full_name(f"{state}.{step}"), arguments(f"{state}.{step}", filled(sends, ids)), at=at)


def arguments(event: str, sends: tuple[object, ...]) -> dict[str, object]:
    """Arguments by the names that the handler gives them."""
    state, name = event.split(".")
    handler = next(one for one in our_states() if one.__name__ == state).event_handlers[name]
    _, *names = signature(handler.fn).parameters
    return dict(zip(names, sends, strict=False))


@pytest.mark.parametrize("email", ROLES)
def test_who_has_not_the_right_changes_and_learns_nothing(demo, ids, email):
    cookie = cookie_of(demo, email)
    before = rows(demo)
    hidden = [word for right, word in REVEALS.items() if right not in DEFAULTS[ROLES[email]]]
    with RawTab(demo, cookie) as tab:
        for event in forbidden(ROLES[email]):
            send_valid(tab, event, ids)
        tab.settled(patience=1)
        heard = "".join(tab.heard)
    assert rows(demo) == before
    assert [word for word in [*hidden, demo.sandbox_url] if word in heard] == []


def test_all_of_the_website_and_the_mail_is_forbidden_to_the_bookkeeper():
    hosting = {name for name in EVENTS if name.startswith(("WebsiteState.", "EmailState."))}
    assert {name.split(".")[0] for name in hosting} == {"WebsiteState", "EmailState"}
    assert hosting <= set(forbidden(Role.BOOKKEEPER))


@pytest.mark.parametrize(
    ("event", "right"),
    [
        ("InvoiceState.load", Permission.INVOICES_VIEW),
        ("UsersState.load", Permission.USERS_MANAGE),
        ("WebsiteState.load", Permission.WEBSITE_MANAGE),
        ("EmailState.load", Permission.EMAIL_MANAGE),
    ],
)
def test_who_has_the_right_gets_it_in_the_same_way(demo, ids, event, right):
    with RawTab(demo, cookie_of(demo, OWNER)) as tab:
        send_valid(tab, event, ids)
        assert REVEALS[right] in "".join(tab.settled())


@pytest.mark.parametrize(
    "event", ["WebsiteState.save", "EmailState.add_forward", "EmailState.remove_forward", "EmailState.switch"]
)
def test_a_change_that_gets_through_would_be_seen_in_the_rows(demo, ids, event):
    cookie = cookie_of(demo, OWNER)
    before = rows(demo)
    with RawTab(demo, cookie) as tab:
        send_valid(tab, event, ids)
        tab.settled()
    assert rows(demo) != before


def test_a_page_of_somebody_else_gets_no_socket(demo):
    with pytest.raises(ConnectionError, match="403"):
        RawTab(demo, cookie_of(demo, OWNER), origin="http://evil.example")


def test_without_a_cookie_there_is_nothing_but_the_way_to_the_log_in_form(demo, ids):
    before = rows(demo)
    with RawTab(demo) as tab:
        for event, decision in EVENTS.items():
            if decision.needs is not OPEN and not decision.mute:
                send_valid(tab, event, ids)
                told = sent_to_do(tab.settled(patience=0.05))
                assert told
                assert {name for name, _ in told} == {"_redirect"}
                assert all(payload["path"].startswith("/login") for _, payload in told)
        assert rows(demo) == before
        assert not [text for text in tab.heard if SECRET in text or BAKERY in text]


INSIDE = [
    "", "nope", "__class__", f"{ROOT}.__init__", f"{ROOT}.setvar", f"{ROOT}.set_is_hydrated", f"{ROOT}.hydrate",
    f"{ROOT}.get_state", f"{ROOT}.reflex___state____update_vars_internal_state.update_vars_internal",
    f"{ROOT}.reflex___istate___shared____shared_state_base_internal.setvar",
    *(
        f"{state.get_full_name()}.{name}"
        for state in our_states()
        for name in ("setvar", "reset", "_reload", "_fill", "_show", "get_state", "__class__", "dict", "load.fn")
    ),
]  # fmt: skip


def test_what_is_inside_cannot_be_called(demo):
    cookie = cookie_of(demo, OWNER)
    before = rows(demo)
    with RawTab(demo, cookie) as tab:
        tab.settled()
        for name in INSIDE:
            for payload in ({}, {"var_name": "screen", "value": "x"}, {"vars": {"a": 1}}, {"state_cls": "x"}):
                tab.send(name, payload)
        assert len(tab.settled()) == 1
    assert rows(demo) == before


def test_a_client_cannot_say_again_who_it_is(demo):
    with RawTab(demo) as tab:
        asked = {"QUERY_STRING": "token=stolen", "asgi.scope": {"headers": [], "client": ["192.0.2.66", 1]}}
        tab.emit("connect", asked)
        tab.emit("connect", asked, {"event": {"name": full_name("OverviewState.load")}})
        said = "".join(tab.settled())
    assert "stolen" not in said
    assert "192.0.2.66" not in said


@pytest.fixture
def left_open(demo: Demo, ids: dict[str, str]) -> str:
    """The name of a tab in which the owner looked at the invoice with the secret, and which is closed."""
    with RawTab(demo, cookie_of(demo, OWNER)) as tab:
        send_valid(tab, "InvoiceState.load", ids)
        assert SECRET in "".join(tab.settled())
    return tab.tab


@pytest.mark.parametrize("email", ["", "techniek@demo.test"])
def test_who_knows_the_name_of_a_tab_has_not_what_is_in_it(demo, left_open, email):
    with RawTab(demo, cookie_of(demo, email) if email else "", tab=left_open) as tab:
        tab.send(f"{ROOT}.hydrate_and_load", {}, at="/login")
        heard = "".join(tab.settled())
    assert "client_token" in heard
    assert SECRET not in heard


def test_a_session_that_ended_elsewhere_is_refused_at_the_next_event(demo, ids):
    cookie = cookie_of(demo, OWNER)
    with RawTab(demo, cookie) as tab:
        send_valid(tab, "InvoiceState.load", ids)
        assert SECRET in "".join(tab.settled())
        demo.billing.do(sessions.end, cookie.partition("=")[2])
        before = rows(demo)
        send_valid(tab, "InvoiceState.pay", ids)
        heard = tab.settled(patience=1)
    assert rows(demo) == before
    assert SECRET not in "".join(heard)
    assert {name for name, _ in sent_to_do(heard)} == {"_redirect"}
    assert all(json.dumps(payload).find("/login") > 0 for _, payload in sent_to_do(heard))


def test_no_cookie_is_in_the_log(demo):
    assert "voldaan_session" not in demo.log.read_text()
