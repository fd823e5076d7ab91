"""Copies of the database, made while it is used, and put back whole or not at all."""

import json
from pathlib import Path

import pytest

from billing import pulse
from billing.accounts.tables import Role
from billing.backups import manifest
from billing.db import Database
from billing.invoices.tables import Invoice
from tests.commands import Said, Type
from tests.factories import Shop
from tools.postgres import client_programs


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Where a copy goes."""
    return tmp_path / "copy.voldaan"


@pytest.fixture
def money(stored: Shop) -> str:
    """The number of an invoice that was paid, in the database that the commands work on."""
    account = stored.customer()
    owner = stored.member(account, Role.OWNER, mails=True)
    number = stored.invoice(account)
    stored.pay(owner, number)
    return number


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch, voldaan: Type) -> None:
    """The programs that belong to the server of the tests, and the key that its secrets are encrypted with."""
    monkeypatch.setenv("VOLDAAN_POSTGRES_PROGRAMS", str(client_programs()))


def _backup(voldaan: Type, copy: Path) -> None:
    said = voldaan("backup", str(copy))
    assert (said.code, said.out) == (0, ""), said.err


def _restore(voldaan: Type, stored: Shop, copy: Path, *words: str) -> Said:
    """Nobody is connected while a copy is put back."""
    stored.database.dispose()
    return voldaan("restore", str(copy), *words)


def test_what_was_lost_comes_back_and_every_invariant_is_looked_at(
    voldaan: Type, stored: Shop, money: str, copy: Path
) -> None:
    _backup(voldaan, copy)
    later = stored.invoice(stored.customer("Later"))
    said = _restore(voldaan, stored, copy, "--replace")
    assert said.code == 0, said.err
    assert "are back" in said.err
    assert all(line.startswith("ok ") for line in said.out.splitlines())
    assert stored.open_cents(money) == [0]
    assert stored.all(Invoice, number=later) == []
    assert stored.invoice(stored.customer("Again")) == later


def test_when_the_last_copy_was_made_is_known(voldaan: Type, stored: Shop, copy: Path) -> None:
    assert stored.ask(pulse.last, pulse.BACKUP) is None
    _backup(voldaan, copy)
    assert stored.ask(pulse.last, pulse.BACKUP) is not None


def test_a_copy_says_what_is_in_it(voldaan: Type, stored: Shop, money: str, copy: Path) -> None:
    _backup(voldaan, copy)
    described = manifest.read(copy)
    assert described.contents.rows["invoice"] == 1
    assert described.contents.balance_cents == 0
    assert described.contents.debit_cents == 2 * 12_100
    assert described.engine == stored.database.engine.dialect.name
    assert (copy.stat().st_mode & 0o777, described.size_bytes) == (0o600, copy.stat().st_size)


def test_a_copy_is_one_moment_while_others_write(voldaan: Type, stored: Shop, money: str, copy: Path) -> None:
    with stored.database.session(writes=stored.database.engine.dialect.name == "postgresql") as session:
        session.connection().exec_driver_sql("SELECT count(*) FROM invoice")
        _backup(voldaan, copy)
    said = _restore(voldaan, stored, copy, "--replace")
    assert said.code == 0, said.err


def test_a_database_with_rows_is_replaced_only_when_told_so(
    voldaan: Type, stored: Shop, money: str, copy: Path
) -> None:
    _backup(voldaan, copy)
    kept = stored.invoice(stored.customer("Later"))
    said = _restore(voldaan, stored, copy)
    assert (said.code, "--replace" in said.err) == (1, True)
    assert stored.open_cents(kept) == [12_100]


def _shorten(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-100])


def _edit(copy: Path) -> None:
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    copy.write_bytes(content)


def _lose_description(copy: Path) -> None:
    manifest.beside(copy).unlink()


def _lie_about_rows(copy: Path) -> None:
    described = json.loads(manifest.beside(copy).read_text())
    described["contents"]["rows"]["invoice"] += 1
    manifest.beside(copy).write_text(json.dumps(described))


def _fake(copy: Path) -> None:
    """Something that is no copy at all, though its description fits."""
    copy.write_bytes(b"nothing that either engine knows" * 100)
    described = json.loads(manifest.beside(copy).read_text())
    described |= {"size_bytes": copy.stat().st_size, "sha256": manifest.sha256_of(copy)}
    manifest.beside(copy).write_text(json.dumps(described))


def _come_from_the_future(copy: Path) -> None:
    described = json.loads(manifest.beside(copy).read_text())
    described["contents"]["migration"] = "9999"
    manifest.beside(copy).write_text(json.dumps(described))


@pytest.mark.parametrize(
    "spoil", [_shorten, _edit, _lose_description, _lie_about_rows, _fake, _come_from_the_future, Path.unlink]
)
def test_a_copy_that_is_not_whole_is_refused_and_nothing_is_lost(
    voldaan: Type, stored: Shop, money: str, copy: Path, spoil
) -> None:
    _backup(voldaan, copy)
    kept = stored.invoice(stored.customer("Later"))
    spoil(copy)
    said = _restore(voldaan, stored, copy, "--replace")
    assert (said.code, "refused" in said.err, "Traceback" in said.err) == (1, True, False)
    assert stored.open_cents(money, kept) == [0, 12_100]
    assert voldaan("check").code == 0


def test_a_copy_never_takes_the_place_of_another(voldaan: Type, stored: Shop, money: str, copy: Path) -> None:
    _backup(voldaan, copy)
    before = copy.read_bytes()
    said = voldaan("backup", str(copy))
    assert (said.code, "is there already" in " ".join(said.err.split())) == (1, True)
    assert copy.read_bytes() == before


def test_a_copy_of_the_other_engine_is_refused(voldaan: Type, stored: Shop, copy: Path) -> None:
    _backup(voldaan, copy)
    described = json.loads(manifest.beside(copy).read_text())
    described["engine"] = "postgresql" if described["engine"] == "sqlite" else "sqlite"
    manifest.beside(copy).write_text(json.dumps(described))
    said = _restore(voldaan, stored, copy, "--replace")
    assert (said.code, f"on {described['engine']}" in said.err) == (1, True)


# SQLite itself lets the others wait, and shows them all of it or nothing.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_is_not_replaced_under_somebody_elses_feet(
    voldaan: Type, stored: Shop, money: str, copy: Path
) -> None:
    _backup(voldaan, copy)
    other = Database(stored.database.url)
    with other.session(writes=False) as session:
        session.connection()
        said = _restore(voldaan, stored, copy, "--replace")
    other.dispose()
    assert (said.code, "stop web and worker" in " ".join(said.err.split())) == (1, True)
    assert stored.open_cents(money) == [0]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_without_postgresqls_programs_that_is_said(voldaan: Type, stored: Shop, copy: Path, tmp_path: Path) -> None:
    said = voldaan("backup", str(copy), postgres_programs=str(tmp_path / "nowhere"))
    assert (said.code, "pg_dump was not found" in " ".join(said.err.split())) == (1, True)
    assert not copy.exists()


def test_there_is_nothing_to_copy_before_there_is_a_database(voldaan: Type, copy: Path, tmp_path: Path) -> None:
    said = voldaan("backup", str(copy), database_url=f"sqlite:///{tmp_path}/none.sqlite")
    assert (said.code, "no database yet" in said.err) == (1, True)
    assert not (tmp_path / "none.sqlite").exists()
