"""Damage by hand, past everything in the database that guards against it."""

from sqlalchemy import inspect, text

from tests.factories import Shop


def broken_by(shop: Shop, *damage: str) -> list[str]:
    """The invariants that damage breaks which no trigger prevents; nothing of it is kept."""
    return shop.broken_after(*unguarded(shop), *damage)


def unguarded(shop: Shop) -> list[str]:
    """Statements that take every guard away, for a transaction that is not kept."""
    if shop.database.url.startswith("postgresql"):
        tables = inspect(shop.database.engine).get_table_names()
        return [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
    triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return [f"DROP TRIGGER {name}" for name in shop.ask(lambda work: work.session.scalars(triggers).all())]
