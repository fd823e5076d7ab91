"""Each step towards a stop takes a fresh proof of identity; the way back takes none."""

import pytest

from billing.access import Actor
from billing.errors import CheckNeeded
from billing.safety import orders
from tests.factories import Shop
from tests.stopping import approve, carry_out, late_service, propose, state_of

FLOOR = 1_000


@pytest.fixture
def service_id(shop: Shop, account: int, owner: Actor) -> int:
    return late_service(shop, account)


def test_each_step_towards_a_stop_takes_a_fresh_proof_and_taking_it_back_takes_none(
    shop: Shop, service_id: int, first: Actor, second: Actor
) -> None:
    with pytest.raises(CheckNeeded):
        shop.do(orders.propose, first, service_id, FLOOR)
    order_id = propose(shop, first, service_id)
    with pytest.raises(CheckNeeded):
        shop.do(orders.approve, second, order_id, FLOOR)
    approve(shop, second, order_id)
    shop.clock.advance(days=7)
    with pytest.raises(CheckNeeded):
        shop.do(orders.carry_out, first, order_id, FLOOR)
    carry_out(shop, first, order_id)
    shop.do(orders.withdraw, second, order_id)
    assert state_of(shop, service_id) == "active"
