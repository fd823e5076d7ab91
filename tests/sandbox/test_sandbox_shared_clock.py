"""A sandbox whose clock a merchant's clock follows: signatures are of that time, and a kill doesn't turn it back."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from billing.sandbox import RunningSandbox
from tests.sandbox.conftest import SETTINGS, Merchant

DAY_SECONDS = 86400


@pytest.fixture
def settings(tmp_path):
    return replace(SETTINGS, clock_file=str(tmp_path / "demo.clock"), state_file=str(tmp_path / "state.json"))


def signed_at(push):
    return int(push.headers["Authorization"].rsplit(":", 1)[1])


def jump(sandbox, *, days):
    sandbox.world.advance(timedelta(days=days))


def test_a_push_is_signed_at_the_moved_time(settings, receiver, http):
    with RunningSandbox(settings) as sandbox:
        merchant = Merchant(sandbox.url, receiver.url, http)
        merchant.control("clock", advance="3d")
        merchant.paid()
        assert signed_at(receiver.wait_for(1)[0]) == pytest.approx(time.time() + 3 * DAY_SECONDS, abs=60)


def test_a_push_of_a_sandbox_with_a_clock_of_its_own_is_signed_at_real_time(merchant, receiver):
    merchant.control("clock", advance="3d")
    merchant.paid()
    assert signed_at(receiver.wait_for(1)[0]) == pytest.approx(time.time(), abs=60)


def test_time_goes_on_where_it_was_when_the_sandbox_was_killed(settings):
    with RunningSandbox(settings) as killed:
        jump(killed, days=3)
        # A kill leaves no state behind, only what was written at once.
        with RunningSandbox(settings) as next_one:
            assert next_one.world.clock.offset.days == 3


def test_state_of_a_run_without_the_file_moves_those_who_follow_it_now(settings, tmp_path):
    with RunningSandbox(replace(settings, clock_file="")) as alone:
        jump(alone, days=2)
    with RunningSandbox(settings):
        assert (tmp_path / "demo.clock").read_text() == f"{2 * DAY_SECONDS}\n"
