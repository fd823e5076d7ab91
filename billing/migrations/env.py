"""Alembic's environment: the URL comes from `billing.db.migrate`, the target from the tables themselves."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import create_engine
from sqlmodel.sql.sqltypes import AutoString

from billing import db
from billing.tables import METADATA


def render_item(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    """Write our own column types by name into new revisions, and SQLModel's strings as plain ones."""
    if kind == "type" and isinstance(item, db.UtcDateTime | db.ExactDecimal):
        autogen_context.imports.add("from billing import db")
        return f"db.{type(item).__name__}()"
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


def run() -> None:
    """Apply the revisions in one transaction."""
    engine = create_engine(context.config.attributes["url"])
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # WAL is a property of the file, so it is set once, here.
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            connection.rollback()
        context.configure(connection=connection, target_metadata=METADATA, render_item=render_item)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
