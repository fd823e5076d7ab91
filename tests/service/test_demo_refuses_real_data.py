"""A process in demo mode never starts on a database with people in it who exist."""

import sys
from collections.abc import Callable

import pytest

from billing import config
from billing.access import SYSTEM
from billing.accounts import service as accounts
from billing.accounts.tables import User
from billing.assembly import open_billing
from billing.db import Database
from billing.errors import SettingsInvalid
from dashboard import serve
from tests.commands import Type
from tests.dumps import every_row
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


@pytest.mark.parametrize("command", [("migrate",), ("seed", "--demo"), ("worker",)], ids=" ".join)
def test_no_command_of_a_demo_touches_a_database_with_a_real_first_log_in(
    voldaan: Type, stored: Shop, command: tuple[str, ...]
) -> None:
    first_log_in(stored.database, "iemand@bedrijf.nl")
    before = every_row(stored.database)
    said = voldaan(*command)
    assert said.code == 2
    assert "VOLDAAN_DATABASE_URL: demo mode refuses a database with real log-ins" in said.err
    assert every_row(stored.database) == before


def test_no_web_process_of_a_demo_starts_on_one(
    voldaan: Type, stored: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first_log_in(stored.database, "iemand@bedrijf.nl")
    monkeypatch.setattr(sys, "argv", ["dashboard.serve"])
    assert serve.main() == 2
    assert "VOLDAAN_DATABASE_URL" in capsys.readouterr().err


def test_the_demos_log_ins_go_into_no_real_installation(voldaan: Type, stored: Shop) -> None:
    said = voldaan("seed", "--demo", demo="0")
    assert said.code == 2
    assert "VOLDAAN_DEMO=1" in said.err
    assert stored.all(User) == []
