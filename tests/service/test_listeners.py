"""Listeners hear of what happens from when they were made on: at least once, of each customer in order, and signed."""

from datetime import timedelta

import pytest

from billing.access import SYSTEM, Scope
from billing.api import keys
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.errors import NotAllowed, NotFound, ProviderRefused, ProviderUnclear, Refused
from billing.listeners import flows, planning, service
from billing.listeners.events import EventType
from billing.listeners.tables import Delivery, Listener
from billing.mandates import service as mandates
from billing.stops import service as stops
from billing.stops.tables import StopOrder
from billing.webhooks import require_genuine, secret_key, signature
from tests import machines, stopping
from tests.factories import Shop
from tests.fakes.collecting import sign

URL = "https://host.example/hook?secret=1"
T = EventType
UNCLEAR = ProviderUnclear(reason="ConnectTimeout")
REFUSED = ProviderRefused(reason="http_422")


class Host:
    """A system of the host that listens, and its key."""

    def __init__(self, shop: Shop, *events: EventType, account_id: int | None = None) -> None:
        self.shop = shop
        self.actor = machines.actor_of(shop.billing, machines.key(shop.billing, account_id=account_id))
        self.made = shop.do(service.add, self.actor, URL, events or tuple(EventType), shop.billing.vault)

    def hears(self) -> list[tuple[str, object]]:
        """What there is to hear: kinds, and the number or id that they are about."""
        told = machines.tell(self.shop.billing)
        return [
            (message["type"], message["data"].get("number") or message["data"].get("reference")) for message in told
        ]

    @property
    def row(self) -> Listener:
        return self.shop.one(Listener, id=self.made.id)


@pytest.fixture
def host(shop, sound_books) -> Host:
    """A system that wants to hear everything."""
    return Host(shop)


def deliver(shop: Shop) -> list[str]:
    """One round of the worker; returns the numbers that arrived."""
    flows.plan(shop.billing)
    before = len(shop.billing.listeners.got)
    flows.deliver(shop.billing)
    return [letter.body.decode() for letter in shop.billing.listeners.got[before:]]


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


# Trouble


def test_a_listener_in_trouble_is_left_alone_for_a_while_and_then_longer(shop, host, account):
    shop.invoice(account)
    shop.invoice(shop.customer("Slagerij Test"))
    shop.billing.listeners.fails = [UNCLEAR, UNCLEAR]
    waits = []
    for _ in range(2):
        assert deliver(shop) == []
        assert deliver(shop) == []
        waits.append(host.row.paused_until - shop.clock.now())
        shop.clock.advance(seconds=waits[-1].total_seconds())
    assert waits == [timedelta(seconds=5), timedelta(seconds=30)]
    assert len(host.hears()) == 2
    assert (host.row.failures, host.row.failing_since, host.row.paused_until) == (0, None, None)


def test_a_listener_that_takes_nothing_for_days_is_turned_off_and_that_is_written_down(shop, host, account):
    shop.invoice(account)
    for _ in range(40):
        shop.billing.listeners.fails = [UNCLEAR]
        deliver(shop)
        shop.clock.advance(hours=6)
    assert host.row.off_because == "failing"
    assert {delivery.state for delivery in shop.all(Delivery)} == {"given_up"}
    [off] = [event for event in shop.audit() if event.action == "webhook.turned_off"]
    assert (off.chain, off.subject) == (f"api_key:{host.actor.key.key_id}", "host.example")
    shop.invoice(account)
    assert host.hears() == []


def test_a_listener_that_says_it_is_gone_is_turned_off_at_once(shop, host, account):
    shop.invoice(account)
    shop.billing.listeners.fails = [ProviderRefused(reason="http_410")]
    deliver(shop)
    assert host.row.off_because == "failing"


def test_one_message_that_is_always_refused_is_given_up_and_the_next_ones_go_on(shop, host, account):
    refused, number = shop.invoice(account), shop.invoice(account)
    other, heard = shop.customer("Slagerij Test"), []
    shop.billing.listeners.refuses = refused
    for _ in range(20):
        shop.invoice(other)
        heard += [about for _, about in host.hears()]
        shop.clock.advance(hours=6)
    assert refused not in heard
    assert heard.count(number) == 1
    assert host.row.off_at is None


def test_a_withdrawn_key_takes_its_listeners_along(shop, host, account):
    shop.do(keys.withdraw, machines.staff(shop.billing), host.actor.key.key_id)
    shop.invoice(account)
    assert host.hears() == []


def test_old_deliveries_are_forgotten(shop, host, account):
    shop.invoice(account)
    host.hears()
    shop.clock.advance(seconds=600)
    host.hears()
    shop.clock.advance(days=31)
    assert flows.forget(shop.billing) == 1
    assert host.hears() == []


# Making and removing


def test_messages_are_signed_with_the_secret_that_was_shown_once(shop, host, account):
    shop.invoice(account)
    deliver(shop)
    [letter] = shop.billing.listeners.got
    key, at = secret_key(host.made.secret), int(shop.clock.now().timestamp())
    sent = signature(letter.key, message_id=letter.message_id, timestamp=at, body=letter.body)
    headers = {"webhook-id": letter.message_id, "webhook-timestamp": str(at), "webhook-signature": sent}
    require_genuine(key, headers, letter.body, shop.clock.now())
    assert host.made.secret not in str(host.row.model_dump())


def test_a_key_hears_only_of_what_it_may_read(shop):
    reader = machines.actor_of(shop.billing, machines.key(shop.billing, Scope.WEBHOOKS_MANAGE, Scope.INVOICES_READ))
    shop.do(service.add, reader, URL, [T.INVOICE_PAID], shop.billing.vault)
    with pytest.raises(NotAllowed):
        shop.do(service.add, reader, URL, [T.INVOICE_PAID, T.PAYMENT_SUCCEEDED], shop.billing.vault)


def test_a_removed_listener_hears_nothing_and_is_gone(shop, host, account):
    shop.invoice(account)
    flows.plan(shop.billing)
    shop.do(service.remove, host.actor, host.made.id)
    assert host.hears() == []
    with pytest.raises(NotFound):
        shop.do(service.remove, host.actor, host.made.id)


def test_a_listener_of_another_key_is_out_of_reach(shop, host):
    other = Host(shop)
    with pytest.raises(NotFound):
        shop.do(service.remove, other.actor, host.made.id)


def test_a_key_has_ten_listeners_at_most(shop, host):
    for _ in range(9):
        shop.do(service.add, host.actor, URL, [T.INVOICE_PAID], shop.billing.vault)
    with pytest.raises(Refused, match="too_many"):
        shop.do(service.add, host.actor, URL, [T.INVOICE_PAID], shop.billing.vault)
