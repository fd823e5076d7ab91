"""Open invoices are put on the calendar, and customers are told in time."""

from datetime import date

import pytest

from billing.access import Actor
from billing.accounts.tables import Membership
from billing.mandates import flows
from billing.ports import MandateScheme
from billing.settlement import Label
from tests.factories import Shop
from tests.fakes.collecting import (
    announced,
    collections,
    go_on,
    go_to,
    mails,
    mandates,
    sign,
    states,
    told,
    work,
)


@pytest.mark.usefixtures("mandate")
def test_an_open_invoice_is_planned_on_its_due_date_and_told_of(shop: Shop, account: int) -> None:
    number = shop.invoice(account)
    work(shop)
    plan = announced(shop)
    assert (plan.collect_on, plan.submit_on, plan.announced_cents) == (date(2026, 3, 20), date(2026, 3, 17), 12_100)
    [mail] = mails(shop)
    assert mail.kind == "debit_announced"
    facts = {"number": number, "cents": "12100", "collect_on": "2026-03-20", "iban": "NL•• •••• 6789"}
    assert facts.items() <= mail.facts.items()
    assert mail.facts["reference"] == mandates(shop)[0].reference
    assert (shop.status(number).label, shop.broken()) == (Label.UNPAID, [])


@pytest.mark.usefixtures("mandate")
def test_an_invoice_due_much_later_is_told_of_a_fortnight_before(shop: Shop, account: int) -> None:
    shop.invoice(account, due_on=date(2026, 5, 1))
    work(shop)
    [plan] = collections(shop)
    # 1 May and the weekend are no bank days.
    assert (plan.state, plan.collect_on) == ("planned", date(2026, 5, 4))
    go_to(shop, date(2026, 4, 19))
    work(shop)
    assert states(shop) == ["planned"]
    go_to(shop, date(2026, 4, 20))
    work(shop)
    assert (states(shop), told(shop)) == (["announced"], ["debit_announced"])


def test_what_was_open_already_is_collected_too(shop: Shop, owner: Actor, account: int) -> None:
    shop.invoice(account, due_on=date(2026, 2, 1))
    sign(shop, owner, account)
    work(shop)
    assert announced(shop).collect_on == date(2026, 3, 20)


def test_nothing_is_planned_without_a_mandate(shop: Shop, account: int) -> None:
    shop.invoice(account)
    work(shop)
    assert collections(shop) == []


@pytest.mark.usefixtures("mandate")
def test_a_round_that_is_done_twice_does_nothing_twice(shop: Shop, account: int) -> None:
    shop.invoice(account)
    work(shop)
    work(shop)
    assert (states(shop), told(shop)) == (["announced"], ["debit_announced"])


@pytest.mark.usefixtures("mandate")
def test_nobody_to_be_told_is_nobody_to_collect_from(shop: Shop, account: int) -> None:
    for member in shop.all(Membership):
        shop.sql("DELETE FROM membership WHERE id = :id", id=member.id)
    shop.invoice(account)
    go_on(shop, 20)
    assert (states(shop), shop.gateway.collected) == (["planned"], [])


@pytest.mark.usefixtures("mandate")
def test_a_worker_that_stood_still_gives_the_customer_the_whole_term_and_one_mail(shop: Shop, account: int) -> None:
    shop.invoice(account, due_on=date(2026, 4, 15))
    flows.plan_collections(shop.billing)
    go_to(shop, date(2026, 4, 10))
    work(shop)
    work(shop)
    assert (announced(shop).collect_on, told(shop)) == (date(2026, 4, 24), ["debit_announced"])
    assert shop.broken() == []


def test_more_than_the_maximum_is_not_collected(shop: Shop, owner: Actor, account: int) -> None:
    sign(shop, owner, account, scheme=MandateScheme.BUSINESS, maximum_cents=12_100)
    small, large = shop.invoice(account), shop.invoice(account, "100.01")
    go_on(shop, 15)
    [order] = shop.gateway.collected
    assert (order.invoice_number, order.amount_cents) == (small, 12_100)
    assert shop.open_cents(large) == [12_101]
