"""`voldaan collections …` and what `voldaan check` says about mandates."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from billing import cli, config
from billing.accounts.tables import Role
from billing.clock import SystemClock
from billing.db import Database
from billing.mandates.switches import is_frozen
from billing.mandates.tables import CollectionSwitch
from tests.factories import ENCRYPTION_KEY, Shop
from tests.fakes.collecting import sign, states

Type = Callable[..., tuple[int, str]]


@pytest.fixture
def stored(database_url: str) -> Iterator[Shop]:
    """A customer with a mandate and an invoice, in the database and the time that the commands work on."""
    database = Database(database_url)
    shop = Shop(database)
    shop.clock.time = SystemClock().now()
    account = shop.customer()
    sign(shop, shop.member(account, Role.OWNER), account)
    shop.invoice(account)
    yield shop
    database.dispose()


@pytest.fixture
def voldaan(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Type:
    """Types a command, in demo mode and with the shop's own key; its exit code and what it said."""
    for name in config.Settings.model_fields:
        monkeypatch.delenv(f"VOLDAAN_{name.upper()}", raising=False)
    monkeypatch.setenv("VOLDAAN_DEMO", "1")
    monkeypatch.setenv("VOLDAAN_DATABASE_URL", database_url)
    monkeypatch.setenv("VOLDAAN_ENCRYPTION_KEYS", ENCRYPTION_KEY)
    monkeypatch.chdir(tmp_path)

    def type_command(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["voldaan", *words])
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return code, said.out + said.err

    return type_command


def test_a_preview_says_what_is_due_and_changes_nothing(voldaan: Type, stored: Shop) -> None:
    code, said = voldaan("collections", "run", "--dry-run", "--json")
    row = json.loads(said)
    assert (code, row["planned"], row["submitted"], row["is_preview"]) == (0, 1, 0, True)
    assert states(stored) == []


def test_a_round_does_what_is_due(voldaan: Type, stored: Shop) -> None:
    code, said = voldaan("collections", "run")
    assert (code, "1 announced" in said, states(stored)) == (0, True, ["announced"])


def test_collections_are_frozen_and_thawed_by_name(voldaan: Type, stored: Shop) -> None:
    assert voldaan("collections", "freeze", "--by", "Anna", "--reason", "storing") == (
        0,
        "All collections are frozen.\n",
    )
    assert stored.ask(is_frozen)
    assert voldaan("collections", "freeze", "--by", "Bram") == (0, "They were frozen already.\n")
    assert "frozen" in voldaan("collections", "run")[1]
    assert voldaan("collections", "thaw", "--by", "Bram") == (0, "Collections go on.\n")
    assert [turn.by_name for turn in stored.all(CollectionSwitch)] == ["Anna", "Bram"]


def test_the_switch_is_not_turned_without_a_name(voldaan: Type, stored: Shop) -> None:
    assert voldaan("collections", "freeze")[0] == 2
    assert not stored.ask(is_frozen)


def test_the_check_tells_when_no_key_reads_an_account(
    voldaan: Type, stored: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert voldaan("check")[0] == 0
    monkeypatch.delenv("VOLDAAN_ENCRYPTION_KEYS")
    code, said = voldaan("check")
    assert code == 1
    assert [line for line in said.splitlines() if line.startswith("BROKEN")] == [
        "BROKEN every account in a mandate can be read, and is the one that is shown: 1"
    ]
    assert stored.broken() == []
