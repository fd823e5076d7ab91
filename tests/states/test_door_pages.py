"""The pages at the door: what a mailed link shows, and what the second step asks for."""

import pytest
from passlib.totp import TOTP

from billing import tokens
from billing.accounts import invitations
from billing.accounts.invitations import HandOver, Invite
from billing.accounts.tables import Role
from billing.errors import LinkExpired, LinkUsed, LinkWithdrawn
from billing.logins import authenticator, credentials, flows, mailed
from billing.logins.flows import LogIn
from billing.logins.sessions import Visitor
from billing.logins.tables import MailedLink
from billing.tokens import Purpose
from dashboard.pages.confirm import ConfirmState
from dashboard.pages.forgot import ForgotState
from dashboard.pages.invite import InviteState
from dashboard.pages.login import LoginState
from dashboard.pages.login_code import SecondStepState
from dashboard.pages.overview import OverviewState
from dashboard.pages.reset import ResetState
from dashboard.texts.nl import NL
from tests.factories import PASSWORD, SIGNING_KEY
from tests.states.conftest import Tab, signed_in

RIGHTS = ("credits.view", "invoices.pay", "invoices.view")
GOOD_PASSWORD = "vijf natte olifanten dansen"


@pytest.fixture
def owner(shop, account):
    """The owner, who has just proven an identity."""
    return shop.proven(shop.member(account, Role.OWNER))


def invite(shop, owner, account, email="nieuw@test.example", **other):
    """The token of an invitation."""
    command = Invite(email, "Nora Nieuw", Role.BOOKKEEPER, RIGHTS, (), **other)
    return tokens.sign(Purpose.INVITATION, SIGNING_KEY, shop.do(invitations.invite, owner, account, command), 1)


def offer(link, query=""):
    return Tab().open(InviteState, f"/invite/{link}{query}")


def test_an_invitation_says_who_invites_into_what_and_as_what(shop, owner, account):
    shown = offer(invite(shop, owner, account)).offer
    assert shown.title == f"{owner.name} nodigt je uit"
    assert shown.lede == f"{owner.name} geeft je toegang tot Bakkerij Test."
    assert (shown.role, shown.until) == ("Boekhouder of penningmeester", "Zonder einddatum")
    assert shown.rights == ("Facturen zien en downloaden", "Facturen betalen", "Credits zien")
    assert (shown.is_new, shown.end.title) == (True, "")


def test_an_invitation_says_until_when(shop, owner, account):
    last_day = shop.clock.now().date().replace(year=2027)
    shown = offer(invite(shop, owner, account, ends_on=last_day)).offer
    assert shown.until == "Tot en met 6 maart 2027"


def test_a_successor_sees_whose_place_it_is(shop, owner, account, bookkeeper):
    command = HandOver(bookkeeper.user_id or 0, "opvolger@test.example", "Olga Opvolger", None)
    invitation_id = shop.do(invitations.hand_over, owner, account, command)
    shown = offer(tokens.sign(Purpose.INVITATION, SIGNING_KEY, invitation_id, 1)).offer
    assert shown.title == f"Je volgt {bookkeeper.name} op"


def test_who_has_a_log_in_already_is_told_so(shop, owner, account):
    other = shop.member(shop.customer("Elders"))
    shown = offer(invite(shop, owner, account, f"{other.name}@test.example")).offer
    assert not shown.is_new
    assert "met hetzelfde wachtwoord" in shown.known_text


def test_after_a_failed_try_the_typed_name_is_still_there(shop, owner, account):
    shown = offer(invite(shop, owner, account), "?fout=weak_password&reason=short&naam=Nora+Anders")
    assert shown.name == "Nora Anders"
    assert shown.sorry.startswith("Dit wachtwoord is korter dan tien tekens.")
    assert shown.offer.title


@pytest.mark.parametrize(
    ("happened", "title"),
    [
        (LinkUsed, "Deze uitnodiging is al gebruikt"),
        (LinkWithdrawn, "Deze uitnodiging is ingetrokken"),
        (LinkExpired, "Deze uitnodiging is verlopen"),
    ],
)
def test_an_invitation_that_is_over_says_why(shop, owner, account, happened, title):
    link = invite(shop, owner, account)
    if happened is LinkUsed:
        mailed.accept_invitation(shop.billing, link, "Nora", GOOD_PASSWORD, Visitor())
    elif happened is LinkWithdrawn:
        shop.do(invitations.withdraw, owner, account, 1)
    else:
        shop.clock.advance(days=8)
    shown = offer(link).offer
    assert (shown.end.title, shown.end.url) == (title, "/login")
    assert (shown.title, shown.email, shown.rights) == ("", "", ())


def reset_link(shop, owner):
    shop.do(credentials.ask_reset, f"{owner.name}@test.example")
    return tokens.sign(Purpose.PASSWORD_RESET, SIGNING_KEY, shop.all(MailedLink)[-1].id or 0)


def test_a_link_for_a_password_says_whose_it_is(shop, owner):
    shown = Tab().open(ResetState, f"/reset/{reset_link(shop, owner)}?fout=weak_password&reason=guessable")
    assert (shown.email, shown.end.title) == (f"{owner.name}@test.example", "")
    assert "te makkelijk te raden" in shown.sorry


