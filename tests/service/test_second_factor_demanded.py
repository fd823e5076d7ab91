"""Of whom a second factor is demanded: without one a password opens nothing but the page where one is set up."""

import pytest

from billing import access
from billing.access import SYSTEM, Actor, Permission
from billing.accounts.queries import finance_member
from billing.accounts.tables import Role
from billing.demo import scenes
from billing.errors import LastSecondFactor, NotAllowed, NotFound, SecondFactorNeeded
from billing.invoices.customers import customers
from billing.invoices.queries import open_invoices
from billing.logins import authenticator, flows, passkeys, queries, sessions
from billing.logins.flows import LoggedIn, LogIn
from billing.logins.queries import Identity
from billing.logins.tables import Authenticator, Passkey
from billing.privacy import personal
from billing.second_factor import SecondFactor
from tests.commands import Type
from tests.demanding import demand, passkey
from tests.factories import PASSWORD, Shop
from tests.fakes.authenticator import HOME, App, switched_on
from tests.machines import actor_of, key
from tests.staffing import finance

OFFERED, STAFF, EVERYBODY = SecondFactor


@pytest.fixture
def fien(shop: Shop) -> Actor:
    """Somebody of the finance department, with nothing but a password."""
    return finance(shop)


def enter(shop: Shop, email: str) -> LoggedIn:
    return flows.log_in(shop.billing, LogIn(email, PASSWORD, HOME))


def seen(shop: Shop, actor: Actor) -> Identity:
    """How a new session of this person is seen."""
    token = shop.do(sessions.start, actor.user_id or 0, HOME)
    return shop.ask(queries.identity, token) or pytest.fail("logged out")


# Of the company's own people


@pytest.mark.parametrize("of_whom", [STAFF, EVERYBODY])
def test_finance_without_one_is_refused_and_told_why(shop: Shop, account: int, fien: Actor, of_whom: str) -> None:
    demand(shop, SecondFactor(of_whom))
    for refused in (
        lambda: shop.ask(customers, fien),
        lambda: shop.do(access.require_finance_checked, fien),
        lambda: shop.ask(finance_member, "fien@staff.example"),
        lambda: shop.do(sessions.act_for, fien, "", account, "Belde"),
        lambda: shop.ask(personal.of_person, fien, "fien@staff.example"),
    ):
        with pytest.raises(SecondFactorNeeded):
            refused()
    assert not shop.ask(access.speaks_for_finance, fien)


def test_a_session_that_acts_for_a_customer_is_only_its_own_meanwhile(shop: Shop, account: int, fien: Actor) -> None:
    token = shop.do(sessions.start, fien.user_id or 0, HOME)
    shop.do(sessions.act_for, fien, token, account, "Belde")
    demand(shop, STAFF)
    found = shop.ask(queries.identity, token)
    assert found is not None
    assert (found.acts_for, found.account_id, found.is_finance, found.needs_factor) == (False, 0, False, True)
    with pytest.raises(SecondFactorNeeded):
        shop.ask(open_invoices, Actor("Fien", fien.user_id, acts_for=account), account)


def test_finance_may_do_everything_as_soon_as_an_app_is_on(shop: Shop, fien: Actor) -> None:
    demand(shop, STAFF)
    token = enter(shop, "fien@staff.example").token
    switched_on(shop, fien)
    assert shop.ask(customers, fien) is not None
    found = shop.ask(queries.identity, token)
    assert found is not None
    assert (found.is_finance, found.needs_factor) == (True, False)


def test_a_passkey_counts_too(shop: Shop, fien: Actor) -> None:
    demand(shop, STAFF)
    passkey(shop, fien)
    assert shop.do(access.require_finance, fien) == fien.user_id


def test_an_app_that_never_showed_a_code_does_not_count(shop: Shop, fien: Actor) -> None:
    demand(shop, STAFF)
    App(shop, fien)
    with pytest.raises(SecondFactorNeeded):
        shop.do(access.require_finance, fien)


def test_the_log_in_says_that_one_is_needed(shop: Shop, owner: Actor, fien: Actor) -> None:
    demand(shop, STAFF)
    assert enter(shop, "fien@staff.example").needs_factor
    assert not enter(shop, f"{owner.name}@test.example").needs_factor


def test_who_shows_the_demo_is_one_of_the_companys_own_people(shop: Shop) -> None:
    presenter = finance(shop, "Pim", role=access.PRESENTER)
    assert seen(shop, presenter).presents
    demand(shop, STAFF)
    assert not seen(shop, presenter).presents
    with pytest.raises(SecondFactorNeeded):
        shop.do(scenes.require_presenter, presenter)


def test_who_is_a_customer_too_keeps_the_rights_of_one(shop: Shop, account: int, fien: Actor) -> None:
    shop.also_member(fien, account, Role.OWNER)
    demand(shop, STAFF)
    assert shop.ask(access.permissions, fien, account) == access.DEFAULTS[Role.OWNER]
    assert seen(shop, fien).account_id == account


