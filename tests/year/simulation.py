"""A year of the company, day by day."""

from collections.abc import Callable
from datetime import timedelta

from billing.db import Database
from tests.year import company
from tests.year.bank_desk import BankDesk
from tests.year.bank_files import BankFiles
from tests.year.customers import Customers
from tests.year.observer import Observer
from tests.year.post import Letter
from tests.year.staff import Rogue, Staff
from tests.year.summary import Summary, summary
from tests.year.weather import Weather
from tests.year.world import World

# When the worker is watched, in Dutch hours. In between, everybody acts.
ROUNDS = (9.0, 15.2, 22.2)
# After the last day nobody does anything any more, until all that happened has been heard of.
CLOSING_DAYS = 8
Progress = Callable[[int, Observer], object]


class Year:
    """The same seed on the same database engine tells the same story."""

    def __init__(self, database: Database, *, seed: int, accounts: int) -> None:
        self.world = World(database, seed)
        self.observer = Observer(self.world)
        self.customers, self._weather = Customers(self.world), Weather(self.world)
        first, second, rogue = company.hire(self.world)
        staff = Staff(self.world, self.customers, self.observer, (first, second))
        self._files = BankFiles(self.world)
        desk = BankDesk(self.world, self.observer, first)
        self._dawns = [
            self._weather.dawn, staff.dawn, Rogue(self.world, self.observer, rogue).dawn, self.customers.dawn,
            self._files.dawn, desk.dawn,
        ]  # fmt: skip
        range_ = company.open_shop(self.world)
        for _ in range(accounts):
            company.move_in(self.world, range_)
        self.world.post.on_letter = self._letter

    def go_on(self, days: int, progress: Progress = lambda day, observer: None) -> Summary:
        """Let days pass, and then some more in which nobody acts; what was found on the way is in the summary."""
        for day in range(1, days + 1):
            self._day(self._dawns)
            progress(day, self.observer)
        self._files.is_punctual = True
        for _ in range(CLOSING_DAYS):
            self._day([self._files.dawn])
        self.observer.end()
        return summary(self.world, self.observer)

    def _day(self, dawns: list[Callable[[], None]]) -> None:
        world = self.world
        today = world.today + timedelta(days=1)
        world.go_to(world.at(today, 0.1))
        for dawn in dawns:
            dawn()
        for hour in ROUNDS:
            world.go_to(world.at(today, hour + world.dice.uniform(-0.3, 0.3)))
            # Mostly a mail leaves at once; now and then somebody acts before it does.
            world.work(prints=hour == ROUNDS[-1] or world.chance(60))
        self.observer.day()

    def _letter(self, letter: Letter) -> None:
        self.observer.mails.letter(letter)
        self._weather.confirm(letter)
        self.customers.read(letter)
