"""All rows of a database, to see whether anything at all has changed."""

import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import select

from billing.db import Database
from billing.tables import METADATA

Dump = dict[str, list[tuple[Any, ...]]]
Column = tuple[str, str]
ALL = "*"

# What may change with any look at the screen.
LOOKING: tuple[Column, ...] = (("login_throttle", ALL), ("login_session", "seen_at"))

_NEXT_ID = "SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM {}"


def dump(path: Path, *, but: Collection[Column] = LOOKING) -> Dump:
    """Every row of every table, but for some columns, or for `ALL` of a table."""
    with closing(sqlite3.connect(path, timeout=30)) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: _rows(file, table, but) for table in tables if (table, ALL) not in but}


def every_row(database: Database) -> Dump:
    """Every row of every table, on either database."""
    with database.session(writes=False) as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key.columns))]
            for table in METADATA.sorted_tables
        }


def next_ids(database: Database) -> list[tuple[str, int]]:
    """The id that the next row of each table would get, where PostgreSQL counts them."""
    with database.session(writes=False) as session:
        if session.get_bind().dialect.name == "sqlite":
            return []
        plain = session.connection().exec_driver_sql
        names = plain("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1").scalars().all()
        return [(name, plain(_NEXT_ID.format(name)).scalar_one()) for name in names]


def _rows(file: sqlite3.Connection, table: str, but: Collection[Column]) -> list[tuple[Any, ...]]:
    columns = [row[1] for row in file.execute(f'PRAGMA table_info("{table}")')]
    compared = ", ".join(f'"{column}"' for column in columns if (table, column) not in but)
    return file.execute(f'SELECT {compared} FROM "{table}" ORDER BY rowid').fetchall()
