"""A hosting company with its customers, and time: whatever is going to happen stands in one agenda, in its order."""

import heapq
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from sqlalchemy import event, text

from billing.access import Actor
from billing.adapters.camt import CamtReader
from billing.adapters.mt940 import Mt940Reader
from billing.clock import AMSTERDAM, local_day
from billing.correspondence import flows as correspondence
from billing.db import Database
from billing.errors import BillingError
from billing.worker import loop
from tests.banking import RULES
from tests.factories import Shop
from tests.fakes.pushes import push, receive
from tests.year.bank import Bank
from tests.year.our_account import OurAccount
from tests.year.post import PlainWriter, PostOffice

NOTICE_DAYS, LEAD_DAYS = 14, 14
# A worker that finds work again and again stops here, so that a fault shows as one instead of standing still.
ENOUGH = 3_000


@dataclass
class Customer:
    """habit: how soon invoices are paid. method: how. mandate_on: the day on which a mandate is given, if ever.

    pay_days: by invoice, when it will be paid by hand.
    """

    account_id: int
    actor: Actor
    habit: str
    method: str
    mandate_on: date | None = None
    has_mandate: bool = False
    pay_days: dict[str, date] = field(default_factory=dict)

    @property
    def email(self) -> str:
        return f"{self.actor.name}@test.example"


class World:
    """The product itself in `shop`, and everything around it."""

    def __init__(self, database: Database, seed: int) -> None:
        _never_waits_for_the_disk(database)
        self.dice = random.Random(seed)
        self.shop = Shop(database, floor_cents=100)
        self.clock = self.shop.clock
        self.bank, self.post, self.ours = Bank(self.clock), PostOffice(self.clock), OurAccount()
        self.shop.gateway = self.bank
        self.shop.billing = replace(
            self.shop.billing, gateway=self.bank, mail=self.post, mail_writer=PlainWriter(),
            bank_files=(CamtReader(), Mt940Reader()), policy=replace(self.shop.billing.policy, bank=RULES),
        )  # fmt: skip
        self.shop.do, self.shop.ask = self.shop.billing.do, self.shop.billing.ask
        self.billing = self.shop.billing
        self.customers: dict[int, Customer] = {}
        self._agenda: list[tuple[datetime, int, Callable[[], object]]] = []
        self._numbers = count(1)

    # Time

    @property
    def today(self) -> date:
        return local_day(self.clock.now())

    def at(self, day: date, hour: float) -> datetime:
        """An hour of a day, as the clocks on Dutch walls have it."""
        local = datetime.combine(day, time(), AMSTERDAM) + timedelta(hours=hour)
        return local.astimezone(UTC)

    def plan(self, when: datetime, what: Callable[[], object]) -> None:
        """Something is going to happen."""
        heapq.heappush(self._agenda, (when, next(self._numbers), what))

    def later(self, what: Callable[[], object], **how_long: float) -> None:
        """Something happens after so many days, hours or minutes."""
        self.plan(self.clock.now() + timedelta(**how_long), what)

    def go_to(self, moment: datetime) -> None:
        """Let everything happen that is in the agenda until then."""
        while self._agenda and self._agenda[0][0] <= moment:
            when, _, what = heapq.heappop(self._agenda)
            self.clock.time = max(when, self.clock.time)
            what()
        self.clock.time = moment

    # The worker

    def work(self, *, prints: bool) -> None:
        """What the worker's lanes do. prints: whether what the calendar asks for is mailed at once.

        They are threads: now and then the calendar gets there before the lane of money has seen what came in.
        """
        lanes = [self._money, self._paper]
        if self.chance(10):
            lanes.clear()
        for lane in (*lanes, self._calendar, *([self._paper] if prints else [])):
            lane()

    def _money(self) -> None:
        for _ in range(3):
            for job in loop._MONEY:
                self._until_idle(job)

    def _paper(self) -> None:
        self._until_idle(correspondence.carry_out)
        self._until_idle(correspondence.ask_outsiders)

    def _calendar(self) -> None:
        for job in loop.CALENDAR:
            job(self.billing)

    def _until_idle(self, job: Callable[..., int]) -> None:
        for _ in range(ENOUGH):
            if not job(self.billing):
                return
        raise AssertionError(f"{job.__name__} never comes to an end")

    # What anybody may do

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something that may be refused; whether it was done."""
        with suppress(BillingError):
            act()
            return True
        return False

    def chance(self, percent: float) -> bool:
        """Heads, so many times out of a hundred."""
        return self.dice.random() * 100 < percent

    def tell(self, key: str, *, may_get_lost: bool = True) -> None:
        """The gateway pushes; on its way a push may get lost, come late, or come twice, and so overtake another."""
        name = f"{key}-{next(self._numbers)}"
        if may_get_lost and self.chance(6):
            return
        hours = self.dice.uniform(0, 40) if self.chance(12) else 0.0
        for copy in range(2 if self.chance(6) else 1):
            self.later(lambda: receive(self.billing, push(key, name)), hours=hours + copy)

    def rows(self, statement: str, **values: object) -> list[Any]:
        """What the tables hold, read past everything of ours."""
        with self.shop.database.engine.connect() as connection:
            return list(connection.execute(text(statement), values))


def _never_waits_for_the_disk(database: Database) -> None:
    """Nothing dies in here, so nothing has to survive that."""

    def prepare(connection: Any, _: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    if database.url.startswith("sqlite"):
        event.listen(database.engine, "connect", prepare)
        database.engine.dispose()
