"""An account is erased when nothing can be taken back any more, and gets nothing new afterwards."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from billing.access import SYSTEM, Actor
from billing.accounts import service as accounts
from billing.accounts.invitations import Invite, invite
from billing.accounts.service import EditBillingDetails
from billing.accounts.tables import Account, Role
from billing.api import keys
from billing.api.keys import AddKey
from billing.api.refusals import KeyRefused
from billing.clock import local_day
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.errors import AccountErased, ErasureRefused
from billing.invoices.customers import customers
from billing.invoices.tables import Invoice, InvoiceLine
from billing.lights.tables import GatewaySeen
from billing.mandates import service as mandates
from billing.mandates.requests import RequestMandate, open_request
from billing.ports import MandateScheme, Method
from billing.privacy import erasing, rules
from billing.taxes.tables import VatCheck
from tests.factories import Shop
from tests.fakes.collecting import CONSENT, go_on, go_to, sign
from tests.lighting import Lit
from tests.renewals import product, service

NAME = "Bakkerij Test"


def erase(shop: Shop, actor: Actor, account: int, name: str = NAME) -> None:
    shop.do(erasing.erase, shop.proven(actor), account, name)


def refusal(shop: Shop, actor: Actor, account: int) -> tuple[str, str]:
    with pytest.raises(ErasureRefused) as refused:
        erase(shop, actor, account)
    return str(refused.value.facts["reason"]), str(refused.value.facts.get("earliest"))


@pytest.fixture
def erased(shop: Shop, account: int, owner: Actor) -> int:
    erase(shop, owner, account)
    return account


@pytest.mark.parametrize(("way", "scheme", "expected"), [
    ("", "", date(2027, 3, 29)), ("first_payment", "core", date(2027, 3, 29)), ("emandate", "core", date(2026, 4, 26)),
    ("emandate", "b2b", date(2026, 3, 7)),
])  # fmt: skip
def test_money_is_final_after_the_time_that_its_way_of_paying_has(way: str, scheme: str, expected: date) -> None:
    assert rules.final_on(date(2026, 2, 28), way, scheme) == expected


def test_after_a_card_payment_it_takes_thirteen_months(shop: Shop, account: int, owner: Actor) -> None:
    shop.pay(owner, shop.invoice(account), method=Method.CARD)
    shop.carry_out()
    final = rules.final_on(local_day(shop.clock.now()))
    assert refusal(shop, owner, account) == ("can_return", final.isoformat())
    go_to(shop, final - timedelta(days=1))
    assert refusal(shop, owner, account)[0] == "can_return"
    go_to(shop, final)
    erase(shop, owner, account)
    assert shop.broken() == []


def test_after_an_ideal_payment_nothing_is_waited_for(shop: Shop, account: int, owner: Actor) -> None:
    shop.pay(owner, shop.invoice(account))
    shop.carry_out()
    erase(shop, owner, account)
    assert shop.broken() == []


def test_after_a_debit_that_was_signed_for_at_the_bank_it_takes_eight_weeks(
    shop: Shop, account: int, owner: Actor
) -> None:
    sign(shop, owner, account)
    number = shop.invoice(account)
    go_on(shop, 20)
    [debited] = [payment for payment in shop.all(erasing.Payment) if payment.collect_on]
    shop.succeed(debited.provider_key or "")
    assert shop.open_cents(number) == [0]
    shop.do(mandates.withdraw, shop.proven(owner), account)
    assert debited.collect_on is not None
    final = max(debited.collect_on, local_day(shop.clock.now())) + timedelta(days=57)
    assert refusal(shop, owner, account) == ("can_return", final.isoformat())
    go_to(shop, final)
    erase(shop, owner, account)
    assert shop.broken() == []


def test_what_is_taken_back_all_the_same_is_open_for_finance_and_breaks_nothing(
    shop: Shop, account: int, owner: Actor, first: Actor
) -> None:
    number = shop.invoice(account)
    key = shop.pay(owner, number)
    shop.carry_out()
    erase(shop, owner, account)
    shop.hear(shop.gateway.take_back(key))
    assert (shop.open_cents(number), shop.broken()) == ([12_100], [])
    [seen] = shop.ask(customers, first).rows
    assert (seen.name, seen.open_cents) == (f"Gewist {account}", 12_100)


def test_no_second_name_of_who_paid_is_kept_with_what_the_gateway_said(shop: Shop, account: int, owner: Actor) -> None:
    watched = Lit(shop)
    key = shop.start_key(owner, shop.invoice(account))
    shop.succeed(key, payer_name="A. Tester")
    watched.look()
    assert (shop.one(GatewaySeen).payer_name, shop.record(key).payer_name) == ("", "A. Tester")


def test_a_draft_goes_with_the_account(shop: Shop, account: int, owner: Actor) -> None:
    shop.draft(account)
    erase(shop, owner, account)
    assert (shop.all(Invoice), shop.all(InvoiceLine), shop.broken()) == ([], [], [])


def test_a_draft_of_an_erased_account_is_found(shop: Shop, erased: int) -> None:
    other = shop.customer("Ander")
    shop.draft(other)
    damage = f"UPDATE invoice SET account_id = {erased}"
    assert shop.broken_after(damage) == ["of an account that was erased nobody, nothing open and no service is left"]


def test_an_account_with_a_number_that_was_checked_is_erased_and_the_proof_stays(
    shop: Shop, belgian: int, belgian_owner: Actor
) -> None:
    erase(shop, belgian_owner, belgian, "Chocolaterie Test")
    row = shop.one(Account, id=belgian)
    assert (row.vat_number, row.vat_answer, len(shop.all(VatCheck))) == ("", "", 1)
    assert shop.broken() == []


def a_service(shop: Shop, account: int) -> object:
    return service(shop, account, shop.clock.now().date(), product(shop))


def a_draft(shop: Shop, account: int) -> object:
    return shop.draft(account)


def a_member(shop: Shop, account: int) -> object:
    return shop.member(account, Role.OWNER)


def an_invitation(shop: Shop, account: int) -> object:
    return shop.do(invite, SYSTEM, account, Invite("new@test.example", "Nieuw", Role.BOOKKEEPER.value, (), ()))


def a_mandate(shop: Shop, account: int) -> object:
    wanted = RequestMandate(account, CONSENT, scheme=MandateScheme.CORE)
    return shop.do(open_request, SYSTEM, wanted, shop.billing.policy.mandates)


def credits_to_spend(shop: Shop, account: int) -> object:
    return shop.do(credits.give_credits, SYSTEM, GiveCredits(account, 100, "storing"))


def other_details(shop: Shop, account: int) -> object:
    command = EditBillingDetails("Bakkerij Test", "", "Straat 1", "", "", "")
    return shop.do(accounts.edit_billing_details, SYSTEM, account, command)


def a_website(shop: Shop, account: int) -> object:
    return shop.package(account)


@pytest.mark.parametrize("new", [
    a_service, a_draft, a_member, an_invitation, a_mandate, credits_to_spend, other_details, a_website,
])  # fmt: skip
def test_an_erased_account_gets_nothing_new(shop: Shop, erased: int, new: Callable[[Shop, int], object]) -> None:
    with pytest.raises(AccountErased):
        new(shop, erased)
    assert shop.broken() == []


def test_nor_does_the_database_give_it_people_or_a_website(shop: Shop, erased: int) -> None:
    user_id = shop.member(shop.customer("Ander"), Role.OWNER).user_id
    membership = f"SELECT {erased}, {user_id}, role, scopes, mail_topics FROM membership"
    into = "INSERT INTO membership (account_id, user_id, role, scopes, mail_topics)"
    assert "account is erased" in shop.refusal(f"{into} {membership}")


def test_its_keys_work_no_more_and_there_are_no_new_ones(shop: Shop, account: int, owner: Actor, first: Actor) -> None:
    command = AddKey("webshop", ["invoices:read"], account)
    token = shop.do(keys.add, first, command)
    assert shop.ask(keys.bearer, token).key.account_id == account
    erase(shop, owner, account)
    with pytest.raises(KeyRefused):
        shop.ask(keys.bearer, token)
    with pytest.raises(AccountErased):
        shop.do(keys.add, first, command)
