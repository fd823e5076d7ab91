"""What all rules share."""

from collections.abc import Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from billing.credits.tables import CreditLot
from billing.invoices.tables import Invoice
from tests.conftest import Emptied
from tests.machine.money.following import Follower
from tests.machine.money.world import World

PICK = st.integers(min_value=0, max_value=10_000)
T = TypeVar("T")


class Base(RuleBasedStateMachine):
    """The world, and somebody who keeps its books on paper. emptied: gives an empty, migrated database."""

    emptied: Emptied

    def __init__(self) -> None:
        super().__init__()
        self.world = World(type(self).emptied().url)
        self.shop, self.paper = self.world.shop, self.world.paper
        self.follower = Follower(self.world)

    def one_of(self, things: Sequence[T], pick: int) -> T | Any:
        """One of these things, None when there is none."""
        return things[pick % len(things)] if things else None

    def number(self, invoice_id: int) -> str:
        """An invoice as people name it."""
        return self.shop.one(Invoice, id=invoice_id).number or ""

    def lot_ids(self) -> list[int]:
        """The product's credit lots, in the order in which they were made."""
        return [lot.id or 0 for lot in self.shop.all(CreditLot)]

    def teardown(self) -> None:
        self.world.close()
