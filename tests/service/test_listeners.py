"""Listeners hear of what happens from when they were made on: at least once, and of each customer in order."""

import pytest

from billing.access import SYSTEM
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.listeners import flows, planning
from billing.listeners.events import EventType
from billing.listeners.tables import Delivery
from billing.mandates import service as mandates
from billing.stops import service as stops
from billing.stops.tables import StopOrder
from tests import stopping
from tests.fakes.collecting import sign
from tests.hearing import REFUSED, UNCLEAR, Host, deliver

T = EventType


@pytest.fixture
def host(shop, sound_books) -> Host:
    """A system that wants to hear everything."""
    return Host(shop)


# What is heard


def test_an_invoice_is_heard_of_when_it_is_issued_and_when_it_is_paid(shop, host, account, owner):
    number = shop.invoice(account)
    assert host.hears() == [("invoice.issued", number)]
    shop.pay(owner, number)
    assert host.hears() == [("payment.succeeded", None), ("invoice.paid", number)]


def test_a_payment_that_is_taken_back_is_heard_of_and_so_is_the_next_one(shop, host, account, owner):
    number = shop.invoice(account)
    key = shop.pay(owner, number)
    host.hears()
    shop.hear(shop.gateway.take_back(key))
    assert host.hears() == [("invoice.returned", number)]
    shop.pay(owner, number)
    assert host.hears() == [("payment.succeeded", None), ("invoice.paid", number)]


def test_a_credit_note_that_settles_an_invoice_is_heard_of_as_both(shop, host, account):
    number = shop.invoice(account)
    host.hears()
    note = shop.credit(number, 10_000)
    assert host.hears() == [("credit_note.issued", note.number), ("invoice.paid", number)]


def test_credits_that_settle_a_new_invoice_at_once_are_heard_of_after_it(shop, host, account):
    shop.do(credits.give_credits, SYSTEM, GiveCredits(account, 50_000, "Excuses"))
    number = shop.invoice(account)
    shop.do(credits.settle_with_credits, shop.row(number).id)
    assert host.hears() == [("invoice.issued", number), ("invoice.paid", number)]


def test_mandates_are_heard_of(shop, host, account, owner):
    sign(shop, owner, account)
    shop.do(mandates.pause, shop.proven(owner), account)
    assert [kind for kind, _ in host.hears()] == ["mandate.given", "mandate.paused"]


def test_a_service_that_is_stopped_and_one_that_goes_on_are_heard_of(shop, host, account, owner, first, second):
    service_id = stopping.late_service(shop, account)
    number = stopping.number(shop, account)
    stopping.stopped(shop, service_id, first, second)
    host.hears()
    shop.pay(owner, number)
    assert ("service.restored", None) in host.hears()
    [stop] = shop.all(Delivery, type="service.stopped")
    assert stop.data == {"id": service_id}


def test_a_stop_that_is_withdrawn_in_time_is_not_heard_of(shop, host, account, first):
    order_id = stopping.propose(shop, first, stopping.late_service(shop, account))
    shop.do(lambda work: stops.withdraw(work, first, work.session.get_one(StopOrder, order_id)))
    assert shop.all(Delivery, type="service.restored") == []
    assert "service.restored" not in [kind for kind, _ in host.hears()]


def test_what_happened_before_is_told_to_nobody(shop, account):
    shop.invoice(account)
    shop.clock.advance(seconds=1)
    first = Host(shop)
    number = shop.invoice(account)
    assert first.hears() == [("invoice.issued", number)]
    shop.clock.advance(seconds=60)
    late = Host(shop)
    shop.clock.advance(seconds=60)
    assert late.hears() == []


def test_only_what_was_asked_for_is_told(shop, account, owner):
    host = Host(shop, T.INVOICE_PAID)
    number = shop.invoice(account)
    shop.pay(owner, number)
    assert host.hears() == [("invoice.paid", number)]


def test_a_key_for_one_customer_hears_of_no_other(shop, account):
    host = Host(shop, account_id=account)
    shop.invoice(shop.customer("Slagerij Test"))
    number = shop.invoice(account)
    assert host.hears() == [("invoice.issued", number)]


def test_while_nobody_listens_nothing_is_written(shop, account):
    shop.invoice(account)
    assert flows.plan(shop.billing) == 0
    assert shop.all(Delivery) == []


# Each once, and in order


def test_looking_again_tells_nothing_twice(shop, host, account, owner):
    shop.pay(owner, shop.invoice(account))
    host.hears()
    for _ in range(3):
        shop.clock.advance(seconds=60)
        assert host.hears() == []
    shop.clock.advance(seconds=600)
    shop.sql("UPDATE listener_feed SET seen = 0, settled = 0")
    assert host.hears() == []


def test_what_appears_late_below_what_was_seen_is_told_all_the_same(shop, host, account):
    number = shop.invoice(account)
    # As when a transaction that got its ids early ends late: what came after it was seen first.
    shop.sql("UPDATE listener_feed SET seen = seen + 1000 WHERE source = 'journal'")
    assert host.hears() == []
    shop.clock.advance(seconds=31)
    assert host.hears() == [("invoice.issued", number)]


def test_two_workers_at_once_plan_each_event_once(shop, host, account):
    shop.invoice(account)
    shop.overlap(planning.plan, planning.plan)
    assert len(shop.all(Delivery)) == 1


def test_of_one_customer_a_later_event_waits_for_an_earlier_one(shop, host, account):
    other = shop.customer("Slagerij Test")
    numbers = [shop.invoice(account), shop.invoice(account), shop.invoice(other)]
    shop.billing.listeners.fails = [REFUSED]
    arrived = [text for _ in range(3) for text in deliver(shop)]
    assert [numbers[2] in text for text in arrived] == [True]
    shop.clock.advance(seconds=10)
    assert [number for _, number in host.hears()] == [numbers[2], *numbers[:2]]


def test_a_sending_of_which_nobody_knows_the_end_is_repeated_as_the_same_message(shop, host, account):
    shop.invoice(account)
    shop.billing.listeners.lost = [UNCLEAR]
    deliver(shop)
    shop.clock.advance(seconds=10)
    deliver(shop)
    first, again = shop.billing.listeners.got
    assert (first.message_id, first.body) == (again.message_id, again.body)


def test_two_listeners_get_messages_of_their_own(shop, host, account):
    Host(shop)
    shop.invoice(account)
    flows.plan(shop.billing)
    while flows.deliver(shop.billing):
        pass
    one, other = shop.billing.listeners.got
    assert one.message_id != other.message_id
    assert one.body == other.body
