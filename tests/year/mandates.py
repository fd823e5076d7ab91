"""What customers do with mandates: sign them at the bank or with a payment, pause, resume, replace, withdraw."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

from billing.mandates import choosing, flows, service
from billing.mandates.requests import RequestMandate, StartSeries
from billing.ports import Outcome
from billing.workdays import next_bank_day
from tests.fakes.collecting import CONSENT, OTHER_IBAN
from tests.fakes.gateway import IBAN
from tests.year.world import Customer, World

ONE_OPEN = "SELECT number, open_cents FROM invoice WHERE account_id = :account AND open_cents > 0 ORDER BY id LIMIT 1"


class Mandates:
    def __init__(self, world: World) -> None:
        self._world = world

    def of_today(self, customer: Customer) -> Iterator[Callable[[], object]]:
        """What a customer is going to do with a mandate today."""
        world = self._world
        if customer.mandate_on is not None and customer.mandate_on <= world.today:
            yield partial(self._with_payment if world.chance(25) else self._sign, customer)
        elif customer.has_mandate and world.chance(0.7):
            yield partial(world.dice.choice(
                [self._pause, self._pause, self._resume, self._replace, self._withdraw, self._choose, self._choose]
            ), customer)  # fmt: skip

    def _sign(self, customer: Customer, iban: str = IBAN) -> None:
        world, before = self._world, len(self._world.bank.known_mandates)
        command = RequestMandate(customer.account_id, CONSENT)
        begun = world.attempt(lambda: flows.request_mandate(world.billing, world.shop.proven(customer.actor), command))
        customer.mandate_on = world.today + timedelta(days=7)
        if begun and len(world.bank.known_mandates) > before:
            outcomes = (Outcome.SUCCEEDED,) * 8 + (Outcome.CANCELLED, Outcome.FAILED)
            key, outcome = list(world.bank.known_mandates)[-1], world.dice.choice(outcomes)
            signed = {"iban": iban} if outcome is Outcome.SUCCEEDED else {}
            world.later(partial(world.bank.decide, key, outcome, **signed), minutes=world.dice.uniform(1, 300))
            if outcome is Outcome.SUCCEEDED:
                self._given(customer)

    def _with_payment(self, customer: Customer) -> None:
        world = self._world
        for number, cents in world.rows(ONE_OPEN, account=customer.account_id):
            actor, before = world.shop.proven(customer.actor), len(world.bank.started)
            command = StartSeries((number,), CONSENT)
            if world.attempt(partial(flows.start_series, world.billing, actor, command)):
                key = world.bank.key_of(world.bank.started[before].attempt)
                world.bank.meant_for(key, {number: cents})
                world.later(partial(self._first_payment, key), minutes=world.dice.uniform(1, 20))
                self._given(customer)

    def _first_payment(self, key: str) -> None:
        self._world.bank.change(key, Outcome.SUCCEEDED)
        self._world.tell(key)

    def _given(self, customer: Customer) -> None:
        customer.has_mandate, customer.mandate_on = True, None

    def _pause(self, customer: Customer) -> None:
        self._manage(customer, "pause")

    def _resume(self, customer: Customer) -> None:
        self._manage(customer, "resume")

    def _withdraw(self, customer: Customer) -> None:
        if self._manage(customer, "withdraw"):
            customer.has_mandate = False
            customer.mandate_on = self._world.today + timedelta(days=60)

    def _replace(self, customer: Customer) -> None:
        self._sign(customer, self._world.dice.choice([IBAN, OTHER_IBAN]))

    def _choose(self, customer: Customer) -> None:
        world = self._world
        day = next_bank_day(world.today + timedelta(days=world.dice.randrange(14, 30)))
        limits, actor = world.billing.policy.mandates, world.shop.proven(customer.actor)
        for number, _ in world.rows(ONE_OPEN, account=customer.account_id):
            world.attempt(partial(world.shop.do, choosing.choose_new_date, actor, number, day, limits))

    def _manage(self, customer: Customer, what: str) -> bool:
        world, actor = self._world, self._world.shop.proven(customer.actor)
        return world.attempt(lambda: world.shop.do(getattr(service, what), actor, customer.account_id))
