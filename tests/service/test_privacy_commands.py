"""`voldaan privacy …`: staff hands out data and erases, with the password of who does it."""

import json
import zipfile
from pathlib import Path

import pytest

from billing.accounts.tables import Account, Role
from billing.clock import SystemClock, local_day
from billing.ports import Method
from billing.privacy.rules import final_on
from tests.commands import Type
from tests.factories import PASSWORD, Shop
from tests.stopping import colleague

BY = ("--by", "fien@staff.example")


@pytest.fixture(autouse=True)
def account(stored: Shop, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("typer.prompt", lambda *_, **__: PASSWORD)
    stored.clock.time = SystemClock().now()
    colleague(stored, "fien")
    account = stored.customer()
    stored.member(account, Role.OWNER)
    return account


def test_data_of_an_account_are_written_and_none_of_who_writes_them(
    voldaan: Type, account: int, tmp_path: Path
) -> None:
    path = tmp_path / "account.zip"
    assert voldaan("privacy", "export", str(account), str(path), *BY).code == 0
    data = json.loads(zipfile.ZipFile(path).read("data.json"))
    assert (data["account"]["name"], data["person"]) == ("Bakkerij Test", {})


def test_data_of_a_person_are_written(voldaan: Type, tmp_path: Path) -> None:
    path = tmp_path / "person.json"
    assert voldaan("privacy", "person", "person-1@test.example", str(path), *BY).code == 0
    assert json.loads(path.read_bytes())["person"]["email"] == "person-1@test.example"
    assert voldaan("privacy", "person", "nobody@test.example", str(path), *BY).code == 1


def test_from_when_it_can_be_is_said_while_money_can_be_taken_back(voldaan: Type, stored: Shop, account: int) -> None:
    payer = stored.member(account)
    stored.pay(payer, stored.invoice(account), method=Method.CARD)
    stored.carry_out()
    said = voldaan("privacy", "erase", str(account), "Bakkerij Test", *BY)
    final = final_on(local_day(stored.clock.now())).isoformat()
    assert (said.code, final in said.err, "{" in said.err) == (1, True, False)


def test_an_account_is_erased_under_its_name_only(voldaan: Type, stored: Shop, account: int) -> None:
    wrong = voldaan("privacy", "erase", str(account), "Bakkerij", *BY)
    assert (wrong.code, "not the name" in wrong.err) == (1, True)
    assert voldaan("privacy", "erase", str(account), "Bakkerij Test", *BY).code == 0
    assert stored.one(Account).erased_at is not None
    assert voldaan("check").code == 0
