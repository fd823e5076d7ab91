"""The statements of our account on their way to us: a day late, several at once, out of order, twice, cut off."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial

from billing.bank import flows
from billing.ports import BankFileRefused
from billing.workdays import is_bank_day, next_bank_day
from tests.banking import GATEWAY
from tests.year.bank import moved, signed
from tests.year.our_account import Moved, as_camt, as_mt940
from tests.year.world import World

FORMATS = (as_camt, as_mt940)


class BankFiles:
    """is_punctual: from now on every statement comes the morning after."""

    def __init__(self, world: World) -> None:
        self._world, self._counts = world, world.ours.counts
        self._paid_out: set[str] = set()
        self._written = world.today
        self._late_until = world.today
        self._is_together = self.is_punctual = False

    def dawn(self) -> None:
        """What the bank does today, and what it tells of the days before."""
        world = self._world
        if is_bank_day(world.today):
            world.plan(world.at(world.today, 5), self._no_customers)
        if not self.is_punctual and world.chance(7):
            self._late_until = world.today + timedelta(days=world.dice.randrange(1, 5))
            self._counts["bank files, all late"] += 1
        if world.today < self._late_until and not self.is_punctual:
            return
        days = [self._written + timedelta(days=count) for count in range((world.today - self._written).days)]
        self._written = world.today
        self._send([day for day in days if is_bank_day(day)])

    def _send(self, days: list[date]) -> None:
        world = self._world
        if len(days) > 1 and world.chance(60):
            world.dice.shuffle(days)
        morning = world.at(world.today, world.dice.uniform(5.5, 7.5))
        self._is_together ^= len(days) > 1
        if len(days) > 1 and self._is_together:
            self._counts["bank files, several statements in one"] += 1
            world.plan(morning, partial(self._arrives, days, b"".join(world.ours.file(day, as_mt940) for day in days)))
            return
        for place, day in enumerate(days):
            moment = morning + timedelta(minutes=place)
            if not self.is_punctual and world.chance(5):
                moment += timedelta(days=world.dice.randrange(1, 4))
                self._counts["bank files, one late"] += 1
            self._send_one(day, moment)

    def _send_one(self, day: date, moment: datetime) -> None:
        world = self._world
        content = world.ours.file(day, world.dice.choice(FORMATS))
        if world.chance(5):
            world.plan(moment, partial(self._arrives, [], content[: len(content) * 2 // 3]))
            self._counts["bank files, cut off"] += 1
        world.plan(moment + timedelta(minutes=10), partial(self._arrives, [day], content))
        if world.chance(8):
            self._counts["bank files, twice"] += 1
            again = world.ours.file(day, world.dice.choice(FORMATS))
            hours = timedelta(hours=world.dice.uniform(1, 90))
            world.plan(moment + hours, partial(self._arrives, [day], again))

    def _arrives(self, days: Sequence[date], content: bytes) -> None:
        """Import a file. days: whose statements it holds; none when it is cut off."""
        world, counts = self._world, self._counts
        try:
            told = flows.import_file(world.billing, content)
        except BankFileRefused:
            counts["bank files, refused"] += 1
            return
        for one in told:
            counts[f"bank statements, {one.reason or ('known already' if one.known else 'booked')}"] += 1
            for rule, count in one.by_rule:
                counts[f"bank lines, {rule}"] += count
        for day in days:
            world.ours.read_at.setdefault(day, world.clock.now())

    def _no_customers(self) -> None:
        """What customers have nothing to do with: the gateway pays out, rent is paid, somebody pays by mistake."""
        world = self._world
        if next_bank_day(world.today - timedelta(days=world.today.weekday())) == world.today:
            self._pay_out()
        if world.chance(4):
            line = Moved(-120_000, text="huur kantoor", name="Verhuurder", iban="NL02RABO0000000001")
            world.ours.book(line, world.today)
        if world.chance(3):
            line = Moved(world.dice.randrange(100, 90_000), text="voor iemand anders", name="Vreemde", iban="")
            world.ours.book(line, world.today)

    def _pay_out(self) -> None:
        """All that the gateway took and gave back since the last time."""
        gateway = self._world.bank
        new = [key for key, one in gateway.known.items() if moved(one) and key not in self._paid_out]
        cents = sum(signed(gateway.known[key]) for key in new)
        if cents > 0:
            self._paid_out.update(new)
            text = f"uitbetaling {self._world.today:%Y%m%d}"
            line = Moved(cents, text=text, name="Stichting Buckaroo", iban=GATEWAY)
            self._world.ours.book(line, self._world.today)
