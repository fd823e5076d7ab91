"""Our bank account: every line in the journal once and for whom it is; nobody bothered while a statement is missing or
their money lies there."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta

from tests.year.our_account import BEGINS_WITH, Moved
from tests.year.world import World

# What came in and has no place: for so long it may well be theirs.
MAY_BE_THEIRS, ABOUT_CENTS = timedelta(days=10), 100
IN_JOURNAL = """SELECT l.bank_reference, sum(p.cents) FROM journal_entry e JOIN posting p ON p.entry_id = e.id
                JOIN bank_line l ON 'bank:' || l.key = e.source_key
                WHERE p.ledger_account = 'bank' AND e.id > :after GROUP BY l.bank_reference"""
IN_BANK = "SELECT coalesce(sum(cents), 0) FROM posting WHERE ledger_account = 'bank'"
LAST = "SELECT coalesce(max(id), 0) FROM journal_entry"
MATCHED = """SELECT m.id, m.purpose, m.rule, m.undone_at, l.bank_reference, p.account_id FROM bank_match m
             JOIN bank_line l ON l.id = m.line_id LEFT JOIN payment p ON p.id = m.payment_id
             WHERE m.id > :after ORDER BY m.id"""
PLACED = """SELECT m.id FROM bank_match m JOIN bank_line l ON l.id = m.line_id
            WHERE m.undone_at IS NULL AND l.bank_reference = :key"""


class BankWatch:
    def __init__(self, world: World, find: Callable[[str], None], counts: Counter[str]) -> None:
        self._world, self._ours, self._find, self._counts = world, world.ours, find, counts
        self._began, self._booked = world.today, Counter[str]()
        self._last_entry = self._last_match = 0
        self._payers: dict[str, set[int]] = {}

    def day(self) -> None:
        """A day is over: the journal has of the bank what was read, once, and for whom it is."""
        for key, cents in self._world.rows(IN_JOURNAL, after=self._last_entry):
            self._booked[key] += int(cents)
        [(self._last_entry,)] = self._world.rows(LAST)
        read = {key: one for key, one in self._ours.moved.items() if one.booked_on in self._ours.read_at}
        for key in read.keys() | self._booked.keys():
            theirs = read[key].cents if key in read else 0
            if self._booked[key] != theirs:
                self._find(f"bank line {key} of {theirs} cents is in the journal for {self._booked[key]}")
        self._totals(sum(one.cents for one in read.values()))
        self._matches()

    def reminder(self, letter_to: str) -> None:
        """Nobody is reminded before the bank has told of all its days."""
        for day in self._unread():
            self._find(f"{letter_to} is reminded while the statement of {day} has not been read")

    def could_be_for(self, number: str, account_id: int, amounts: Collection[int]) -> int:
        """Cents that lie at our bank for an invoice, as far as we have been told enough to see it."""
        waiting = [one for one in self._waiting(account_id, MAY_BE_THEIRS) if self._shows(one, amounts)]
        return sum(one.shares.get(number, 0) for one in waiting)

    def stop(self, account_id: int) -> None:
        """A step towards stopping a service: not while a statement is missing, nor their money waits for a person."""
        for day in self._unread():
            self._find(f"account {account_id} is to be stopped while the statement of {day} has not been read")
        for one in self._waiting(account_id, timedelta(days=30)):
            self._find(f"account {account_id} is to be stopped while bank line {one.key} waits, which is theirs")

    def _totals(self, read_cents: int) -> None:
        [(ours,)] = self._world.rows(IN_BANK)
        if ours != read_cents:
            self._find(f"the statements that were read come to {read_cents} cents, the journal has {ours}")
        if not self._unread() and self._ours.balance(self._world.today - timedelta(days=1)) != BEGINS_WITH + ours:
            self._find(f"the bank's balance is not what the journal makes of it: {ours}")

    def _matches(self) -> None:
        for match in self._world.rows(MATCHED, after=self._last_match):
            self._last_match = match.id
            one = self._ours.moved[match.bank_reference]
            self._judge(one, match.purpose, match.rule, match.account_id)
            if match.purpose == "receipt":
                self._payers.setdefault(one.iban, set()).add(match.account_id)

    def _judge(self, one: Moved, purpose: str, rule: str, account_id: int | None) -> None:
        if one.is_of_gateway != (purpose == "gateway"):
            self._find(f"bank line {one.key} was taken for {purpose}")
        if purpose in {"receipt", "return"} and account_id != one.account_id:
            self._find(f"bank line {one.key} of account {one.account_id} was booked for {account_id} by {rule}")
        is_nothing = one.account_id is None or one.is_back or one.original is not None
        if purpose == "other" and not is_nothing:
            self._find(f"bank line {one.key} of account {one.account_id} was taken for nothing of customers")

    def _unread(self) -> Sequence[object]:
        return self._ours.unread(self._began, self._world.today) if self._ours.read_at else []

    def _waiting(self, account_id: int, within: timedelta) -> list[Moved]:
        """What is theirs, came in so lately, was read and did not go back since, and has no place yet."""
        now, read_at = self._world.clock.now(), self._ours.read_at
        return [
            one for one in self._ours.of_account(account_id)
            if one.cents > 0 and not one.is_back and one.booked_on in read_at
            and read_at[one.booked_on] > now - within and not self._world.rows(PLACED, key=one.key)
        ]  # fmt: skip

    def _shows(self, one: Moved, amounts: Collection[int]) -> bool:
        """Whether anything tells whose it is: what it says, an amount, or who paid from there before."""
        by_amount = any(abs(one.cents - cents) <= ABOUT_CENTS for cents in amounts)
        return one.quotes or by_amount or one.account_id in self._payers.get(one.iban, set())
