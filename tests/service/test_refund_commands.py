"""`voldaan bank refunds …`: every act asks for the password of who gives it."""

from pathlib import Path

import pytest

from billing.accounts.tables import Role
from billing.clock import SystemClock
from billing.credits.tables import Payout
from tests.banking import RULES, Bank
from tests.commands import Type
from tests.factories import PASSWORD, Shop
from tests.refunding import Refunding, told
from tests.stopping import colleague

BY = ("--by", "fien@staff.example")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that are typed, one after the other; the last one again and again."""
    passwords = [PASSWORD]
    monkeypatch.setattr("typer.prompt", lambda *_, **__: passwords.pop(0) if len(passwords) > 1 else passwords[0])
    return passwords


@pytest.fixture(autouse=True)
def refund(stored: Shop, typed: list[str]) -> Refunding:
    """€ 5 that a customer wants back."""
    stored.clock.time = SystemClock().now()
    colleague(stored, "fien")
    account = stored.customer()
    refunding = Refunding(stored, Bank(stored, RULES), account, stored.member(account, Role.OWNER))
    refunding.ask_back(refunding.overpay())
    return refunding


def test_a_file_is_made_approved_and_written(voldaan: Type, stored: Shop, tmp_path: Path) -> None:
    assert "1  waits  €5.00  Bakkerij Test  NL02ABNA…6789" in voldaan("bank", "refunds", "list", *BY).out
    assert "needs 1 approvals" in voldaan("bank", "refunds", "prepare", *BY).err
    assert "can be downloaded" in voldaan("bank", "refunds", "approve", "1", *BY).err
    assert voldaan("bank", "refunds", "download", "1", str(tmp_path / "r.xml"), *BY).code == 0
    assert told((tmp_path / "r.xml").read_bytes(), "InstdAmt") == [["5.00"]]
    assert "handed out, 0 left" in voldaan("bank", "refunds", "list", *BY).out
    assert voldaan("bank", "refunds", "put-back", "1", *BY).code == 0
    assert stored.one(Payout).state == "failed"


def test_a_wrong_password_does_nothing(voldaan: Type, typed: list[str]) -> None:
    typed[0] = "not the password"
    said = voldaan("bank", "refunds", "prepare", *BY)
    assert (said.code, "not the password" in said.err) == (1, True)
    assert "file" not in voldaan("bank", "refunds", "list", *BY).out


def test_what_is_refused_is_said_in_a_sentence(voldaan: Type, tmp_path: Path) -> None:
    voldaan("bank", "refunds", "prepare", *BY)
    said = voldaan("bank", "refunds", "download", "1", str(tmp_path / "r.xml"), *BY)
    assert (said.code, "Not enough people" in said.err, (tmp_path / "r.xml").exists()) == (1, True, False)
    assert voldaan("bank", "refunds", "drop", "1", *BY).code == 0
    assert "thrown away" in voldaan("bank", "refunds", "approve", "1", *BY).err
