"""What follows from each reason that a bank gives: the mandate answers, the customer is told, people look."""

from datetime import date

import pytest

from billing.access import Actor
from billing.mandates import flows, following, service
from billing.mandates.tables import Collection
from billing.payments.tables import Payment
from billing.ports import AccountMailKind, Outcome, TransactionKind
from tests.factories import Shop
from tests.fakes.collecting import (
    collect,
    collections,
    fail,
    go_on,
    go_to,
    mails,
    sign,
    states,
    storno,
    submit,
    the_mandate,
    told,
    work,
)

pytestmark = pytest.mark.usefixtures("mandate")


def key_of(shop: Shop, collection_id: int | None) -> str:
    """The gateway's key of a collection that was submitted."""
    payment_id = shop.one(Collection, id=collection_id).payment_id
    return shop.one(Payment, id=payment_id).provider_key or ""


def last_facts(shop: Shop) -> dict[str, str]:
    return dict(mails(shop, AccountMailKind.DEBIT_FAILED, AccountMailKind.DEBIT_RETURNED)[-1].facts)


@pytest.mark.parametrize(
    ("code", "state", "key"),
    [
        ("AC01", "paused", "wrong_account"), ("AC04", "revoked", "account_closed"),
        ("AC06", "revoked", "account_blocked"), ("AC13", "revoked", "consumer_account"),
        ("AG01", "paused", "not_possible"), ("AM05", "active", "duplicate"), ("BE05", "paused", "creditor_unknown"),
        ("MD01", "revoked", "no_mandate"), ("MD02", "paused", "mandate_data"), ("MS02", "paused", "refused_by_payer"),
        ("RR01", "active", "details"), ("SL01", "paused", "blocked_by_payer"), ("ZZ99", "paused", "unknown"),
        ("", "paused", "unknown"),
    ],
)  # fmt: skip
def test_each_reason_has_its_answer(shop: Shop, account: int, code: str, state: str, key: str) -> None:
    storno(shop, collect(shop, account).key, code)
    what_now = {"revoked": "stopped"}.get(state, state)
    assert (the_mandate(shop).state, last_facts(shop)["reason"]) == (state, key)
    assert last_facts(shop)["what_now"] == what_now
    assert shop.broken() == []


def test_a_reason_that_nobody_knows_is_shown_to_people(shop: Shop, account: int) -> None:
    fail(shop, submit(shop, account).key, "ZZ99")
    assert (collections(shop)[0].for_staff, collections(shop)[0].reason) == (True, "ZZ99")


def test_nobody_writes_to_the_dead(shop: Shop, account: int) -> None:
    other = shop.invoice(account)
    debit = submit(shop, account)
    told(shop)
    fail(shop, debit.key, "MD07")
    assert (the_mandate(shop).state, told(shop)) == ("revoked", [])
    assert [one.state for one in collections(shop) if one.for_staff] == ["failed"]
    assert shop.open_cents(other) == [12_100]


def test_without_money_there_is_one_retry_with_a_new_notice(shop: Shop, account: int) -> None:
    debit = submit(shop, account)
    told(shop)
    fail(shop, debit.key, "AM04")
    retry = collections(shop)[1]
    assert (the_mandate(shop).state, the_mandate(shop).points) == ("active", 1)
    assert (last_facts(shop)["what_now"], last_facts(shop)["again_on"]) == ("retry", retry.collect_on.isoformat())
    work(shop)
    assert told(shop) == ["debit_failed", "debit_announced"]
    go_on(shop, 20)
    assert (len(shop.gateway.collected), shop.gateway.collected[1].amount_cents) == (2, 12_100)

    fail(shop, key_of(shop, retry.id), "AM04")
    go_on(shop, 60)
    assert (the_mandate(shop).state, last_facts(shop)["what_now"], len(shop.gateway.collected)) == (
        "paused",
        "paused",
        2,
    )
    assert shop.broken() == []


def test_a_retry_whose_day_was_missed_is_announced_anew(shop: Shop, account: int) -> None:
    fail(shop, submit(shop, account).key, "AM04")
    work(shop)
    told(shop)
    go_to(shop, collections(shop)[1].collect_on)
    work(shop)
    work(shop)
    assert (states(shop), told(shop)) == (["failed", "withdrawn", "announced"], ["debit_announced"])
    assert (collections(shop)[2].round, shop.broken()) == (2, [])


def test_a_retry_goes_over_to_a_new_mandate(shop: Shop, owner: Actor, account: int) -> None:
    fail(shop, submit(shop, account).key, "AM04")
    work(shop)
    new = sign(shop, owner, account)
    work(shop)
    assert states(shop) == ["failed", "withdrawn", "announced"]
    assert (collections(shop)[2].mandate_id, collections(shop)[2].round, shop.broken()) == (new.id, 2, [])


