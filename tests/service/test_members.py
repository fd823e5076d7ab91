"""Changing what members may do, and ending it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from billing import access
from billing.access import Actor, Permission
from billing.accounts import flows, members, queries
from billing.accounts.members import ChangeMember
from billing.accounts.tables import MailTopic, Membership, Role
from billing.errors import (
    BillingError,
    CheckNeeded,
    EndsInPast,
    NotAllowed,
    NotFound,
    OwnerStays,
    ScopeNotPossible,
)
from billing.ports import AccountMailKind
from tests.factories import Shop

PAYS = ("credits.view", "invoices.pay", "invoices.view", "mandate.view", "services.view")


@pytest.fixture
def bookkeeper(shop: Shop, account: int, owner: Actor) -> Actor:
    return shop.member(account, Role.BOOKKEEPER, mails=True)


def change(shop: Shop, actor: Actor, account: int, who: Actor, **other: Any) -> None:
    """Change a bookkeeper, by default into exactly what one is."""
    command = ChangeMember(who.user_id or 0, "bookkeeper", PAYS, ("invoices", "receipts"))
    shop.do(members.change_member, shop.proven(actor), account, replace(command, **other))


def rights(shop: Shop, actor: Actor, account: int) -> frozenset[Permission]:
    return shop.ask(access.permissions, actor, account)


def told(shop: Shop) -> list[AccountMailKind]:
    shop.carry_out()
    return [mail.kind for mail in shop.writer.asked_accounts]


def test_a_right_that_is_taken_away_is_gone_with_the_next_click(
    shop: Shop, account: int, owner: Actor, bookkeeper: Actor
) -> None:
    change(shop, owner, account, bookkeeper, scopes=("invoices.view",))
    assert rights(shop, bookkeeper, account) == {Permission.INVOICES_VIEW}


def test_an_optional_right_can_be_added(shop: Shop, account: int, owner: Actor, bookkeeper: Actor) -> None:
    change(shop, owner, account, bookkeeper, scopes=(*PAYS, "mandate.manage"))
    assert Permission.MANDATE_MANAGE in rights(shop, bookkeeper, account)


def test_a_change_is_told_to_the_owner_and_written_down(
    shop: Shop, account: int, owner: Actor, bookkeeper: Actor
) -> None:
    change(shop, owner, account, bookkeeper, scopes=("invoices.view",))
    assert told(shop) == [AccountMailKind.USER_CHANGED]
    assert shop.audit()[-1].facts["scopes"] == "invoices.view"
    assert shop.broken() == []


def test_changing_nothing_leaves_no_trace(shop: Shop, account: int, owner: Actor, bookkeeper: Actor) -> None:
    before = len(shop.audit())
    change(shop, owner, account, bookkeeper)
    assert (len(shop.audit()), told(shop)) == (before, [])


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"scopes": ("website.manage",)}, ScopeNotPossible),
        ({"scopes": ("users.manage",)}, ScopeNotPossible),
        ({"scopes": ("invoices.view", "invoices.*")}, ScopeNotPossible),
        ({"topics": ("everything",)}, ScopeNotPossible),
        ({"role": "technician", "scopes": ("email.manage",)}, ScopeNotPossible),
        ({"role": "owner", "scopes": tuple(Permission)}, OwnerStays),
        ({"role": ""}, NotFound),
        ({"ends_on": date(2026, 3, 5)}, EndsInPast),
        ({"user_id": 4711}, NotFound),
    ],
)
def test_a_wrong_change_is_refused(
    shop: Shop, account: int, owner: Actor, bookkeeper: Actor, other: dict[str, Any], refusal: type[BillingError]
) -> None:
    with pytest.raises(refusal):
        change(shop, owner, account, bookkeeper, **other)
    assert rights(shop, bookkeeper, account) == access.DEFAULTS[Role.BOOKKEEPER]


@pytest.mark.parametrize("area", ["website", "email", "domains"])
@pytest.mark.parametrize("role", [Role.BOOKKEEPER, Role.READ_ONLY])
def test_the_database_itself_keeps_the_website_from_who_pays(shop: Shop, account: int, role: Role, area: str) -> None:
    member = shop.member(account, role)
    update = f"UPDATE membership SET scopes = 'invoices.view {area}.manage' WHERE user_id = {member.user_id}"
    assert "payer_never" in shop.refusal(update)


@pytest.mark.parametrize("change", ["scopes = 'invoices.pay'", "scopes = 'mandate.view'", "mail_topics = 'invoices'"])
def test_the_database_itself_keeps_the_money_from_the_technician(shop: Shop, account: int, change: str) -> None:
    technician = shop.member(account, Role.TECHNICIAN)
    assert "technician_never" in shop.refusal(f"UPDATE membership SET {change} WHERE user_id = {technician.user_id}")


@pytest.mark.parametrize("role", list(Role))
def test_what_a_role_can_not_have_counts_for_nothing(role: Role) -> None:
    everything = access.scopes_text(Permission)
    assert access.rights_of(role.value, everything) == access.possible(role)


def test_a_member_of_another_account_does_not_exist(shop: Shop, account: int, owner: Actor) -> None:
    foreign = shop.member(shop.customer())
    for act in (change, lambda *args: shop.do(members.remove_member, shop.proven(owner), account, foreign.user_id)):
        with pytest.raises(NotFound):
            act(shop, owner, account, foreign)


def test_who_is_removed_is_out_with_the_next_click(shop: Shop, account: int, owner: Actor, bookkeeper: Actor) -> None:
    shop.do(members.remove_member, shop.proven(owner), account, bookkeeper.user_id)
    assert rights(shop, bookkeeper, account) == frozenset()
    assert told(shop) == [AccountMailKind.USER_REMOVED]


def test_the_last_owner_can_not_leave(shop: Shop, account: int, owner: Actor) -> None:
    with pytest.raises(OwnerStays):
        shop.do(members.remove_member, shop.proven(owner), account, owner.user_id)


@pytest.mark.parametrize("other", [{"role": "administrator"}, {"ends_on": date(2027, 1, 1)}, {"scopes": PAYS}])
def test_the_owner_stays_the_owner(shop: Shop, account: int, owner: Actor, other: dict[str, Any]) -> None:
    every_right = {"role": "owner", "scopes": tuple(Permission)} | other
    with pytest.raises((OwnerStays, ScopeNotPossible)):
        change(shop, owner, account, owner, **every_right)
    assert rights(shop, owner, account) == frozenset(Permission)


def test_the_owner_may_do_without_mails(shop: Shop, account: int, owner: Actor) -> None:
    change(shop, owner, account, owner, role="owner", scopes=tuple(Permission), topics=())
    assert shop.ask(queries.own_topics, owner, account) == frozenset()


def test_a_change_needs_a_fresh_proof(shop: Shop, account: int, owner: Actor, bookkeeper: Actor) -> None:
    with pytest.raises(CheckNeeded):
        shop.do(members.remove_member, owner, account, bookkeeper.user_id)


def manager(shop: Shop, account: int) -> Actor:
    """An administrator who may manage users."""
    administrator = shop.member(account, Role.ADMINISTRATOR)
    shop.sql(
        "UPDATE membership SET scopes = scopes || ' users.manage' WHERE user_id = :user_id",
        user_id=administrator.user_id,
    )
    return administrator


def test_an_administrator_with_the_right_manages_others_but_not_the_owner(
    shop: Shop, account: int, owner: Actor, bookkeeper: Actor
) -> None:
    administrator = manager(shop, account)
    change(shop, administrator, account, bookkeeper, scopes=("invoices.view",))
    with pytest.raises((NotAllowed, OwnerStays)):
        change(shop, administrator, account, owner)
    with pytest.raises(OwnerStays):
        shop.do(members.remove_member, shop.proven(administrator), account, owner.user_id)


def test_a_member_chooses_the_own_mails(shop: Shop, account: int, bookkeeper: Actor) -> None:
    shop.do(members.choose_own_mails, bookkeeper, account, ("receipts",))
    assert shop.ask(queries.own_topics, bookkeeper, account) == {MailTopic.RECEIPTS}
    number = shop.invoice(account)
    shop.carry_out()
    assert [mail.to_address for mail in shop.mail.sent if bookkeeper.name in mail.to_address] == []
    shop.pay(bookkeeper, number)
    shop.carry_out()
    assert [mail.subject for mail in shop.mail.sent if bookkeeper.name in mail.to_address] == [f"paid {number}"]


def test_a_technician_can_not_choose_billing_mails(shop: Shop, account: int) -> None:
    technician = shop.member(account, Role.TECHNICIAN)
    with pytest.raises(ScopeNotPossible):
        shop.do(members.choose_own_mails, technician, account, ("invoices",))
    assert shop.ask(queries.own_topics, technician, account) is None


def test_mails_of_an_account_that_is_not_ones_own_can_not_be_chosen(shop: Shop, bookkeeper: Actor) -> None:
    with pytest.raises(NotFound):
        shop.do(members.choose_own_mails, bookkeeper, shop.customer(), ("invoices",))


def test_who_only_gets_the_mail_needs_no_right_to_see(
    shop: Shop, account: int, owner: Actor, bookkeeper: Actor
) -> None:
    change(shop, owner, account, bookkeeper, scopes=())
    shop.invoice(account)
    shop.carry_out()
    assert f"{bookkeeper.name}@test.example" in [mail.to_address for mail in shop.mail.sent]
    with pytest.raises(NotFound):
        shop.ask(queries.people_of, bookkeeper, account)


def test_an_access_that_ends_is_told_two_weeks_before_once(shop: Shop, account: int, owner: Actor) -> None:
    shop.member(account, ends_on=date(2026, 3, 21))
    assert flows.warn_of_endings(shop.billing) == 0
    shop.clock.advance(days=1)
    assert [flows.warn_of_endings(shop.billing) for _ in range(2)] == [1, 0]
    assert told(shop) == [AccountMailKind.ACCESS_ENDS_SOON] * 2


def test_another_last_day_is_told_again(shop: Shop, account: int, owner: Actor, bookkeeper: Actor) -> None:
    change(shop, owner, account, bookkeeper, ends_on=date(2026, 3, 10))
    assert flows.warn_of_endings(shop.billing) == 1
    change(shop, owner, account, bookkeeper, ends_on=date(2026, 3, 12))
    assert flows.warn_of_endings(shop.billing) == 1
    assert shop.one(Membership, user_id=bookkeeper.user_id).warned_of_end
