"""A shop with one customer, on each database."""

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Connection

from billing import cli, config
from billing.access import Actor
from billing.accounts.tables import Role
from billing.db import Database
from tests import stopping
from tests.abroad import BELGIAN
from tests.commands import Said, Type
from tests.conftest import Emptied
from tests.factories import Shop
from tests.fakes.collecting import sign, told


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """An empty, migrated database; the test runs once on each engine."""
    emptied: Emptied = request.getfixturevalue(f"emptied_{request.param}")
    return emptied()


@pytest.fixture
def shop(database: Database) -> Shop:
    """The billing module on an empty database, with fakes around it."""
    return Shop(database)


@pytest.fixture
def sound_books(shop: Shop) -> Iterator[None]:
    """Whatever the test does, and whatever is refused in it, every invariant holds after it."""
    yield
    assert shop.broken() == []


@pytest.fixture
def asked(shop: Shop) -> Iterator[list[str]]:
    """Every statement that the database is asked."""
    statements: list[str] = []

    def note(_: Connection, __: object, statement: str, *rest: object) -> None:
        statements.append(statement)

    event.listen(shop.database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(shop.database.engine, "before_cursor_execute", note)


@pytest.fixture
def account(shop: Shop) -> int:
    """The id of a customer."""
    return shop.customer()


@pytest.fixture
def owner(shop: Shop, account: int) -> Actor:
    """The customer's owner, who gets the billing mails."""
    return shop.member(account, Role.OWNER, mails=True)


@pytest.fixture
def belgian(shop: Shop) -> int:
    """A business in Belgium with a VAT number."""
    return shop.customer("Chocolaterie Test", country="BE", vat_number=BELGIAN)


@pytest.fixture
def belgian_owner(shop: Shop, belgian: int) -> Actor:
    """Its owner, who gets the mails."""
    return shop.member(belgian, Role.OWNER, mails=True)


@pytest.fixture
def mandate(shop: Shop, owner: Actor, account: int) -> None:
    """The customer has given a mandate, and the mails about that are read."""
    sign(shop, owner, account)
    shop.carry_out()
    told(shop)


@pytest.fixture
def first(shop: Shop) -> Actor:
    """Somebody of finance, who works here."""
    return stopping.colleague(shop, "fien", "finance")


@pytest.fixture
def second(shop: Shop) -> Actor:
    """Who leads finance."""
    return stopping.colleague(shop, "fred")


@pytest.fixture
def voldaan(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Iterator[Type]:
    """Types a command, in demo mode, on an empty database, and says how it ended."""
    records, hooks = logging.getLogRecordFactory(), (sys.excepthook, threading.excepthook)
    for name in config.Settings.model_fields:
        monkeypatch.delenv(f"VOLDAAN_{name.upper()}", raising=False)
    monkeypatch.setenv("VOLDAAN_DEMO", "1")
    monkeypatch.setenv("VOLDAAN_DATABASE_URL", database_url)
    monkeypatch.chdir(tmp_path)

    def type_command(*words: str, **settings: str) -> Said:
        for name, value in settings.items():
            monkeypatch.setenv(f"VOLDAAN_{name.upper()}", value)
        monkeypatch.setattr(sys, "argv", ["voldaan", *words])
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    yield type_command
    logging.setLogRecordFactory(records)
    sys.excepthook, threading.excepthook = hooks


@pytest.fixture
def stored(database_url: str) -> Iterator[Shop]:
    """A shop in the database that the commands work on."""
    database = Database(database_url)
    yield Shop(database)
    database.dispose()
