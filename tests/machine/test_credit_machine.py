"""Random stories of credits: whatever comes back in whatever parts, no cent is given away twice.

Invoices of several rates are paid too much, taken back in parts, settled with credits that come back again; money is
kept or sent back, and orders get lost. After each step every invariant holds, and at the end the journal holds exactly
what the gateway holds.
"""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from billing.access import SYSTEM
from billing.accounts.tables import Role
from billing.credits import choices, notes, service
from billing.credits.queries import statement
from billing.credits.service import CreditLine, CreditLines, GiveCredits
from billing.credits.tables import Payout
from billing.db import Database
from billing.errors import BillingError
from billing.invoices.service import IssueInvoice
from billing.invoices.tables import Invoice
from billing.ledger import service as ledger
from billing.ledger.rules import LedgerAccount
from billing.payments import sending
from billing.payments.queries import overpayments
from billing.payments.tables import GatewayRecord
from billing.ports import Outcome, TransactionKind
from tests.factories import SELLER, Shop, line

PICK = st.integers(min_value=0, max_value=10_000)
LINES = st.lists(st.tuples(st.integers(1, 30_000), st.sampled_from(["21", "9", "0"])), min_size=1, max_size=4)


class CreditMachine(RuleBasedStateMachine):
    """One customer whose owner keeps changing plans."""

    template: Path
    """A migrated, empty SQLite file."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp(prefix="voldaan-machine-"))
        path = self._folder / "machine.sqlite"
        shutil.copy(self.template, path)
        self.database = Database(f"sqlite:///{path}")
        self.shop = Shop(self.database)
        self.gateway = self.shop.gateway

    @initialize(lines=LINES)
    def begin(self, lines: list[tuple[int, str]]) -> None:
        self.account = self.shop.customer()
        self.owner = self.shop.member(self.account, Role.OWNER)
        self.issue(lines)
        self.pay_about_what_is_open(0, 700)

    @rule(lines=LINES)
    def issue(self, lines: list[tuple[int, str]]) -> None:
        made = [line(f"{cents / 100:.2f}", vat=rate) for cents, rate in lines]
        self.shop.do(service.issue_and_settle, SYSTEM, IssueInvoice(self.shop.draft(self.account, *made), SELLER))

    @rule(pick=PICK, more=st.sampled_from([0, 500, 12_000, -300]))
    def pay_about_what_is_open(self, pick: int, more: int) -> None:
        def act() -> None:
            key = self.shop.start_key(self.owner, unpaid[pick % len(unpaid)].number or "")
            self.shop.succeed(key, amount_cents=max(self.gateway.known[key].amount_cents + more, 1))

        unpaid = [invoice for invoice in self.shop.all(Invoice) if invoice.open_cents]
        if unpaid:
            self._try(act)

    @rule(pick=PICK, percent=st.sampled_from([1, 33, 50, 90, 100]), payout=st.sampled_from([0, 0, 1, 400]))
    def take_back_a_part(self, pick: int, percent: int, payout: int) -> None:
        invoice = self._invoice(pick)
        left = self.shop.ask(lambda work: notes.creditable(work, invoice.id or 0)).lines
        parts = tuple(
            CreditLine(one.line_id, net_cents=-(-one.left_cents * percent // 100)) for one in left if one.left_cents
        )
        if parts:
            self._try(lambda: self._credit(CreditLines(invoice.id or 0, "Deel", parts, payout)))

    @rule(pick=PICK, keeps=st.booleans())
    def decide(self, pick: int, keeps: bool) -> None:
        found = self.shop.ask(overpayments, self.owner, self.account)
        if found:
            chosen = choices.keep_as_credits if keeps else choices.send_back
            payment_id = found[pick % len(found)].payment_id
            self._try(lambda: self.shop.do(chosen, self.shop.proven(self.owner), self.account, payment_id))

        lots = self.shop.ask(statement, self.owner, self.account).lots
        if lots and not keeps:
            lot_id = lots[pick % len(lots)].lot_id
            self._try(lambda: self.shop.do(choices.pay_out, self.shop.proven(self.owner), self.account, lot_id))

    @rule(pick=PICK, part=st.integers(1, 3))
    def a_bank_takes_money_back(self, pick: int, part: int) -> None:
        paid = [t for t in self.gateway.known.values() if t.kind is TransactionKind.PAYMENT and _is_done(t.outcome)]
        if paid:
            key = paid[pick % len(paid)].key
            left = self.gateway.refund_info(key).maximum_cents
            if left:
                back = self.gateway.take_back(key)
                self.gateway.change(back, Outcome.SUCCEEDED, amount_cents=-(-left // part))
                self.shop.hear(back)

    @rule(what=st.sampled_from(["lose_next_order", "lose_next_answer", "refuse_next"]))
    def the_line_is_bad(self, what: str) -> None:
        if what == "refuse_next":
            self.gateway.refuse_next("not now")
        else:
            getattr(self.gateway, what)()

    @rule(pick=PICK, outcome=st.sampled_from([Outcome.PENDING, Outcome.REJECTED, Outcome.SUCCEEDED]))
    def a_refund_turns_out_otherwise(self, pick: int, outcome: Outcome) -> None:
        booked = {record.provider_key for record in self.shop.all(GatewayRecord, verdict="booked")}
        undecided = [
            t for t in self.gateway.known.values() if t.kind is TransactionKind.REFUND and t.key not in booked
        ]  # fmt: skip
        if undecided:
            key = undecided[pick % len(undecided)].key
            self.gateway.change(key, outcome)
            self.shop.hear(key)

    @rule(hours=st.sampled_from([0, 1, 25]), gift=st.sampled_from([0, 0, 300]))
    def time_passes(self, hours: int, gift: int) -> None:
        if gift:
            self.shop.do(service.give_credits, SYSTEM, GiveCredits(self.account, gift, "Excuus"))
        self.shop.do(service.settle_with_credits, self._invoice(0).id or 0)
        self.shop.carry_out()
        self.shop.clock.advance(hours=hours, minutes=2)
        sending.check_payouts(self.shop.billing)

    @invariant()
    def every_invariant_holds(self) -> None:
        assert self.shop.broken() == []

    def teardown(self) -> None:
        for _ in range(4):
            self.shop.clock.advance(hours=26)
            self.shop.carry_out()
            sending.check_payouts(self.shop.billing)
        assert self.shop.broken() == []
        assert self._clearing_cents() == self._held_cents()
        assert {payout.state for payout in self.shop.all(Payout)} <= {
            "succeeded", "failed", "rejected", "expired", "pending",
        }  # fmt: skip
        self.database.dispose()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _held_cents(self) -> int:
        """What the gateway holds for us, less what went back of it and was booked; what was not waits for a person."""
        done = [t for t in self.gateway.known.values() if _is_done(t.outcome)]
        parked = {record.provider_key for record in self.shop.all(GatewayRecord, verdict="parked")}
        back = [t for t in done if t.kind is not TransactionKind.PAYMENT and t.key not in parked]
        paid = sum(t.amount_cents for t in done if t.kind is TransactionKind.PAYMENT)
        return paid - sum(t.amount_cents for t in back)

    def _clearing_cents(self) -> int:
        return self.shop.ask(ledger.balance, LedgerAccount.GATEWAY_CLEARING)

    def _credit(self, command: CreditLines) -> None:
        self.shop.do(service.credit_lines, SYSTEM, command)

    def _invoice(self, pick: int) -> Invoice:
        invoices = self.shop.all(Invoice)[::-1]
        return invoices[pick % len(invoices)]

    def _try(self, act: Callable[[], object]) -> None:
        """Do something that may be refused."""
        with suppress(BillingError):
            act()


def _is_done(outcome: Outcome) -> bool:
    return outcome is Outcome.SUCCEEDED


def test_credits_come_and_go_and_every_cent_stays_proven(sqlite_template: Path) -> None:
    CreditMachine.template = sqlite_template
    run_state_machine_as_test(
        CreditMachine,
        settings=settings(
            max_examples=60, stateful_step_count=30, deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )  # fmt: skip
