"""What customers do with products and with money that is theirs: cancel, keep, change; as credits, or back."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

from billing.changes import service as changes
from billing.changes.planning import Asked
from billing.credits import choices
from tests import changing
from tests.year.world import Customer, World

RUNNING = """SELECT s.id, s.product_id, s.paid_through, p.kind, p.period_months FROM service s
             JOIN product p ON p.id = s.product_id
             WHERE s.account_id = :account AND s.state IN ('active','ending') ORDER BY s.id"""
SIBLINGS = """SELECT id FROM product WHERE kind = :kind AND period_months = :months AND id <> :not_this ORDER BY id"""
TOO_MUCH = """SELECT account_id, payment_id FROM posting WHERE ledger_account = 'unallocated' AND account_id IS NOT NULL
              GROUP BY account_id, payment_id HAVING sum(cents) < 0 ORDER BY payment_id"""
CREDITS = "SELECT id FROM credit_lot WHERE account_id = :account AND left_cents > 0 ORDER BY id"


class SecondThoughts:
    def __init__(self, world: World) -> None:
        self._world = world

    def of_today(self, customer: Customer) -> Iterator[Callable[[], object]]:
        """What a customer is going to change today."""
        world = self._world
        if world.chance(0.06):
            yield partial(self._change, customer, cancels=True)
        if world.chance(0.12):
            yield partial(self._change, customer, cancels=False)
        if world.chance(0.05):
            yield partial(self._have_paid_out, customer)

    def choose(self) -> None:
        """Somebody who paid too much decides about it."""
        world = self._world
        for account_id, payment_id in world.rows(TOO_MUCH):
            if world.chance(20):
                customer = world.customers[account_id]
                choice = world.dice.choice([choices.keep_as_credits, choices.send_back])
                actor = world.shop.proven(customer.actor)
                world.attempt(partial(world.shop.do, choice, actor, account_id, payment_id))

    def _change(self, customer: Customer, *, cancels: bool) -> None:
        world, account_id = self._world, customer.account_id
        running = world.rows(RUNNING, account=account_id)
        if not running:
            return
        one = world.dice.choice(running)
        siblings = world.rows(SIBLINGS, kind=one.kind, months=one.period_months, not_this=one.product_id)
        product_id = None if cancels or not siblings else world.dice.choice(siblings).id
        if product_id is None and not cancels:
            return
        on = world.today + timedelta(days=world.dice.choice([0, 0, 10]) if cancels else 0)
        asked = Asked(one.id, on, product_id, ())
        if world.attempt(partial(self._confirm, customer, asked)) and cancels and world.chance(30):
            world.later(partial(self._keep, customer, one.id), days=world.dice.uniform(0.1, 9))

    def _confirm(self, customer: Customer, asked: Asked) -> None:
        shop, account_id = self._world.shop, customer.account_id
        shown = shop.do(changes.preview, customer.actor, account_id, asked)
        changing.confirm(shop, customer.actor, account_id, shown)

    def _keep(self, customer: Customer, service_id: int) -> None:
        world, actor = self._world, self._world.shop.proven(customer.actor)
        world.attempt(lambda: world.shop.do(changes.keep, actor, customer.account_id, service_id))

    def _have_paid_out(self, customer: Customer) -> None:
        world, actor = self._world, self._world.shop.proven(customer.actor)
        for (lot_id,) in world.rows(CREDITS, account=customer.account_id):
            world.attempt(partial(world.shop.do, choices.pay_out, actor, customer.account_id, lot_id))
