"""The billing details of an account."""

from dataclasses import replace
from typing import Any

import pytest

from billing.access import Actor
from billing.accounts import queries, service
from billing.accounts.service import EditBillingDetails
from billing.accounts.tables import Account, Role
from billing.errors import (
    BillingError,
    CheckNeeded,
    InvalidChamberNumber,
    InvalidName,
    InvalidVatNumber,
    NotAllowed,
    NotFound,
)
from billing.ports import AccountMailKind
from tests.factories import Shop

AS_IT_IS = EditBillingDetails("Bakkerij Test", "A. Tester", "", "", "", "")


def edit(shop: Shop, actor: Actor, account: int, **other: Any) -> None:
    shop.do(service.edit_billing_details, actor, account, replace(AS_IT_IS, **other))


def test_the_next_invoice_carries_the_new_details_and_an_issued_one_keeps_its_own(
    shop: Shop, account: int, owner: Actor
) -> None:
    before = shop.invoice(account)
    edit(shop, owner, account, street="  Molenpad \n 12 ")
    assert shop.row(shop.invoice(account)).buyer["street"] == "Molenpad 12"
    assert shop.row(before).buyer["street"] == ""


def test_another_name_or_vat_number_needs_a_fresh_proof(shop: Shop, account: int, owner: Actor) -> None:
    for other in ({"name": "Bakkerij Nieuw"}, {"vat_number": "NL 0044.95.445 B01"}):
        with pytest.raises(CheckNeeded):
            edit(shop, owner, account, **other)
        edit(shop, shop.proven(owner), account, **other)
    assert shop.one(Account).vat_number == "NL004495445B01"


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"name": ""}, InvalidName),
        ({"name": " \u200b"}, InvalidName),
        ({"vat_number": "NL123"}, InvalidVatNumber),
        ({"vat_number": "XX004495445B01"}, InvalidVatNumber),
        ({"chamber_number": "1234567"}, InvalidChamberNumber),
        ({"chamber_number": "12345678a"}, InvalidChamberNumber),
        ({"chamber_number": "\u0661" * 8}, InvalidChamberNumber),
    ],
)
def test_wrong_details_are_refused(
    shop: Shop, account: int, owner: Actor, other: dict[str, Any], refusal: type[BillingError]
) -> None:
    with pytest.raises(refusal):
        edit(shop, shop.proven(owner), account, **other)
    assert shop.one(Account).name == "Bakkerij Test"


@pytest.mark.parametrize("role", [Role.BOOKKEEPER, Role.READ_ONLY, Role.TECHNICIAN])
def test_others_leave_them_alone(shop: Shop, account: int, role: Role) -> None:
    with pytest.raises(NotAllowed):
        edit(shop, shop.proven(shop.member(account, role)), account, city="Elders")


def test_details_of_another_account_do_not_exist(shop: Shop, account: int, owner: Actor) -> None:
    for foreign in (shop.customer(), 4711):
        with pytest.raises(NotFound):
            edit(shop, owner, foreign, city="Elders")
        with pytest.raises(NotFound):
            shop.ask(queries.billing_details, owner, foreign)


def test_the_owner_is_told_and_it_is_written_down(shop: Shop, account: int, owner: Actor) -> None:
    edit(shop, owner, account, city="Voorbeeldstad")
    shop.carry_out()
    assert [mail.kind for mail in shop.writer.asked_accounts] == [AccountMailKind.BILLING_PROFILE_CHANGED]
    assert shop.audit()[-1].facts == {"fields": ["city"]}


def test_saving_what_is_there_already_changes_nothing(shop: Shop, account: int, owner: Actor) -> None:
    before = shop.one(Account).version, len(shop.audit())
    edit(shop, owner, account)
    assert (shop.one(Account).version, len(shop.audit())) == before


def test_a_number_at_the_chamber_of_commerce_comes_to_stand_on_the_next_invoice(
    shop: Shop, account: int, owner: Actor
) -> None:
    edit(shop, owner, account, chamber_number=" 1234 5678")
    assert shop.row(shop.invoice(account)).buyer["chamber_number"] == "12345678"
    assert "ck_account_chamber_number" in shop.refusal("UPDATE account SET chamber_number = '1'")
