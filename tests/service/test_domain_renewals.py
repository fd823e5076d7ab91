"""A domain is renewed first, once each period; who pays for it is settled afterwards."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from billing.access import SYSTEM, Actor
from billing.accounts.tables import Role
from billing.clock import local_day
from billing.errors import NotAllowed, NotFound, Refused
from billing.invoices.tables import Invoice
from billing.ports import AccountMail, AccountMailKind, ServiceNews, ServiceNotice
from billing.products import service as products
from billing.products.service import AddProduct
from billing.products.tables import ProductKind
from billing.proration import Proration
from billing.renewals import service as renewals
from billing.renewals.flows import renew_domains
from billing.renewals.rules import RenewalRules
from billing.renewals.tables import DomainRenewal
from tests import stopping
from tests.changing import change
from tests.factories import Shop
from tests.renewals import run, service

WITHIN = RenewalRules(days=7, ceiling_cents=5_000)


@pytest.fixture
def finance(shop: Shop) -> Actor:
    return stopping.colleague(shop, "fien", "finance")


@pytest.fixture
def domain(shop: Shop, account: int, owner: Actor) -> int:
    """A domain of € 24,20 a year, paid for its first year, whose second begins in eight days and is not invoiced."""
    decide(shop, WITHIN)
    product = AddProduct(
        "domain", "Domeinnaam", ProductKind.DOMAIN, 12, Decimal(20), Decimal(21), date(2020, 1, 1), Proration.DOMAIN
    )  # fmt: skip
    product_id = shop.do(products.add_product, SYSTEM, product)
    service_id = service(shop, account, local_day(shop.clock.now()), product_id)
    run(shop)
    shop.pay(owner, stopping.number(shop, account))
    shop.clock.advance(days=357)
    shop.carry_out()
    return service_id


def decide(shop: Shop, rules: RenewalRules) -> None:
    shop.billing = replace(shop.billing, policy=replace(shop.billing.policy, renewals=rules))


def renewed(shop: Shop) -> list[ServiceNotice]:
    """Let a day's work be done; everything that the panel was ever asked to renew."""
    renew_domains(shop.billing)
    shop.carry_out()
    return [notice for notice in shop.panel.news if notice.news is ServiceNews.RENEW]


def test_nothing_is_renewed_before_its_time(shop: Shop, domain: int) -> None:
    assert renewed(shop) == []


def test_a_domain_is_renewed_in_time_though_nobody_paid(shop: Shop, domain: int) -> None:
    run(shop)
    shop.clock.advance(days=1)
    [notice] = renewed(shop)
    start = local_day(shop.clock.now()) + timedelta(days=7)
    assert (notice.service_id, notice.label, notice.product) == (domain, "voorbeeld.test", "domain")
    assert start == date(2027, 3, 6)
    assert notice.facts == {"period_start": "2027-03-06", "period_end": "2028-03-05"}
    assert shop.broken() == []


def test_each_period_is_renewed_once_also_when_it_is_invoiced_or_paid_in_between(
    shop: Shop, account: int, owner: Actor, domain: int
) -> None:
    shop.clock.advance(days=1)
    assert len(renewed(shop)) == 1
    run(shop)
    assert len(renewed(shop)) == 1
    shop.pay(owner, last_number(shop))
    shop.clock.advance(days=3)
    assert len(renewed(shop)) == 1
    assert len(shop.all(DomainRenewal)) == 1


def test_the_next_year_it_is_renewed_again(shop: Shop, domain: int) -> None:
    shop.clock.advance(days=1)
    run(shop)
    assert len(renewed(shop)) == 1
    shop.clock.advance(days=366)
    run(shop)
    assert [notice.facts["period_start"][:4] for notice in renewed(shop)] == ["2027", "2028"]


def test_above_the_ceiling_a_person_decides(shop: Shop, account: int, domain: int, finance: Actor) -> None:
    shop.invoice(account, "100.00")
    shop.clock.advance(days=1)
    assert renewed(shop) == []
    [held] = shop.ask(renewals.held, finance)
    assert (held.label, held.open_cents, held.ceiling_cents) == ("voorbeeld.test", 12_100, 5_000)
    assert shop.audit()[-1].action == "domain.renewal_held"
    shop.do(renewals.allow, finance, held.renewal_id)
    assert len(renewed(shop)) == 1
    assert shop.ask(renewals.held, finance) == []
    with pytest.raises(Refused, match="renewed_before"):
        shop.do(renewals.allow, finance, held.renewal_id)
    assert len(renewed(shop)) == 1
    assert shop.broken() == []


