"""Damage by hand, past everything in the database that guards against it."""

from sqlalchemy import inspect, text

from tests.factories import Shop


def broken_by(shop: Shop, *damage: str) -> list[str]:
    """The invariants that damage breaks which no trigger prevents; nothing of it is kept."""
    if shop.database.url.startswith("postgresql"):
        tables = inspect(shop.database.engine).get_table_names()
        unguarded = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
    else:
        triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        unguarded = [f"DROP TRIGGER {name}" for name in shop.ask(lambda work: work.session.scalars(triggers).all())]
    return shop.broken_after(*unguarded, *damage)
