"""The worker looks at its calendar now and then, and at once when time was moved."""

import threading
from typing import Any, cast

import pytest

from billing.runtime import Billing
from billing.worker import Worker, loop
from tests.fakes.clock import FakeClock


class OnlyAClock:
    """As much of the billing module as a worker without jobs needs."""

    def __init__(self) -> None:
        self.clock = FakeClock()


def test_a_moved_clock_wakes_the_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = threading.Semaphore(0)

    def look(billing: Billing) -> int:
        looked.release()
        return 0

    def nothing(billing: Billing, *rest: Any) -> int:
        return 0

    for module, job in (
        (loop.payments, "process_pushes"), (loop.payments, "check_payments"), (loop.sending, "check_payouts"),
        (loop.correspondence, "carry_out"),
    ):  # fmt: skip
        monkeypatch.setattr(module, job, nothing)
    monkeypatch.setattr(loop.accounts, "warn_of_endings", look)
    monkeypatch.setattr(loop, "NAP_SECONDS", 0.01)
    billing = OnlyAClock()
    worker = Worker(cast(Billing, billing))
    worker.start()
    try:
        assert looked.acquire(timeout=10)
        assert not looked.acquire(timeout=0.2)
        billing.clock.advance(days=3)
        assert looked.acquire(timeout=10)
    finally:
        worker.stop()
        worker.join()
