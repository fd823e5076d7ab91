"""Somebody of the company acts for a customer who asked for it: marked, with a reason, and never with the money."""

from dataclasses import replace

import pytest

from billing import access
from billing.access import ON_BEHALF, Actor, Look, Permission
from billing.accounts import members, service
from billing.accounts.log import log
from billing.accounts.service import EditBillingDetails
from billing.accounts.tables import Account, Role
from billing.errors import CheckNeeded, NotAllowed, NotFound, OnlyLooking, ReasonNeeded
from billing.invoices import queries as invoices
from billing.invoices.customers import customers
from billing.logins import queries, sessions
from billing.logins.queries import Identity
from billing.logins.sessions import Visitor
from billing.privacy import erasing, personal
from tests.factories import Shop
from tests.staffing import finance

WHY = "Belde met een vraag"
P = Permission
MOVED = EditBillingDetails("Bakkerij Test", "A. Tester", "", "", "Zwolle", "")


@pytest.fixture
def fien(shop: Shop) -> Actor:
    """Somebody of the finance department."""
    return finance(shop)


@pytest.fixture
def token(shop: Shop, fien: Actor) -> str:
    """Fien's session."""
    return shop.do(sessions.start, fien.user_id or 0, Visitor())


@pytest.fixture
def acting(shop: Shop, account: int, fien: Actor, token: str) -> Identity:
    """Fien, who acts on the customer's behalf."""
    shop.do(sessions.act_for, fien, token, account, WHY)
    return seen(shop, token)


def seen(shop: Shop, token: str) -> Identity:
    return shop.ask(queries.identity, token) or pytest.fail("logged out")


def test_the_customers_dashboard_is_on_screen(shop: Shop, account: int, acting: Identity) -> None:
    shop.invoice(account)
    assert (acting.account_id, acting.account_name, acting.acts_for) == (account, "Bakkerij Test", True)
    assert shop.ask(invoices.open_invoices, acting.actor, account).count == 1


def test_money_mandates_people_and_hosting_stay_with_the_customer(shop: Shop, account: int, acting: Identity) -> None:
    number = shop.invoice(account)
    with pytest.raises(NotAllowed):
        shop.start(acting.actor, number)
    never = {P.INVOICES_PAY, P.MANDATE_MANAGE, P.CREDITS_CHOOSE, P.USERS_MANAGE, P.OWNERSHIP_TRANSFER, P.WEBSITE_MANAGE,
             P.EMAIL_MANAGE, P.DOMAINS_MANAGE, P.NOTIFICATIONS_MANAGE}  # fmt: skip
    assert not never & acting.permissions
    assert never | ON_BEHALF == set(Permission)


def test_no_other_customer_can_be_reached_meanwhile(shop: Shop, acting: Identity) -> None:
    other = shop.customer("Fietsclub")
    shop.also_member(acting.actor, other, Role.OWNER)
    with pytest.raises(NotFound):
        shop.ask(invoices.open_invoices, acting.actor, other)
    with pytest.raises(NotAllowed):
        shop.ask(access.everywhere, acting.actor, P.INVOICES_VIEW)


def test_the_pages_of_the_company_are_closed_meanwhile(shop: Shop, acting: Identity) -> None:
    assert not acting.is_finance
    with pytest.raises(NotAllowed):
        shop.ask(customers, acting.actor)


def test_the_customer_reads_who_came_why_and_what_was_done(shop: Shop, account: int, acting: Identity) -> None:
    shop.do(service.edit_billing_details, acting.actor, account, MOVED)
    owner = shop.member(account, Role.OWNER)
    changed, came = shop.ask(log, owner, account).rows[1:3]
    assert (came.actor, came.action, came.facts["reason"]) == ("Fien", "account.acted_for", WHY)
    assert (changed.actor, changed.facts["on_behalf"]) == ("Fien", True)


def test_it_ends_with_a_click(shop: Shop, acting: Identity, token: str) -> None:
    shop.do(sessions.stop_looking, token)
    after = seen(shop, token)
    assert (after.is_finance, after.account_id, after.actor.acts_for) == (True, 0, None)


def test_who_stops_working_here_stops_acting_at_once(shop: Shop, account: int, acting: Identity, token: str) -> None:
    shop.sql("UPDATE login_user SET staff_role = '' WHERE id = :id", id=acting.user_id)
    assert seen(shop, token).account_id == 0
    with pytest.raises(NotFound):
        shop.ask(invoices.open_invoices, acting.actor, account)


@pytest.mark.parametrize("reason", ["", "   ", "\n\t\u200b"])
def test_without_a_reason_it_is_refused(shop: Shop, account: int, fien: Actor, token: str, reason: str) -> None:
    with pytest.raises(ReasonNeeded):
        shop.do(sessions.act_for, fien, token, account, reason)
    assert not seen(shop, token).acts_for


def test_without_a_fresh_proof_it_is_refused(shop: Shop, account: int, fien: Actor, token: str) -> None:
    shop.clock.advance(minutes=11)
    with pytest.raises(CheckNeeded):
        shop.do(sessions.act_for, fien, token, account, WHY)


def test_for_a_customer_that_is_not_there_it_is_refused(shop: Shop, fien: Actor, token: str) -> None:
    with pytest.raises(NotFound):
        shop.do(sessions.act_for, fien, token, 987_654, WHY)


@pytest.mark.parametrize("role", Role)
def test_customers_act_for_nobody(shop: Shop, account: int, role: Role) -> None:
    member = shop.proven(shop.member(account, role))
    token = shop.do(sessions.start, member.user_id or 0, Visitor())
    with pytest.raises(NotAllowed):
        shop.do(sessions.act_for, member, token, account, WHY)


def test_through_somebody_elses_eyes_nobody_acts(shop: Shop, account: int, fien: Actor, token: str) -> None:
    shop.also_member(fien, account, Role.OWNER)
    shop.do(sessions.look_as, fien, token, account, role="bookkeeper", scopes=("invoices.view",))
    with pytest.raises(OnlyLooking):
        shop.do(sessions.act_for, seen(shop, token).actor, token, account, WHY)


def test_who_acts_can_not_invite_anybody(shop: Shop, account: int, acting: Identity) -> None:
    with pytest.raises(NotAllowed):
        shop.do(members.remove_member, acting.actor, account, 1)


def test_what_the_customer_s_owner_may_take_along_or_erase_is_not_theirs(
    shop: Shop, account: int, acting: Identity
) -> None:
    other = shop.customer("Ander")
    acting_now = shop.proven(acting.actor)
    for name in ("Bakkerij Test", "Ander"):
        place, refused = (account, NotAllowed) if name == "Bakkerij Test" else (other, NotFound)
        with pytest.raises(refused):
            shop.ask(personal.of_account, acting_now, place)
        with pytest.raises(refused):
            shop.do(erasing.erase, acting_now, place, name)
    assert {one.erased_at for one in shop.all(Account)} == {None}


def test_nor_is_anything_of_finance_while_somebody_looks_through_other_eyes(
    shop: Shop, account: int, fien: Actor
) -> None:
    looks = replace(shop.proven(fien), looks_as=Look(account, frozenset({P.INVOICES_VIEW})))
    with pytest.raises(NotAllowed):
        shop.ask(access.require_finance, looks)
    with pytest.raises(NotFound):
        shop.ask(personal.of_account, looks, account)
