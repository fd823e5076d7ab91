"""A demo that begins anew: every row as it was seeded, whatever happened in between."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from billing.accounts.tables import User
from billing.db import Database
from billing.demo import restoring
from billing.demo.seed import seed_demo
from billing.errors import Refused
from billing.logins import sessions
from billing.logins.queries import identity
from billing.logins.sessions import Visitor
from tests.dumps import dump
from tests.factories import SELLER, Shop


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[tuple[Shop, Path]]:
    path = tmp_path_factory.mktemp("restoring") / "demo.sqlite"
    with closing(sqlite3.connect(sqlite_template)) as whole, closing(sqlite3.connect(path)) as copy:
        whole.backup(copy)
    shop = Shop(Database(f"sqlite:///{path}"))
    shop.do(seed_demo, SELLER)
    restoring.keep(shop.database)
    yield shop, path
    shop.database.dispose()


def test_two_resets_give_the_same_bytes(seeded: tuple[Shop, Path]) -> None:
    shop, path = seeded
    before = dump(path, but=())
    account_id = shop.customer("Die er later bij kwam")
    shop.invoice(account_id)
    assert dump(path, but=()) != before
    restoring.restore(shop.database, shop.clock.now())
    first = dump(path, but=())
    shop.carry_out()
    restoring.restore(shop.database, shop.clock.now())
    assert first == dump(path, but=()) == before


def test_a_connection_that_was_open_all_the_while_sees_the_new_rows(seeded: tuple[Shop, Path]) -> None:
    shop, _ = seeded
    with shop.database.session(writes=False) as open_all_the_while:
        count = open_all_the_while.connection().exec_driver_sql("SELECT count(*) FROM invoice").scalar_one()
        open_all_the_while.rollback()
        shop.invoice(shop.customer())
        restoring.restore(shop.database, shop.clock.now())
        assert open_all_the_while.connection().exec_driver_sql("SELECT count(*) FROM invoice").scalar_one() == count


def test_who_is_logged_in_stays_so_but_for_people_who_came_later(seeded: tuple[Shop, Path]) -> None:
    shop, _ = seeded
    presenter = shop.one(User, email="presenter@demo.test")
    token = shop.do(sessions.start, presenter.id, Visitor())
    later = shop.member(shop.customer())
    later_token = shop.do(sessions.start, later.user_id or 0, Visitor())
    shop.clock.advance(seconds=timedelta(days=40).total_seconds())
    shop.do(sessions.keep_alive, token)
    restoring.restore(shop.database, shop.clock.now())
    found = shop.ask(identity, token)
    assert found is not None
    assert found.name == presenter.name
    assert shop.ask(identity, later_token) is None


def test_without_a_kept_copy_nothing_is_touched(sqlite_url: str) -> None:
    with pytest.raises(Refused, match="nothing_kept"):
        restoring.restore(Database(sqlite_url), Shop(Database(sqlite_url)).clock.now())


def test_on_postgresql_it_is_refused_and_nothing_is_kept() -> None:
    server = Database("postgresql://localhost:1/demo")
    restoring.keep(server)
    with pytest.raises(Refused, match="not_sqlite"):
        restoring.require_kept(server)
