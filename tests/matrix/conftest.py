"""A fresh copy of the two customers for each test, and the dashboard on it in this process."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from passlib.context import CryptContext

from billing.config import Settings
from billing.db import Database
from billing.logins import passwords
from dashboard import wiring
from dashboard.pages import pay_return
from dashboard.web import files
from tests.banking import with_bank
from tests.dumps import Dump, dump
from tests.factories import SELLER, SIGNING_KEY, Shop
from tests.fakes.reports import SECRET
from tests.fakes.stage import FakeStage
from tests.matrix import world as worlds
from tests.matrix.calls import Answer, call, filled
from tests.matrix.decisions import ACTIONS
from tests.matrix.world import Ids, World
from tests.states.conftest import PUBLIC_URL

# The product's own hashes are slow on purpose.
CHEAP = CryptContext(["argon2"], argon2__rounds=1, argon2__memory_cost=8, argon2__parallelism=1)


@dataclass
class Stage:
    """A world of one's own. `do` runs an action; `changed` says whether rows have changed since it was set up."""

    world: World
    path: Path
    shop: Shop
    before: Dump = field(default_factory=dict)

    def do(self, action: str, person: str, ids: Ids | None = None) -> Answer:
        decision, who = ACTIONS[action], self.world.people[person]
        if decision.given:
            self.shop.sql(decision.given)
            self.before = dump(self.path)
        return call(action, decision, who.token, self.ids(person) | (ids or {}))

    def ids(self, person: str) -> Ids:
        """What this person can name: of the account, and of what is one's own."""
        return self.world.ours | self.world.people[person].ids

    def got_through(self, action: str, person: str) -> bool:
        """Do it, and say whether it was done."""
        answer, shows = self.do(action, person), filled(ACTIONS[action].shows, self.ids(person))
        return shows in answer.text if shows else self.changed

    def set_scopes(self, role: str, scopes: str, *, checked: bool = True) -> None:
        worlds.set_scopes(self.path, role, scopes, checked=checked)
        self.before = dump(self.path)

    @property
    def changed(self) -> bool:
        return dump(self.path) != self.before


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> tuple[Path, World]:
    """The file with everything in it, made once."""
    path = tmp_path_factory.mktemp("matrix") / "furnished.sqlite"
    _copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    world = worlds.make(database)
    database.dispose()
    return path, world


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One engine for all tests: what it compiled stays compiled."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('matrix') / 'copy.sqlite'}")
    yield database
    database.dispose()


@pytest.fixture
def new_stage(database: Database, furnished: tuple[Path, World]) -> Iterator[Callable[[], Stage]]:
    """Puts everything back in its place, as often as a test asks."""
    template, world = furnished
    path = Path(database.url.removeprefix("sqlite:///"))

    def restored() -> Stage:
        _copy(template, path)
        shop = Shop(database)
        shop.gateway.known, shop.gateway.known_mandates = dict(world.at_gateway), dict(world.mandates)
        # Long enough after the payment was started that the way back may ask for it again.
        shop.clock.advance(seconds=30)
        settings = Settings(
            public_url=PUBLIC_URL,
            seller_name=SELLER.name,
            signing_key=SIGNING_KEY,
            database_url=database.url,
            mail_reports_secret=SECRET,
        )
        wiring.use(replace(with_bank(shop.billing), stage=FakeStage()), settings)
        return Stage(world, path, shop, dump(path))

    yield restored
    wiring.use(None)


@pytest.fixture
def stage(new_stage: Callable[[], Stage]) -> Stage:
    """Everything in its place."""
    return new_stage()


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pay_return, "STEP_SECONDS", 0)
    monkeypatch.setattr(pay_return, "STEPS", 2)
    monkeypatch.setattr(files, "WAIT_SECONDS", 0.0)
    monkeypatch.setattr(passwords, "_HASHES", CHEAP)


def _copy(template: Path, path: Path) -> None:
    with closing(sqlite3.connect(template)) as whole, closing(sqlite3.connect(path)) as copy:
        whole.backup(copy)
