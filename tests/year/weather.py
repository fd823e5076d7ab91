"""What nobody has in hand: banks decide, lines break, mailboxes die."""

from datetime import timedelta
from typing import Any

from billing.correspondence import flows as correspondence
from billing.errors import Conflict
from billing.ports import GatewayTransaction, Outcome
from tests.fakes.reports import DELIVERED, FAILED, report
from tests.year.post import Letter
from tests.year.world import World

# The banks' codes for a debit that they refuse, and for one that is taken back.
REFUSED = ("AM04",) * 8 + ("MS03", "MD01", "AC04", "AC01", "MS02", "RC01", "SL01", "ZZ99")
TAKEN_BACK = ("MD06",) * 6 + ("AM04",) * 4 + ("MS02", "AC06", "AM05", "MD07")
STORNO_DAYS = 56
GATEWAY_FORGETS, TRANSFER_FORGETS = timedelta(hours=20), timedelta(days=21)


class Weather:
    def __init__(self, world: World) -> None:
        self._world = world
        world.post.on_bounce = self._bounce

    def dawn(self) -> None:
        """What this day brings."""
        world = self._world
        world.plan(world.at(world.today, world.dice.uniform(6, 11)), self._banks_decide)
        for line, percent in ((world.bank, 3.0), (world.post, 2.5), (world.shop.panel, 2.5)):
            if world.chance(percent):
                self._break(line)
        for trouble in (world.bank.lose_next_order, world.bank.lose_next_answer):
            if world.chance(8):
                world.plan(world.at(world.today, world.dice.uniform(7, 22)), trouble)
        if world.chance(3):
            world.later(lambda: world.bank.refuse_next("not now"), hours=world.dice.uniform(1, 20))
        if world.chance(0.1 * len(world.customers)):
            self._mailbox_dies()

    def _break(self, line: Any) -> None:
        world, begins = self._world, self._world.dice.uniform(0, 22)
        hours = world.dice.uniform(1, 9) if world.chance(80) else world.dice.uniform(20, 70)
        world.plan(world.at(world.today, begins), lambda: setattr(line, "down", True))
        world.plan(world.at(world.today, begins) + timedelta(hours=hours), lambda: setattr(line, "down", False))

    # Banks

    def _banks_decide(self) -> None:
        for one in self._world.bank.waiting():
            if one.collect_on is not None:
                if one.outcome is Outcome.PENDING and one.collect_on <= self._world.today:
                    self._decide(one)
            elif self._world.clock.now() - self._world.bank.born[one.key] > (
                TRANSFER_FORGETS if one.service == "transfer" else GATEWAY_FORGETS
            ):
                self._world.bank.change(one.key, Outcome.CANCELLED)
                self._world.tell(one.key)

    def _decide(self, debit: GatewayTransaction) -> None:
        world, dice = self._world, self._world.dice.random() * 100
        if dice < 4:
            return
        if dice < 11:
            world.bank.fail_collection(debit.key, reason_code=world.dice.choice(REFUSED))
            world.tell(debit.key)
            return
        world.bank.change(debit.key, Outcome.SUCCEEDED)
        world.tell(debit.key)
        if world.chance(5):
            world.later(lambda: self._take_back(debit.key), days=world.dice.randrange(1, STORNO_DAYS + 1))

    def _take_back(self, key: str) -> None:
        world = self._world
        back = world.bank.take_back(key, reason_code=world.dice.choice(TAKEN_BACK))
        # Whoever has an end-to-end connection with a bank hears of these in the end: only the day is uncertain.
        world.tell(back, may_get_lost=False)

    # Mailboxes

    def _mailbox_dies(self) -> None:
        world = self._world
        customer = world.dice.choice(list(world.customers.values()))
        graves = world.post.refuses if world.chance(30) else world.post.dead
        graves[customer.email] = None
        world.later(lambda: graves.pop(customer.email, None), days=world.dice.randrange(5, 60))

    def _bounce(self, letter: Letter) -> None:
        self._world.later(lambda: self._report(letter, FAILED), hours=self._world.dice.uniform(0.1, 60))

    def confirm(self, letter: Letter) -> None:
        """Some mail servers say that a mail has arrived."""
        if self._world.chance(20) and letter.to not in self._world.post.dead:
            self._world.later(lambda: self._report(letter, DELIVERED), minutes=30)

    def _report(self, letter: Letter, what: tuple[str, str]) -> None:
        try:
            assert correspondence.receive_report(self._world.billing, report(letter.message_id, what))
        except Conflict:
            self._world.later(lambda: self._report(letter, what), hours=1)