def test_what_is_held_is_said_once_and_renewed_as_soon_as_there_is_money(
    shop: Shop, account: int, owner: Actor, domain: int
) -> None:
    number = shop.invoice(account, "100.00")
    shop.clock.advance(days=1)
    for _ in range(3):
        assert renewed(shop) == []
    assert [event.action for event in shop.audit()].count("domain.renewal_held") == 1
    shop.pay(owner, number)
    assert len(renewed(shop)) == 1


def test_a_domain_that_is_paid_is_renewed_whatever_else_is_open(
    shop: Shop, account: int, owner: Actor, domain: int
) -> None:
    run(shop)
    shop.pay(owner, last_number(shop))
    shop.invoice(account, "100.00")
    shop.clock.advance(days=1)
    assert len(renewed(shop)) == 1


def test_a_domain_that_the_customer_cancelled_is_not_renewed(
    shop: Shop, account: int, owner: Actor, domain: int
) -> None:
    change(shop, owner, account, domain, local_day(shop.clock.now()) + timedelta(days=8))
    shop.clock.advance(days=3)
    assert renewed(shop) == []


def test_other_products_have_no_registry(shop: Shop, account: int, owner: Actor) -> None:
    stopping.late_service(shop, account)
    assert renewed(shop) == []


def test_only_the_finance_department_decides(shop: Shop, account: int, domain: int) -> None:
    shop.invoice(account, "100.00")
    shop.clock.advance(days=1)
    renew_domains(shop.billing)
    held = shop.one(DomainRenewal)
    for actor in (SYSTEM, shop.member(account, Role.ADMINISTRATOR)):
        with pytest.raises(NotAllowed):
            shop.do(renewals.allow, actor, held.id or 0)
        with pytest.raises(NotAllowed):
            shop.ask(renewals.held, actor)


def test_a_renewal_that_does_not_exist_can_not_be_allowed(shop: Shop, finance: Actor) -> None:
    with pytest.raises(NotFound):
        shop.do(renewals.allow, finance, 4711)


def test_the_database_lets_nothing_above_the_ceiling_go_on_by_itself(shop: Shop, account: int, domain: int) -> None:
    shop.invoice(account, "100.00")
    shop.clock.advance(days=1)
    renew_domains(shop.billing)
    telling = "UPDATE domain_renewal SET state = 'told', told_at = CURRENT_TIMESTAMP"
    assert "ceiling" in shop.refusal(telling)


def last_number(shop: Shop) -> str:
    return shop.all(Invoice)[-1].number or ""


def reassured(shop: Shop) -> list[AccountMail]:
    return [mail for mail in shop.writer.asked_accounts if mail.kind is AccountMailKind.DOMAIN_RENEWED]


def test_who_still_has_to_pay_hears_that_nothing_can_happen_and_gets_the_invoice(
    shop: Shop, account: int, owner: Actor, domain: int
) -> None:
    payer = shop.member(account, mails=True)
    run(shop)
    shop.clock.advance(days=1)
    for _ in range(2):
        renewed(shop)
    assert [mail.recipient for mail in reassured(shop)] == [owner.name, payer.name]
    mail = reassured(shop)[0]
    assert (mail.facts["service"], mail.facts["last_day"]) == ("voorbeeld.test", "2028-03-05")
    [asked] = mail.invoices
    assert (asked.number, asked.cents, asked.pay_url) == (last_number(shop), 2_420, mail.url)


def test_who_has_paid_or_has_no_invoice_yet_is_not_written_to(shop: Shop, owner: Actor, domain: int) -> None:
    shop.clock.advance(days=1)
    assert len(renewed(shop)) == 1
    run(shop)
    shop.pay(owner, last_number(shop))
    renewed(shop)
    assert reassured(shop) == []
