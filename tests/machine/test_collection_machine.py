"""Random stories of collecting: whatever banks, customers, clocks and lines do, nobody is debited unannounced or twice.

After each step every invariant holds; each order that reached the gateway is one submitted plan, for at most what was
announced, and the customer got one notice for each plan that was announced.
"""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from billing import outbox
from billing.accounts.tables import Role
from billing.correspondence import flows as correspondence
from billing.db import Database
from billing.errors import BillingError
from billing.invoices.tables import Invoice
from billing.mandates import choosing, service, switches
from billing.mandates.reasons import REASONS
from billing.outbox import OutboxMessage
from billing.payments.tables import Payment
from billing.ports import Method, Outcome
from billing.workdays import next_bank_day
from tests.factories import Shop
from tests.fakes.collecting import OTHER_IBAN, collections, decide, sign, today, work
from tests.fakes.collecting import ask as ask_for_mandate
from tests.fakes.gateway import IBAN
from tests.fakes.reports import report
from tests.machine.stories import tell

PICK = st.integers(min_value=0, max_value=10_000)
CODES = st.sampled_from([*(code for code in REASONS if code.isupper()), "ZZ99", ""])
FATES = st.lists(
    st.sampled_from(["ok", "ok", "ok", "wait", "AM04", "AM04", "-AM04", "-MD06", "-AM05", "AC04", "RC01", "ZZ99"]),
    min_size=1, max_size=4,
)  # fmt: skip


