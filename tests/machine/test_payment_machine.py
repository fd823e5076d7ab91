"""Random stories of payments: whatever happens in whatever order, every euro is booked exactly once.

Customers start payments, banks decide, money arrives in the wrong amount or goes back; messages come twice, late, out
of order, forged or never; processes die around any commit. After each step every invariant holds, and at the end,
when all has been looked up, the journal holds exactly what the gateway holds.
"""

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from billing import inbox
from billing.adapters.buckaroo import BuckarooPushReader, BuckarooSettings
from billing.adapters.buckaroo.signing import authorization
from billing.errors import BillingError, PushRefused
from billing.ledger import service as ledger
from billing.ledger.rules import LedgerAccount
from billing.payments import flows
from billing.payments.tables import GatewayRecord, Payment
from billing.ports import BY_HAND, GatewayTransaction, Method, Outcome, Push, TransactionKind
from tests.factories import Shop
from tests.fakes.crashing import Crash, CrashingDatabase
from tests.fakes.pushes import receive
from tests.machine.stories import tell

BASE = "https://billing.test"
PATH = "/hooks/buckaroo"
KEYS = {"website_key": "MachineKey", "secret": "machine-secret-of-the-test"}
# Success is what most payments end with; hypothesis would try every outcome equally often.
ENDINGS = st.sampled_from(
    [Outcome.SUCCEEDED] * 5 + [Outcome.FAILED, Outcome.REJECTED, Outcome.CANCELLED, Outcome.PENDING, Outcome.UNKNOWN]
)
ENDED = {Outcome.FAILED, Outcome.REJECTED, Outcome.CANCELLED}
RETURNS_WITHOUT_OWN_MONEY = {"unknown_payment", "returns_more_than_received"}
FINAL_STATES = {
    Outcome.SUCCEEDED: {"succeeded"}, Outcome.FAILED: {"failed"}, Outcome.REJECTED: {"rejected"},
    Outcome.CANCELLED: {"cancelled"}, Outcome.PENDING: {"pending"}, Outcome.UNKNOWN: {"pending"},
    Outcome.AWAITING_CUSTOMER: {"awaiting", "pending"},
}  # fmt: skip
PICK = st.integers(min_value=0, max_value=10_000)


