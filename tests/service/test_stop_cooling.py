"""After money withdrew a stop order, none is proposed on the same ground for a while."""

from dataclasses import replace
from datetime import timedelta

import pytest

from billing.access import Actor
from billing.clock import local_day
from billing.db import Work
from billing.errors import StopRefused
from billing.products.tables import Service
from billing.safety import orders
from billing.stops import service as stops
from billing.stops.rules import LateInvoice
from billing.stops.tables import StopOrder
from tests import stopping
from tests.factories import Shop
from tests.stopping import GREEN, propose


@pytest.fixture
def service_id(shop: Shop, account: int, owner: Actor) -> int:
    return stopping.late_service(shop, account)


def test_what_money_withdrew_is_not_proposed_again_at_once(
    shop: Shop, account: int, service_id: int, first: Actor, second: Actor
) -> None:
    propose(shop, first, service_id)
    shop.credit(stopping.number(shop, account), 100)
    with pytest.raises(StopRefused) as refused:
        propose(shop, second, service_id)
    until = local_day(shop.clock.now()) + timedelta(days=7)
    assert refused.value.facts == {"reason": "cooling", "earliest": until.isoformat()}
    shop.clock.advance(days=6)
    with pytest.raises(StopRefused, match="cooling"):
        propose(shop, first, service_id)
    shop.clock.advance(days=1)
    assert propose(shop, first, service_id)


def test_other_invoices_are_another_ground(shop: Shop, account: int, service_id: int, first: Actor) -> None:
    propose(shop, first, service_id)
    shop.credit(stopping.number(shop, account), 100)
    other = replace(GREEN, invoices=(LateInvoice(2, "2026-0002", 1_210),))
    assert propose(shop, first, service_id, other)


def test_no_cooling_is_a_choice_of_the_company(shop: Shop, account: int, service_id: int, first: Actor) -> None:
    propose(shop, first, service_id)
    shop.credit(stopping.number(shop, account), 100)

    def at_once(work: Work) -> int:
        return stops.propose(work, shop.proven(first), work.session.get_one(Service, service_id), GREEN, cooling_days=0)

    assert shop.do(at_once)


def test_what_a_colleague_withdrew_needs_no_cooling(shop: Shop, service_id: int, first: Actor) -> None:
    shop.do(orders.withdraw, first, propose(shop, first, service_id))
    assert propose(shop, first, service_id)
    assert [order.state for order in shop.all(StopOrder)] == ["withdrawn", "proposed"]