class CollectionMachine(RuleBasedStateMachine):
    """One customer with a mandate, a bank and a worker that is not always there."""

    template: Path
    """A migrated, empty SQLite file."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp(prefix="voldaan-machine-"))
        path = self._folder / "machine.sqlite"
        shutil.copy(self.template, path)
        self.database = Database(f"sqlite:///{path}")
        self.shop = Shop(self.database)

    @initialize()
    def begin(self) -> None:
        self.account = self.shop.customer()
        self.owner = self.shop.member(self.account, Role.OWNER)
        self.shop.member(self.account, Role.ADMINISTRATOR)
        sign(self.shop, self.owner, self.account)
        self.issue(100)
        self.issue(50)
        work(self.shop)
        self.shop.clock.advance(days=11)
        work(self.shop)

    @rule(euros=st.integers(1, 300))
    def issue(self, euros: int) -> None:
        self.shop.invoice(self.account, f"{euros}.00")

    @rule(days=st.sampled_from([1, 2, 4, 12]), fates=FATES)
    def days_pass(self, days: int, fates: list[str]) -> None:
        for day in range(days):
            self.shop.clock.advance(days=1)
            work(self.shop)
            due = [debit for debit in self._debits("pending") if (debit.collect_on or date.max) <= today(self.shop)]
            for place, debit in enumerate(due):
                self._bank_decides(debit.provider_key or "", fates[(day + place) % len(fates)])

    @rule(days=st.sampled_from([1, 1, 9, 45]), hours=st.sampled_from([0, 4]))
    def nobody_works_for_a_while(self, days: int, hours: int) -> None:
        self.shop.clock.advance(days=days, hours=hours)

    @rule(pick=PICK, code=CODES, early=st.booleans())
    def the_bank_takes_back(self, pick: int, code: str, early: bool) -> None:
        found = self._debits("pending") if early else self.shop.all(Payment, state="succeeded")
        if found:
            key = found[pick % len(found)].provider_key or ""
            self.shop.hear(self.shop.gateway.take_back(key, reason_code=code))

    @rule(pick=PICK, part=st.sampled_from([0, 1, 1, 2]))
    def the_customer_pays(self, pick: int, part: int) -> None:
        def act() -> None:
            started = self.shop.start(self.owner, number, method=Method.IDEAL, despite_pending=True)
            payment = self.shop.payment(started.token)
            if part:
                self.shop.succeed(payment.provider_key or "", amount_cents=-(-payment.amount_cents // part))

        number = self._open_number(pick)
        if number:
            self._try(act)

    @rule(pick=PICK, what=st.sampled_from(["pause", "resume", "withdraw", "sign", "sign", "other", "choose", "choose"]))
    def the_customer_decides(self, pick: int, what: str) -> None:
        owner, number = self.shop.proven(self.owner), self._open_number(pick)
        if what in {"sign", "other"}:
            self._try(lambda: self._sign(IBAN if what == "sign" else OTHER_IBAN))
        elif what == "choose" and number:
            day = next_bank_day(today(self.shop) + timedelta(days=14 + pick % 16))
            limits = self.shop.billing.policy.mandates
            self._try(lambda: self.shop.do(choosing.choose_new_date, owner, number, day, limits))
        elif what in {"pause", "resume", "withdraw"}:
            self._try(lambda: self.shop.do(getattr(service, what), owner, self.account))

    @rule(pick=PICK, often=st.sampled_from([True, False, False, False]))
    def a_notice_comes_back(self, pick: int, often: bool) -> None:
        left = [row for row in self._notices() if row.state == outbox.DONE]
        if left and often:
            key = left[pick % len(left)].dedup_key
            raw = report(outbox.message_id(key, self.shop.billing.policy.public_url))
            correspondence.receive_report(self.shop.billing, raw)

    @rule(what=st.sampled_from(["lose_next_order", "lose_next_answer", "refuse_next"]))
    def the_line_is_bad(self, what: str) -> None:
        arguments = ["not now"] if what == "refuse_next" else []
        getattr(self.shop.gateway, what)(*arguments)

    @rule(frozen=st.sampled_from([True, False, False, False]))
    def somebody_turns_the_switch(self, frozen: bool) -> None:
        self.shop.do(switches.freeze if frozen else switches.thaw, "Anna")

    @invariant()
    def every_invariant_holds(self) -> None:
        assert self.shop.broken() == []

    @invariant()
    def nobody_is_debited_twice_or_unannounced(self) -> None:
        orders = self.shop.gateway.collected
        plans = {plan.payment_id: plan for plan in collections(self.shop) if plan.payment_id}
        assert len({order.attempt for order in orders}) == len(orders) == len(plans)
        for order in orders:
            plan = plans[self.shop.payment(order.attempt).id or 0]
            assert order.amount_cents <= (plan.announced_cents or 0)
            assert order.collect_on == plan.collect_on

    @invariant()
    def one_notice_for_each_plan_that_was_announced(self) -> None:
        assert len(self._notices()) == sum(plan.announced_at is not None for plan in collections(self.shop))

    def teardown(self) -> None:
        for _ in range(6):
            self.shop.clock.advance(hours=26)
            work(self.shop)
        assert self.shop.broken() == []
        assert self._debits("created") == self._debits("unknown") == []
        self.database.dispose()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _bank_decides(self, key: str, fate: str) -> None:
        """ok: the money comes. wait: not yet. A code: the bank refuses; after a minus: it comes, and goes back."""
        if fate == "wait":
            return
        if fate == "ok" or fate.startswith("-"):
            self.shop.succeed(key)
            if fate != "ok":
                self.shop.hear(self.shop.gateway.take_back(key, reason_code=fate[1:]))
        else:
            self.shop.gateway.fail_collection(key, reason_code=fate)
            self.shop.hear(key)

    def _notices(self) -> list[OutboxMessage]:
        return [row for row in self.shop.all(OutboxMessage) if row.payload.get("kind") == "debit_announced"]

    def _debits(self, state: str) -> list[Payment]:
        return [payment for payment in self.shop.all(Payment, state=state) if payment.collect_on]

    def _open_number(self, pick: int) -> str:
        numbers = [invoice.number or "" for invoice in self.shop.all(Invoice) if invoice.open_cents]
        return numbers[pick % len(numbers)] if numbers else ""

    def _sign(self, iban: str) -> None:
        decide(self.shop, ask_for_mandate(self.shop, self.owner, self.account), Outcome.SUCCEEDED, iban=iban)

    def _try(self, act: Callable[[], object]) -> None:
        """Do something that may be refused."""
        with suppress(BillingError):
            act()


def test_collections_come_and_go_and_nobody_is_debited_twice(sqlite_template: Path) -> None:
    CollectionMachine.template = sqlite_template
    tell(CollectionMachine, 20, steps=20)
