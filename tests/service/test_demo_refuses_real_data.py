"""A process in demo mode never starts on a database with people in it who exist."""

from collections.abc import Callable

import pytest

from billing import config
from billing.access import SYSTEM
from billing.accounts import service as accounts
from billing.assembly import open_billing
from billing.db import Database
from billing.errors import SettingsInvalid
from tests.factories import Shop

Start = Callable[[], object]


@pytest.fixture
def start(database: Database) -> Start:
    settings = config.load(demo=True, database_url=database.url)
    return lambda: open_billing(settings).database.dispose()


def first_log_in(database: Database, email: str) -> None:
    Shop(database).do(accounts.add_user, SYSTEM, email=email, name="Eerste", password_hash="")


def test_a_database_with_a_real_first_log_in_is_refused_by_name(database: Database, start: Start) -> None:
    first_log_in(database, "iemand@bedrijf.nl")
    with pytest.raises(SettingsInvalid) as refused:
        start()
    assert [problem.split(":")[0] for problem in refused.value.facts["problems"]] == ["VOLDAAN_DATABASE_URL"]


def test_a_new_database_and_one_of_a_demo_will_do(database: Database, start: Start) -> None:
    start()
    first_log_in(database, "eigenaar@demo.test")
    first_log_in(database, "door.een.klant.uitgenodigd@bedrijf.nl")
    start()


def test_a_database_without_tables_is_for_others_to_complain_of(tmp_path: object) -> None:
    open_billing(config.load(demo=True, database_url=f"sqlite:///{tmp_path}/none.sqlite")).database.dispose()


def test_a_real_installation_is_not_asked(database: Database) -> None:
    first_log_in(database, "iemand@bedrijf.nl")
    with pytest.raises(SettingsInvalid) as refused:
        open_billing(config.load(database_url=database.url))
    assert not any("DATABASE" in problem for problem in refused.value.facts["problems"])
