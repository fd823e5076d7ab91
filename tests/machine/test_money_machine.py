"""Random stories of a hosting company: whatever is bought, cancelled, paid, taken back or lost, every cent is right.

The product lives through it with processes that die and messages that come late, twice, out of order or never. After
each step its books are held against those that are kept on paper beside it, by arithmetic of its own.
"""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from billing.payments import flows, sending
from billing.ports import Method, Outcome
from billing.runs import service as runs
from tests.abroad import BELGIAN
from tests.fakes.pushes import push, receive
from tests.machine.money.documents import LINES
from tests.machine.money.subscribing import Subscribing
from tests.machine.money.traffic import WHICH, Traffic
from tests.machine.money.truths import Truths
from tests.machine.stories import tell

NUMBER = st.sampled_from(["", BELGIAN])
PRICES = st.lists(st.integers(1, 60_000), min_size=7, max_size=7)


class MoneyMachine(Subscribing, Traffic, Truths):
    """A company from its first day on."""

    @initialize(prices=PRICES, lines=LINES, more=st.sampled_from([-300, -60, 0, 5_000]), number=NUMBER)
    def begin(self, prices: list[int], lines: list[tuple[int, str, str]], more: int, number: str) -> None:
        self.world.sell(prices)
        self.world.fill_in_number(self.world.accounts[-1], number)
        for pick in (0, 1):
            self.start_a_service(pick, pick * 2, -20)
        self.run_invoices(0)
        self.issue(0, lines, None)
        self.follower.catch_up()
        self.pay_about_what_is_open([0, 1], more, hears=True)

    @rule(which=WHICH, says=st.sampled_from([Outcome.PENDING, Outcome.FAILED]), hears=st.booleans())
    def a_bank_takes_its_time_while_there_are_credits(self, which: list[int], says: Outcome, hears: bool) -> None:
        """What it says at first is heard; credits may settle the invoices unless money is on its way for them."""
        before = list(self.world.gateway.known)
        self.start(which, Method.IDEAL)
        self.follower.catch_up()
        for key in [key for key in self.world.gateway.known if key not in before]:
            self._says(key, says, hears=True)
            payment = list(self.paper.payments.values())[-1]
            self.give(self.world.accounts.index(payment.account_id), 300)
            self.follower.catch_up()
            for place, invoice_id in enumerate(self.paper.invoices):
                if invoice_id in payment.invoice_ids:
                    self.settle_with_credits(place)
            self._says(key, Outcome.SUCCEEDED, hears=hears)

    def _says(self, key: str, outcome: Outcome, *, hears: bool) -> None:
        self.world.gateway.change(key, outcome)
        self.world.tell(key)
        if hears:
            self.hear_the_newest()
            self.follower.catch_up()

    def teardown(self) -> None:
        try:
            self._let_all_be_told()
        finally:
            super().teardown()

    def _let_all_be_told(self) -> None:
        """In the end every message arrives, and what was lost is asked about."""
        self.world.database.survive()
        for key in list(self.world.gateway.known):
            receive(self.shop.billing, push(key, f"{key}-at-last"))
        for _ in range(4):
            self.shop.clock.advance(hours=26)
            while flows.process_pushes(self.shop.billing):
                pass
            self.shop.carry_out()
            flows.check_payments(self.shop.billing)
            sending.check_payouts(self.shop.billing)
        self.all_is_true()
        self.reckon()


@pytest.fixture(autouse=True)
def _chunks_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """An account a transaction, so that a run can die between them."""
    monkeypatch.setattr(runs, "CHUNK", 1)


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("engine", "stories"), [("sqlite", 60), ("postgresql", 8)])
def test_every_cent_is_right_whatever_happens(request: pytest.FixtureRequest, engine: str, stories: int) -> None:
    MoneyMachine.emptied = staticmethod(request.getfixturevalue(f"emptied_{engine}"))
    tell(MoneyMachine, stories, steps=40)
