"""A debit that fails or comes back reopens the same invoice, is told in plain words, and never leads to a silent second
one. Whatever comes twice, early, late or for nothing we know loses no cent."""

import pytest

from billing.access import Actor
from billing.ledger.tables import JournalEntry
from billing.payments import flows as payments
from billing.ports import Outcome, RefundOrder
from billing.settlement import Label
from tests.factories import Shop
from tests.fakes.collecting import (
    collect,
    collections,
    fail,
    go_on,
    mails,
    states,
    storno,
    submit,
    the_mandate,
    told,
    work,
)

pytestmark = pytest.mark.usefixtures("mandate")


# A storno after success


def test_a_storno_reopens_the_same_invoice_and_tells_why(shop: Shop, account: int) -> None:
    debit = collect(shop, account)
    told(shop)
    go_on(shop, 25)
    shop.writer.asked_accounts.clear()
    storno(shop, debit.key, "MD06")
    assert (shop.status(debit.number).label, shop.open_cents(debit.number)) == (Label.RETURNED, [12_100])
    assert (states(shop), collections(shop)[0].reason) == (["returned"], "MD06")
    [mail] = mails(shop)
    expected = {"number": debit.number, "cents": "12100", "reason": "taken_back", "what_now": "paused"}
    assert mail.kind == "debit_returned"
    assert expected.items() <= mail.facts.items()
    assert mail.url.startswith("https://billing.test/pay/")
    assert mail.facts["dashboard"] == f"https://billing.test/invoices/{debit.number}"
    assert (the_mandate(shop).state, shop.broken()) == ("paused", [])


def test_the_pay_link_of_a_storno_pays_the_invoice(shop: Shop, owner: Actor, account: int) -> None:
    debit = collect(shop, account)
    storno(shop, debit.key)
    shop.pay(owner, debit.number)
    assert (shop.status(debit.number).label, shop.broken()) == (Label.PAID, [])


def test_nothing_is_debited_again_by_itself_after_a_storno(shop: Shop, account: int) -> None:
    debit = collect(shop, account)
    storno(shop, debit.key)
    go_on(shop, 60)
    assert (len(shop.gateway.collected), shop.broken()) == (1, [])


def test_a_storno_heard_of_twice_is_one_storno(shop: Shop, account: int) -> None:
    debit = collect(shop, account)
    told(shop)
    back = storno(shop, debit.key)
    shop.hear(back)
    shop.carry_out()
    assert (told(shop), len(shop.all(JournalEntry, kind="money_returned"))) == (["debit_returned"], 1)
    assert (the_mandate(shop).points, shop.broken()) == (3, [])


def test_a_second_storno_of_the_same_debit_is_put_aside(shop: Shop, account: int) -> None:
    debit = collect(shop, account)
    storno(shop, debit.key)
    told(shop)
    second = storno(shop, debit.key)
    assert (shop.record(second).verdict, shop.record(second).reason) == ("parked", "returns_more_than_received")
    assert (shop.open_cents(debit.number), told(shop), shop.broken()) == ([12_100], [], [])


def test_a_storno_for_an_unknown_key_is_put_aside(shop: Shop, account: int) -> None:
    debit = collect(shop, account)
    back = shop.gateway.take_back(debit.key)
    shop.gateway.change(back, Outcome.SUCCEEDED, original_key="F" * 32)
    shop.hear(back)
    assert (shop.record(back).verdict, shop.record(back).reason) == ("parked", "unknown_payment")
    assert (shop.open_cents(debit.number), states(shop), shop.broken()) == ([0], ["collected"], [])


def test_a_storno_on_a_payment_that_was_refunded_is_put_aside(shop: Shop, account: int) -> None:
    debit = collect(shop, account)
    shop.gateway.refund(RefundOrder("", debit.key, "sepadirectdebit", 12_100, debit.number, "Terug", ""))
    refund = list(shop.gateway.known)[-1]
    shop.hear(refund)
    shop.carry_out()
    assert (states(shop), the_mandate(shop).state) == (["collected"], "active")
    back = storno(shop, debit.key)
    assert (shop.record(back).verdict, shop.open_cents(debit.number)) == ("parked", [12_100])
    assert shop.broken() == []


