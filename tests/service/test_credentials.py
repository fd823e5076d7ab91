"""One's own password, address, name and sessions."""

import pytest

from billing import tokens
from billing.access import Actor
from billing.accounts.tables import User
from billing.errors import (
    CheckNeeded,
    EmailTaken,
    InvalidEmail,
    InvalidName,
    LinkExpired,
    LinkUsed,
    LoginFailed,
    LoginThrottled,
    NotFound,
    WeakPassword,
)
from billing.logins import credentials, flows, mailed, queries, sessions
from billing.logins.flows import LogIn
from billing.logins.sessions import Visitor
from billing.logins.tables import LoginSession, MailedLink
from billing.ports import AccountMail, AccountMailKind
from billing.tokens import Purpose
from tests.factories import PASSWORD, SIGNING_KEY, Shop

NEW = "vijf natte olifanten dansen"


def email(actor: Actor) -> str:
    return f"{actor.name}@test.example"


def mail_of(shop: Shop, kind: AccountMailKind) -> AccountMail:
    shop.carry_out()
    return [mail for mail in shop.writer.asked_accounts if mail.kind is kind][-1]


def link(shop: Shop, kind: AccountMailKind) -> str:
    return mail_of(shop, kind).url.rpartition("/")[2]


def start(shop: Shop, actor: Actor) -> str:
    return shop.do(sessions.start, actor.user_id or 0, Visitor("192.0.2.7", "Firefox"))


def forget(shop: Shop, actor: Actor) -> str:
    """Ask for a new password; the token of the link that is mailed."""
    mailed.ask_reset(shop.billing, f" {email(actor).upper()} ", Visitor())
    return link(shop, AccountMailKind.PASSWORD_RESET)


def test_a_mailed_link_sets_a_new_password(shop: Shop, owner: Actor) -> None:
    mailed.reset_password(shop.billing, forget(shop, owner), NEW)
    assert flows.log_in(shop.billing, LogIn(email(owner), NEW)).token
    with pytest.raises(LoginFailed):
        flows.log_in(shop.billing, LogIn(email(owner), PASSWORD))


def test_a_reset_ends_every_session_and_is_told(shop: Shop, owner: Actor) -> None:
    token = start(shop, owner)
    mailed.reset_password(shop.billing, forget(shop, owner), NEW)
    assert shop.ask(queries.identity, token) is None
    assert mail_of(shop, AccountMailKind.PASSWORD_CHANGED).recipient == owner.name


def test_a_reset_link_works_once(shop: Shop, owner: Actor) -> None:
    token = forget(shop, owner)
    mailed.reset_password(shop.billing, token, NEW)
    with pytest.raises(LinkUsed):
        mailed.reset_password(shop.billing, token, "zes droge giraffen zingen")


def test_only_the_newest_reset_link_works(shop: Shop, owner: Actor) -> None:
    first = forget(shop, owner)
    second = forget(shop, owner)
    with pytest.raises(LinkUsed):
        mailed.reset_password(shop.billing, first, NEW)
    mailed.reset_password(shop.billing, second, NEW)


def test_a_reset_link_is_over_after_an_hour(shop: Shop, owner: Actor) -> None:
    token = forget(shop, owner)
    shop.clock.advance(hours=1)
    with pytest.raises(LinkExpired):
        mailed.reset_password(shop.billing, token, NEW)


def test_a_weak_new_password_leaves_the_link_open(shop: Shop, owner: Actor) -> None:
    token = forget(shop, owner)
    with pytest.raises(WeakPassword):
        mailed.reset_password(shop.billing, token, f"{owner.name}123")
    mailed.reset_password(shop.billing, token, NEW)


def test_an_unknown_address_sounds_the_same_and_gets_no_mail(shop: Shop, owner: Actor) -> None:
    mailed.ask_reset(shop.billing, "nobody@test.example", Visitor())
    mailed.ask_reset(shop.billing, "not an address\0", Visitor())
    shop.carry_out()
    assert shop.mail.sent == []


def test_who_asks_for_many_links_has_to_wait(shop: Shop, owner: Actor) -> None:
    for _ in range(5):
        mailed.ask_reset(shop.billing, email(owner), Visitor("192.0.2.7"))
    with pytest.raises(LoginThrottled):
        mailed.ask_reset(shop.billing, email(owner), Visitor("192.0.2.7"))


@pytest.mark.parametrize("purpose", [Purpose.INVITATION, Purpose.EMAIL_CHANGE, Purpose.PAY])
def test_a_link_for_something_else_resets_nothing(shop: Shop, owner: Actor, purpose: Purpose) -> None:
    forget(shop, owner)
    with pytest.raises(NotFound):
        mailed.reset_password(shop.billing, tokens.sign(purpose, SIGNING_KEY, shop.one(MailedLink).id or 0), NEW)


