"""What the workers leave behind of what they do again and again."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from billing import health, pulse
from billing.runtime import Billing
from billing.worker.lane import Lane
from billing.worker.watching import check_invariants
from tests.factories import Shop


def _checking(shop: Shop, hours: int) -> Billing:
    return replace(shop.billing, policy=replace(shop.billing.policy, check_every=timedelta(hours=hours)))


def _broken(shop: Shop) -> int:
    return shop.ask(health.counts).invariants_broken


def _break(shop: Shop) -> None:
    shop.draft(shop.customer())
    shop.sql("UPDATE invoice SET net_cents = net_cents + 1, vat_cents = vat_cents - 1")


def test_a_broken_invariant_is_counted_and_logged_before_anybody_asks(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    _break(shop)
    with caplog.at_level(logging.ERROR):
        check_invariants(_checking(shop, 24))
    assert _broken(shop) == 1
    assert "lines and VAT add up to the invoice: 1" in caplog.text


def test_invariants_are_looked_at_again_when_it_is_time(shop: Shop) -> None:
    billing = _checking(shop, 24)
    check_invariants(billing)
    _break(shop)
    shop.clock.advance(hours=23)
    check_invariants(billing)
    assert _broken(shop) == 0
    shop.clock.advance(hours=1)
    check_invariants(billing)
    assert _broken(shop) == 1


def test_who_wants_no_checks_gets_none(shop: Shop) -> None:
    check_invariants(_checking(shop, 0))
    assert shop.ask(pulse.last, pulse.INVARIANTS) is None


def test_a_lane_gives_a_sign_of_life_now_and_then_and_not_every_round(shop: Shop) -> None:
    lane = Lane(shop.billing, "money", (), rest=60)
    lane.round()
    first = shop.ask(pulse.last, "money")
    shop.clock.advance(seconds=1)
    lane.round()
    assert shop.ask(pulse.last, "money") == first == shop.clock.now() - timedelta(seconds=1)
    shop.clock.advance(seconds=15)
    lane.round()
    assert shop.ask(pulse.last, "money") == shop.clock.now()


def test_a_lane_whose_job_never_comes_back_falls_silent(shop: Shop) -> None:
    for name in health.LANES:
        Lane(shop.billing, name, (), rest=60).round()
    assert shop.ask(health.stuck) == ()
    shop.clock.advance(minutes=3)
    assert shop.ask(health.stuck) == ("lane_money_silent", "lane_paper_silent")
