"""Collections go to the gateway once, for what is open and never for more than was announced."""

from datetime import date

import pytest

from billing.access import Actor
from billing.errors import PaymentUnderWay, ProviderUnclear
from billing.mandates import flows
from billing.payments.tables import Payment
from billing.ports import Method, Outcome
from billing.settlement import Label
from tests.factories import Shop
from tests.fakes.collecting import (
    OTHER_IBAN,
    announced,
    collections,
    go_on,
    go_to,
    mandates,
    sign,
    start_series,
    states,
    submit,
    today,
    told,
    work,
)


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
    go_to(shop, date(2026, 3, 18))
    shop.gateway.lose_next_order()
    with pytest.raises(ProviderUnclear):
        shop.start(owner, number)
    flows.submit_collections(shop.billing)
    assert ([payment.state for payment in shop.all(Payment)], shop.gateway.collected) == (["unknown"], [])


@pytest.mark.usefixtures("mandate")
def test_a_page_of_the_bank_that_was_left_open_gives_way(shop: Shop, owner: Actor, account: int) -> None:
    number = shop.invoice(account)
    shop.start(owner, number)
    go_on(shop, 12)
    assert (len(shop.gateway.collected), shop.broken()) == (1, [])


@pytest.mark.usefixtures("mandate")
def test_what_was_paid_a_moment_ago_and_nobody_told_of_is_not_debited(shop: Shop, owner: Actor, account: int) -> None:
    number = shop.invoice(account)
    go_on(shop, 10)
    go_to(shop, date(2026, 3, 18))
    key = shop.start_key(owner, number)
    shop.gateway.change(key, Outcome.SUCCEEDED)
    flows.submit_collections(shop.billing)
    assert (shop.gateway.collected, shop.open_cents(number), shop.broken()) == ([], [0], [])


@pytest.mark.usefixtures("mandate")
def test_nothing_is_debited_while_the_gateway_can_not_say_what_was_paid(shop: Shop, owner: Actor, account: int) -> None:
    number = shop.invoice(account)
    go_on(shop, 10)
    go_to(shop, date(2026, 3, 18))
    shop.start(owner, number)
    shop.gateway.down = True
    flows.submit_collections(shop.billing)
    assert (shop.gateway.collected, states(shop), shop.broken()) == ([], ["announced"], [])


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
    assert states(shop) == ["withdrawn", "planned"]


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


def announced_cents(shop: Shop) -> list[int | None]:
    return [collection.announced_cents for collection in collections(shop)]
