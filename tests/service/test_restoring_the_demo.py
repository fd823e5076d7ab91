"""A demo that begins anew: every row as it was seeded, whatever happened in between, on both databases."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Thread
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from billing.accounts.tables import User
from billing.db import Database
from billing.demo import kept_postgresql, restoring
from billing.demo.seed import seed_demo
from billing.errors import Conflict, ProviderUnclear, Refused
from billing.logins import sessions
from billing.logins.queries import identity
from billing.logins.sessions import Visitor
from billing.tables import METADATA
from tests.dumps import every_row, next_ids
from tests.factories import SELLER, Shop


@pytest.fixture(scope="module")
def postgresql_of_owner(postgresql_server: str, postgresql_template: str) -> Iterator[str]:
    """Of an owner with no more rights than that."""
    name = f"owner_{uuid4().hex}"
    with psycopg.connect(postgresql_server, autocommit=True) as server:
        server.execute(f"CREATE ROLE {name} LOGIN")
        server.execute(f"CREATE DATABASE {name} OWNER {name} TEMPLATE {postgresql_template}")
        there = make_url(postgresql_server).set(database=name)
        with psycopg.connect(there.render_as_string(hide_password=False)) as database:
            for table in (*METADATA.tables, "alembic_version"):
                database.execute(f"ALTER TABLE {table} OWNER TO {name}")
        yield there.set(username=name).render_as_string(hide_password=False)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        server.execute(f"DROP ROLE {name}")


@pytest.fixture(scope="module", params=["sqlite_of_module", "postgresql_of_owner"])
def demo(request: pytest.FixtureRequest) -> Iterator[Shop]:
    """A demo that was seeded and kept; each test leaves it as it likes."""
    shop = Shop(Database(request.getfixturevalue(request.param)))
    shop.do(seed_demo, SELLER)
    restoring.keep(shop.database)
    yield shop
    shop.database.dispose()


def begin_anew(shop: Shop) -> None:
    restoring.restore(shop.database, shop.clock.now)


def test_two_resets_give_the_same_rows(demo: Shop) -> None:
    begin_anew(demo)
    before, ids = every_row(demo.database), next_ids(demo.database)
    demo.invoice(demo.customer("Die er later bij kwam"))
    assert every_row(demo.database) != before
    begin_anew(demo)
    first = every_row(demo.database)
    demo.carry_out()
    begin_anew(demo)
    assert first == every_row(demo.database) == before
    assert next_ids(demo.database) == ids


def test_what_is_final_is_guarded_again_afterwards(demo: Shop) -> None:
    begin_anew(demo)
    with pytest.raises(DBAPIError), demo.database.session(writes=True) as session:
        session.execute(text("UPDATE posting SET amount_cents = amount_cents + 1"))


def test_a_connection_that_was_open_all_the_while_sees_the_new_rows(demo: Shop) -> None:
    with demo.database.session(writes=False) as open_all_the_while:
        count = open_all_the_while.connection().exec_driver_sql("SELECT count(*) FROM invoice").scalar_one()
        open_all_the_while.rollback()
        demo.invoice(demo.customer())
        begin_anew(demo)
        assert open_all_the_while.connection().exec_driver_sql("SELECT count(*) FROM invoice").scalar_one() == count


def test_whoever_is_writing_comes_first_and_is_undone_whole(demo: Shop) -> None:
    begin_anew(demo)
    before = every_row(demo.database)
    anew = Thread(target=begin_anew, args=(demo,))
    with demo.database.session(writes=True) as writing:
        writing.execute(text("UPDATE login_user SET name = 'one half'"))
        anew.start()
        anew.join(timeout=1)
        assert anew.is_alive()
        writing.execute(text("UPDATE account SET name = 'the other half'"))
        writing.commit()
    anew.join()
    assert every_row(demo.database) == before


def test_who_is_logged_in_stays_so_but_for_people_who_came_later(demo: Shop) -> None:
    presenter = demo.one(User, email="presenter@demo.test")
    token = demo.do(sessions.start, presenter.id, Visitor())
    later = demo.member(demo.customer())
    later_token = demo.do(sessions.start, later.user_id or 0, Visitor())
    demo.clock.advance(seconds=timedelta(days=40).total_seconds())
    demo.do(sessions.keep_alive, token)
    begin_anew(demo)
    found = demo.ask(identity, token)
    assert found is not None
    assert found.name == presenter.name
    assert demo.ask(identity, later_token) is None
    demo.do(sessions.end, token)


def test_who_was_logged_in_when_it_was_kept_is_so_only_while_that_lasts(database_url: str) -> None:
    shop = Shop(Database(database_url))
    person = shop.member(shop.customer()).user_id or 0
    stays, leaves = (shop.do(sessions.start, person, Visitor()) for _ in range(2))
    restoring.keep(shop.database)
    shop.do(sessions.end, leaves)
    begin_anew(shop)
    assert [shop.ask(identity, token) is not None for token in (stays, leaves)] == [True, False]
    shop.database.dispose()


def test_when_the_outside_world_does_not_follow_nothing_has_changed(demo: Shop) -> None:
    def away() -> datetime:
        raise ProviderUnclear(reason="ConnectError")

    demo.invoice(demo.customer("Die er bij kwam"))
    before, ids = every_row(demo.database), next_ids(demo.database)
    with pytest.raises(ProviderUnclear):
        restoring.restore(demo.database, away)
    assert (every_row(demo.database), next_ids(demo.database)) == (before, ids)


def test_without_a_kept_copy_nothing_is_touched(database_url: str) -> None:
    shop = Shop(Database(database_url))
    with pytest.raises(Refused, match="nothing_kept"):
        begin_anew(shop)
    shop.database.dispose()


def test_what_another_version_kept_is_not_put_back(demo: Shop) -> None:
    with demo.database.session(writes=True) as session:
        kept = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        session.execute(text("UPDATE alembic_version SET version_num = 'newer'"))
        session.commit()
    with pytest.raises(Refused, match="nothing_kept"):
        begin_anew(demo)
    with demo.database.session(writes=True) as session:
        session.execute(text("UPDATE alembic_version SET version_num = :kept"), {"kept": kept})
        session.commit()


def test_a_database_that_is_never_free_is_left_as_it_is(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_postgresql, "MOST_SECONDS", 0.0)
    shop = Shop(Database(postgresql_url))
    shop.customer("Die er al was")
    restoring.keep(shop.database)
    before = every_row(shop.database)
    with shop.database.session(writes=True) as busy:
        busy.execute(text("UPDATE account SET name = name"))
        with pytest.raises(Conflict):
            begin_anew(shop)
    assert every_row(shop.database) == before
    shop.database.dispose()