class PaymentMachine(RuleBasedStateMachine):
    """One company with two customers and a gateway, through a bad week."""

    template: Path
    """A migrated, empty SQLite file."""
    postgresql_url: str = ""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp(prefix="voldaan-machine-"))
        path = self._folder / "machine.sqlite"
        shutil.copy(self.template, path)
        self.database = CrashingDatabase(f"sqlite:///{path}")
        self.shop = Shop(self.database)
        self.gateway = self.shop.gateway
        reader = BuckarooPushReader(
            BuckarooSettings(
                base_url="https://gateway.test", redirect_hosts=frozenset({"https://gateway.test"}),
                push_base_url=BASE, **KEYS,
            ),
            clock=self.shop.clock,
        )  # fmt: skip
        self.shop.billing = self.billing = replace(self.shop.billing, pushes=reader)
        self.pushes: list[Push] = []
        self.nonce = 0

    @initialize(
        amounts=st.lists(st.integers(min_value=1, max_value=50_000), min_size=1, max_size=4),
        pushes_are_lost=st.booleans(),
    )
    def issue_invoices(self, amounts: list[int], pushes_are_lost: bool) -> None:
        self.pushes_are_lost = pushes_are_lost
        account = self.shop.customer()
        self.payer = self.shop.member(account, mails=True)
        self.numbers = [self.shop.invoice(account, f"{cents / 100:.2f}") for cents in amounts]

    # What customers and banks do

    @rule(which=st.lists(PICK, min_size=1, max_size=3), method=st.sampled_from(BY_HAND), insists=st.booleans())
    def start_a_payment(self, which: list[int], method: Method, insists: bool) -> None:
        numbers = {self.numbers[pick % len(self.numbers)] for pick in which}
        self._survive(lambda: self.shop.start(self.payer, *numbers, method=method, despite_pending=insists))

    @rule(which=st.sampled_from(["lose_next_order", "lose_next_answer"]))
    def lose_the_line_during_the_next_order(self, which: str) -> None:
        getattr(self.gateway, which)()

    @rule(pick=PICK, outcome=ENDINGS)
    def decide(self, pick: int, outcome: Outcome) -> None:
        transaction = self._pick(pick)
        if transaction is not None and self._undecided(transaction):
            if transaction.outcome in ENDED:
                outcome = Outcome.SUCCEEDED
            self._tell(transaction.key)
            self.gateway.change(transaction.key, outcome)
            self._tell(transaction.key)

    @rule(pick=PICK, other=st.sampled_from(["currency", "is_test", "amount"]), cents=st.integers(1, 90_000))
    def succeed_otherwise_than_asked(self, pick: int, other: str, cents: int) -> None:
        transaction = self._pick(pick)
        if transaction is not None and self._undecided(transaction):
            wrong = {"currency": {"currency": "PLN"}, "is_test": {"is_test": False}, "amount": {"amount_cents": cents}}
            self.gateway.change(transaction.key, Outcome.SUCCEEDED, **wrong[other])
            self._tell(transaction.key)

    @rule(pick=PICK, cents=st.integers(1, 90_000))
    def transfer_another_amount(self, pick: int, cents: int) -> None:
        transfers = [t for t in self.gateway.known.values() if t.service == "transfer" and t.attempt]
        if transfers:
            self._tell(self.gateway.copy(transfers[pick % len(transfers)].key, amount_cents=cents))

    @rule(pick=PICK, kind=st.sampled_from([TransactionKind.REVERSAL, TransactionKind.REFUND]), part=st.integers(1, 4))
    def take_money_back(self, pick: int, kind: TransactionKind, part: int) -> None:
        paid = [
            t for t in self.gateway.known.values()
            if t.kind is TransactionKind.PAYMENT and t.outcome is Outcome.SUCCEEDED
            and not any(back.original_key == t.key for back in self.gateway.known.values())
        ]  # fmt: skip
        if paid:
            original = paid[pick % len(paid)]
            key = self.gateway.take_back(original.key, kind=kind)
            self.gateway.known[key] = replace(self.gateway.known[key], amount_cents=-(-original.amount_cents // part))
            self._tell(key)

    # What happens to messages

    @rule(pick=PICK)
    def deliver_some_push(self, pick: int) -> None:
        if self.pushes:
            self._survive(lambda: receive(self.billing, self.pushes[pick % len(self.pushes)]))

    @rule(pick=PICK)
    def forge_a_push(self, pick: int) -> None:
        if self.pushes:
            genuine = self.pushes[pick % len(self.pushes)]
            forged = replace(genuine, body=genuine.body.replace(b'"Code":790', b'"Code":190') + b" ")
            self._survive(lambda: self._require_refused(forged))

    @rule(hours=st.integers(0, 30))
    def time_passes(self, hours: int) -> None:
        self.shop.clock.advance(hours=hours, minutes=1)

    # What our own processes do, and how they die

    @rule()
    def work_through_the_inbox(self) -> None:
        self._survive(lambda: flows.process_pushes(self.billing))

    @rule()
    def reconcile(self) -> None:
        self._survive(lambda: flows.check_payments(self.billing))

    @rule()
    def work_through_the_outbox(self) -> None:
        self._survive(self.shop.carry_out)

    @rule(commit=st.integers(1, 3), keeps=st.booleans())
    def die_at_a_coming_commit(self, commit: int, keeps: bool) -> None:
        self.database.crash_at(commit, keeps=keeps)

    @rule()
    def replay_everything(self) -> None:
        self.database.survive()
        # The gateway may have changed since: the first time brings out the news, and the second time there is none.
        self._replay()
        before = self._clearing_cents()
        self._replay()
        assert self._clearing_cents() == before

    @invariant()
    def every_invariant_holds(self) -> None:
        assert self.shop.broken() == []

    def teardown(self) -> None:
        if hasattr(self, "numbers"):
            self._look_everything_up()
            assert self._clearing_cents() == self._due_cents()
            assert self._attempts_that_stand_wrong() == []
            assert self.shop.broken() == []
        self.database.dispose()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _look_everything_up(self) -> None:
        """The week is over. What the gateway did by itself, and transfers that come when they come, are always told in
        the end; the rest may stay untold, and then asking has to bring it out."""
        self.database.survive()
        for transaction in list(self.gateway.known.values()):
            by_itself = transaction.kind is not TransactionKind.PAYMENT or transaction.service == "transfer"
            if by_itself or not self.pushes_are_lost:
                self._tell(transaction.key)
                receive(self.billing, self.pushes[-1])
        for _ in range(8):
            self.shop.clock.advance(hours=25)
            while flows.process_pushes(self.billing):
                pass
            flows.check_payments(self.billing)

    def _replay(self) -> None:
        self.shop.do(inbox.reopen, None)
        while flows.process_pushes(self.billing):
            pass

    def _due_cents(self) -> int:
        """What the gateway holds for us, less what it took back of it. Foreign or untrue money is not ours, and what
        goes back of that waits for a person."""
        reasons = {r.provider_key: r.reason for r in self.shop.all(GatewayRecord) if r.verdict == "parked"}
        done = [t for t in self.gateway.known.values() if t.outcome is Outcome.SUCCEEDED and _is_ours(t)]
        paid = sum(t.amount_cents for t in done if t.kind is TransactionKind.PAYMENT)
        back = [t for t in done if t.kind is not TransactionKind.PAYMENT]
        return paid - sum(t.amount_cents for t in back if reasons.get(t.key) not in RETURNS_WITHOUT_OWN_MONEY)

    def _attempts_that_stand_wrong(self) -> list[tuple[str, str]]:
        """Attempts whose state is not what the gateway says of them."""
        states = {payment.provider_key: payment.state for payment in self.shop.all(Payment)}
        own = [t for t in self.gateway.known.values() if t.kind is TransactionKind.PAYMENT and t.attempt]
        wanted = {t.key: FINAL_STATES[t.outcome] if _is_ours(t) else {"parked"} for t in own}
        # Whatever became of a transfer itself, copies of another amount may have paid for it.
        wanted |= {t.key: {"awaiting", "succeeded"} | wanted[t.key] for t in own if t.service == "transfer"}
        return [(key, states[key]) for key, allowed in wanted.items() if states[key] not in allowed]

    def _undecided(self, transaction: GatewayTransaction) -> bool:
        """Whether the bank may (still) decide. A change of mind after an end comes out by a push alone."""
        return transaction.outcome not in ({Outcome.SUCCEEDED} | ENDED if self.pushes_are_lost else {Outcome.SUCCEEDED})

    def _clearing_cents(self) -> int:
        return self.shop.ask(ledger.balance, LedgerAccount.GATEWAY_CLEARING)

    def _pick(self, pick: int) -> GatewayTransaction | None:
        if not self.gateway.known:
            self._survive(lambda: self.shop.start(self.payer, self.numbers[0]))
        own = [t for t in self.gateway.known.values() if t.kind is TransactionKind.PAYMENT and t.attempt]
        return own[pick % len(own)] if own else None

    def _tell(self, key: str) -> None:
        """The gateway writes a push about a transaction as it is now; whether and when it arrives is another matter."""
        self.nonce += 1
        transaction = self.gateway.known[key]
        body = json.dumps({"Transaction": {
            "Key": key, "Invoice": transaction.invoice_number, "IsTest": transaction.is_test, "Currency": "EUR",
            "Status": {"Code": {"Code": transaction.status_code, "Description": ""}, "SubCode": None,
                       "DateTime": f"2026-03-06T10:00:{self.nonce % 60:02d}"},
            "AmountDebit": transaction.amount_cents / 100,
        }}).encode()  # fmt: skip
        header = authorization(
            method="POST", url=BASE + PATH, body=body, nonce=f"n{self.nonce}",
            timestamp=int(self.shop.clock.now().timestamp()), **KEYS,
        )  # fmt: skip
        self.pushes.append(Push("POST", PATH, "application/json", header, body))

    def _require_refused(self, forged: Push) -> None:
        with pytest.raises(PushRefused):
            receive(self.billing, forged)

    def _survive(self, act: Callable[[], object]) -> None:
        """Do something that may be refused, or during which the process may die."""
        try:
            act()
        except (BillingError, Crash):
            # A process that died starts again and knows nothing of the one before.
            self.database.engine.dispose()


def _is_ours(transaction: GatewayTransaction) -> bool:
    return transaction.currency == "EUR" and transaction.is_test


def test_every_euro_is_booked_exactly_once_whatever_happens(sqlite_template: Path) -> None:
    PaymentMachine.template = sqlite_template
    tell(PaymentMachine, 60, steps=40)
