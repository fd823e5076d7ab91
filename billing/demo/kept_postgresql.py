"""A second schema beside the one of a demo on PostgreSQL, with every row as it was kept.

Nothing here needs more rights than those of the owner of the database.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from billing.db import Database
from billing.errors import Conflict
from billing.tables import METADATA

SCHEMA = "kept"
# Within the second after which the server would see two who wait for each other, and end one of them.
PATIENCE = "400ms"
MOST_SECONDS = 30.0
_NAP_SECONDS = 0.05
_REVISION = "alembic_version"


def keep(database: Database) -> None:
    """Copy every row, and where each sequence stands."""
    with database.engine.begin() as live:
        statements = [f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE", f"CREATE SCHEMA {SCHEMA}"]
        statements += [f"CREATE TABLE {SCHEMA}.{name} AS TABLE {name}" for name in (*_tables(), _REVISION)]
        statements.append(
            f"CREATE TABLE {SCHEMA}.sequences AS SELECT sequencename AS name, coalesce(last_value, 0) + 1 AS next "
            "FROM pg_sequences WHERE schemaname = current_schema()"
        )
        _run(live, statements)


def fits(database: Database) -> bool:
    """Whether there is a copy, of the tables that the database has now."""
    with database.engine.connect() as live:
        if live.exec_driver_sql(f"SELECT to_regclass('{SCHEMA}.{_REVISION}')").scalar() is None:
            return False
        both = f"SELECT version_num FROM {_REVISION} UNION SELECT version_num FROM {SCHEMA}.{_REVISION}"
        return len(live.exec_driver_sql(both).all()) == 1


@contextmanager
def closed(database: Database) -> Iterator[Connection]:
    """A transaction in which nobody else is, in any of the tables. Raises Conflict when that can't be had.

    Whoever is in one holds us up, and who comes after us waits: so we don't wait for long, but try again.
    """
    deadline = time.monotonic() + MOST_SECONDS
    with database.engine.begin() as live:
        while not _is_locked(live):
            if time.monotonic() > deadline:
                raise Conflict()
            time.sleep(_NAP_SECONDS)
        yield live


def restore(live: Connection) -> None:
    """Put back every row and every sequence, in a transaction of `closed`."""
    names = _tables()
    next_ids = live.exec_driver_sql(f"SELECT name, next FROM {SCHEMA}.sequences").all()
    # The triggers that guard what is final are the owner's to switch off; foreign keys are not, so the order matters.
    _run(live, [f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in names])
    _run(live, [f"TRUNCATE {', '.join(names)}"])
    _run(live, [f"INSERT INTO {name} SELECT * FROM {SCHEMA}.{name}" for name in names])
    _run(live, [f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in names])
    # Unlike setval, this is undone with the transaction.
    _run(live, [f"ALTER SEQUENCE {name} RESTART WITH {next_id}" for name, next_id in next_ids])


def _is_locked(live: Connection) -> bool:
    try:
        # What was locked within a savepoint is let go with it.
        with live.begin_nested():
            live.exec_driver_sql(f"SET LOCAL statement_timeout = '{PATIENCE}'")
            live.exec_driver_sql(f"LOCK TABLE {', '.join(_tables())} IN ACCESS EXCLUSIVE MODE")
    except OperationalError:
        return False
    live.exec_driver_sql("SET LOCAL statement_timeout = 0")
    return True


def _tables() -> Sequence[str]:
    """Every table, those that others refer to before them."""
    return [table.name for table in METADATA.sorted_tables]


def _run(live: Connection, statements: Sequence[str]) -> None:
    live.exec_driver_sql("; ".join(statements))
