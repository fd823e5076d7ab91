"""A sandbox that does nothing but remember what it was told."""

from collections.abc import Mapping
from datetime import timedelta

from billing.ports import Fault, StageView


class FakeStage:
    """The outside world of a demo in which nothing happens."""

    def __init__(self) -> None:
        self.faults: set[Fault] = set()
        self.moved = timedelta()
        self.approved: list[str] = []
        self.taken_back: list[str] = []

    def view(self) -> StageView:
        return StageView(frozenset(self.faults), (), "http://sandbox.test/mailbox")

    def move(self, by: timedelta) -> None:
        self.moved += by

    def turn(self, fault: Fault, *, on: bool) -> None:
        (self.faults.add if on else self.faults.discard)(fault)

    def approve(self, key: str) -> None:
        self.approved.append(key)

    def take_back(self, key: str) -> None:
        self.taken_back.append(key)

    def deliveries(self, key: str) -> int:
        return 0

    def bank_file(self, iban: str, transfers: Mapping[str, int]) -> bytes:
        return b""

    def reset(self) -> None:
        self.faults.clear()
