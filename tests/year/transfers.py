"""Transfers straight to our account, as customers make them: right, with a typo, of too little, too much, twice."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from billing.workdays import next_bank_day
from tests.year.our_account import Moved
from tests.year.world import Customer, World

# How somebody pays, and how often of so many; all in turn, so that a small company has some of each as well.
WAYS = {"right": 5, "apart": 1, "numbers": 2, "typo": 2, "silent": 1, "little": 1, "much": 1, "twice": 1, "back": 1}
# For so long somebody believes to have paid.
BELIEVES = timedelta(days=30)
OPEN = "SELECT number, open_cents FROM invoice WHERE account_id = :account AND open_cents > 0 ORDER BY id"
REFERENCE = "SELECT reference FROM invoice WHERE number = :number"


class Transfers:
    def __init__(self, world: World) -> None:
        self._world = world
        self._paid_on: dict[str, date] = {}
        self._ways: list[str] = []

    def pays(self, customer: Customer, wanted: Sequence[tuple[str, int]]) -> None:
        """Transfer what is wanted, numbers and cents, or all that is open, in one."""
        world = self._world
        if world.chance(50):
            wanted = [(number, cents) for number, cents in world.rows(OPEN, account=customer.account_id)]
        shares = {number: cents for number, cents in wanted if not self._has_paid(number)}
        if not shares:
            return
        for number in shares:
            self._paid_on[number] = world.today
            customer.pay_days[number] = world.today + BELIEVES
        way = self._way()
        world.ours.counts[f"transfers, {way}"] += 1
        world.ours.counts["transfers for several invoices"] += len(shares) > 1
        moved = self._moved(customer, shares, way)
        self._on_its_way(moved)
        if way == "twice":
            self._on_its_way(self._moved(customer, shares, "right"))
        if way == "back":
            world.later(partial(self._goes_back, moved), days=world.dice.uniform(6, 12))

    def _has_paid(self, number: str) -> bool:
        paid_on = self._paid_on.get(number)
        is_sure = paid_on is not None and paid_on + BELIEVES > self._world.today
        return is_sure and not self._world.chance(1)

    def _way(self) -> str:
        if not self._ways:
            self._ways = [way for way, times in WAYS.items() for _ in range(times)]
            self._world.dice.shuffle(self._ways)
        return self._ways.pop()

    def _moved(self, customer: Customer, shares: dict[str, int], way: str) -> Moved:
        dice, cents = self._world.dice, sum(shares.values())
        other = {"little": -dice.choice([50, 500, cents // 2]), "much": dice.choice([1, 500, cents])}
        return Moved(
            max(cents + other.get(way, 0), 1),
            text="" if way == "apart" and len(shares) == 1 else self._text(list(shares), way),
            reference=self._reference(next(iter(shares))) if way == "apart" and len(shares) == 1 else "",
            name=f"Klant {customer.account_id}", iban=iban_of(customer.account_id), account_id=customer.account_id,
            shares=shares, quotes=way not in {"typo", "silent"},
        )  # fmt: skip

    def _text(self, numbers: list[str], way: str) -> str:
        if way == "silent":
            return "hosting bedankt"
        quoted = numbers if way in {"numbers", "little"} else [self._reference(number) for number in numbers]
        if way == "typo":
            quoted = [self._mistyped(self._world.dice.choice(both)) for both in zip(numbers, quoted, strict=True)]
        return f"betaling {' en '.join(quoted)}"

    def _mistyped(self, quoted: str) -> str:
        place = self._world.dice.randrange(len(quoted) - 4, len(quoted))
        wrong = str((int(quoted[place]) + self._world.dice.randrange(1, 10)) % 10) if quoted[place].isdigit() else "X"
        return quoted[:place] + wrong + quoted[place + 1 :]

    def _reference(self, number: str) -> str:
        [(reference,)] = self._world.rows(REFERENCE, number=number)
        return str(reference)

    def _on_its_way(self, moved: Moved) -> None:
        """Banks book it the same day or the next, if banks work on it."""
        world = self._world
        on = next_bank_day(world.today + timedelta(days=world.dice.choice([0, 0, 1])))
        moment = max(world.at(on, world.dice.uniform(7, 18)), world.clock.now())
        world.plan(moment, lambda: world.ours.book(moved, on))

    def _goes_back(self, moved: Moved) -> None:
        """Its bank asks for it back."""
        world = self._world
        back = Moved(
            -moved.cents, text="terugboeking", name=moved.name, iban=moved.iban, return_reason="AC04",
            account_id=moved.account_id, shares=moved.shares, original=moved,
        )  # fmt: skip
        world.ours.book(back, next_bank_day(world.today))


def iban_of(account_id: int) -> str:
    """From which a customer pays; some pay from that of another one, as who has two companies."""
    return f"NL02ABNA{account_id - (account_id % 10 == 0):010}"