def test_customers_are_refused_as_ever_where_only_staff_may_come(shop: Shop, owner: Actor) -> None:
    demand(shop, STAFF)
    with pytest.raises(NotAllowed) as refused:
        shop.do(access.require_finance, owner)
    assert refused.type is NotAllowed


# Of everybody


def test_a_member_without_one_has_no_rights_at_all(shop: Shop, account: int, owner: Actor) -> None:
    demand(shop, EVERYBODY)
    assert shop.ask(access.permissions, owner, account) == frozenset()
    with pytest.raises(SecondFactorNeeded):
        shop.ask(open_invoices, owner, account)
    with pytest.raises(SecondFactorNeeded):
        shop.ask(access.everywhere, owner, Permission.INVOICES_VIEW)
    found = seen(shop, owner)
    assert (found.needs_factor, found.permissions, found.accounts, found.inbox) == (True, frozenset(), (), ())


def test_with_one_a_member_has_all_rights_in_the_same_session(shop: Shop, account: int, owner: Actor) -> None:
    demand(shop, EVERYBODY)
    token = enter(shop, f"{owner.name}@test.example").token
    switched_on(shop, owner)
    found = shop.ask(queries.identity, token)
    assert found is not None
    assert (found.account_id, found.permissions) == (account, access.DEFAULTS[Role.OWNER])
    assert shop.ask(open_invoices, owner, account).count == 0


def test_whether_an_account_exists_stays_unknown_without_one(shop: Shop, account: int, owner: Actor) -> None:
    demand(shop, EVERYBODY)
    for any_account in (account, 4711):
        with pytest.raises(SecondFactorNeeded):
            shop.do(access.require, owner, Permission.INVOICES_VIEW, any_account)


def test_a_stranger_with_one_finds_nothing(shop: Shop, account: int, fien: Actor) -> None:
    passkey(shop, fien)
    demand(shop, EVERYBODY)
    with pytest.raises(NotFound):
        shop.do(access.require, fien, Permission.INVOICES_VIEW, account)


def test_the_system_and_keys_go_on(shop: Shop, account: int) -> None:
    machine = actor_of(shop.billing, key(shop.billing))
    demand(shop, EVERYBODY)
    assert shop.do(access.require, SYSTEM, Permission.INVOICES_VIEW, account) == account
    assert shop.do(access.require, machine, Permission.INVOICES_VIEW, account) == account


# Only offered


def test_where_it_is_only_offered_a_password_is_enough(shop: Shop, account: int, owner: Actor, fien: Actor) -> None:
    assert shop.do(access.require_finance, fien) == fien.user_id
    assert shop.ask(access.permissions, owner, account) == access.DEFAULTS[Role.OWNER]
    assert not enter(shop, "fien@staff.example").needs_factor


# The last one stays


def test_the_last_one_can_not_be_switched_off(shop: Shop, fien: Actor) -> None:
    demand(shop, STAFF)
    switched_on(shop, fien)
    with pytest.raises(LastSecondFactor):
        shop.do(authenticator.switch_off, shop.proven(fien))
    assert shop.one(Authenticator, user_id=fien.user_id).confirmed_at is not None


def test_the_last_passkey_can_not_be_removed(shop: Shop, fien: Actor) -> None:
    demand(shop, STAFF)
    known = passkey(shop, fien)
    with pytest.raises(LastSecondFactor):
        shop.do(passkeys.remove, shop.proven(fien), known)
    assert shop.one(Passkey).id == known


def test_one_of_two_can_be_removed(shop: Shop, fien: Actor) -> None:
    demand(shop, STAFF)
    known = passkey(shop, fien)
    switched_on(shop, fien)
    shop.do(passkeys.remove, shop.proven(fien), known)
    passkey(shop, fien, "Telefoon")
    shop.do(authenticator.switch_off, shop.proven(fien))
    assert shop.do(access.require_finance, fien) == fien.user_id


def test_of_two_that_are_removed_at_one_moment_one_stays(shop: Shop, fien: Actor) -> None:
    demand(shop, STAFF)
    first, second = passkey(shop, fien), passkey(shop, fien, "Telefoon")
    proven = shop.proven(fien)
    with pytest.raises(LastSecondFactor):
        shop.overlap(
            lambda work: passkeys.remove(work, proven, first), lambda work: passkeys.remove(work, proven, second)
        )
    assert [row.id for row in shop.all(Passkey)] == [second]


def test_customers_may_do_without_while_it_is_demanded_of_staff(shop: Shop, owner: Actor) -> None:
    demand(shop, STAFF)
    switched_on(shop, owner)
    shop.do(authenticator.switch_off, shop.proven(owner))
    assert not enter(shop, f"{owner.name}@test.example").is_half


# The command line


def test_a_command_in_the_name_of_who_has_none_says_so(voldaan: Type, stored: Shop) -> None:
    fien = finance(stored)
    said = voldaan("stops", "list", "--by", "fien@staff.example", second_factor="staff")
    assert said.code == 2
    assert "has no second factor yet" in " ".join(said.err.split())
    passkey(stored, fien)
    assert voldaan("stops", "list", "--by", "fien@staff.example").code == 0
