"""Customers who say that they moved out of the VAT area of the Union: never without VAT before finance looked at it."""

from dataclasses import replace

import pytest

from billing.access import SYSTEM, Actor
from billing.accounts import moving, service
from billing.accounts.service import EditBillingDetails
from billing.accounts.tables import Account, Role
from billing.errors import CheckNeeded, NotAllowed, Refused
from billing.ports import AccountMailKind
from billing.privacy import erasing
from tests.abroad import BELGIAN
from tests.factories import Shop
from tests.lighting import Lit

pytestmark = pytest.mark.usefixtures("sound_books")

THERE = EditBillingDetails("P. Ejemplo", "A. Tester", "Calle 1", "35001", "Las Palmas", "", "", "ES", "consumer")
BEFORE = ("union_consumer", 2_100, "28001")


@pytest.fixture
def spaniard(shop: Shop) -> int:
    return shop.customer(
        "P. Ejemplo", country="ES", customer_kind="consumer", street="Calle 9", postal_code="28001", city="Madrid"
    )


@pytest.fixture
def they(shop: Shop, spaniard: int) -> Actor:
    return shop.proven(shop.member(spaniard, Role.OWNER, mails=True))


def edit(shop: Shop, actor: Actor, account: int, details: EditBillingDetails) -> None:
    shop.do(service.edit_billing_details, actor, account, details)


def taxed(shop: Shop, account: int) -> tuple[str, int, str]:
    invoice = shop.row(shop.invoice(account))
    return invoice.vat_treatment, invoice.vat_cents, invoice.buyer["postal_code"]


@pytest.mark.parametrize("postal_code", ["35001", "28002"])
def test_another_postal_code_needs_a_fresh_proof(shop: Shop, spaniard: int, they: Actor, postal_code: str) -> None:
    with pytest.raises(CheckNeeded):
        edit(shop, replace(they, checked_at=None), spaniard, replace(THERE, postal_code=postal_code))
    assert (shop.one(Account).moving_to, shop.one(Account).postal_code) == (None, "28001")


@pytest.mark.parametrize("place", [{}, {"country": "US", "postal_code": "10001"}])
def test_until_finance_looked_at_it_address_and_vat_stay_as_they_were(
    shop: Shop, spaniard: int, they: Actor, place: dict[str, str]
) -> None:
    edit(shop, they, spaniard, replace(THERE, **place))
    assert taxed(shop, spaniard) == BEFORE
    assert "billing_profile.move_asked" in {event.action for event in shop.audit()}


def test_a_customer_at_home_keeps_dutch_vat_until_then(shop: Shop, account: int, owner: Actor) -> None:
    there = replace(THERE, name="Bakkerij Test", country="US", customer_kind="")
    edit(shop, shop.proven(owner), account, there)
    assert taxed(shop, account)[:2] == ("domestic", 2_100)


def test_what_else_was_filled_in_counts_at_once_and_what_is_saved_again_keeps_the_move(
    shop: Shop, spaniard: int, they: Actor, first: Actor
) -> None:
    edit(shop, they, spaniard, replace(THERE, attention="B. Ejemplo"))
    shown = replace(THERE, attention="C. Ejemplo", street="Calle 9", postal_code="28001", city="Madrid")
    edit(shop, they, spaniard, shown)
    [waits] = shop.ask(moving.waiting, first)
    assert (waits.country, waits.to["postal_code"]) == ("ES", "35001")
    assert shop.one(Account).attention == "C. Ejemplo"


def test_another_address_inside_takes_the_move_back(shop: Shop, spaniard: int, they: Actor, first: Actor) -> None:
    edit(shop, they, spaniard, THERE)
    edit(shop, they, spaniard, replace(THERE, postal_code="28002", city="Madrid"))
    assert shop.ask(moving.waiting, first) == []
    assert taxed(shop, spaniard) == ("union_consumer", 2_100, "28002")


def test_finance_lets_it_count_from_the_next_invoice_on(shop: Shop, spaniard: int, they: Actor, first: Actor) -> None:
    edit(shop, they, spaniard, THERE)
    shop.do(moving.confirm, first, spaniard, "uittreksel")
    assert taxed(shop, spaniard) == ("outside", 0, "35001")
    [event] = [one for one in shop.audit() if one.action == "billing_profile.move_confirmed"]
    assert (event.facts, shop.ask(moving.waiting, first)) == ({"evidence": "uittreksel"}, [])


def test_finance_refuses_it_and_the_customer_is_told(shop: Shop, spaniard: int, they: Actor, first: Actor) -> None:
    edit(shop, they, spaniard, THERE)
    shop.do(moving.refuse, first, spaniard, "bank in Spanje")
    shop.carry_out()
    assert [mail.kind for mail in shop.writer.asked_accounts] == [AccountMailKind.MOVE_REFUSED]
    assert taxed(shop, spaniard) == BEFORE


def test_a_vat_number_of_the_country_of_before_goes_when_the_move_counts(
    shop: Shop, belgian: int, belgian_owner: Actor, first: Actor
) -> None:
    there = EditBillingDetails("Chocolaterie Test", "A. Tester", "", "10001", "New York", "", "", "US")
    they = shop.proven(belgian_owner)
    edit(shop, they, belgian, there)
    assert taxed(shop, belgian)[:2] == ("union_consumer", 2_100)
    edit(shop, they, belgian, replace(there, country="BE", postal_code="", city="", vat_number=BELGIAN))
    shop.do(moving.confirm, first, belgian, "extract")
    assert (shop.one(Account).vat_number, taxed(shop, belgian)[:2]) == ("", ("outside", 0))


def test_only_finance_decides_once_and_with_evidence(shop: Shop, spaniard: int, they: Actor, first: Actor) -> None:
    edit(shop, they, spaniard, THERE)
    for decide in (moving.confirm, moving.refuse):
        for actor in (they, SYSTEM):
            with pytest.raises(NotAllowed):
                shop.do(decide, actor, spaniard, "extract")
        with pytest.raises(Refused, match="no_evidence"):
            shop.do(decide, first, spaniard, " ")
    shop.do(moving.confirm, first, spaniard, "extract")
    with pytest.raises(Refused, match="no_move"):
        shop.do(moving.confirm, first, spaniard, "extract")


def test_it_is_among_what_finance_has_to_look_at(shop: Shop, spaniard: int, they: Actor, first: Actor) -> None:
    lit = Lit(shop)
    edit(shop, they, spaniard, THERE)
    assert lit.overview(first).standing.brakes.vat_tasks == 1
    shop.do(moving.confirm, first, spaniard, "extract")
    assert lit.overview(first).standing.brakes.vat_tasks == 0


def test_nothing_of_it_is_left_of_who_is_erased(shop: Shop, spaniard: int, they: Actor) -> None:
    edit(shop, they, spaniard, THERE)
    shop.do(erasing.erase, they, spaniard, "P. Ejemplo")
    assert shop.one(Account).moving_to is None
