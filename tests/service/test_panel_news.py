"""The hosting panel is told when a customer cancels, changes or keeps a service."""

from datetime import date, timedelta

import pytest

from billing.access import Actor
from billing.changes import service as changes
from billing.clock import local_day
from billing.errors import ChangeRefused
from billing.hosting import services
from billing.outbox import OutboxMessage, Task
from billing.ports import ServiceNews
from billing.products.tables import Service
from tests import stopping
from tests.changing import change, half_used, preview
from tests.factories import Shop
from tests.renewals import product, run, service


def told(shop: Shop) -> list[tuple[ServiceNews, int, int]]:
    """What the panel knows: the news, of which service, and its version."""
    shop.carry_out()
    return [(notice.news, notice.service_id, notice.version) for notice in shop.panel.news]


def test_a_cancellation_is_told_with_its_last_day(shop: Shop, account: int, owner: Actor) -> None:
    service_id = half_used(shop, owner, account)
    on = local_day(shop.clock.now()) + timedelta(days=100)
    change(shop, owner, account, service_id, on)
    assert told(shop) == [(ServiceNews.ENDING, service_id, 1)]
    assert shop.panel.news[0].facts == {"last_day": (on - timedelta(days=1)).isoformat()}


def test_a_cancellation_that_is_taken_back_is_told_too(shop: Shop, account: int, owner: Actor) -> None:
    service_id = half_used(shop, owner, account)
    change(shop, owner, account, service_id, local_day(shop.clock.now()) + timedelta(days=100))
    shop.do(changes.keep, shop.proven(owner), account, service_id)
    assert told(shop) == [(ServiceNews.ENDING, service_id, 1), (ServiceNews.KEPT, service_id, 2)]


def test_the_service_that_goes_on_in_its_place_is_named(shop: Shop, account: int, owner: Actor) -> None:
    service_id = half_used(shop, owner, account)
    change(shop, owner, account, service_id, local_day(shop.clock.now()) + timedelta(days=1))
    shop.do(changes.keep, shop.proven(owner), account, service_id)
    told(shop)
    successor = max(row.id or 0 for row in shop.all(Service))
    assert shop.panel.news[-1].facts == {"goes_on_as": str(successor)}


def test_a_change_of_product_is_told(shop: Shop, account: int, owner: Actor) -> None:
    service_id = half_used(shop, owner, account)
    cheaper = product(shop, "36.50", months=12)
    change(shop, owner, account, service_id, local_day(shop.clock.now()), cheaper)
    assert told(shop) == [(ServiceNews.CHANGED, service_id, 1)]


def test_news_waits_for_a_panel_that_is_down_and_arrives_once(shop: Shop, account: int, owner: Actor) -> None:
    service_id = half_used(shop, owner, account)
    shop.carry_out()
    change(shop, owner, account, service_id, local_day(shop.clock.now()) + timedelta(days=100))
    shop.panel.down = True
    assert told(shop) == []
    shop.panel.down = False
    shop.clock.advance(minutes=5)
    assert told(shop) == [(ServiceNews.ENDING, service_id, 1)]
    [message] = shop.all(OutboxMessage, task=Task.SERVICE_NEWS.value)
    assert services.notice(message) == shop.panel.news[0]


def test_what_is_stopped_can_not_become_another_product(shop: Shop, account: int, owner: Actor) -> None:
    service_id = stopping.late_service(shop, account)
    first, second = stopping.colleague(shop, "fien", "finance"), stopping.colleague(shop, "fred")
    stopping.stopped(shop, service_id, first, second)
    other = product(shop, "5.00")
    with pytest.raises(ChangeRefused, match="stopped"):
        preview(shop, owner, account, service_id, local_day(shop.clock.now()), other)
    with pytest.raises(ChangeRefused, match="stopped"):
        shop.do(changes.keep, shop.proven(owner), account, service_id)


def test_a_service_that_is_stopped_and_cancelled_ends_on_its_last_day(shop: Shop, account: int, owner: Actor) -> None:
    service_id = service(shop, account, date(2026, 3, 6), product(shop, "73.00", months=12))
    run(shop)
    shop.clock.advance(days=44)
    first, second = stopping.colleague(shop, "fien", "finance"), stopping.colleague(shop, "fred")
    stopping.stopped(shop, service_id, first, second)
    change(shop, owner, account, service_id, date(2027, 3, 6))
    row = shop.one(Service, id=service_id)
    assert (row.state, row.ends_on) == ("stopped", date(2027, 3, 5))
    shop.pay(owner, stopping.number(shop, account))
    assert stopping.state_of(shop, service_id) == "ending"
