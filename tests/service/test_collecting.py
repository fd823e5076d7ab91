"""Invoices are collected by mandate: told of in time, submitted once, for what is open and never for more."""

from datetime import date, timedelta

import pytest

from billing.access import Actor
from billing.accounts.tables import Membership
from billing.errors import PaymentUnderWay, ProviderUnclear
from billing.mandates import flows, service, submitting
from billing.mandates.tables import Collection
from billing.payments.tables import Payment
from billing.ports import MandateScheme, Method, Outcome
from billing.settlement import Label
from tests.factories import Shop
from tests.fakes.collecting import (
    OTHER_IBAN,
    collections,
    go_on,
    go_to,
    mails,
    mandates,
    sign,
    start_series,
    states,
    submit,
    today,
    told,
    work,
)


@pytest.fixture
def mandate(shop: Shop, owner: Actor, account: int) -> None:
    sign(shop, owner, account)
    shop.carry_out()
    told(shop)


def announced(shop: Shop) -> Collection:
    [one] = [one for one in collections(shop) if one.state == "announced"]
    return one


# Planning and telling


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


# Submitting


@pytest.mark.usefixtures("mandate")
def test_a_collection_is_submitted_bank_days_ahead_and_shows_as_money_on_its_way(
    shop: Shop, owner: Actor, account: int
) -> None:
    number = shop.invoice(account)
    work(shop)
    go_on(shop, 10)
    assert shop.gateway.collected == []
    go_on(shop, 1)
    [order] = shop.gateway.collected
    assert today(shop) == date(2026, 3, 17)
    assert (order.collect_on, order.amount_cents, order.invoice_number) == (date(2026, 3, 20), 12_100, number)
    assert (order.mandate_id, order.original_key) == (mandates(shop)[0].reference, "")
    assert (shop.status(number).label, shop.status(number).on) == (Label.UNDER_WAY, date(2026, 3, 24))
    with pytest.raises(PaymentUnderWay):
        shop.start(owner, number)
    assert shop.broken() == []


@pytest.mark.usefixtures("mandate")
def test_a_collection_that_succeeds_pays_the_invoice(shop: Shop, account: int) -> None:
    debit = submit(shop, account)
    shop.succeed(debit.key)
    work(shop)
    assert (shop.status(debit.number).label, states(shop)) == (Label.PAID, ["collected"])
    assert (mandates(shop)[0].last_used_on, shop.broken()) == (date(2026, 3, 20), [])


def test_a_series_collects_by_the_key_of_its_first_payment(shop: Shop, owner: Actor, account: int) -> None:
    first = start_series(shop, owner, shop.invoice(account))
    shop.succeed(first)
    shop.carry_out()
    submit(shop, account)
    [order] = shop.gateway.collected
    assert (order.mandate_id, order.original_key) == ("", first)


@pytest.mark.usefixtures("mandate")
def test_less_is_collected_when_less_is_open(shop: Shop, account: int) -> None:
    number = shop.invoice(account)
    work(shop)
    shop.credit(number, 5_000)
    go_on(shop, 12)
    [order] = shop.gateway.collected
    assert (order.amount_cents, announced_cents(shop)) == (6_050, [12_100])


@pytest.mark.usefixtures("mandate")
def test_more_than_was_announced_is_announced_anew(shop: Shop, owner: Actor, account: int) -> None:
    number = shop.invoice(account)
    key = shop.start_key(owner, number)
    shop.succeed(key, amount_cents=2_100)
    work(shop)
    assert announced(shop).announced_cents == 10_000
    shop.hear(shop.gateway.take_back(key))
    told(shop)
    go_on(shop, 12)
    assert (states(shop), told(shop)) == (["withdrawn", "announced"], ["debit_announced"])
    assert (collections(shop)[0].reason, announced_cents(shop), shop.gateway.collected) == (
        "grew",
        [10_000, 12_100],
        [],
    )
    go_on(shop, 13)
    assert [order.amount_cents for order in shop.gateway.collected] == [12_100]
    assert shop.broken() == []


@pytest.mark.usefixtures("mandate")
def test_who_pays_before_takes_it_off_the_calendar(shop: Shop, owner: Actor, account: int) -> None:
    number = shop.invoice(account)
    work(shop)
    told(shop)
    shop.pay(owner, number)
    go_on(shop, 20)
    assert (states(shop), collections(shop)[0].reason, told(shop)) == (["withdrawn"], "settled", [])
    assert shop.gateway.collected == []


