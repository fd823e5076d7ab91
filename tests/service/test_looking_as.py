"""The owner looks at the account as somebody else would see it, and can't change anything meanwhile."""

from typing import Any

import pytest
from sqlmodel import select

from billing import access
from billing.access import Actor, Permission
from billing.accounts import members
from billing.accounts.tables import Membership, Role
from billing.credits import queries as credits
from billing.errors import NotAllowed, NotFound, OnlyLooking, ScopeNotPossible
from billing.invoices import queries as invoices
from billing.logins import queries, sessions
from billing.logins.queries import Identity
from billing.logins.sessions import Visitor
from tests.factories import Shop

PAYS = ("invoices.pay", "invoices.view")


@pytest.fixture
def token(shop: Shop, owner: Actor) -> str:
    return shop.do(sessions.start, owner.user_id or 0, Visitor())


def look(shop: Shop, actor: Actor, token: str, account: int, **other: Any) -> Identity:
    values: dict[str, Any] = {"role": "bookkeeper", "scopes": PAYS} | other
    shop.do(sessions.look_as, actor, token, account, **values)
    return shop.ask(queries.identity, token) or pytest.fail("logged out")


def test_one_sees_what_that_role_with_those_rights_sees(shop: Shop, account: int, owner: Actor, token: str) -> None:
    seen = look(shop, owner, token, account)
    assert (seen.looks_as, access.scopes_text(seen.permissions)) == ("bookkeeper", " ".join(PAYS))
    assert shop.ask(invoices.open_invoices, seen.actor, account).count == 0
    with pytest.raises(NotAllowed):
        shop.ask(credits.statement, seen.actor, account)


def test_nothing_can_be_changed(shop: Shop, account: int, owner: Actor, token: str) -> None:
    number = shop.invoice(account)
    seen = look(shop, owner, token, account)
    with pytest.raises(OnlyLooking):
        shop.start(seen.actor, number)
    with pytest.raises(OnlyLooking):
        shop.do(members.choose_own_mails, seen.actor, account, ())
    with pytest.raises(OnlyLooking):
        shop.do(sessions.look_as, seen.actor, token, account, role="owner", scopes=tuple(Permission))
    assert shop.gateway.started == []


def test_other_accounts_are_out_of_sight_meanwhile(shop: Shop, account: int, owner: Actor, token: str) -> None:
    shop.also_member(owner, shop.customer("Fietsclub"), Role.READ_ONLY)
    seen = look(shop, owner, token, account)
    assert seen.accounts == ((account, "Bakkerij Test"),)
    for theirs in shop.ask(lambda work: work.session.exec(select(Membership.account_id)).all()):
        assert bool(shop.ask(access.permissions, seen.actor, theirs)) == (theirs == account)


def test_looking_ends_with_a_click(shop: Shop, account: int, owner: Actor, token: str) -> None:
    look(shop, owner, token, account)
    shop.do(sessions.stop_looking, token)
    seen = shop.ask(queries.identity, token)
    assert seen is not None
    assert (seen.looks_as, seen.permissions, seen.actor.looks_as) == ("", frozenset(Permission), None)


def test_one_never_sees_more_than_one_may_oneself(shop: Shop, account: int, owner: Actor, token: str) -> None:
    look(shop, owner, token, account, role="technician", scopes=("website.manage",))
    shop.sql("UPDATE membership SET scopes = 'invoices.view', role = 'read_only' WHERE user_id = :i", i=owner.user_id)
    assert (shop.ask(queries.identity, token) or pytest.fail("out")).permissions == frozenset()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.BOOKKEEPER, Role.READ_ONLY, Role.TECHNICIAN])
def test_only_who_manages_users_may(shop: Shop, account: int, role: Role) -> None:
    member = shop.member(account, role)
    token = shop.do(sessions.start, member.user_id or 0, Visitor())
    with pytest.raises(NotAllowed):
        look(shop, member, token, account)


def test_what_a_role_can_not_have_can_not_be_looked_at(shop: Shop, account: int, owner: Actor, token: str) -> None:
    with pytest.raises(ScopeNotPossible):
        look(shop, owner, token, account, scopes=("website.manage",))
    with pytest.raises(NotFound):
        look(shop, owner, token, account, role="emperor")
    with pytest.raises(NotFound):
        look(shop, owner, token, shop.customer())


def test_it_is_written_down(shop: Shop, account: int, owner: Actor, token: str) -> None:
    look(shop, owner, token, account)
    told = shop.audit()[-1]
    assert (told.action, told.chain, told.facts["scopes"]) == ("user.looked_as", f"account:{account}", " ".join(PAYS))
    assert shop.broken() == []
