"""Inviting people, and what they can do once they have joined."""

from datetime import date, timedelta
from typing import Any

import pytest

from billing import access, tokens
from billing.access import Actor, Permission
from billing.accounts import invitations, joining, queries
from billing.accounts.queries import People
from billing.accounts.tables import Invitation, MailTopic, Membership, Role, User
from billing.errors import (
    LinkExpired,
    LinkUsed,
    LinkWithdrawn,
    NotFound,
    WeakPassword,
)
from billing.logins import mailed
from billing.logins import queries as logins
from billing.logins.passwords import verify
from billing.logins.sessions import Visitor
from billing.ports import AccountMailKind
from billing.tokens import Purpose
from tests.factories import SIGNING_KEY, Shop
from tests.fakes.inviting import EMAIL, GOOD_PASSWORD, PAYS, invite, join, link, mail_of


def people(shop: Shop, owner: Actor, account: int) -> People:
    return shop.ask(queries.people_of, owner, account)


def test_an_invitation_is_mailed_with_what_it_offers(shop: Shop, account: int, owner: Actor) -> None:
    invite(shop, owner, account, ends_on=date(2027, 12, 31))
    mail = mail_of(shop, AccountMailKind.INVITATION)
    assert (mail.recipient, mail.account_name, mail.facts["role"]) == ("Bea Boek", "Bakkerij Test", "bookkeeper")
    assert (mail.facts["expires_on"], mail.facts["ends_on"], mail.facts["is_new"]) == (
        "2026-03-13",
        "2027-12-31",
        "yes",
    )
    assert shop.mail.sent[-1].to_address in {EMAIL, f"{owner.name}@test.example"}


def test_the_owner_is_mailed_about_every_invitation(shop: Shop, account: int, owner: Actor) -> None:
    invite(shop, owner, account)
    assert mail_of(shop, AccountMailKind.USER_INVITED).facts["by"] == owner.name


def test_no_row_holds_the_link_itself(shop: Shop, account: int, owner: Actor) -> None:
    invite(shop, owner, account)
    token = link(shop)
    with shop.database.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT payload FROM outbox_message").fetchall()
    assert token not in str(rows) + str(shop.all(Invitation)) + str(shop.audit())


def test_who_accepts_chooses_a_password_and_is_logged_in_with_those_rights(
    shop: Shop, account: int, owner: Actor
) -> None:
    invite(shop, owner, account)
    found = shop.ask(logins.identity, join(shop))
    assert found is not None
    assert (found.email, found.name, found.account_id, found.role) == (EMAIL, "Bea Boek", account, "bookkeeper")
    assert access.scopes_text(found.permissions) == " ".join(PAYS)
    assert verify(GOOD_PASSWORD, shop.one(User, email=EMAIL).password_hash).is_right


def test_who_has_joined_gets_the_payment_mails(shop: Shop, account: int, owner: Actor) -> None:
    invite(shop, owner, account)
    join(shop)
    shop.invoice(account)
    shop.carry_out()
    assert EMAIL in [mail.to_address for mail in shop.mail.sent if mail.subject.startswith("invoice")]


def test_the_owner_is_mailed_when_somebody_joins(shop: Shop, account: int, owner: Actor) -> None:
    invite(shop, owner, account)
    join(shop)
    assert mail_of(shop, AccountMailKind.USER_JOINED).facts["email"] == EMAIL


def test_an_invitation_works_once(shop: Shop, account: int, owner: Actor) -> None:
    invite(shop, owner, account)
    token = link(shop)
    join(shop)
    with pytest.raises(LinkUsed):
        mailed.accept_invitation(shop.billing, token, "Iemand", GOOD_PASSWORD, Visitor())
    assert len(shop.all(Membership)) == 2


def test_two_clicks_at_one_moment_make_one_member(shop: Shop, account: int, owner: Actor) -> None:
    invitation_id = invite(shop, owner, account)

    def accept(work: Any) -> int:
        return joining.accept(work, invitation_id, 1, name="Bea Boek", password_hash="hash")

    with pytest.raises(LinkUsed):
        shop.overlap(accept, accept)
    assert len(shop.all(Membership)) == 2


def test_an_invitation_is_over_after_a_week(shop: Shop, account: int, owner: Actor) -> None:
    invite(shop, owner, account)
    token = link(shop)
    shop.clock.advance(days=7, seconds=-1)
    assert mailed.invitation(shop.billing, token).email == EMAIL
    shop.clock.advance(seconds=1)
    with pytest.raises(LinkExpired):
        mailed.accept_invitation(shop.billing, token, "Bea", GOOD_PASSWORD, Visitor())
    assert people(shop, owner, account).invited[0].is_expired


