"""The page about safety, and what all these pages refuse."""

from typing import Any

import pytest

from billing.access import DEFAULTS
from billing.accounts.tables import Role
from billing.errors import OnlyLooking
from billing.logins import sessions
from billing.logins.queries import identity
from billing.logins.sessions import Visitor
from billing.logins.tables import LoginSession, Passkey
from dashboard.pages.account_billing import DetailsState
from dashboard.pages.account_security_state import SecurityState
from dashboard.pages.account_state import ProfileState
from dashboard.rows.account import TEXTS
from dashboard.rows.problems import sentence
from dashboard.session import GONE, OPEN, SessionState
from tests.demanding import passkey
from tests.states.conftest import STRANGE, Tab, proof_gets_old, proves

UNREADABLE = TEXTS.problems["unreadable"]
GONE_ALREADY = TEXTS.problems["not_found"]
DETAILS = {"name": "Bakkerij Nieuw", "attention": "", "street": "", "postal_code": "", "city": "", "country": "NL",
           "customer_kind": "business", "vat_number": "", "chamber_number": "",
           "language": "nl"}  # fmt: skip


def test_the_page_shows_where_one_is_logged_in(shop, owner, owners_tab):
    chrome = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36"
    shop.do(sessions.start, owner.user_id or 0, Visitor("198.51.100.9", chrome))
    shop.do(sessions.start, shop.member(shop.customer()).user_id or 0, Visitor())
    page = owners_tab.open(SecurityState, "/account/security")
    assert sorted((session.device, session.address, session.here) for session in page.safety.sessions) == [
        ("Chrome op Windows", "198.51.100.9", False), ("Onbekend apparaat", "", True),
    ]  # fmt: skip


def test_a_session_elsewhere_is_ended(shop, owner, owners_tab):
    elsewhere = shop.do(sessions.start, owner.user_id or 0, Visitor())
    page = owners_tab.open(SecurityState, "/account/security")
    [other] = [session for session in page.safety.sessions if not session.here]
    page = owners_tab.do(SecurityState, "end_session", other.id)
    assert shop.ask(identity, elsewhere) is None
    assert (len(page.safety.sessions), page.news.sentence) == (1, "Daar ben je uitgelogd.")


def test_all_other_sessions_are_ended_at_once(shop, owner, token, owners_tab):
    elsewhere = [shop.do(sessions.start, owner.user_id or 0, Visitor()) for _ in range(2)]
    owners_tab.open(SecurityState, "/account/security")
    page = owners_tab.do(SecurityState, "end_others")
    assert [shop.ask(identity, other) for other in elsewhere] == [None, None]
    assert (shop.ask(identity, token) is not None, len(page.safety.sessions)) == (True, 1)


def test_who_ends_the_session_of_this_very_tab_is_logged_out(owners_tab):
    [here] = owners_tab.open(SecurityState, "/account/security").safety.sessions
    owners_tab.do(SecurityState, "end_session", here.id)
    assert owners_tab.page(SessionState).verdict == GONE


def test_what_can_be_changed_opens_after_a_fresh_proof(shop, token, owners_tab):
    owners_tab.open(SecurityState, "/account/security")
    proof_gets_old(shop)
    page = owners_tab.do(SecurityState, "edit", "password")
    assert (page.proof.is_open, page.editing) == (True, "")
    proves(shop, token)
    page = owners_tab.do(SecurityState, "proven")
    assert (page.proof.is_open, page.editing) == (False, "password")
    assert owners_tab.do(SecurityState, "close").editing == ""


def test_backup_codes_stay_on_screen_until_they_are_kept(owners_tab):
    before = owners_tab.open(SecurityState, "/account/security").round
    page = owners_tab.do(SecurityState, "saved", "codes")
    assert (page.editing, page.round) == ("codes", before)
    page = owners_tab.do(SecurityState, "close")
    assert (page.editing, page.round) == ("", before + 1)


def test_a_passkey_is_removed(shop, owner, owners_tab):
    passkey_id = passkey(shop, owner)
    page = owners_tab.open(SecurityState, "/account/security")
    assert [key.name for key in page.safety.passkeys] == ["Laptop"]
    owners_tab.do(SecurityState, "ask_removal", str(passkey_id))
    page = owners_tab.do(SecurityState, "remove_passkey", str(passkey_id))
    assert (page.safety.passkeys, page.removing) == ((), "")


