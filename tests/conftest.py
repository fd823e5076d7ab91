"""Databases for tests: each test gets an empty, migrated one of its own, on SQLite and on PostgreSQL.

Migrating takes seconds, copying what was migrated once takes milliseconds. The PostgreSQL server starts with the first
test that asks for it: the one at VOLDAAN_TEST_POSTGRES (a URL whose user may create databases), else one of our own.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from shutil import copyfile
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import text
from sqlalchemy.engine import make_url

from billing.db import Database, migrate
from billing.tables import METADATA
from tools.postgres import throwaway_server

Emptied = Callable[[], Database]
"""Empties a database and gives it again, in a fraction of the time of a new one: the engine keeps what it compiled."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The journeys in a browser go last: their driver keeps an event loop, which no other test can then have."""
    items.sort(key=lambda item: "e2e" in item.path.parts)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """URL of an empty, migrated database; the test runs once on each engine."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty, migrated database; the test runs once on each engine."""
    opened = Database(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """URL of an empty, migrated SQLite file."""
    path = tmp_path / "voldaan.sqlite"
    with closing(sqlite3.connect(sqlite_template)) as template, closing(sqlite3.connect(path)) as copy:
        template.backup(copy)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgresql_server: str, postgresql_template: str) -> Iterator[str]:
    """URL of an empty, migrated PostgreSQL database."""
    name = _create_database(postgresql_server, template=postgresql_template)
    yield _url_of(postgresql_server, name)
    _drop_database(postgresql_server, name)


@pytest.fixture(scope="module")
def postgresql_of_module(postgresql_server: str, postgresql_template: str) -> Iterator[str]:
    """The same, which the tests of a module share."""
    name = _create_database(postgresql_server, template=postgresql_template)
    yield _url_of(postgresql_server, name)
    _drop_database(postgresql_server, name)


@pytest.fixture(scope="module")
def sqlite_of_module(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> str:
    """URL of an empty, migrated SQLite file that the tests of a module share."""
    return f"sqlite:///{copyfile(sqlite_template, tmp_path_factory.mktemp('module') / 'voldaan.sqlite')}"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "voldaan.sqlite"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """URL of a server's maintenance database."""
    if given := os.environ.get("VOLDAAN_TEST_POSTGRES"):
        yield given
        return
    with throwaway_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> Iterator[str]:
    """Name of a migrated PostgreSQL database to copy."""
    name = _create_database(postgresql_server, template="template0")
    migrate(_url_of(postgresql_server, name))
    yield name
    _drop_database(postgresql_server, name)


@pytest.fixture(scope="session")
def emptied_sqlite(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Emptied]:
    path = tmp_path_factory.mktemp("service") / "voldaan.sqlite"

    database = Database(f"sqlite:///{path}")

    def emptied() -> Database:
        with closing(sqlite3.connect(sqlite_template)) as template, closing(sqlite3.connect(path)) as copy:
            template.backup(copy)
        return database

    yield emptied
    database.dispose()


@pytest.fixture(scope="session")
def emptied_postgresql(postgresql_server: str, postgresql_template: str) -> Iterator[Emptied]:
    name = f"voldaan_service_{uuid4().hex}"
    with psycopg.connect(postgresql_server, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {postgresql_template}")
        database = Database(make_url(postgresql_server).set(database=name).render_as_string(hide_password=False))
        yield lambda: _emptied(database)
        database.dispose()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _emptied(database: Database) -> Database:
    with database.engine.begin() as connection:
        # Deleting a few rows is thirty times as fast as TRUNCATE, but the tables that only grow forbid it. The setting
        # needs a superuser, which the user of a test server is.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.exec_driver_sql("; ".join(f"DELETE FROM {table}" for table in METADATA.tables))
        connection.execute(text("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'"))
    return database


def _create_database(server: str, *, template: str) -> str:
    name = f"voldaan_test_{uuid4().hex}"
    command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(command.format(sql.Identifier(name), sql.Identifier(template)))
    return name


def _drop_database(server: str, name: str) -> None:
    command = sql.SQL("DROP DATABASE {} WITH (FORCE)")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(command.format(sql.Identifier(name)))


def _url_of(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)