@pytest.mark.usefixtures("mandate")
def test_nothing_is_submitted_while_other_money_is_on_its_way(shop: Shop, owner: Actor, account: int) -> None:
    number = shop.invoice(account)
    work(shop)
    key = shop.start_key(owner, number, method=Method.CARD)
    shop.gateway.change(key, Outcome.PENDING)
    shop.hear(key)
    go_on(shop, 12)
    assert (states(shop), shop.gateway.collected) == (["announced"], [])
    shop.gateway.change(key, Outcome.FAILED)
    shop.hear(key)
    go_on(shop, 20)
    assert (states(shop)[0], len(shop.gateway.collected), shop.broken()) == ("withdrawn", 1, [])


@pytest.mark.usefixtures("mandate")
def test_an_unknown_attempt_of_the_customer_is_waited_for(shop: Shop, owner: Actor, account: int) -> None:
    number = shop.invoice(account)
    go_on(shop, 10)
    go_to(shop, date(2026, 3, 17))
    shop.gateway.lose_next_answer()
    with pytest.raises(ProviderUnclear):
        shop.start(owner, number)
    flows.submit_collections(shop.billing)
    assert shop.gateway.collected == []


@pytest.mark.usefixtures("mandate")
def test_a_page_of_the_bank_that_was_left_open_gives_way(shop: Shop, owner: Actor, account: int) -> None:
    number = shop.invoice(account)
    shop.start(owner, number)
    go_on(shop, 12)
    assert (len(shop.gateway.collected), shop.broken()) == (1, [])


@pytest.mark.usefixtures("mandate")
def test_insisting_on_paying_makes_a_surplus_that_is_not_lost(shop: Shop, owner: Actor, account: int) -> None:
    debit = submit(shop, account)
    paid = shop.payment(shop.start(owner, debit.number, despite_pending=True).token).provider_key or ""
    shop.succeed(paid)
    assert shop.open_cents(debit.number) == [0]
    shop.succeed(debit.key)
    work(shop)
    assert (shop.totals()["unallocated"], states(shop), shop.broken()) == (-12_100, ["collected"], [])


@pytest.mark.usefixtures("mandate")
def test_the_announced_day_that_can_not_be_reached_is_announced_anew(shop: Shop, account: int) -> None:
    shop.invoice(account)
    work(shop)
    told(shop)
    go_to(shop, date(2026, 3, 19))
    work(shop)
    work(shop)
    assert (states(shop), collections(shop)[0].reason) == (["withdrawn", "announced"], "missed")
    assert (announced(shop).collect_on, told(shop)) == (date(2026, 4, 2), ["debit_announced"])
    assert shop.broken() == []


@pytest.mark.usefixtures("mandate")
def test_a_day_of_delay_costs_no_new_announcement_but_only_before_noon(shop: Shop, account: int) -> None:
    shop.invoice(account)
    work(shop)
    # 18 March, 12.30 in the Netherlands: too late for a debit on the 20th.
    go_to(shop, date(2026, 3, 18), hour=11)
    shop.clock.advance(minutes=30)
    flows.submit_collections(shop.billing)
    assert states(shop) == ["withdrawn"]


@pytest.mark.usefixtures("mandate")
def test_the_spare_day_is_used_when_the_worker_was_away_for_a_day(shop: Shop, account: int) -> None:
    shop.invoice(account)
    work(shop)
    go_to(shop, date(2026, 3, 18))
    work(shop)
    assert (states(shop), len(shop.gateway.collected)) == (["submitted"], 1)


def test_easter_is_waited_for(shop: Shop, owner: Actor, account: int) -> None:
    sign(shop, owner, account)
    shop.invoice(account, due_on=date(2026, 4, 3))
    work(shop)
    [plan] = collections(shop)
    # Good Friday, the weekend and Easter Monday are no bank days: Tuesday, given on the Wednesday before.
    assert (plan.collect_on, plan.submit_on) == (date(2026, 4, 7), date(2026, 3, 31))


def test_another_account_waits_a_day_before_its_first_debit(shop: Shop, owner: Actor, account: int) -> None:
    sign(shop, owner, account)
    number = shop.invoice(account)
    work(shop)
    go_on(shop, 10)
    told(shop)
    new = sign(shop, owner, account, iban=OTHER_IBAN)
    work(shop)
    go_on(shop, 1)
    assert (shop.gateway.collected, states(shop)) == ([], ["withdrawn", "announced"])
    assert collections(shop)[0].reason == "mandate_replaced"
    assert told(shop) == ["mandate_replaced", "debit_announced"]
    go_on(shop, 15)
    [order] = shop.gateway.collected
    assert (order.mandate_id, order.invoice_number, shop.broken()) == (new.reference, number, [])


