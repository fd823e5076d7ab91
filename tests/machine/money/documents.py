"""What the company does: invoices by hand, credit notes of any part, gifts, new prices, runs."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import rule

from billing.access import SYSTEM
from billing.credits import service as credits
from billing.credits.service import CreditLine, CreditLines, GiveCredits
from billing.credits.tables import CreditNoteLine
from billing.invoices.service import IssueInvoice
from billing.invoices.tables import Invoice, InvoiceLine
from billing.products import service as products
from billing.products.service import ChangePrice
from tests.abroad import BELGIAN
from tests.factories import SELLER, line
from tests.machine.money import sums
from tests.machine.money.base import PICK, Base
from tests.renewals import run

RATES = st.sampled_from(["21", "9", "0"])
LINES = st.lists(st.tuples(st.integers(1, 30_000), RATES, st.sampled_from(["1", "3", "0.5"])), min_size=1, max_size=4)
LEAD_DAYS = 14


class Documents(Base):
    """Rules of the office."""

    @rule(pick=PICK, lines=LINES, number=st.sampled_from([None, None, "", BELGIAN]))
    def issue(self, pick: int, lines: list[tuple[int, str, str]], number: str | None) -> None:
        """number: what the customer fills in as VAT number while the draft waits; None: nothing."""
        made = [line(f"{cents / 100:.2f}", vat=rate, quantity=quantity) for cents, rate, quantity in lines]
        account_id = self.one_of(self.world.accounts, pick)
        before, alive = self.world.accounts_for_vat(account_id), not self.world.database.is_doomed
        drafted, draft_id = self.world.attempt(lambda: self.shop.draft(account_id, *made))
        assert drafted or not alive
        if number is not None:
            self.world.fill_in_number(account_id, number)
        if draft_id is None:
            return
        fits = before == self.world.accounts_for_vat(account_id)
        self.world.asks(invoice=[
            (sums.net_cents(new.quantity, new.unit_price), self.world.taxed(account_id, new.vat_rate)) for new in made
        ])  # fmt: skip
        command = IssueInvoice(draft_id, SELLER)
        done, _ = self.world.attempt(lambda: self.shop.do(credits.issue_and_settle, SYSTEM, command))
        assert fits or not done, "a draft is taxed as its customer is"
        assert done == fits or not alive

    @rule(pick=PICK, percent=st.sampled_from([1, 33, 50, 90, 100]), payout=st.sampled_from([0, 0, 1, 400]))
    def take_back_parts_of_all_lines(self, pick: int, percent: int, payout: int) -> None:
        invoice = self.one_of(list(self.paper.invoices.values()), pick)
        if invoice:
            asked = {line: -(-left * percent // 100) for line, left in invoice.lines.items() if left}
            self._credit(invoice.invoice_id, asked, payout)

    @rule(pick=PICK, percent=st.sampled_from([1, 50, 100]))
    def take_back_while_a_small_rest_waits(self, pick: int, percent: int) -> None:
        waiting = [place for place, i in enumerate(self.paper.invoices.values()) if i.waiting_cents]
        if waiting:
            self.take_back_parts_of_all_lines(self.one_of(waiting, pick), percent, 0)

    @rule(pick=PICK, percent=st.integers(1, 120))
    def take_back_of_one_line(self, pick: int, percent: int) -> None:
        chosen = self.one_of([(i, line) for i in self.paper.invoices.values() for line in i.lines], pick)
        if chosen:
            invoice, line_id = chosen
            self._credit(invoice.invoice_id, {line_id: max(invoice.lines[line_id] * percent // 100, 1)}, 0)

    @rule(pick=PICK)
    def take_back_halves(self, pick: int) -> None:
        """Of an uneven amount one of them is a cent less."""
        for _ in range(2):
            self.take_back_a_quantity(pick, "0.5")
            self.follower.catch_up()

    @rule(pick=PICK, quantity=st.sampled_from(["0.5", "1", "2"]))
    def take_back_a_quantity(self, pick: int, quantity: str) -> None:
        lines = self.shop.all(InvoiceLine)
        chosen = self.one_of([found for found in lines if found.invoice_id in self.paper.invoices], pick)
        if chosen:
            took = self.shop.all(CreditNoteLine, invoice_line_id=chosen.id)
            left = chosen.quantity - sum(part.quantity for part in took if part.unit_price == chosen.unit_price)
            left_cents = self.paper.invoices[chosen.invoice_id].lines[chosen.id or 0]
            wanted = Decimal(quantity)
            cents = left_cents if wanted == left else sums.net_cents(wanted, chosen.unit_price)
            self._credit(chosen.invoice_id, {chosen.id or 0: cents}, 0, quantity=wanted, is_there=wanted <= left)

    def _credit(
        self, invoice_id: int, asked: dict[int, int], payout: int, *, quantity: Decimal | None = None,
        is_there: bool = True,
    ) -> None:  # fmt: skip
        lines = tuple(
            CreditLine(line_id, quantity, None if quantity else cents) for line_id, cents in asked.items()
        )  # fmt: skip
        self.world.asks(notes=asked, payout_cents=payout)
        left, alive = dict(self.paper.invoices[invoice_id].lines), not self.world.database.is_doomed
        fits = is_there and bool(asked) and all(0 < cents <= left[line_id] for line_id, cents in asked.items())
        command = CreditLines(invoice_id, "Deel", lines, payout)
        done, _ = self.world.attempt(lambda: self.shop.do(credits.credit_lines, SYSTEM, command))
        if not asked:
            return
        assert fits or not done, "no more is taken back than is left"
        if not payout and alive:
            assert done == fits, "what is left can be taken back"

    @rule(pick=PICK, cents=st.sampled_from([1, 300, 5_000]))
    def give(self, pick: int, cents: int) -> None:
        account_id = self.one_of(self.world.accounts, pick)
        self.world.asks(account_id=account_id, cents=cents)
        self.world.attempt(lambda: self.shop.do(credits.give_credits, SYSTEM, GiveCredits(account_id, cents, "Excuus")))

    @rule(pick=PICK, less=st.sampled_from([0, 40, 100]), days=st.integers(0, 30))
    def give_about_what_a_run_asks(self, pick: int, less: int, days: int) -> None:
        account_id = self.one_of(self.world.accounts, pick)
        asked_cents = self.world.coming_cents(account_id, self.world.today + timedelta(days=days + LEAD_DAYS))
        asked_cents += self.paper.waiting(account_id) - self.paper.balance(account_id)
        self.give(pick, max(asked_cents - less, 1))
        self.follower.catch_up()
        self.run_invoices(days)

    @rule(pick=PICK)
    def settle_with_credits(self, pick: int) -> None:
        chosen = self.one_of(list(self.paper.invoices), pick)
        if chosen:
            waits = self.shop.one(Invoice, id=chosen).expected_on is not None
            done, _ = self.world.attempt(lambda: self.shop.do(credits.settle_with_credits, chosen))
            if done and not waits:
                self.paper.use_credits(chosen)

    @rule(pick=PICK, cents=st.integers(1, 50_000), days=st.integers(0, 40))
    def reprice(self, pick: int, cents: int, days: int) -> None:
        sold, day = self.one_of(self.world.products, pick), self.world.today + timedelta(days=days)
        command = ChangePrice(sold.product_id, Decimal(cents) / 100, sold.rate, day)
        done, _ = self.world.attempt(lambda: self.shop.do(products.change_price, SYSTEM, command))
        if done:
            sold.prices.append((day, cents))

    @rule(days=st.integers(0, 10))
    def run_invoices(self, days: int) -> None:
        on = self.world.today + timedelta(days=days)
        until = on + timedelta(days=LEAD_DAYS)
        self.world.asks(runs_until=until)
        alive = not self.world.database.is_doomed
        done = bool(self.world.attempt(lambda: run(self.shop, on, forced=True))[1])
        self.follower.catch_up()
        assert done or not alive
        assert not done or not any(service.is_due(until) for service in self.world.services.values()), "all is invoiced"

    @rule(pick=PICK, early=st.integers(0, 1))
    def run_when_a_period_is_just_due_or_a_day_early(self, pick: int, early: int) -> None:
        service = self.one_of(list(self.world.services.values()), pick)
        if service:
            days = (service.next_start - self.world.today).days - LEAD_DAYS - early
            self.run_invoices(min(max(days, 0), 40))
