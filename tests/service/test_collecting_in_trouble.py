"""The gateway refuses, falls silent or is asked by two at once: nothing is sent twice."""

from datetime import date, timedelta

import pytest

from billing.access import Actor
from billing.mandates import flows, service, submitting
from billing.payments.tables import Payment
from billing.settlement import Label
from tests.factories import Shop
from tests.fakes.collecting import (
    collections,
    go_on,
    go_to,
    mandates,
    states,
    submit,
    today,
    told,
    work,
)


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
def test_who_could_not_be_told_is_not_debited_and_a_person_looks(shop: Shop, owner: Actor, account: int) -> None:
    shop.mail.refuses = {f"{owner.name}@test.example"}
    number = shop.invoice(account)
    go_on(shop, 40)
    assert (shop.gateway.collected, states(shop), shop.open_cents(number)) == ([], ["withdrawn"], [12_100])
    assert (collections(shop)[0].reason, collections(shop)[0].for_staff, shop.broken()) == ("untold", True, [])


@pytest.mark.usefixtures("mandate")
def test_one_of_two_who_was_told_is_enough(shop: Shop, owner: Actor, account: int) -> None:
    shop.member(account, mails=True)
    shop.mail.refuses = {f"{owner.name}@test.example"}
    shop.invoice(account)
    go_on(shop, 14)
    assert (len(shop.gateway.collected), shop.broken()) == (1, [])


@pytest.mark.usefixtures("mandate")
def test_a_notice_that_left_too_late_is_given_anew(shop: Shop, account: int) -> None:
    shop.invoice(account)
    go_to(shop, date(2026, 3, 9))
    shop.mail.down = True
    work(shop)
    shop.mail.down = False
    go_to(shop, date(2026, 3, 10))
    go_on(shop, 22)
    [late, again] = collections(shop)
    assert (late.reason, again.state, len(shop.gateway.collected), shop.broken()) == ("missed", "submitted", 1, [])


@pytest.mark.usefixtures("mandate")
def test_nothing_is_debited_while_its_notice_waits_to_be_sent(shop: Shop, account: int) -> None:
    shop.invoice(account)
    shop.mail.down = True
    go_on(shop, 13)
    assert (states(shop), shop.gateway.collected) == (["announced"], [])


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
