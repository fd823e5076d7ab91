"""The worker looks at its calendar now and then, and at once when time was moved."""

import threading
from typing import cast

import pytest

from billing.runtime import Billing
from billing.worker import Worker, loop
from tests.fakes.clock import FakeClock


class OnlyAClock:
    """As much of the billing module as a worker without jobs needs."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.stopping = threading.Event()

    def for_task(self) -> "OnlyAClock":
        return self

    def ask(self, *_: object) -> set[str]:
        """Nothing is known to have failed."""
        return set()


def test_a_moved_clock_wakes_the_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = threading.Semaphore(0)

    def look(billing: Billing) -> int:
        looked.release()
        return 0

    def nothing(billing: Billing) -> int:
        return 0

    monkeypatch.setattr(loop, "_MONEY", (nothing,))
    monkeypatch.setattr(loop.correspondence, "carry_out", nothing)
    monkeypatch.setattr(loop.correspondence, "ask_outsiders", nothing)
    monkeypatch.setattr(loop, "CALENDAR", (look,))
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