# A storno before success


def test_a_storno_that_comes_before_the_push_of_success_counts(shop: Shop, account: int) -> None:
    debit = submit(shop, account)
    shop.gateway.change(debit.key, Outcome.SUCCEEDED)
    storno(shop, debit.key)
    assert (states(shop), shop.open_cents(debit.number), shop.broken()) == (["returned"], [12_100], [])
    shop.hear(debit.key)
    work(shop)
    assert (states(shop), shop.open_cents(debit.number), shop.broken()) == (["returned"], [12_100], [])


def test_a_storno_of_money_that_did_not_come_yet_waits_for_it(shop: Shop, account: int) -> None:
    debit = submit(shop, account)
    back = storno(shop, debit.key)
    assert (shop.record(back).verdict, shop.record(back).reason) == ("waiting", "nothing_received")
    shop.succeed(debit.key)
    payments.check_payments(shop.billing)
    shop.carry_out()
    assert (shop.record(back).verdict, states(shop)) == ("booked", ["returned"])
    assert (shop.open_cents(debit.number), shop.broken()) == ([12_100], [])


def test_a_storno_that_came_in_place_of_the_money_gives_its_reason(shop: Shop, account: int) -> None:
    debit = submit(shop, account)
    back = storno(shop, debit.key, "AC04")
    shop.gateway.change(debit.key, Outcome.FAILED)
    shop.hear(debit.key)
    shop.hear(back)
    shop.carry_out()
    assert (states(shop), collections(shop)[0].reason, the_mandate(shop).state) == (["failed"], "AC04", "revoked")
    assert (shop.record(back).verdict, shop.totals()["receivable"], shop.broken()) == ("ended", 12_100, [])


# The customer paid in another way meanwhile


def test_a_storno_after_the_customer_paid_as_well_leaves_nothing_lost(shop: Shop, owner: Actor, account: int) -> None:
    debit = submit(shop, account)
    paid = shop.payment(shop.start(owner, debit.number, despite_pending=True).token).provider_key or ""
    shop.succeed(paid)
    shop.succeed(debit.key)
    work(shop)
    told(shop)
    assert shop.totals()["unallocated"] == -12_100
    storno(shop, debit.key)
    assert (shop.open_cents(debit.number), shop.totals().get("unallocated", 0)) == ([0], 0)
    assert (shop.status(debit.number).label, told(shop), shop.broken()) == (Label.PAID, ["mandate_paused"], [])


def test_what_the_customer_paid_too_much_pays_for_what_came_back(shop: Shop, owner: Actor, account: int) -> None:
    debit = submit(shop, account)
    paid = shop.payment(shop.start(owner, debit.number, despite_pending=True).token).provider_key or ""
    shop.succeed(debit.key)
    shop.succeed(paid)
    work(shop)
    assert shop.totals()["unallocated"] == -12_100
    storno(shop, debit.key)
    assert (shop.open_cents(debit.number), shop.totals()["unallocated"]) == ([0], 0)
    assert (shop.status(debit.number).label, shop.broken()) == (Label.PAID, [])
    receipt = shop.view(owner, debit.number).receipt
    assert receipt is not None
    assert (receipt.method, receipt.reference) == ("ideal", paid)
    shop.hear(shop.gateway.take_back(paid))
    assert (shop.open_cents(debit.number), shop.broken()) == ([12_100], [])


def test_a_debit_that_fails_after_the_customer_paid_changes_nothing_for_the_invoice(
    shop: Shop, owner: Actor, account: int
) -> None:
    debit = submit(shop, account)
    paid = shop.payment(shop.start(owner, debit.number, despite_pending=True).token).provider_key or ""
    shop.succeed(paid)
    told(shop)
    fail(shop, debit.key, "AM04")
    work(shop)
    assert (shop.status(debit.number).label, states(shop), told(shop)) == (Label.PAID, ["failed"], [])
    assert (the_mandate(shop).state, shop.broken()) == ("active", [])
