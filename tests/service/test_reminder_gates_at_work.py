"""Each gate at work on real rows: it postpones, says why, and lets go by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from billing.access import SYSTEM, Actor
from billing.accounts.tables import Role
from billing.clock import local_day
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.errors import EndsInPast, NotAllowed
from billing.feeds.service import is_fresh, mark_fresh
from billing.feeds.tables import Feed
from billing.mandates import switches
from billing.payments import flows as payments
from billing.ports import Method, Outcome
from billing.reminders import flows, holds
from billing.reminders.gates import Gate
from billing.reminders.tables import AccountHold, HoldKind, StepResult
from tests.factories import Shop
from tests.reminding import Desk, closed_gates, give_mandate, plan_collection


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


def test_a_small_amount_is_no_reason(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    desk.floor(12_100)
    desk.overdue(account, 9)
    assert closed_gates(desk.run()) == [Gate.AMOUNT]


@pytest.mark.parametrize("outcome", [Outcome.AWAITING_CUSTOMER, Outcome.PENDING, Outcome.UNKNOWN])
def test_a_payment_under_way_postpones_until_it_fails(
    shop: Shop, desk: Desk, account: int, owner: Actor, outcome: Outcome
) -> None:
    key = shop.start_key(owner, desk.overdue(account, 9))
    shop.gateway.change(key, outcome)
    shop.hear(key)
    assert closed_gates(desk.run()) == [Gate.IN_FLIGHT]
    shop.gateway.change(key, Outcome.FAILED)
    shop.hear(key)
    assert closed_gates(desk.run()) == []
    [step] = desk.steps()
    assert step.result == StepResult.DONE


def test_a_start_that_nobody_answered_postpones(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    number = desk.overdue(account, 9)
    shop.gateway.lose_next_answer()
    with pytest.raises(Exception, match="provider_unclear"):
        shop.start(owner, number)
    assert closed_gates(desk.run()) == [Gate.IN_FLIGHT]


def test_a_transfer_that_nobody_made_postpones_for_five_days(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    shop.start(owner, desk.overdue(account, 9), method=Method.TRANSFER)
    assert closed_gates(desk.later(4)) == [Gate.IN_FLIGHT]
    assert closed_gates(desk.later(1)) == []


@pytest.mark.parametrize(
    ("whose", "cents", "is_closed"), [("own", 5, True), ("stranger", 12_150, True), ("stranger", 40_000, False)]
)
def test_money_without_a_place_postpones_whoever_may_have_sent_it(
    shop: Shop, desk: Desk, account: int, owner: Actor, whose: str, cents: int, is_closed: bool
) -> None:
    whose_account = account if whose == "own" else shop.customer("Slagerij Test")
    payer = shop.member(whose_account)
    key = shop.start_key(payer, shop.invoice(whose_account, "50.00"))
    shop.gateway.change(key, Outcome.SUCCEEDED, is_test=False, amount_cents=cents)
    assert shop.hear(key) == "parked"
    desk.overdue(account, 9)
    assert closed_gates(desk.run()) == ([Gate.UNMATCHED] if is_closed else [])
    if is_closed:
        assert closed_gates(desk.later(10)) == []


def test_money_that_is_theirs_and_has_no_purpose_yet_postpones(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    key = shop.start_key(owner, shop.invoice(account, "50.00"))
    shop.succeed(key, amount_cents=9_000)
    desk.overdue(account, 9)
    assert closed_gates(desk.run()) == [Gate.UNMATCHED]


def test_an_outage_of_the_gateway_postpones_until_it_is_heard_again(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    desk.overdue(account, 9)
    payments.keep_in_touch(shop.billing)
    shop.gateway.down = True
    shop.clock.advance(hours=3)
    assert payments.keep_in_touch(shop.billing) == 0
    assert closed_gates(flows.run_reminders(shop.billing).decisions) == [Gate.FEEDS]
    shop.gateway.down = False
    assert payments.keep_in_touch(shop.billing) == 1
    assert closed_gates(flows.run_reminders(shop.billing).decisions) == []


def test_a_gateway_that_was_heard_is_not_asked_for_small_talk(shop: Shop, owner: Actor, account: int) -> None:
    shop.pay(owner, shop.invoice(account))
    assert shop.ask(is_fresh, Feed.GATEWAY, timedelta(minutes=1))
    assert payments.keep_in_touch(shop.billing) == 0
    assert shop.gateway.searched == []


def test_a_bank_feed_counts_from_the_first_time_it_was_heard(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    assert shop.ask(is_fresh, Feed.BANK, timedelta(days=1))
    shop.do(mark_fresh, Feed.BANK)
    desk.overdue(account, 9)
    assert closed_gates(desk.later(4)) == [Gate.FEEDS]
    shop.do(mark_fresh, Feed.BANK)
    assert closed_gates(desk.run()) == []


def test_a_bank_that_has_not_told_of_its_last_day_postpones_everybody(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    desk.overdue(account, 9)
    shop.do(mark_fresh, Feed.BANK, shop.clock.now() - timedelta(days=1))
    assert closed_gates(desk.run()) == [Gate.FEEDS]
    # It is Friday morning: the bank has told of Thursday, and of what came in so far.
    shop.do(mark_fresh, Feed.BANK)
    assert closed_gates(desk.run()) == []


def test_an_older_word_never_makes_a_feed_less_fresh(shop: Shop) -> None:
    shop.do(mark_fresh, Feed.GATEWAY)
    shop.clock.advance(hours=-2)
    shop.do(mark_fresh, Feed.GATEWAY)
    shop.clock.advance(hours=2)
    assert shop.ask(is_fresh, Feed.GATEWAY, timedelta(minutes=1))


def test_a_message_that_was_not_dealt_with_postpones_everybody(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    other = shop.customer("Slagerij Test")
    key = shop.start_key(shop.member(other, Role.OWNER), shop.invoice(other))
    desk.overdue(account, 9)
    shop.push(key, "waits")
    assert closed_gates(desk.run()) == [Gate.FEEDS]
    payments.process_pushes(shop.billing)
    assert closed_gates(desk.run()) == []


@pytest.mark.parametrize("kind", list(HoldKind))
def test_a_hold_freezes_the_case_through_its_last_day(
    shop: Shop, desk: Desk, account: int, owner: Actor, kind: HoldKind
) -> None:
    desk.overdue(account, 9)
    until = local_day(shop.clock.now()) + timedelta(days=3)
    shop.do(holds.place, SYSTEM, account, kind, until=until, why="Belde ons")
    assert closed_gates(desk.later(3)) == [Gate.HOLD]
    assert closed_gates(desk.later(1)) == []
    assert len(desk.steps()) == 1


def test_a_hold_without_an_end_lasts_until_somebody_releases_it(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    desk.overdue(account, 9)
    hold = shop.do(holds.place, SYSTEM, account, HoldKind.DISPUTE)
    assert closed_gates(desk.later(59)) == [Gate.HOLD]
    shop.do(holds.release, SYSTEM, hold.id or 0)
    shop.do(holds.release, SYSTEM, hold.id or 0)
    assert closed_gates(desk.run()) == []


def test_two_who_release_one_hold_at_one_moment_release_it_once(shop: Shop, account: int) -> None:
    hold_id = shop.do(holds.place, SYSTEM, account, HoldKind.DISPUTE).id or 0
    first, second = replace(SYSTEM, name="Anna"), replace(SYSTEM, name="Bram")
    shop.overlap(lambda work: holds.release(work, first, hold_id), lambda work: holds.release(work, second, hold_id))
    assert shop.one(AccountHold, id=hold_id).released_by == "Anna"
    assert [event.actor for event in shop.audit() if event.action == "reminders.resumed"] == ["Anna"]


def test_the_freeze_of_all_collections_holds_the_reminders_too(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    desk.overdue(account, 9)
    shop.do(switches.freeze, "Anna", "storing bij de bank")
    assert closed_gates(desk.run()) == [Gate.HOLD]
    shop.do(switches.thaw, "Anna")
    assert closed_gates(desk.run()) == []


def test_who_pays_by_mandate_gets_no_friendly_reminder(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    shop.do(give_mandate, account)
    desk.overdue(account, -3)
    assert desk.run() == ()


@pytest.mark.parametrize("state", ["planned", "announced"])
def test_a_collection_that_is_to_come_postpones_what_it_is_for(
    shop: Shop, desk: Desk, account: int, owner: Actor, state: str
) -> None:
    number = desk.overdue(account, 9)
    shop.do(plan_collection, shop.do(give_mandate, account), number, state)
    assert closed_gates(desk.run()) == [Gate.IN_FLIGHT]
    shop.sql("UPDATE collection SET state = 'withdrawn'")
    assert closed_gates(desk.run()) == []


def test_holds_are_placed_by_employees_and_never_for_the_past(shop: Shop, account: int, owner: Actor) -> None:
    with pytest.raises(NotAllowed):
        shop.do(holds.place, owner, account, HoldKind.HOLD)
    yesterday = local_day(shop.clock.now()) - timedelta(days=1)
    with pytest.raises(EndsInPast):
        shop.do(holds.place, SYSTEM, account, HoldKind.HOLD, until=yesterday)
    assert shop.all(AccountHold) == []


def test_a_run_far_from_the_usual_is_held_and_let_go_by_hand(shop: Shop, desk: Desk) -> None:
    desk.late_customers(1, days=5)
    desk.run()
    shop.clock.advance(days=1)
    desk.late_customers(25, days=5)
    held = desk.run()
    assert {verdict.gate for decision in held for verdict in decision.closed} == {Gate.VOLUME}
    assert len(desk.reminded()) == 1
    assert [decision.closed for decision in desk.run(forced=True)] == [()] * 25
    assert len(desk.reminded()) == 26


def test_credits_are_used_before_anybody_is_asked_for_money(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    old, new = desk.overdue(account, 9), desk.overdue(account, 6)
    shop.do(credits.give_credits, SYSTEM, GiveCredits(account, 13_000, "Sorry"))
    [decision] = desk.run()
    assert (decision.numbers, decision.open_cents) == ((new,), 11_200)
    assert shop.open_cents(old, new) == [0, 11_200]
    assert f"paid {old}" in [mail.subject for mail in shop.mail.sent]
    assert shop.broken() == []


@pytest.mark.parametrize("reason", ["payment", "dispute"])
def test_credits_stay_where_they_are_while_money_is_under_way_or_disputed(
    shop: Shop, desk: Desk, account: int, owner: Actor, reason: str
) -> None:
    number = desk.overdue(account, 9)
    shop.do(credits.give_credits, SYSTEM, GiveCredits(account, 13_000, "Sorry"))
    if reason == "payment":
        shop.start(owner, number)
    else:
        shop.do(holds.place, SYSTEM, account, HoldKind.DISPUTE)
    assert closed_gates(desk.run()) == [Gate.IN_FLIGHT if reason == "payment" else Gate.HOLD, Gate.CREDIT]
    assert shop.open_cents(number) == [12_100]


def test_a_preview_tells_the_same_and_changes_nothing(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    desk.overdue(account, 9)
    shop.do(mark_fresh, Feed.GATEWAY)
    seen = flows.preview(shop.billing)
    assert desk.steps() == []
    assert desk.run() == seen.decisions
