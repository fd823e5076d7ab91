"""A listener in trouble is left alone and turned off in the end; who makes one hears only of what the key may read."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from billing.access import Scope
from billing.api import calls, keys
from billing.api.calls import Asked
from billing.api.pages import Place
from billing.errors import NotAllowed, NotFound, ProviderRefused, Refused
from billing.listeners import flows, queue, service
from billing.listeners.events import EventType
from billing.listeners.tables import Delivery
from billing.webhooks import require_genuine, secret_key, signature
from tests import machines
from tests.hearing import UNCLEAR, URL, Host, deliver

T = EventType


@pytest.fixture
def host(shop, sound_books) -> Host:
    """A system that wants to hear everything."""
    return Host(shop)


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


def test_a_slow_listener_is_sent_one_message_at_a_time_while_the_others_hear_theirs(shop, host, account):
    other = Host(shop)
    for one in (account, shop.customer("Slagerij Test")):
        shop.invoice(one)
    flows.plan(shop.billing)
    slow = shop.do(queue.claim)
    heard = [shop.do(queue.claim)]
    assert {slow.listener_id, heard[0].listener_id} == {host.made.id, other.made.id}
    assert not shop.ask(queue.any_due)
    shop.do(queue.finish, heard[0])
    heard.append(shop.do(queue.claim))
    assert heard[0].listener_id == heard[1].listener_id
    shop.clock.advance(seconds=queue.LEASE.total_seconds())
    again = {shop.do(queue.claim).listener_id, shop.do(queue.claim).listener_id}
    assert again == {host.made.id, other.made.id}


def test_two_workers_never_send_to_one_listener_at_once(shop, host, account):
    shop.invoice(account)
    shop.invoice(shop.customer("Slagerij Test"))
    flows.plan(shop.billing)
    mine = []
    assert shop.overlap(lambda work: mine.append(queue.claim(work)), queue.claim) is None
    assert mine[0] is not None


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


def test_several_made_at_once_are_all_made(shop):
    token = machines.key(shop.billing)
    # Nothing but the making itself has them take turns: that the key is in use was written down before.
    calls.read(shop.billing, token, service.listed, Place())

    def make(number: int) -> str:
        asked = Asked(f"hook-{number}", "a webhook")
        given = (URL, [T.INVOICE_PAID], shop.billing.vault)
        return calls.write(shop.billing, token, asked, service.add, *given, shown=lambda made: str(made.id))

    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(make, range(6)))
    assert len(set(made)) == 6
    assert shop.broken() == []


def test_a_key_has_ten_listeners_at_most(shop, host):
    for _ in range(9):
        shop.do(service.add, host.actor, URL, [T.INVOICE_PAID], shop.billing.vault)
    with pytest.raises(Refused, match="too_many"):
        shop.do(service.add, host.actor, URL, [T.INVOICE_PAID], shop.billing.vault)
