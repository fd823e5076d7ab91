"""Mails: who was reminded of what at which moment, and told of which debit how long before."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from billing.clock import AMSTERDAM, local_day
from billing.ports import DebitOrder, Outcome
from tests.year.bank_watch import BankWatch
from tests.year.money_watch import MoneyWatch
from tests.year.post import Letter, facts_of
from tests.year.world import NOTICE_DAYS, World

# The days on which the Netherlands is off, from an almanac; Sundays come by themselves.
HOLIDAYS = {
    date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 5), date(2026, 5, 14), date(2026, 5, 25), date(2026, 12, 25),
    date(2026, 12, 26), date(2027, 1, 1), date(2027, 3, 29), date(2027, 4, 27), date(2027, 5, 5), date(2027, 5, 6),
    date(2027, 5, 17),
}  # fmt: skip
SUNDAY, EIGHT_O_CLOCK, EVENING = 6, 8, 20
OF = "SELECT account_id FROM invoice WHERE number = :number"


@dataclass(frozen=True)
class Notice:
    """A debit as it was announced. told_on: the day on which the mail left."""

    told_on: date
    cents: int
    collect_on: date


class MailWatch:
    def __init__(
        self, world: World, find: Callable[[str], None], counts: Counter[str], money: MoneyWatch, bank: BankWatch
    ) -> None:
        self._world, self._find, self._counts, self._money, self._bank = world, find, counts, money, bank
        self._reminded: dict[tuple[int, date], tuple[str, ...]] = {}
        self._readers: dict[tuple[str, date], None] = {}
        self._notices: dict[str, list[Notice]] = {}

    def letter(self, letter: Letter) -> None:
        """A mail leaves."""
        self._counts["mails"] += 1
        if letter.kind == "reminder":
            self._reminder(letter)
        elif letter.kind == "debit_announced":
            told = facts_of(letter)
            notice = Notice(local_day(letter.at), int(told["cents"]), date.fromisoformat(told["collect_on"]))
            self._notices.setdefault(told["number"], []).append(notice)

    def order(self, order: DebitOrder) -> None:
        """The gateway is asked to collect: only what was announced, long enough before."""
        told = [one for one in self._notices.get(order.invoice_number, []) if one.collect_on == order.collect_on]
        long_before = timedelta(days=NOTICE_DAYS)
        if not any(one.told_on + long_before <= order.collect_on for one in told):
            self._find(f"{order.invoice_number} is to be debited on {order.collect_on}, announced as {told}")
        if told and all(one.cents < order.amount_cents for one in told):
            self._find(f"{order.invoice_number} is to be debited for {order.amount_cents}, announced as {told}")

    def _reminder(self, letter: Letter) -> None:
        kind, *numbers = letter.rest
        local = letter.at.astimezone(AMSTERDAM)
        self._at_a_decent_hour(local)
        self._bank.reminder(letter.to)
        [(account_id,)] = self._world.rows(OF, number=numbers[0])
        left = {number: self._money.left(number) for number in numbers}
        amounts = [*left.values(), sum(left.values())]
        for number in numbers:
            if left[number] <= 0:
                self._find(f"{letter.to} is reminded of {number}, which is paid")
            elif left[number] <= self._bank.could_be_for(number, account_id, amounts):
                self._find(f"{letter.to} is reminded of {number}, for which money lies at our bank")
            if any(one.outcome is Outcome.PENDING for one in self._world.bank.payments_for(number)):
                self._find(f"{letter.to} is reminded of {number}, for which money is on its way")
        before = self._reminded.setdefault((account_id, local.date()), letter.rest)
        if before != letter.rest:
            self._find(f"account {account_id} is reminded twice on a day: {before}, {letter.rest}")
        elif (letter.to, local.date()) in self._readers:
            self._find(f"{letter.to} is reminded twice on a day")
        self._readers[letter.to, local.date()] = None
        self._counts[f"reminder mails, {kind}"] += 1

    def _at_a_decent_hour(self, local: datetime) -> None:
        if local.weekday() == SUNDAY or local.date() in HOLIDAYS or not EIGHT_O_CLOCK <= local.hour < EVENING:
            self._find(f"a reminder leaves at {local}")