def test_switching_off_what_is_off_changes_nothing(owners_tab):
    owners_tab.open(SecurityState, "/account/security")
    assert not owners_tab.do(SecurityState, "switch_off").safety.has_app


@pytest.mark.parametrize("event", ["end_session", "remove_passkey"])
def test_what_is_somebody_elses_answers_as_if_it_did_not_exist(shop, account, owners_tab, event):
    stranger = shop.member(account)
    shop.do(sessions.start, stranger.user_id or 0, Visitor())
    theirs = {"end_session": str(shop.one(LoginSession, user_id=stranger.user_id).id),
              "remove_passkey": str(passkey(shop, stranger))}  # fmt: skip
    owners_tab.open(SecurityState, "/account/security")
    for sent in (theirs[event], "999999"):
        assert owners_tab.do(SecurityState, event, sent).trouble.sentence == GONE_ALREADY
    assert len(shop.all(Passkey)) == 1
    assert shop.one(LoginSession, user_id=stranger.user_id).ended_at is None


@pytest.mark.parametrize("payload", [*STRANGE, "-1", "1e3", "٣", "9" * 40, 1.5])
@pytest.mark.parametrize("event", ["end_session", "remove_passkey"])
def test_what_is_no_row_answers_as_if_it_did_not_exist(shop, owner, owners_tab, event, payload):
    passkey(shop, owner)
    owners_tab.open(SecurityState, "/account/security")
    page = owners_tab.do(SecurityState, event, payload)
    assert page.trouble.sentence == GONE_ALREADY
    assert (len(page.safety.sessions), len(page.safety.passkeys)) == (1, 1)


@pytest.mark.parametrize("payload", [*STRANGE, "codes", "everything"])
def test_nothing_else_can_be_opened(owners_tab, payload):
    owners_tab.open(SecurityState, "/account/security")
    page = owners_tab.do(SecurityState, "edit", payload)
    assert (page.editing, page.trouble.sentence) == ("", UNREADABLE)


@pytest.mark.parametrize("payload", STRANGE)
@pytest.mark.parametrize("event", ["saved", "ask_removal"])
def test_what_only_moves_the_page_takes_anything(owners_tab, event, payload):
    owners_tab.open(SecurityState, "/account/security")
    owners_tab.do(SecurityState, event, payload)
    assert owners_tab.page(SessionState).verdict == OPEN


# Through somebody else's eyes, and after the session has ended


@pytest.fixture
def looking(shop, account, owner, token, owners_tab) -> Tab:
    scopes = tuple(right.value for right in DEFAULTS[Role.ADMINISTRATOR])
    shop.do(sessions.look_as, owner, token, account, role=Role.ADMINISTRATOR.value, scopes=scopes)
    return owners_tab


ACTS: list[tuple[Any, str, str, tuple[Any, ...]]] = [
    (ProfileState, "/account", "rename", ({"name": "Anders"},)),
    (ProfileState, "/account", "ask_email", ({"email": "anders@test.example"},)),
    (ProfileState, "/account", "choose", ("invoices",)),
    (DetailsState, "/account/billing", "save", (DETAILS,)),
    (SecurityState, "/account/security", "edit", ("password",)),
    (SecurityState, "/account/security", "switch_off", ()),
    (SecurityState, "/account/security", "remove_passkey", ("1",)),
    (SecurityState, "/account/security", "end_session", ("1",)),
    (SecurityState, "/account/security", "end_others", ()),
]


@pytest.mark.parametrize(("page", "address", "event", "sent"), ACTS, ids=lambda value: str(value)[:20])
def test_who_looks_through_somebody_elses_eyes_reads_and_changes_nothing(shop, looking, page, address, event, sent):
    looking.open(page, address)
    before = len(shop.audit())
    assert looking.page(SessionState).verdict == OPEN
    assert looking.do(page, event, *sent).trouble.sentence == sentence(OnlyLooking())
    assert len(shop.audit()) == before


@pytest.mark.parametrize(("page", "address", "event", "sent"), ACTS, ids=lambda value: str(value)[:20])
def test_after_a_log_out_elsewhere_nothing_is_done(shop, token, owners_tab, page, address, event, sent):
    owners_tab.open(page, address)
    shop.do(sessions.end, token)
    before = len(shop.audit())
    owners_tab.do(page, event, *sent)
    assert owners_tab.page(SessionState).verdict == GONE
    assert len(shop.audit()) == before