# When the gateway does not do as it should


@pytest.mark.usefixtures("mandate")
def test_a_refused_order_is_told_and_not_repeated(shop: Shop, account: int) -> None:
    number = shop.invoice(account)
    work(shop)
    told(shop)
    shop.gateway.refuse_next("service not active")
    go_on(shop, 12)
    assert (states(shop), len(shop.gateway.collected), shop.open_cents(number)) == (["failed"], 1, [12_100])
    assert (told(shop), collections(shop)[0].for_staff) == (["debit_failed"], True)
    assert (mandates(shop)[0].state, shop.status(number).label) == ("active", Label.UNPAID)
    go_on(shop, 30)
    assert (len(shop.gateway.collected), shop.broken()) == (1, [])


@pytest.mark.usefixtures("mandate")
def test_a_mandate_that_was_withdrawn_at_the_bank_is_worth_nothing(shop: Shop, account: int) -> None:
    shop.invoice(account)
    work(shop)
    told(shop)
    shop.gateway.withdrawn.add(mandates(shop)[0].reference)
    go_on(shop, 12)
    assert (states(shop), collections(shop)[0].reason) == (["failed"], "MD01")
    assert (mandates(shop)[0].state, told(shop), shop.broken()) == ("revoked", ["debit_failed"], [])


@pytest.mark.usefixtures("mandate")
def test_a_lost_answer_is_looked_up_and_never_sent_again(shop: Shop, account: int) -> None:
    number = shop.invoice(account)
    work(shop)
    go_on(shop, 10)
    shop.gateway.lose_next_answer()
    go_to(shop, date(2026, 3, 17))
    flows.submit_collections(shop.billing)
    [payment] = shop.all(Payment)
    assert (payment.state, shop.status(number).label) == ("unknown", Label.UNDER_WAY)
    go_on(shop, 2)
    [payment] = shop.all(Payment)
    assert (payment.state, len(shop.gateway.collected), shop.broken()) == ("pending", 1, [])


@pytest.mark.usefixtures("mandate")
def test_a_lost_order_ends_after_a_day_and_is_tried_once_more_with_a_new_notice(shop: Shop, account: int) -> None:
    shop.invoice(account)
    work(shop)
    go_on(shop, 10)
    told(shop)
    shop.gateway.lose_next_order()
    go_on(shop, 4)
    assert (states(shop), told(shop)) == (["failed", "announced"], ["debit_failed", "debit_announced"])
    assert collections(shop)[1].collect_on >= today(shop) + timedelta(days=14)
    go_on(shop, 20)
    assert (len(shop.gateway.collected), states(shop)[1], shop.broken()) == (2, "submitted", [])


@pytest.mark.usefixtures("mandate")
def test_after_a_lost_order_the_line_gets_a_rest(shop: Shop, account: int) -> None:
    for _ in range(3):
        shop.invoice(account)
    work(shop)
    go_to(shop, date(2026, 3, 17))
    shop.gateway.down = True
    flows.submit_collections(shop.billing)
    flows.submit_collections(shop.billing)
    assert states(shop) == ["submitted", "announced", "announced"]
    shop.gateway.down = False
    shop.clock.advance(minutes=11)
    flows.submit_collections(shop.billing)
    assert states(shop) == ["submitted"] * 3


@pytest.mark.usefixtures("mandate")
def test_two_workers_submit_a_collection_once(shop: Shop, account: int) -> None:
    shop.invoice(account)
    work(shop)
    go_to(shop, date(2026, 3, 17))
    [due] = shop.ask(submitting.due, 10)
    limits = shop.billing.policy.mandates
    second = shop.overlap(
        lambda work: submitting.claim(work, due, limits), lambda work: submitting.claim(work, due, limits)
    )
    assert (second, states(shop), len(shop.all(Payment))) == (None, ["submitted"], 1)


@pytest.mark.usefixtures("mandate")
def test_a_mandate_that_ends_under_way_stops_nothing_that_was_given(shop: Shop, owner: Actor, account: int) -> None:
    debit = submit(shop, account)
    shop.do(service.withdraw, shop.proven(owner), account)
    shop.succeed(debit.key)
    work(shop)
    assert (states(shop), shop.open_cents(debit.number), shop.broken()) == (["collected"], [0], [])


def announced_cents(shop: Shop) -> list[int | None]:
    return [collection.announced_cents for collection in collections(shop)]
