"""Runs that somebody of the finance department starts, with a fresh proof and a reason, and what they look back at."""

from dataclasses import replace

import pytest

from billing.access import SYSTEM, Actor, Look
from billing.clock import local_day
from billing.errors import CheckNeeded, NotAllowed, OnlyLooking, RunHeld
from billing.invoices.tables import Invoice, InvoiceRun
from billing.mandates import days as collection_days
from billing.mandates import flows as mandates
from billing.reminders import days as reminder_days
from billing.reminders import flows as reminders
from billing.reminders.tables import ReminderStep
from billing.runs import desk, flows
from billing.runs.rules import RunRules
from tests.factories import Shop
from tests.fakes.collecting import sign, told, work
from tests.reminding import Desk
from tests.renewals import product, run, service
from tests.staffing import finance


@pytest.fixture
def fien(shop: Shop) -> Actor:
    """Of the finance department, with a fresh proof."""
    return finance(shop)


@pytest.fixture
def far(shop: Shop, account: int) -> None:
    """What is due is ninety times what was invoiced before."""
    service(shop, account, local_day(shop.clock.now()))
    run(shop)
    shop.billing = replace(shop.billing, policy=replace(shop.billing.policy, runs=RunRules(small=1)))
    service(shop, account, local_day(shop.clock.now()), product(shop, "900.00"))


def test_a_dry_run_tells_the_totals_and_that_it_is_as_usual(shop: Shop, account: int, fien: Actor) -> None:
    service(shop, account, local_day(shop.clock.now()))
    ran, held = flows.foresee(shop.billing, fien)
    assert (ran.tally.total_cents, held, shop.all(Invoice)) == (1_210, None, [])


def test_what_is_far_from_the_usual_is_held_until_a_reason_is_given(shop: Shop, fien: Actor, far: None) -> None:
    _, held = flows.foresee(shop.billing, fien)
    assert held is not None
    assert (held.run.total_cents, held.alike.total_cents) == (108_900, 1_210)
    with pytest.raises(RunHeld):
        flows.start(shop.billing, fien)
    flows.start(shop.billing, fien, because="prijsverhoging")
    newest, oldest = shop.ask(desk.runs, fien).rows
    assert (newest.forced, newest.because, newest.started_by) == (True, "prijsverhoging", "Fien")
    assert (oldest.forced, oldest.because) == (False, "")


def test_without_a_fresh_proof_nothing_starts(shop: Shop, account: int, fien: Actor) -> None:
    service(shop, account, local_day(shop.clock.now()))
    stale = replace(fien, checked_at=None)
    for start in (flows.start, reminders.start, mandates.start):
        with pytest.raises(CheckNeeded):
            start(shop.billing, stale)
    assert shop.all(InvoiceRun) == []


def test_who_looks_as_a_customer_starts_nothing(shop: Shop, account: int, fien: Actor) -> None:
    looking = replace(fien, looks_as=Look(account, frozenset()))
    for start in (flows.start, reminders.start, mandates.start):
        with pytest.raises(OnlyLooking):
            start(shop.billing, looking)


def test_nobody_else_starts_or_looks(shop: Shop, owner: Actor) -> None:
    for stranger in (shop.proven(owner), SYSTEM):
        for act in (flows.start, flows.foresee, reminders.start, reminders.foresee, mandates.start, mandates.foresee):
            with pytest.raises(NotAllowed):
                act(shop.billing, stranger)
        for query in (desk.runs, reminder_days.days, collection_days.days):
            with pytest.raises(NotAllowed):
                shop.ask(query, stranger)


def test_reminders_are_counted_by_day(shop: Shop, account: int, owner: Actor, fien: Actor) -> None:
    Desk(shop).overdue(account, 9)
    Desk(shop).overdue(shop.customer("Zonder lezer"), 9)
    assert len(reminders.foresee(shop.billing, fien).decisions) == 2
    Desk(shop).run()
    [day] = shop.ask(reminder_days.days, fien)
    assert (day.taken + day.postponed, day.on) == (len(shop.all(ReminderStep)), local_day(shop.clock.now()))


def test_collections_are_counted_by_their_day(shop: Shop, account: int, owner: Actor, fien: Actor) -> None:
    sign(shop, owner, account)
    shop.carry_out()
    told(shop)
    shop.invoice(account)
    assert mandates.foresee(shop.billing, fien).planned == 1
    assert mandates.start(shop.billing, fien).planned == 1
    work(shop)
    [day] = shop.ask(collection_days.days, fien)
    assert (day.coming, day.collected, day.failed, day.cents) == (1, 0, 0, 12_100)
