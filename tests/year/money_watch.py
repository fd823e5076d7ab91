"""Money: what the gateway's own books say, beside what the journal says."""

from collections.abc import Callable
from datetime import timedelta

from billing.ports import DebitOrder, Outcome
from tests.year.bank import moved, signed
from tests.year.world import World

# Longer than any outage, late push or daily question takes.
HEARD_WITHIN = timedelta(days=6)
BOOKED = """SELECT e.source_key, p.cents FROM journal_entry e JOIN posting p ON p.entry_id = e.id
            WHERE p.ledger_account = 'gateway_clearing' AND e.source_key LIKE 'gateway:%'
              AND e.id > :after ORDER BY e.id"""
LAST = "SELECT coalesce(max(id), 0) FROM journal_entry"
PARKED = "SELECT provider_key FROM gateway_record WHERE verdict = 'parked'"
OWED = """SELECT coalesce(sum(p.cents), 0) FROM posting p JOIN invoice i ON i.id = p.invoice_id
          WHERE p.ledger_account = 'receivable' AND i.number = :number"""


class MoneyWatch:
    def __init__(self, world: World, find: Callable[[str], None]) -> None:
        self._world, self._bank, self._find = world, world.bank, find
        self._booked: dict[str, int] = {}
        self._read = 0

    def day(self) -> None:
        """What the journal has of the gateway is what the gateway has; nobody was debited twice."""
        self._catch_up()
        self._every_cent(HEARD_WITHIN)
        for number, debits in self._bank.debits().items():
            lasting = [one for one in debits if one.outcome is Outcome.SUCCEEDED and not self._bank.is_back(one.key)]
            if len(lasting) > 1:
                self._find(f"{number} was debited {len(lasting)} times")

    def end(self) -> None:
        """By now each cent has been heard of, or waits for a person."""
        self._catch_up()
        self._every_cent(timedelta())
        parked = {str(key) for (key,) in self._world.rows(PARKED)}
        theirs = sum(signed(one) for key, one in self._bank.known.items() if moved(one) and key not in parked)
        ours = sum(self._booked.values())
        if theirs != ours:
            self._find(f"the gateway has {theirs} cents, the journal {ours}")

    def order(self, order: DebitOrder) -> None:
        """The gateway is asked to collect: only for what is not paid, and not being paid."""
        number = order.invoice_number
        if any(one.outcome is Outcome.PENDING for one in self._bank.payments_for(number)):
            self._find(f"{number} is to be debited while money for it is on its way")
        if self.left(number) <= 0:
            self._find(f"{number} is to be debited though it is paid")
        if order.amount_cents > self.left(number):
            self._find(f"{number} is to be debited for more than is owed")

    def left(self, number: str) -> int:
        """What is owed of an invoice in truth: less what has come in that nobody has told us of yet."""
        self._catch_up()
        [(owed,)] = self._world.rows(OWED, number=number)
        unheard = [one for one in self._bank.payments_for(number) if moved(one) and one.key not in self._booked]
        return int(owed) - sum(self._bank.share(one, number) for one in unheard)

    def _catch_up(self) -> None:
        for source_key, cents in self._world.rows(BOOKED, after=self._read):
            key = str(source_key).removeprefix("gateway:")
            self._booked[key] = self._booked.get(key, 0) + int(cents)
        [(self._read,)] = self._world.rows(LAST)

    def _every_cent(self, within: timedelta) -> None:
        for key in self._booked.keys() - self._bank.known.keys():
            self._find(f"{key} is in the journal and was never at the gateway")
        parked = {str(key) for (key,) in self._world.rows(PARKED)}
        for key, one in self._bank.known.items():
            if not moved(one) and key in self._booked:
                self._find(f"{key} is in the journal though no money moved")
            elif key in self._booked and self._booked[key] != signed(one):
                self._find(f"{key} is in the journal for {self._booked[key]}, and was {signed(one)}")
            elif moved(one) and key not in self._booked and key not in parked and self._since(key) > within:
                self._find(f"{key} of {signed(one)} cents was never heard of ({one.kind} {one.service})")

    def _since(self, key: str) -> timedelta:
        return self._world.clock.now() - self._bank.ended[key]
