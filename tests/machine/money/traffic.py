"""What customers, banks, the gateway and its messages do, and how our processes die."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from billing.credits import choices
from billing.payments import flows, sending
from billing.payments.tables import GatewayRecord
from billing.ports import GatewayTransaction, Method, Outcome, TransactionKind
from tests.abroad import BELGIAN, DUTCH, OTHER_BELGIAN
from tests.fakes.pushes import push, receive
from tests.machine.money.base import PICK, Base
from tests.machine.money.slips import PaperInvoice

WHICH = st.lists(PICK, min_size=1, max_size=4)
TROUBLE = st.sampled_from(["none", "none", "later", "lose_next_order", "lose_next_answer", "refuse_next"])


class Traffic(Base):
    """Rules of the world outside."""

    # Customers

    @rule(which=WHICH, method=st.sampled_from([Method.IDEAL, Method.TRANSFER]))
    def start_a_payment(self, which: list[int], method: Method) -> None:
        self.start(which, method)

    def start(self, which: list[int], method: Method) -> None:
        """Open an attempt for some open invoices of one account; it asks for exactly what is open on them."""
        first = self.one_of([i for i in self.paper.invoices.values() if i.open_cents], which[0])
        if first is None:
            return
        mine = [i for i in self.paper.invoices.values() if i.open_cents and i.account_id == first.account_id]
        chosen = {invoice.invoice_id: invoice for invoice in [first, *(mine[pick % len(mine)] for pick in which[1:])]}
        numbers, owner = [self.number(invoice_id) for invoice_id in chosen], self.world.owners[first.account_id]
        _, started = self.world.attempt(lambda: self.shop.start(owner, *numbers, method=method, despite_pending=True))
        if started:
            assert self.world.gateway.started[-1].amount_cents == sum(i.open_cents for i in chosen.values())

    @rule(which=WHICH, more=st.sampled_from([0, 500, 12_000, -300, -100, -60]), hears=st.booleans())
    def pay_about_what_is_open(self, which: list[int], more: int, hears: bool) -> None:
        before = len(self.world.gateway.known)
        self.start(which, Method.IDEAL)
        for key in list(self.world.gateway.known)[before:]:
            cents = max(self.world.gateway.known[key].amount_cents + more, 1)
            self.world.gateway.change(key, Outcome.SUCCEEDED, amount_cents=cents)
            self.world.tell(key)
        if hears:
            self.hear_the_newest()

    @rule(pick=PICK, number=st.sampled_from(["", BELGIAN, BELGIAN, OTHER_BELGIAN, DUTCH]))
    def a_vat_number_changes(self, pick: int, number: str) -> None:
        self.world.fill_in_number(self.one_of(self.world.accounts, pick), number)

    @rule(which=WHICH, part=st.integers(1, 2))
    def pay_twice_and_one_comes_back(self, which: list[int], part: int) -> None:
        before = len(self.world.gateway.known)
        for _ in range(2):
            self.start(which, Method.IDEAL)
        for key in list(self.world.gateway.known)[before:]:
            self.world.gateway.change(key, Outcome.SUCCEEDED)
            self.world.tell(key)
            self.hear_the_newest()
            self.follower.catch_up()
        self.a_bank_takes_money_back(-2, part, hears=True)

    @rule(pick=PICK, less=st.sampled_from([40, 60, 500]))
    def pay_a_little_less_and_once_more_when_a_bank_took_it_back(self, pick: int, less: int) -> None:
        """Then two small rests of one invoice may wait."""
        chosen = self.one_of([i for i in self.paper.invoices.values() if i.open_cents], pick)
        if chosen:
            self._pay(chosen, 50)
            self.a_bank_takes_money_back(-1, 1, hears=True)
            self.follower.catch_up()
            self._pay(chosen, less)

    def _pay(self, invoice: PaperInvoice, less: int) -> None:
        """All but a little of what is open of one invoice, if anything is."""
        still_open = [i for i in self.paper.invoices.values() if i.open_cents]
        if invoice in still_open:
            self.pay_about_what_is_open([still_open.index(invoice)], -less, hears=True)
            self.follower.catch_up()

    @rule(pick=PICK, keeps=st.booleans(), trouble=TROUBLE)
    def decide_about_too_much(self, pick: int, keeps: bool, trouble: str) -> None:
        chosen = self.one_of([p for p in self.paper.payments.values() if p.loose_cents], pick)
        if chosen:
            act = choices.keep_as_credits if keeps else choices.send_back
            who = self.world.proven(chosen.account_id)
            self.world.asks(payment_id=chosen.payment_id)
            for _ in range(2):  # The second yes comes from another tab, and finds nothing.
                self.world.attempt(lambda: self.shop.do(act, who, chosen.account_id, chosen.payment_id))
            self._send(trouble)

    @rule(which=WHICH, keeps=st.booleans(), trouble=TROUBLE, more=st.sampled_from([500, 12_000]))
    def pay_too_much_and_decide(self, which: list[int], keeps: bool, trouble: str, more: int) -> None:
        self.pay_about_what_is_open(which, more, hears=True)
        self.follower.catch_up()
        self.decide_about_too_much(-1, keeps, trouble)

    @rule(pick=PICK, trouble=TROUBLE)
    def ask_for_credits_back(self, pick: int, trouble: str) -> None:
        chosen = self.one_of([lot for lot in self.paper.lots if lot.left_cents], pick)
        if chosen:
            who, alive = self.world.proven(chosen.account_id), not self.world.database.is_doomed
            self.world.asks(lot=chosen.place)
            lot_id = self.lot_ids()[chosen.place]
            done, _ = self.world.attempt(lambda: self.shop.do(choices.pay_out, who, chosen.account_id, lot_id))
            assert done == bool(self.paper.way_back(chosen)[1]) or not alive
            self._send(trouble)

    def _send(self, trouble: str) -> None:
        """The worker orders what is to go back, on a line that may be bad; or it does so later."""
        if trouble != "later":
            self._spoil(trouble)
            self.world.attempt(self.shop.carry_out)

    # Banks and the gateway

    @rule(pick=PICK, outcome=st.sampled_from([Outcome.SUCCEEDED] * 3 + [Outcome.PENDING, Outcome.FAILED]))
    def a_bank_decides(self, pick: int, outcome: Outcome) -> None:
        chosen = self.one_of([t for t in self.payments() if t.outcome is not Outcome.SUCCEEDED and t.attempt], pick)
        if chosen:
            self.world.gateway.change(chosen.key, outcome)
            self.world.tell(chosen.key)

    @rule(pick=PICK, cents=st.integers(1, 60_000))
    def a_transfer_comes_with_another_amount(self, pick: int, cents: int) -> None:
        chosen = self.one_of([t for t in self.payments() if t.service == "transfer" and t.attempt], pick)
        if chosen:
            self.world.tell(self.world.gateway.copy(chosen.key, amount_cents=cents))

    @rule(pick=PICK, part=st.integers(1, 3), hears=st.booleans())
    def a_bank_takes_money_back(self, pick: int, part: int, hears: bool) -> None:
        gateway = self.world.gateway
        paid = [t.key for t in self.payments() if gateway.refund_info(t.key).maximum_cents]
        chosen = self.one_of(paid, pick) if not gateway.down else None
        if chosen:
            left = gateway.refund_info(chosen).maximum_cents
            back = gateway.take_back(chosen)
            gateway.change(back, Outcome.SUCCEEDED, amount_cents=-(-left // part))
            self.world.tell(back)
            if hears:
                self.hear_the_newest()

    @rule(pick=PICK, outcome=st.sampled_from([Outcome.PENDING, Outcome.REJECTED, Outcome.SUCCEEDED]))
    def a_refund_turns_out_otherwise(self, pick: int, outcome: Outcome) -> None:
        booked = {record.provider_key for record in self.shop.all(GatewayRecord, verdict="booked")}
        known = self.world.gateway.known.values()
        refunds = [t.key for t in known if t.kind is TransactionKind.REFUND and t.key not in booked]
        chosen = self.one_of(refunds, pick)
        if chosen:
            self.world.gateway.change(chosen, outcome)
            self.world.tell(chosen)

    @rule(what=TROUBLE)
    def the_line_is_bad(self, what: str) -> None:
        self._spoil(what)

    def _spoil(self, what: str) -> None:
        if what == "refuse_next":
            self.world.gateway.refuse_next("not now")
        elif what.startswith("lose"):
            getattr(self.world.gateway, what)()

    # Messages: late, twice, in any order, or never

    @rule(picks=st.lists(PICK, min_size=1, max_size=3))
    def some_pushes_arrive(self, picks: list[int]) -> None:
        for pick in picks if self.world.pushes else ():
            self._arrives(*self.one_of(self.world.pushes, pick))
        self.world.attempt(lambda: flows.process_pushes(self.shop.billing))

    def hear_the_newest(self) -> None:
        """The last message arrives at once."""
        if self.world.pushes:
            self._arrives(*self.world.pushes[-1])
            self.world.attempt(lambda: flows.process_pushes(self.shop.billing))

    def _arrives(self, key: str, external_id: str) -> None:
        self.world.attempt(lambda: receive(self.shop.billing, push(key, external_id)))

    # Our own processes

    @rule(hours=st.sampled_from([0, 1, 25, 26, 24 * 12]))
    def time_passes_and_the_worker_works(self, hours: int) -> None:
        self.shop.clock.advance(hours=hours, minutes=2)
        self.world.attempt(lambda: flows.check_payments(self.shop.billing))
        self.world.attempt(lambda: sending.check_payouts(self.shop.billing))
        self.world.attempt(self.shop.carry_out)
        self.world.attempt(lambda: sending.check_payouts(self.shop.billing))

    @rule(commit=st.integers(1, 4), keeps=st.booleans())
    def die_at_a_coming_commit(self, commit: int, keeps: bool) -> None:
        self.world.database.crash_at(commit, keeps=keeps)

    @rule(statement=st.integers(1, 60))
    def die_in_the_middle_of_a_transaction(self, statement: int) -> None:
        self.world.database.crash_in(statement)

    # Looking

    def payments(self) -> list[GatewayTransaction]:
        """What the gateway has of money that comes in."""
        return [t for t in self.world.gateway.known.values() if t.kind is TransactionKind.PAYMENT]
