"""One switch holds all collections: turned by people, and by itself when too much fails."""

from datetime import date

import pytest

from billing.access import Actor
from billing.mandates import flows, report, submitting, switches
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


def test_a_round_says_what_it_did_and_what_is_due(shop: Shop, account: int) -> None:

    shop.invoice(account)
    limits = shop.billing.policy.mandates
    due = shop.ask(report.due, limits)
    assert (due.planned, due.announced, due.submitted) == (1, 0, 0)
    done = flows.run_collections(shop.billing)
    assert (done.planned, done.announced, done.submitted, done.frozen) == (1, 1, 0, False)
    assert "1 planned" in next(iter(report.as_lines(done)))
    shop.do(freeze, "Anna")
    assert any("frozen" in line for line in report.as_lines(shop.ask(report.due, limits)))
