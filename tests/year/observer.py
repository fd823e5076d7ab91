"""Somebody who looks on, with own books and own sums, and writes down whatever should never have been."""

import logging
from collections import Counter

from billing.bank import checks as bank
from billing.ledger import checks
from billing.mandates import checks as mandates
from billing.ports import DebitOrder
from billing.reminders import checks as reminders
from tests.year.bank_watch import BankWatch
from tests.year.mail_watch import MailWatch
from tests.year.money_watch import MoneyWatch
from tests.year.service_watch import ServiceWatch
from tests.year.world import World

QUERIES = checks.QUERIES | bank.QUERIES | mandates.QUERIES | reminders.QUERIES
# The invariants that read every row ever written are looked at once a week, all others every day.
SCAN_DAY = 6


class Observer:
    """findings: what should never have been, and when. counts: what there was of everything."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.findings: list[str] = []
        self._known: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.money = MoneyWatch(world, self.find)
        self.bank = BankWatch(world, self.find, self.counts)
        self.mails = MailWatch(world, self.find, self.counts, self.money, self.bank)
        self.services = ServiceWatch(world, self.find, self.counts, self.bank)
        world.bank.on_order = self._order
        self._troubles = _Troubles(self)
        logging.getLogger("billing").addHandler(self._troubles)

    def find(self, what: str) -> None:
        """Write down what should never have been, the first time that it is seen."""
        if what not in self._known:
            self._known.add(what)
            self.findings.append(f"{self._world.clock.now():%Y-%m-%d %H:%M} {what}")

    def day(self, *, looks_at_all: bool = False) -> None:
        """A day is over. looks_at_all: at what is otherwise looked at once a week, too."""
        self.money.day()
        self.bank.day()
        self.services.day(looks_at_all=looks_at_all)
        self._check(everything=looks_at_all or self._world.today.weekday() == SCAN_DAY)

    def end(self) -> None:
        """All is over, and everything has been heard of."""
        self.money.end()
        self.day(looks_at_all=True)
        logging.getLogger("billing").removeHandler(self._troubles)

    def _order(self, order: DebitOrder) -> None:
        self.counts["debits ordered"] += 1
        self.money.order(order)
        self.mails.order(order)

    def _check(self, *, everything: bool) -> None:
        """What `voldaan check` says."""
        if everything:
            found = [one for one in self._world.shop.findings() if not one.holds]
            broken = {one.invariant: one.offenders for one in found}
        else:
            broken = {name: rows for name, query in QUERIES.items() if (rows := self._offenders(query))}
        for name, offenders in broken.items():
            self.find(f"check: {name}: {offenders}")

    def _offenders(self, query: str) -> tuple[str, ...]:
        return tuple(map(str, self._world.rows(f"SELECT * FROM ({query}) AS offenders LIMIT 5")))


class _Troubles(logging.Handler):
    """Whatever the product itself did not expect."""

    def __init__(self, observer: Observer) -> None:
        super().__init__(logging.ERROR)
        self._observer = observer

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1]:
            self._observer.find(f"{record.getMessage()}: {record.exc_info[1]!r}")
