"""A treasurer, or an owner, makes place for the next one."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from billing import access
from billing.access import Actor, Permission
from billing.accounts import invitations, queries
from billing.accounts.invitations import HandOver
from billing.accounts.tables import MailTopic, Membership, Role, User
from billing.errors import AlreadyMember, EndsInPast, LinkWithdrawn, NotAllowed, NotFound, OwnerStays
from billing.logins import mailed
from billing.logins.sessions import Visitor
from billing.ports import AccountMailKind
from tests.factories import Shop

EMAIL, NAME, PASSWORD = "opvolger@test.example", "Otto Opvolger", "vijf natte olifanten dansen"
LAST_DAY = date(2026, 3, 31)


@pytest.fixture
def treasurer(shop: Shop, account: int, owner: Actor) -> Actor:
    return shop.member(account, Role.BOOKKEEPER, mails=True, ends_on=date(2026, 12, 31))


def hand_over(shop: Shop, owner: Actor, account: int, who: Actor, **other: Any) -> int:
    command = HandOver(who.user_id or 0, EMAIL, NAME, LAST_DAY)
    return shop.do(invitations.hand_over, shop.proven(owner), account, replace(command, **other))


def newest_link(shop: Shop) -> str:
    """The token in the newest handover that was mailed."""
    shop.carry_out()
    urls = [mail.url for mail in shop.writer.asked_accounts if mail.kind is AccountMailKind.HANDOVER]
    return urls[-1].rpartition("/")[2]


def accept(shop: Shop) -> Actor:
    """Somebody new accepts the newest handover."""
    mailed.accept_invitation(shop.billing, newest_link(shop), NAME, PASSWORD, Visitor())
    return Actor(NAME, user_id=shop.one(User, email=EMAIL).id)


def recipients(shop: Shop, account: int) -> list[str]:
    found = shop.ask(queries.billing_recipients, account, MailTopic.INVOICES)
    return [user.email for user in found]


def test_until_the_successor_accepts_nothing_changes(shop: Shop, account: int, owner: Actor, treasurer: Actor) -> None:
    hand_over(shop, owner, account, treasurer)
    assert Permission.INVOICES_PAY in shop.ask(access.permissions, treasurer, account)
    assert f"{treasurer.name}@test.example" in recipients(shop, account)


def test_the_successor_gets_rights_and_mails_and_the_predecessor_keeps_the_rights_until_the_last_day(
    shop: Shop, account: int, owner: Actor, treasurer: Actor
) -> None:
    hand_over(shop, owner, account, treasurer)
    successor = accept(shop)
    assert shop.ask(access.permissions, successor, account) == access.DEFAULTS[Role.BOOKKEEPER]
    assert EMAIL in recipients(shop, account)
    assert f"{treasurer.name}@test.example" not in recipients(shop, account)
    assert Permission.INVOICES_PAY in shop.ask(access.permissions, treasurer, account)
    shop.clock.advance(days=26)
    assert shop.ask(access.permissions, treasurer, account) == frozenset()
    assert Permission.INVOICES_PAY in shop.ask(access.permissions, successor, account)


def test_the_next_payment_mail_goes_to_the_successor(shop: Shop, account: int, owner: Actor, treasurer: Actor) -> None:
    hand_over(shop, owner, account, treasurer)
    accept(shop)
    number = shop.invoice(account)
    shop.carry_out()
    readers = {mail.to_address for mail in shop.mail.sent if mail.subject == f"invoice {number}"}
    assert readers == {EMAIL, f"{owner.name}@test.example"}


def test_everybody_concerned_is_told(shop: Shop, account: int, owner: Actor, treasurer: Actor) -> None:
    hand_over(shop, owner, account, treasurer)
    accept(shop)
    shop.carry_out()
    kinds = [mail.kind for mail in shop.writer.asked_accounts]
    assert kinds.count(AccountMailKind.HANDED_OVER) == 2
    assert AccountMailKind.HANDOVER_STARTED in kinds
    assert shop.broken() == []


def test_without_a_last_day_the_predecessor_is_out_at_once(
    shop: Shop, account: int, owner: Actor, treasurer: Actor
) -> None:
    hand_over(shop, owner, account, treasurer, last_day=None)
    accept(shop)
    assert shop.ask(access.permissions, treasurer, account) == frozenset()


def test_a_handover_never_lengthens_the_predecessors_access(
    shop: Shop, account: int, owner: Actor, treasurer: Actor
) -> None:
    hand_over(shop, owner, account, treasurer, last_day=date(2027, 12, 31))
    accept(shop)
    assert shop.one(Membership, user_id=treasurer.user_id).ends_on == date(2026, 12, 31)


def test_a_treasurer_whose_time_is_over_can_still_be_succeeded(
    shop: Shop, account: int, owner: Actor, treasurer: Actor
) -> None:
    shop.clock.advance(days=320)
    hand_over(shop, owner, account, treasurer, last_day=None)
    assert Permission.INVOICES_PAY in shop.ask(access.permissions, accept(shop), account)


def test_a_member_who_may_only_look_can_become_the_successor(
    shop: Shop, account: int, owner: Actor, treasurer: Actor
) -> None:
    reader = shop.member(account, Role.READ_ONLY)
    shop.sql("UPDATE membership SET scopes = 'invoices.view' WHERE user_id = :id", id=reader.user_id)
    hand_over(shop, owner, account, treasurer, email=f"{reader.name}@test.example")
    mailed.accept_invitation(shop.billing, newest_link(shop), "", "", Visitor())
    assert Permission.INVOICES_PAY in shop.ask(access.permissions, reader, account)


def test_who_may_do_more_does_not_become_a_treasurer(shop: Shop, account: int, owner: Actor, treasurer: Actor) -> None:
    for somebody in (owner, shop.member(account, Role.ADMINISTRATOR), treasurer):
        with pytest.raises(AlreadyMember):
            hand_over(shop, owner, account, treasurer, email=f"{somebody.name}@test.example")


def test_ownership_goes_over_in_one_moment(shop: Shop, account: int, owner: Actor) -> None:
    hand_over(shop, owner, account, owner, last_day=None)
    successor = accept(shop)
    assert shop.ask(access.permissions, successor, account) == frozenset(Permission)
    assert shop.ask(access.permissions, owner, account) == access.DEFAULTS[Role.ADMINISTRATOR]
    shop.carry_out()
    told = [mail for mail in shop.writer.asked_accounts if mail.kind is AccountMailKind.OWNERSHIP_TRANSFERRED]
    assert {mail.recipient for mail in told} == {owner.name, NAME}


def test_only_the_owner_hands_over_ownership(shop: Shop, account: int, owner: Actor) -> None:
    administrator = shop.member(account, Role.ADMINISTRATOR)
    shop.sql("UPDATE membership SET scopes = scopes || ' users.manage' WHERE user_id = :id", id=administrator.user_id)
    with pytest.raises(NotAllowed):
        hand_over(shop, administrator, account, owner)


def test_an_owner_has_no_last_day(shop: Shop, account: int, owner: Actor) -> None:
    with pytest.raises(OwnerStays):
        hand_over(shop, owner, account, owner, ends_on=date(2027, 1, 1))


def test_of_two_successors_the_second_finds_the_place_taken(shop: Shop, account: int, owner: Actor) -> None:
    hand_over(shop, owner, account, owner, email="eerste@test.example", last_day=None)
    first = newest_link(shop)
    hand_over(shop, owner, account, owner, last_day=None)
    accept(shop)
    with pytest.raises(LinkWithdrawn):
        mailed.accept_invitation(shop.billing, first, "Eerste", PASSWORD, Visitor())
    assert [row.role for row in shop.all(Membership)].count("owner") == 1


def test_a_day_in_the_past_is_refused(shop: Shop, account: int, owner: Actor, treasurer: Actor) -> None:
    yesterday = shop.clock.now().date() - timedelta(days=1)
    for other in ({"last_day": yesterday}, {"ends_on": yesterday}):
        with pytest.raises(EndsInPast):
            hand_over(shop, owner, account, treasurer, **other)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.BOOKKEEPER, Role.READ_ONLY, Role.TECHNICIAN])
def test_others_can_not_hand_over(shop: Shop, account: int, owner: Actor, treasurer: Actor, role: Role) -> None:
    with pytest.raises(NotAllowed):
        hand_over(shop, shop.member(account, role), account, treasurer)


def test_a_member_of_another_account_has_no_place_here(shop: Shop, account: int, owner: Actor) -> None:
    for stranger in (shop.member(shop.customer()), Actor("nobody", user_id=4711)):
        with pytest.raises(NotFound):
            hand_over(shop, owner, account, stranger)
