"""Invitations that are not to be, and who may not invite."""

from datetime import date
from typing import Any

import pytest

from billing import access
from billing.access import Actor, Permission
from billing.accounts import invitations
from billing.accounts.tables import Invitation, Role
from billing.errors import (
    AlreadyInvited,
    AlreadyMember,
    BillingError,
    CheckNeeded,
    EndsInPast,
    InvalidEmail,
    InvalidName,
    NotAllowed,
    NotFound,
    OwnerStays,
    ScopeNotPossible,
)
from tests.factories import Shop
from tests.fakes.inviting import EMAIL, PAYS, command, invite, join


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"email": "no address"}, InvalidEmail),
        ({"email": "a@b@c.example"}, InvalidEmail),
        ({"email": "bea@example\r\nBcc: all@test.example"}, InvalidEmail),
        ({"email": ""}, InvalidEmail),
        ({"email": f"{'x' * 65}@test.example"}, InvalidEmail),
        ({"email": "béa@test.example"}, InvalidEmail),
        ({"name": " \t"}, InvalidName),
        ({"name": "Win nu op www.x.example"}, InvalidName),
        ({"role": "owner", "scopes": ()}, OwnerStays),
        ({"role": "emperor"}, NotFound),
        ({"scopes": ("invoices.view", "website.manage")}, ScopeNotPossible),
        ({"scopes": ("invoices.view", "made.up")}, ScopeNotPossible),
        ({"topics": ("invoices", "gossip")}, ScopeNotPossible),
        ({"role": "technician", "scopes": ("website.manage",)}, ScopeNotPossible),
        ({"role": "technician", "scopes": ("invoices.pay",), "topics": ()}, ScopeNotPossible),
        ({"ends_on": date(2026, 3, 5)}, EndsInPast),
    ],
)
def test_a_wrong_invitation_is_refused_and_nothing_is_kept(
    shop: Shop, account: int, owner: Actor, other: dict[str, Any], refusal: type[BillingError]
) -> None:
    with pytest.raises(refusal):
        invite(shop, owner, account, **other)
    assert shop.all(Invitation) == []
    shop.carry_out()
    assert shop.mail.sent == []


def test_somebody_is_invited_once(shop: Shop, account: int, owner: Actor) -> None:
    invite(shop, owner, account)
    with pytest.raises(AlreadyInvited):
        invite(shop, owner, account, email=f" {EMAIL.upper()} ")


def test_two_invitations_at_one_moment_become_one(shop: Shop, account: int, owner: Actor) -> None:
    def ask(work: Any) -> int:
        return invitations.invite(work, shop.proven(owner), account, command())

    with pytest.raises(AlreadyInvited):
        shop.overlap(ask, ask)


def test_a_member_is_not_invited_again(shop: Shop, account: int, owner: Actor) -> None:
    with pytest.raises(AlreadyMember):
        invite(shop, owner, account, email=f"{owner.name}@test.example")


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.BOOKKEEPER, Role.READ_ONLY, Role.TECHNICIAN])
def test_only_who_may_manage_users_invites(shop: Shop, account: int, owner: Actor, role: Role) -> None:
    with pytest.raises(NotAllowed):
        invite(shop, shop.member(account, role), account)


def test_a_stranger_does_not_even_learn_that_the_account_exists(shop: Shop, account: int) -> None:
    stranger = shop.member(shop.customer(), Role.OWNER)
    for account_id in (account, 4711):
        with pytest.raises(NotFound):
            invite(shop, stranger, account_id)


def test_inviting_needs_a_proof_of_the_last_ten_minutes(shop: Shop, account: int, owner: Actor) -> None:
    proven = shop.proven(owner)
    shop.clock.advance(minutes=10)
    shop.do(invitations.invite, proven, account, command())
    shop.clock.advance(seconds=1)
    with pytest.raises(CheckNeeded):
        shop.do(invitations.invite, proven, account, command(email="other@test.example"))
    with pytest.raises(CheckNeeded):
        shop.do(invitations.invite, owner, account, command(email="other@test.example"))


def test_nobody_gives_more_than_one_has(shop: Shop, account: int, owner: Actor) -> None:
    administrator = shop.member(account, Role.ADMINISTRATOR)
    rights = access.DEFAULTS[Role.ADMINISTRATOR] - {Permission.MANDATE_MANAGE} | {Permission.USERS_MANAGE}
    shop.sql(
        "UPDATE membership SET scopes = :scopes WHERE user_id = :user_id",
        scopes=access.scopes_text(rights), user_id=administrator.user_id,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        invite(shop, administrator, account, scopes=(*PAYS, "mandate.manage"))
    invite(shop, administrator, account)


@pytest.mark.parametrize("act", [invitations.resend, invitations.withdraw])
def test_an_invitation_of_another_account_does_not_exist(shop: Shop, account: int, owner: Actor, act: Any) -> None:
    other = shop.customer()
    boss = shop.member(other, Role.OWNER)
    foreign = invite(shop, boss, other)
    for invitation_id in (foreign, 4711):
        with pytest.raises(NotFound):
            shop.do(act, shop.proven(owner), account, invitation_id)
    assert shop.one(Invitation).serial == 1


def test_an_accepted_invitation_can_not_be_withdrawn(shop: Shop, account: int, owner: Actor) -> None:
    invitation_id = invite(shop, owner, account)
    join(shop)
    with pytest.raises(NotFound):
        shop.do(invitations.withdraw, shop.proven(owner), account, invitation_id)
