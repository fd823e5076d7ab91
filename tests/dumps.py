"""All rows of an SQLite file, to see whether anything at all has changed."""

import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import Any

Dump = dict[str, list[tuple[Any, ...]]]
Column = tuple[str, str]
ALL = "*"

# What may change with any look at the screen.
LOOKING: tuple[Column, ...] = (("login_throttle", ALL), ("rate_count", ALL), ("login_session", "seen_at"))


def dump(path: Path, *, but: Collection[Column] = LOOKING) -> Dump:
    """Every row of every table, but for some columns, or for `ALL` of a table."""
    with closing(sqlite3.connect(path, timeout=30)) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: _rows(file, table, but) for table in tables if (table, ALL) not in but}


def _rows(file: sqlite3.Connection, table: str, but: Collection[Column]) -> list[tuple[Any, ...]]:
    columns = [row[1] for row in file.execute(f'PRAGMA table_info("{table}")')]
    compared = ", ".join(f'"{column}"' for column in columns if (table, column) not in but)
    return file.execute(f'SELECT {compared} FROM "{table}" ORDER BY rowid').fetchall()
