"""Changing what a column may hold, without copying the table on SQLite."""

import sqlalchemy as sa
from alembic import op


def replace_check(table: str, name: str, old: str, new: str) -> None:
    """Give a CHECK constraint another condition; the rows in the table have to fit both.

    name: as the naming convention makes it. old, new: the conditions. Raises RuntimeError when the old one isn't there.
    Source: SQLite, "ALTER TABLE", section 7: a change that leaves the stored rows alone may be made in the schema text.
    """
    if op.get_bind().dialect.name == "sqlite":
        _replace_in_schema(table, f"CONSTRAINT {name} CHECK ({old})", f"CONSTRAINT {name} CHECK ({new})")
        return
    op.drop_constraint(op.f(name), table, type_="check")
    op.create_check_constraint(op.f(name), table, new)


def allow_null(table: str, column: str, kind: str) -> None:
    """Let a column be empty from now on. kind: its type, as the table was made with. Source: as `replace_check`."""
    if op.get_bind().dialect.name == "sqlite":
        _replace_in_schema(table, f"{column} {kind} NOT NULL", f"{column} {kind}")
        return
    op.alter_column(table, column, nullable=True)


def add_check(table: str, name: str, condition: str, *, beside: str) -> None:
    """Give a table one more CHECK constraint, which its rows have to fit.

    name: as the naming convention makes it. beside: the short name of one that it has. Source: as `replace_check`.
    """
    if op.get_bind().dialect.name == "sqlite":
        there = f"CONSTRAINT ck_{table}_{beside} CHECK"
        _replace_in_schema(table, there, f"CONSTRAINT {name} CHECK ({condition}), {there}")
        return
    op.create_check_constraint(op.f(name), table, condition)


def _replace_in_schema(table: str, old: str, new: str) -> None:
    connection = op.get_bind()
    of_table = {"table": table}
    schema = connection.execute(
        sa.text("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = :table"), of_table
    ).scalar_one()
    if schema.count(old) != 1:
        raise RuntimeError(f"{table} has no constraint: {old}")
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.execute(
        sa.text("UPDATE sqlite_schema SET sql = :sql WHERE type = 'table' AND name = :table"),
        of_table | {"sql": schema.replace(old, new)},
    )
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