def test_an_expired_invitation_gives_way_to_a_new_one(shop: Shop, account: int, owner: Actor) -> None:
    invite(shop, owner, account)
    shop.clock.advance(days=8)
    invite(shop, owner, account)
    assert [row.is_expired for row in people(shop, owner, account).invited] == [False]


def test_a_withdrawn_invitation_leads_nowhere(shop: Shop, account: int, owner: Actor) -> None:
    invitation_id = invite(shop, owner, account)
    token = link(shop)
    shop.do(invitations.withdraw, shop.proven(owner), account, invitation_id)
    with pytest.raises(LinkWithdrawn):
        mailed.invitation(shop.billing, token)
    assert mail_of(shop, AccountMailKind.INVITATION_WITHDRAWN).facts["email"] == EMAIL


def test_an_invitation_withdrawn_before_its_mail_went_out_is_never_mailed(
    shop: Shop, account: int, owner: Actor
) -> None:
    invitation_id = invite(shop, owner, account)
    shop.do(invitations.withdraw, shop.proven(owner), account, invitation_id)
    shop.carry_out()
    assert EMAIL not in [mail.to_address for mail in shop.mail.sent]


def test_of_an_invitation_that_is_sent_again_only_the_newest_link_works(shop: Shop, account: int, owner: Actor) -> None:
    invitation_id = invite(shop, owner, account)
    first = link(shop)
    shop.clock.advance(days=6)
    shop.do(invitations.resend, shop.proven(owner), account, invitation_id)
    second = link(shop)
    shop.clock.advance(days=6)
    with pytest.raises(LinkUsed):
        mailed.invitation(shop.billing, first)
    assert mailed.invitation(shop.billing, second).email == EMAIL


@pytest.mark.parametrize("purpose", [Purpose.PAY, Purpose.PASSWORD_RESET, Purpose.EMAIL_CHANGE])
def test_a_link_for_something_else_is_no_invitation(shop: Shop, account: int, owner: Actor, purpose: Purpose) -> None:
    invitation_id = invite(shop, owner, account)
    with pytest.raises(NotFound):
        mailed.invitation(shop.billing, tokens.sign(purpose, SIGNING_KEY, invitation_id, 1))


def test_a_forged_link_is_no_invitation(shop: Shop, account: int, owner: Actor) -> None:
    invitation_id = invite(shop, owner, account)
    forged = tokens.sign(Purpose.INVITATION, "a key that is not ours but long enough", invitation_id, 1)
    with pytest.raises(NotFound):
        mailed.invitation(shop.billing, forged)


def test_a_signed_link_to_nothing_is_not_found(shop: Shop) -> None:
    with pytest.raises(NotFound):
        mailed.invitation(shop.billing, tokens.sign(Purpose.INVITATION, SIGNING_KEY, 4711, 1))


@pytest.mark.parametrize("password", ["kort", "wachtwoord123", "Boekhouder1", EMAIL, "x" * 2000])
def test_a_weak_password_leaves_the_invitation_open(shop: Shop, account: int, owner: Actor, password: str) -> None:
    invite(shop, owner, account)
    with pytest.raises(WeakPassword):
        join(shop, password=password)
    assert shop.ask(logins.identity, join(shop)) is not None


def test_who_has_a_log_in_keeps_its_password_and_is_not_logged_in_by_the_link(
    shop: Shop, account: int, owner: Actor
) -> None:
    known = shop.member(shop.customer("Fietsclub Test"))
    before = shop.one(User, id=known.user_id).password_hash
    invite(shop, owner, account, email=f"{known.name}@test.example")
    assert mail_of(shop, AccountMailKind.INVITATION).facts["is_new"] == "no"
    assert join(shop, password="does not matter") == ""
    assert shop.one(User, id=known.user_id).password_hash == before
    assert Permission.INVOICES_PAY in shop.ask(access.permissions, known, account)


def test_every_step_is_in_the_audit_log(shop: Shop, account: int, owner: Actor) -> None:
    invitation_id = invite(shop, owner, account)
    shop.do(invitations.resend, shop.proven(owner), account, invitation_id)
    join(shop)
    actions = [event.action for event in shop.audit() if event.chain == f"account:{account}"]
    assert actions[-3:] == ["user.invited", "invitation.resent", "member.joined"]
    assert shop.broken() == []


def test_the_page_lists_members_and_the_invited(shop: Shop, account: int, owner: Actor) -> None:
    invite(shop, owner, account, ends_on=shop.clock.now().date() + timedelta(days=30))
    seen = people(shop, owner, account)
    assert [(member.role, member.is_over) for member in seen.members] == [(Role.OWNER, False)]
    [invited] = seen.invited
    assert (invited.email, invited.role, invited.topics) == (EMAIL, Role.BOOKKEEPER, frozenset(MailTopic))