def test_a_password_is_changed_after_a_proof_and_other_sessions_end(shop: Shop, owner: Actor) -> None:
    here, elsewhere = start(shop, owner), start(shop, owner)
    flows.change_password(shop.billing, shop.proven(owner), here, NEW)
    assert shop.ask(queries.identity, here) is not None
    assert shop.ask(queries.identity, elsewhere) is None
    with pytest.raises(CheckNeeded):
        flows.change_password(shop.billing, owner, here, NEW)


def change_email(shop: Shop, actor: Actor, wanted: str = "nieuw@test.example") -> str:
    shop.do(credentials.ask_email_change, shop.proven(actor), wanted)
    return link(shop, AccountMailKind.EMAIL_CHANGE)


def test_a_new_address_counts_once_it_is_confirmed(shop: Shop, owner: Actor) -> None:
    token = change_email(shop, owner)
    assert shop.mail.sent[-1].to_address == "nieuw@test.example"
    assert shop.one(User, id=owner.user_id).email == email(owner)
    assert mailed.confirm_email(shop.billing, token) == "nieuw@test.example"
    assert flows.log_in(shop.billing, LogIn("nieuw@test.example", PASSWORD)).token


def test_the_old_address_is_told(shop: Shop, owner: Actor) -> None:
    mailed.confirm_email(shop.billing, change_email(shop, owner))
    mail_of(shop, AccountMailKind.EMAIL_CHANGED)
    assert shop.mail.sent[-1].to_address == email(owner)


def test_an_address_is_confirmed_once_and_within_a_day(shop: Shop, owner: Actor) -> None:
    token = change_email(shop, owner)
    shop.clock.advance(hours=24)
    with pytest.raises(LinkExpired):
        mailed.confirm_email(shop.billing, token)
    token = change_email(shop, owner)
    mailed.confirm_email(shop.billing, token)
    with pytest.raises(LinkUsed):
        mailed.confirm_email(shop.billing, token)


def test_an_address_of_somebody_else_is_refused_also_when_taken_meanwhile(
    shop: Shop, account: int, owner: Actor
) -> None:
    other = shop.member(account)
    with pytest.raises(EmailTaken):
        change_email(shop, owner, email(other))
    mine, theirs = change_email(shop, owner), change_email(shop, other)
    mailed.confirm_email(shop.billing, mine)
    with pytest.raises(EmailTaken):
        mailed.confirm_email(shop.billing, theirs)


def test_a_new_address_needs_a_proof_and_has_to_be_one(shop: Shop, owner: Actor) -> None:
    with pytest.raises(CheckNeeded):
        shop.do(credentials.ask_email_change, owner, "nieuw@test.example")
    with pytest.raises(InvalidEmail):
        change_email(shop, owner, "geen adres")


def test_a_name_is_changed_and_is_never_empty(shop: Shop, owner: Actor) -> None:
    shop.do(credentials.rename, owner, "  Hanna \n de Graan ")
    assert shop.one(User, id=owner.user_id).name == "Hanna de Graan"
    with pytest.raises(InvalidName):
        shop.do(credentials.rename, owner, "\u202e \t")


def test_the_own_sessions_are_listed_and_one_can_be_ended(shop: Shop, owner: Actor) -> None:
    here, elsewhere = start(shop, owner), start(shop, owner)
    seen = shop.ask(queries.security, owner, here).sessions
    assert sorted(session.is_here for session in seen) == [False, True]
    other = next(session for session in seen if not session.is_here)
    assert (other.address, other.device) == ("192.0.2.7", "Firefox")
    shop.do(sessions.end_one, owner, other.session_id)
    assert shop.ask(queries.identity, elsewhere) is None
    assert shop.ask(queries.identity, here) is not None


def test_all_other_sessions_end_at_once(shop: Shop, owner: Actor) -> None:
    here = start(shop, owner)
    others = [start(shop, owner) for _ in range(3)]
    assert shop.do(sessions.end_others, owner, here) == 3
    assert [shop.ask(queries.identity, token) for token in others] == [None] * 3


def test_a_session_of_somebody_else_does_not_exist(shop: Shop, account: int, owner: Actor) -> None:
    other = shop.member(account)
    token = start(shop, other)
    for session_id in (shop.one(LoginSession).id or 0, 4711):
        with pytest.raises(NotFound):
            shop.do(sessions.end_one, owner, session_id)
    assert shop.ask(queries.identity, token) is not None


def test_credentials_leave_whole_audit_chains(shop: Shop, owner: Actor) -> None:
    mailed.reset_password(shop.billing, forget(shop, owner), NEW)
    mailed.confirm_email(shop.billing, change_email(shop, owner))
    shop.do(credentials.rename, owner, "Hanna")
    actions = [event.action for event in shop.audit() if event.chain == f"user:{owner.user_id}"]
    assert {"password.changed", "email.change_asked", "email.changed", "user.renamed"} <= set(actions)
    assert shop.broken() == []