def test_a_link_for_a_password_that_is_over_leads_to_a_new_one(shop, owner):
    link = reset_link(shop, owner)
    newest = reset_link(shop, owner)
    used = Tab().open(ResetState, f"/reset/{link}")
    shop.clock.advance(hours=2)
    expired = Tab().open(ResetState, f"/reset/{newest}")
    assert (used.end.title, expired.end.title) == ("Deze link is al gebruikt", "Deze link is verlopen")
    assert {used.end.url, expired.end.url} == {"/login/forgot"}
    assert (used.email, expired.email) == ("", "")


def confirm_link(shop, owner):
    shop.do(credentials.ask_email_change, owner, "nieuw@test.example")
    return tokens.sign(Purpose.EMAIL_CHANGE, SIGNING_KEY, shop.all(MailedLink)[-1].id or 0)


def test_a_link_to_a_new_address_names_it(shop, owner):
    shown = Tab().open(ConfirmState, f"/confirm/{confirm_link(shop, owner)}")
    assert "nieuw@test.example" in shown.text
    assert shown.end.title == ""


def test_what_was_just_confirmed_is_said_to_be(shop, owner):
    link = confirm_link(shop, owner)
    early = Tab().open(ConfirmState, f"/confirm/{link}?goed=1")
    mailed.confirm_email(shop.billing, link)
    done, again = Tab().open(ConfirmState, f"/confirm/{link}?goed=1"), Tab().open(ConfirmState, f"/confirm/{link}")
    assert (early.end.title, done.end.title) == ("", "Je nieuwe adres is bevestigd")
    assert again.end.title == "Deze link is al gebruikt"


def test_an_address_that_somebody_else_took_is_said_to_be_taken(shop, owner, account):
    link = confirm_link(shop, owner)
    mailed.accept_invitation(shop.billing, invite(shop, owner, account), "Nora", GOOD_PASSWORD, Visitor())
    assert Tab().open(ConfirmState, f"/confirm/{link}").end.title == "Met dit adres logt al iemand in"


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_of_another_kind_shows_nothing(shop, owner, account, purpose):
    pages = {
        Purpose.PASSWORD_RESET: lambda link: Tab().open(ResetState, f"/reset/{link}").end,
        Purpose.INVITATION: lambda link: offer(link).offer.end,
        Purpose.EMAIL_CHANGE: lambda link: Tab().open(ConfirmState, f"/confirm/{link}").end,
    }
    link = tokens.sign(purpose, SIGNING_KEY, 1, 1)
    ends = [read(link) for page, read in pages.items() if page is not purpose]
    assert {end.title for end in ends} <= {"Deze link werkt niet", "Deze uitnodiging werkt niet"}


@pytest.mark.parametrize("texts", [NL.door.reset, NL.door.invitation, NL.door.confirmation])
def test_every_end_has_a_way_on(texts):
    assert all(end.link and end.url.startswith("/") for end in texts.ends.values())


# The second step


def half(shop, owner):
    """A tab of whoever has given the password."""
    command = LogIn(f"{owner.name}@test.example", PASSWORD, Visitor())
    return Tab(flows.log_in(shop.billing, command).token)


def with_app(shop, owner):
    uri = shop.do(authenticator.begin, owner, shop.billing.vault, "Voldaan").uri
    code = TOTP.from_uri(uri).generate(time=int(shop.clock.now().timestamp())).token
    flows.confirm_app(shop.billing, owner, code, Visitor())


def test_the_second_step_asks_for_what_this_person_has(shop, owner):
    with_app(shop, owner)
    shown = half(shop, owner).open(SecondStepState, "/login/code?next=%2Finvoices&fout=code_refused")
    assert (shown.has_app, shown.has_passkey, shown.target) == (True, False, "/invoices")
    assert shown.sorry.startswith("Deze code werkt niet")


def test_without_a_password_there_is_no_second_step(shop, owner):
    with_app(shop, owner)
    late = half(shop, owner)
    shop.clock.advance(minutes=11)
    for tab in (Tab(), Tab("made-up"), late):
        shown = tab.open(SecondStepState, "/login/code")
        assert tab.went_to == "/login?fout=half_over"
        assert not shown.has_app


@pytest.mark.parametrize(("target", "place"), [("%2Finvoices", "/invoices"), ("%2F%2Fevil.test", "/")])
def test_who_is_in_already_goes_on(shop, owner, target, place):
    tab = signed_in(shop, owner)
    tab.open(SecondStepState, f"/login/code?next={target}")
    assert tab.went_to == place


def test_half_a_log_in_shows_no_page(shop, owner, account):
    with_app(shop, owner)
    tab = half(shop, owner)
    tab.open(OverviewState)
    assert tab.went_to == "/login"


# Around the log-in form


@pytest.mark.parametrize(("query", "is_sent"), [("", False), ("?goed=1", True)])
def test_after_asking_for_a_link_the_page_says_where_to_look(shop, query, is_sent):
    assert Tab().open(ForgotState, f"/login/forgot{query}").is_sent is is_sent


@pytest.mark.parametrize(
    ("query", "words"), [("", ""), ("?goed=password", "Je wachtwoord is gewijzigd."), ("?goed=<b>", "")]
)
def test_the_log_in_form_says_what_went_well(shop, query, words):
    shown = Tab().open(LoginState, f"/login{query}")
    assert shown.said.startswith(words)
    assert bool(shown.said) == bool(words)
