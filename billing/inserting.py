"""Many rows in one statement, as fast as each engine takes them."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlmodel import SQLModel

from billing.db import Work, table_of


def insert_rows(
    work: Work, model: type[SQLModel], rows: Sequence[dict[str, Any]], *, unless_there: str = ""
) -> None:  # fmt: skip
    """Insert rows that all have the same columns.

    unless_there: a unique column; a row whose value of it is there already is left out.
    """
    if not rows:
        return
    connection, table = work.session.connection(), table_of(model)
    if work.on_postgresql:
        # Sent as one value: neither we nor the server read a statement for each row, and the check of a whole
        # statement sees all of them.
        text = _from_json(table, tuple(rows[0]), unless_there, connection.dialect)
        connection.exec_driver_sql(text, (json.dumps(rows, default=_as_text),))
    else:
        insert = sqlite.insert(table)
        if unless_there:
            insert = insert.on_conflict_do_nothing(index_elements=[unless_there])
        connection.execute(insert, rows)


@lru_cache(maxsize=100)
def _from_json(table: Table, names: tuple[str, ...], unless_there: str, dialect: Dialect) -> str:
    columns = ", ".join(names)
    typed = ", ".join(f"{name} {table.c[name].type.compile(dialect=dialect)}" for name in names)
    conflict = f" ON CONFLICT ({unless_there}) DO NOTHING" if unless_there else ""
    source = f"json_to_recordset(%s::json) AS rows ({typed})"
    return f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM {source}{conflict}"


def _as_text(value: object) -> str:
    match value:
        case Decimal():
            return format(value, "f")
        case datetime(tzinfo=None):
            raise ValueError("naive datetime")
        case date():
            return value.isoformat()
    raise TypeError(type(value).__name__)