def test_a_debit_that_no_one_can_explain_waits_for_a_person(shop: Shop, account: int) -> None:
    debit = submit(shop, account)
    shop.succeed(debit.key, currency="USD")
    shop.carry_out()
    assert (states(shop), collections(shop)[0].for_staff) == (["submitted"], True)
    assert (shop.open_cents(debit.number), shop.broken()) == ([12_100], [])


def test_the_retry_is_off_when_the_customer_pays(shop: Shop, owner: Actor, account: int) -> None:
    debit = submit(shop, account)
    fail(shop, debit.key, "AM04")
    shop.pay(owner, debit.number)
    go_on(shop, 40)
    assert (states(shop), len(shop.gateway.collected), shop.broken()) == (["failed", "withdrawn"], 1, [])


def test_a_late_success_wins_and_takes_the_retry_off_the_calendar(shop: Shop, account: int) -> None:
    debit = submit(shop, account)
    fail(shop, debit.key, "AM04")
    shop.succeed(debit.key)
    work(shop)
    assert (states(shop), shop.open_cents(debit.number)) == (["collected", "withdrawn"], [0])
    assert (the_mandate(shop).points, shop.broken()) == (0, [])


def test_points_add_up_over_invoices_until_nothing_goes_by_itself(shop: Shop, account: int) -> None:
    debits = [submit(shop, account) for _ in range(3)]
    for debit in debits:
        fail(shop, debit.key, "AM04")
    assert (the_mandate(shop).state, the_mandate(shop).points) == ("paused", 3)
    work(shop)
    assert set(states(shop)) == {"failed", "withdrawn"}
    assert shop.broken() == []


def test_a_good_collection_wipes_the_points_out(shop: Shop, account: int) -> None:
    fail(shop, submit(shop, account).key, "AM04")
    assert the_mandate(shop).points == 1
    collect(shop, account)
    assert the_mandate(shop).points == 0


def test_what_else_was_announced_is_taken_back_and_told(shop: Shop, account: int) -> None:
    debit = submit(shop, account)
    other = shop.invoice(account)
    work(shop)
    told(shop)
    fail(shop, debit.key, "AC04")
    assert sorted(told(shop)) == ["debit_failed", "debit_withdrawn"]
    assert [one.reason for one in collections(shop) if one.invoice_id == shop.row(other).id] == ["mandate_revoked"]


def test_a_storno_is_answered_before_the_next_debit_goes_out(shop: Shop, account: int) -> None:
    debit = collect(shop, account)
    shop.invoice(account)
    work(shop)
    shop.hear(shop.gateway.take_back(debit.key, reason_code="MD01"))
    # The outbox stands still; still nothing goes out by a mandate that the bank does not know.
    shop.sql("DELETE FROM outbox_message WHERE task = 'follow_payment'")
    go_to(shop, collections(shop)[1].submit_on)
    flows.submit_collections(shop.billing)
    assert (len(shop.gateway.collected), the_mandate(shop).state, shop.broken()) == (1, "revoked", [])


def test_following_again_changes_nothing(shop: Shop, account: int) -> None:
    debit = collect(shop, account)
    storno(shop, debit.key)
    told(shop)
    payment_id = shop.payment_of(debit.key).id or 0
    shop.do(following.follow, payment_id, shop.billing.policy.mandates)
    shop.carry_out()
    assert (told(shop), the_mandate(shop).points) == ([], 3)


def test_a_storno_by_a_mandate_that_has_ended_still_reopens_the_invoice(shop: Shop, owner: Actor, account: int) -> None:
    debit = collect(shop, account)
    shop.do(service.withdraw, shop.proven(owner), account)
    shop.carry_out()
    told(shop)
    storno(shop, debit.key, "AM04")
    assert (the_mandate(shop).state, told(shop), shop.open_cents(debit.number)) == (
        "revoked", ["debit_returned"], [12_100],
    )  # fmt: skip
    assert shop.broken() == []


def test_a_chargeback_and_a_part_are_answered_too(shop: Shop, account: int) -> None:
    debit = collect(shop, account)
    back = shop.gateway.take_back(debit.key, reason_code="MD06", kind=TransactionKind.CHARGEBACK)
    shop.gateway.change(back, Outcome.SUCCEEDED, amount_cents=100)
    shop.hear(back)
    shop.carry_out()
    assert (states(shop), shop.open_cents(debit.number), shop.broken()) == (["returned"], [100], [])


def test_a_storno_thirteen_months_later_still_reopens_the_invoice(shop: Shop, account: int) -> None:
    debit = collect(shop, account)
    shop.clock.advance(days=390)
    storno(shop, debit.key, "MD01")
    assert (shop.open_cents(debit.number), the_mandate(shop).state) == ([12_100], "revoked")
    assert shop.status(debit.number).on is not None
    assert shop.status(debit.number).on != date(2026, 3, 20)
