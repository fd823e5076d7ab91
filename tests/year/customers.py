"""What customers do: they pay in time, late, twice, wrong or never, by hand or by mandate, and change their minds."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from billing.errors import BillingError
from billing.payments import flows as payments
from billing.payments.flows import StartedPayment
from billing.payments.service import StartPayment
from billing.ports import Method, Outcome
from billing.reminders import answers
from billing.reminders.answers import HOW, SaysPaid
from tests.factories import SIGNING_KEY
from tests.year.mandates import Mandates
from tests.year.post import Letter
from tests.year.second_thoughts import SecondThoughts
from tests.year.transfers import Transfers
from tests.year.world import Customer, World

AT_ONCE = 5
# From, to: days after the due date on which an invoice is paid, by how somebody is.
DAYS = {"prompt": (-12, 0), "late": (-2, 20), "tardy": (10, 60), "never": (130, 400)}
OPEN = """SELECT account_id, number, due_on, open_cents FROM invoice
          WHERE state = 'issued' AND open_cents > 0 ORDER BY id"""


class Customers:
    """All of them. They read their mail, look at what is open, and act at some hour of the day."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.mandates, self.thoughts = Mandates(world), SecondThoughts(world)
        self._transfers = Transfers(world)
        self._by_email: dict[str, Customer] = {}

    def dawn(self) -> None:
        """What they are going to do today."""
        world = self._world
        for customer in world.customers.values():
            self._by_email[customer.email] = customer
            for act in (*self.mandates.of_today(customer), *self.thoughts.of_today(customer)):
                self._some_time_today(act)
        for account_id, wanted in self._to_pay().items():
            self._some_time_today(partial(self._pay, world.customers[account_id], wanted[:AT_ONCE]))

    def read(self, letter: Letter) -> None:
        """A mail has come in."""
        customer = self._by_email.get(letter.to)
        if customer is None or letter.to in self._world.post.dead:
            return
        if letter.kind == "reminder":
            self._reminded(customer, letter)
        elif letter.kind in {"stop_announced", "service_stopped"} and self._world.chance(60):
            self._soon(customer, 6)

    def phoned(self, account_id: int) -> None:
        """Somebody called about what is overdue."""
        customer = self._world.customers[account_id]
        if self._world.chance(15 if customer.habit == "never" else 50):
            self._soon(customer, 8)

    # Paying

    def _to_pay(self) -> dict[int, list[tuple[str, int]]]:
        """By account, what will be paid by hand today: numbers and cents."""
        found: dict[int, list[tuple[str, int]]] = {}
        for account_id, number, due_on, cents in self._world.rows(OPEN):
            customer = self._world.customers[account_id]
            if self._pay_day(customer, number, date.fromisoformat(str(due_on))) <= self._world.today:
                found.setdefault(account_id, []).append((number, cents))
        return found

    def _pay_day(self, customer: Customer, number: str, due_on: date) -> date:
        if number not in customer.pay_days:
            first, last = DAYS[customer.habit]
            if customer.has_mandate and self._world.chance(93):
                first, last = 12, 40
            customer.pay_days[number] = due_on + timedelta(days=self._world.dice.randint(first, last))
        return customer.pay_days[number]

    def _soon(self, customer: Customer, within: int) -> None:
        for number in customer.pay_days:
            day = self._world.today + timedelta(days=self._world.dice.randint(0, within))
            customer.pay_days[number] = min(customer.pay_days[number], day)

    def _pay(self, customer: Customer, wanted: Sequence[tuple[str, int]]) -> None:
        if customer.method == "bank":
            self._transfers.pays(customer, wanted)
            return
        method = Method.TRANSFER if customer.method == "transfer" else Method(customer.method)
        numbers = tuple(number for number, _ in wanted)
        command = StartPayment(numbers, method, "192.0.2.7", despite_pending=self._world.chance(4))
        try:
            started = payments.start_payment(self._world.billing, customer.actor, command)
        except BillingError:
            return
        self._at_the_bank(customer, started, dict(wanted), method)

    def _at_the_bank(self, customer: Customer, started: StartedPayment, wanted: dict[str, int], method: Method) -> None:
        world = self._world
        key = world.bank.key_of(started.token)
        world.bank.meant_for(key, wanted)
        if method is not Method.TRANSFER:
            if not world.chance(4):
                outcomes = (Outcome.SUCCEEDED,) * 12 + (Outcome.CANCELLED, Outcome.FAILED, Outcome.REJECTED)
                world.later(partial(self._ends, key, world.dice.choice(outcomes)), minutes=world.dice.uniform(0.5, 20))
            return
        for number in wanted:
            customer.pay_days[number] = world.today + timedelta(days=9)
        if world.chance(92):
            # Some put it off, or their bank does, past the days for which a transfer is waited for.
            hours = world.dice.uniform(100, 400) if world.chance(8) else world.dice.uniform(3, 80)
            world.later(partial(self._transfer, key), hours=hours)

    def _ends(self, key: str, outcome: Outcome) -> None:
        if self._world.bank.known[key].outcome is Outcome.AWAITING_CUSTOMER:
            self._world.bank.change(key, outcome)
            self._world.tell(key)

    def _transfer(self, key: str) -> None:
        """The money arrives, sometimes as a transfer of its own of another amount."""
        bank = self._world.bank
        if bank.known[key].outcome is not Outcome.AWAITING_CUSTOMER:
            return
        if self._world.chance(95):
            self._ends(key, Outcome.SUCCEEDED)
            return
        wrong = max(bank.known[key].amount_cents + self._world.dice.choice([-500, -50, 1_000]), 1)
        self._world.tell(bank.copy(key, amount_cents=wrong), may_get_lost=False)

    # Answering

    def _reminded(self, customer: Customer, letter: Letter) -> None:
        world, token = self._world, letter.text.rpartition("/")[2]
        if customer.habit != "never" and world.chance(40):
            self._soon(customer, 4)
        if world.chance(8):
            day = world.today + timedelta(days=world.dice.randrange(0, 15))
            self._answer(lambda: world.shop.do(answers.promises, token, SIGNING_KEY, day))
        elif world.chance(6):
            told = SaysPaid(world.today - timedelta(days=2), world.dice.choice(HOW), 1_000)
            self._answer(lambda: world.shop.do(answers.says_paid, token, SIGNING_KEY, told))

    def _answer(self, act: Callable[[], object]) -> None:
        self._world.later(lambda: self._world.attempt(act), hours=self._world.dice.uniform(0.1, 30))

    def _some_time_today(self, act: Callable[[], object]) -> None:
        world = self._world
        world.plan(world.at(world.today, world.dice.uniform(6.5, 23)), act)
