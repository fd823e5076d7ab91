"""One switch holds all collections: turned by people, and by itself when too much fails."""

from datetime import date, timedelta

import pytest

from billing.access import Actor
from billing.feeds.service import mark_fresh
from billing.feeds.tables import Feed
from billing.mandates import flows, queries, report, submitting, switches
from billing.mandates.switches import freeze, is_frozen, thaw
from billing.mandates.tables import CollectionSwitch
from tests.factories import Shop
from tests.fakes.collecting import collections, fail, go_on, go_to, sign, states, submit, told, work


@pytest.fixture(autouse=True)
def mandate(shop: Shop, owner: Actor, account: int) -> None:
    sign(shop, owner, account)
    shop.carry_out()
    told(shop)


def test_while_frozen_nothing_is_told_or_submitted(shop: Shop, account: int) -> None:
    shop.invoice(account)
    work(shop)
    shop.do(freeze, "Anna", "storing bij de bank")
    shop.invoice(account)
    go_on(shop, 12)
    assert (states(shop), shop.gateway.collected) == (["announced", "planned"], [])


def test_after_the_thaw_each_is_told_once_more_and_collected(shop: Shop, account: int) -> None:
    shop.invoice(account)
    work(shop)
    shop.do(freeze, "Anna")
    go_on(shop, 40)
    told(shop)
    assert shop.do(thaw, "Anna")
    go_on(shop, 1)
    work(shop)
    assert (states(shop), told(shop)) == (["withdrawn", "announced"], ["debit_announced"])
    go_on(shop, 20)
    assert (len(shop.gateway.collected), shop.broken()) == (1, [])


def test_who_turned_the_switch_is_kept(shop: Shop) -> None:
    assert shop.do(freeze, "Anna", "proef")
    assert not shop.do(freeze, "Bram")
    assert shop.ask(is_frozen)
    assert shop.do(thaw, "Bram")
    assert not shop.do(thaw, "Bram")
    turns = [(turn.frozen, turn.by_name, turn.reason) for turn in shop.all(CollectionSwitch)]
    assert turns == [(True, "Anna", "proef"), (False, "Bram", "")]
    assert shop.refusal("UPDATE collection_switch SET frozen = false") != ""


def test_many_failures_freeze_everything_by_themselves(shop: Shop, account: int) -> None:
    debits = [submit(shop, account) for _ in range(10)]
    for debit in debits[:3]:
        fail(shop, debit.key, "RC01")
    assert not shop.ask(is_frozen)
    fail(shop, debits[3].key, "RC01")
    assert shop.ask(is_frozen)
    assert shop.all(CollectionSwitch)[-1].by_name == switches.BY_ITSELF


def test_after_a_thaw_failures_are_counted_anew(shop: Shop, account: int) -> None:
    debits = [submit(shop, account) for _ in range(10)]
    for debit in debits[:4]:
        fail(shop, debit.key, "RC01")
    shop.do(thaw, "Anna")
    fail(shop, debits[4].key, "RC01")
    assert not shop.ask(is_frozen)


def test_a_freeze_in_the_middle_of_a_round_is_heeded(shop: Shop, account: int) -> None:

    shop.invoice(account)
    work(shop)
    go_to(shop, date(2026, 3, 17))
    [due] = shop.ask(submitting.due, 10)
    shop.do(freeze, "Anna")
    assert shop.do(submitting.claim, due, shop.billing.policy.mandates) is None
    assert collections(shop)[0].state == "announced"


def silence(shop: Shop, account: int) -> str:
    """The gateway has not been heard for hours, while a debit was due; the number of the invoice."""
    number = shop.invoice(account)
    work(shop)
    go_on(shop, 10)
    shop.gateway.down = True
    shop.clock.advance(hours=24)
    work(shop)
    return number


def test_a_silent_gateway_freezes_everything_and_its_first_word_ends_that(shop: Shop, account: int) -> None:
    silence(shop, account)
    assert (shop.ask(is_frozen), states(shop), shop.gateway.collected) == (True, ["announced"], [])
    shop.gateway.down = False
    work(shop)
    turns = [(turn.frozen, turn.by_name, turn.reason) for turn in shop.all(CollectionSwitch)]
    assert turns == [(True, "Voldaan", "stale"), (False, "Voldaan", "fresh")]
    assert (states(shop), shop.broken()) == (["submitted"], [])


def test_old_statements_of_the_bank_freeze_everything_until_new_ones_come(shop: Shop, account: int) -> None:
    shop.do(mark_fresh, Feed.BANK, shop.clock.now() + timedelta(days=1))
    shop.invoice(account)
    go_on(shop, 4)
    assert shop.ask(is_frozen)
    assert states(shop) == ["announced"]
    shop.do(mark_fresh, Feed.BANK)
    work(shop)
    assert not shop.ask(is_frozen)


def test_what_a_person_froze_does_not_thaw_with_the_feeds(shop: Shop, account: int) -> None:
    silence(shop, account)
    assert shop.do(freeze, "Anna", "storing")
    shop.gateway.down = False
    work(shop)
    assert shop.ask(is_frozen)
    assert shop.do(thaw, "Anna")
    work(shop)
    assert (shop.ask(is_frozen), states(shop)) == (False, ["submitted"])


def test_what_a_person_thaws_while_feeds_are_stale_freezes_again(shop: Shop, account: int) -> None:
    silence(shop, account)
    shop.do(thaw, "Anna")
    work(shop)
    assert (shop.ask(is_frozen), states(shop)) == (True, ["announced"])


def test_a_freeze_for_the_feeds_does_not_make_failures_forgotten(shop: Shop, account: int) -> None:
    debits = [submit(shop, account) for _ in range(10)]
    for debit in debits[:3]:
        fail(shop, debit.key, "RC01")
    shop.gateway.down = True
    shop.clock.advance(hours=3)
    work(shop)
    shop.gateway.down = False
    work(shop)
    assert not shop.ask(is_frozen)
    fail(shop, debits[3].key, "RC01")
    assert shop.all(CollectionSwitch)[-1].reason == switches.SPIKE


def test_customers_with_a_mandate_can_read_why_and_others_need_not(shop: Shop, owner: Actor, account: int) -> None:
    other = shop.customer()
    stranger = shop.member(other)
    assert shop.ask(queries.mandate_standing, owner, account).freeze is None
    silence(shop, account)
    found = shop.ask(queries.mandate_standing, owner, account).freeze
    assert found is not None
    assert (found.why, found.since) == ("stale", shop.clock.now())
    assert shop.ask(queries.mandate_standing, stranger, other).freeze is None
    shop.do(freeze, "Anna", "niet voor klanten")
    by_hand = shop.ask(queries.mandate_standing, owner, account).freeze
    assert by_hand is not None
    assert by_hand.why == "person"


def test_a_round_says_what_it_did_and_what_is_due(shop: Shop, account: int) -> None:

    shop.invoice(account)
    limits = shop.billing.policy.mandates
    due = shop.ask(report.due, limits)
    assert (due.planned, due.announced, due.submitted) == (1, 0, 0)
    done = flows.run_collections(shop.billing)
    assert (done.planned, done.announced, done.submitted, done.frozen) == (1, 1, 0, "")
    assert "1 planned" in next(iter(report.as_lines(done)))
    shop.do(freeze, "Anna")
    assert any("by Anna (no reason given)" in line for line in report.as_lines(shop.ask(report.due, limits)))
