"""A key opens what its scopes say, for the customers that it reaches, as long as it lasts."""

from datetime import timedelta

import pytest

from billing import access
from billing.access import Permission, Scope
from billing.accounts import service as accounts
from billing.accounts.tables import Account, Role
from billing.api import keys
from billing.api.keys import AddKey
from billing.api.refusals import KeyInvalid, KeyRefused
from billing.api.tables import ApiKey
from billing.errors import CheckNeeded, NotAllowed, NotFound
from tests import machines

NOBODY = 987_654


def test_only_the_digest_of_a_key_is_kept(shop):
    token = machines.key(shop.billing)
    [row] = shop.all(ApiKey)
    assert token.startswith("vdk_")
    assert token not in str(row.model_dump())
    assert row.sha256 == keys.digest(token)


def test_a_key_is_known_by_the_machine_that_it_was_made_for(shop):
    token = machines.key(shop.billing, Scope.INVOICES_READ)
    actor = machines.actor_of(shop.billing, token)
    assert (actor.name, actor.user_id, actor.is_system) == ("API webshop", None, False)
    assert actor.key.scopes == {Scope.INVOICES_READ}


def test_a_key_of_somebody_elses_making_is_none(shop):
    machines.key(shop.billing)
    with pytest.raises(KeyRefused):
        machines.actor_of(shop.billing, "vdk_made-up")


def test_a_key_that_was_withdrawn_opens_nothing_from_then_on(shop):
    token, staff = machines.key(shop.billing), machines.staff(shop.billing)
    key_id = machines.actor_of(shop.billing, token).key.key_id
    shop.do(keys.withdraw, staff, key_id)
    shop.do(keys.withdraw, staff, key_id)
    with pytest.raises(KeyRefused):
        machines.actor_of(shop.billing, token)
    assert [event.action for event in shop.audit() if event.chain == f"api_key:{key_id}"] == [
        "api_key.made", "api_key.withdrawn",
    ]  # fmt: skip


def test_a_key_ends_at_its_moment(shop):
    ends = shop.clock.now() + timedelta(hours=1)
    token = shop.do(keys.add, machines.staff(shop.billing), AddKey("short", ["invoices:read"], expires_at=ends))
    machines.actor_of(shop.billing, token)
    shop.clock.advance(hours=1)
    with pytest.raises(KeyRefused):
        machines.actor_of(shop.billing, token)


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (AddKey(" \n", ["invoices:read"]), "name"),
        (AddKey("webshop", []), "scopes"),
        (AddKey("webshop", ["invoices:read", "invoices:steal"]), "scopes"),
    ],
)
def test_a_key_without_a_name_or_with_unknown_scopes_is_not_made(shop, command, reason):
    with pytest.raises(KeyInvalid) as refused:
        shop.do(keys.add, machines.staff(shop.billing), command)
    assert refused.value.facts["reason"] == reason
    assert shop.all(ApiKey) == []


def test_a_key_that_is_over_already_is_not_made(shop):
    command = AddKey("webshop", ["invoices:read"], expires_at=shop.clock.now())
    with pytest.raises(KeyInvalid):
        shop.do(keys.add, machines.staff(shop.billing), command)


def test_a_key_for_an_unknown_customer_is_not_made(shop):
    with pytest.raises(NotFound):
        shop.do(keys.add, machines.staff(shop.billing), AddKey("webshop", ["invoices:read"], NOBODY))


def test_customers_and_machines_make_no_keys(shop, account, owner):
    machine = machines.actor_of(shop.billing, machines.key(shop.billing))
    for actor in (owner, machine, access.SYSTEM):
        with pytest.raises(NotAllowed):
            shop.do(keys.add, actor, AddKey("webshop", ["invoices:read"]))


def test_scopes_are_rights_at_the_one_door(shop, account):
    machine = machines.actor_of(shop.billing, machines.key(shop.billing, Scope.INVOICES_READ, Scope.SERVICES_READ))
    assert shop.ask(access.permissions, machine, account) == {Permission.INVOICES_VIEW, Permission.SERVICES_VIEW}
    with pytest.raises(NotAllowed):
        shop.ask(access.require, machine, Permission.CREDITS_VIEW, account)


def test_no_key_can_pay_manage_users_or_touch_a_mandate(shop, account):
    machine = machines.actor_of(shop.billing, machines.key(shop.billing))
    never = {
        Permission.INVOICES_PAY, Permission.USERS_MANAGE, Permission.MANDATE_MANAGE, Permission.CREDITS_CHOOSE,
        Permission.OWNERSHIP_TRANSFER, Permission.WEBSITE_MANAGE,
    }  # fmt: skip
    assert shop.ask(access.permissions, machine, account) & never == set()


def test_a_key_for_one_customer_knows_of_no_other(shop, account):
    other = shop.customer("Slagerij Test")
    machine = machines.actor_of(shop.billing, machines.key(shop.billing, account_id=account))
    assert shop.ask(access.require_customer, machine, Scope.INVOICES_READ, account) == account
    for out_of_reach in (other, NOBODY):
        with pytest.raises(NotFound):
            shop.ask(access.require_customer, machine, Scope.INVOICES_READ, out_of_reach)
        with pytest.raises(NotFound):
            shop.ask(access.require, machine, Permission.INVOICES_VIEW, out_of_reach)


def test_without_the_scope_not_even_the_existence_is_told(shop, account):
    machine = machines.actor_of(shop.billing, machines.key(shop.billing, Scope.PAYMENTS_READ))
    for customer in (account, NOBODY):
        with pytest.raises(NotAllowed):
            shop.ask(access.require_customer, machine, Scope.INVOICES_READ, customer)


def test_people_have_no_scopes(shop, account):
    owner = shop.member(account, Role.OWNER)
    with pytest.raises(NotAllowed):
        shop.ask(access.require_customer, owner, Scope.INVOICES_READ, account)


def test_a_key_is_its_own_proof_and_a_person_is_not(shop, account, owner):
    machine = machines.actor_of(shop.billing, machines.key(shop.billing, Scope.CUSTOMERS_WRITE))
    details = accounts.EditBillingDetails("Andere naam", "", "", "", "", "", "")
    with pytest.raises(CheckNeeded):
        shop.do(accounts.edit_billing_details, owner, account, details)
    shop.do(accounts.edit_billing_details, machine, account, details)
    assert shop.one(Account, id=account).name == "Andere naam"
