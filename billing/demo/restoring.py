"""The demo as it was seeded, kept beside its live rows, and put back while all its processes run.

Seeding takes seconds and makes new secrets each time; a copy takes a moment and is the same to the byte.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from billing.accounts.tables import User
from billing.config import sqlite_path
from billing.db import Database, table_of
from billing.demo import kept_postgresql, kept_sqlite
from billing.errors import Refused
from billing.logins.tables import LoginSession

_SESSION, _USER = table_of(LoginSession), table_of(User)


def keep(database: Database) -> None:
    """Keep everything as it is now."""
    path = sqlite_path(database.url)
    if path:
        kept_sqlite.keep(path)
    else:
        kept_postgresql.keep(database)


def require_kept(database: Database) -> None:
    """Raises Refused (`nothing_kept`) when nothing was, or by another version of Voldaan, with other tables."""
    path = sqlite_path(database.url)
    if not (kept_sqlite.fits(path) if path else kept_postgresql.fits(database)):
        raise Refused(reason="nothing_kept")


def restore(database: Database, begin: Callable[[], datetime]) -> None:
    """Put back every row as it was kept; whoever is logged in stays so.

    Other processes notice nothing but that all is new: it is one transaction for them. begin: sets the outside world
    and the clock back meanwhile, and says what time it is then; when it fails, or Conflict is raised because somebody
    never leaves the database free, the rows stay as they are. Raises as `require_kept` too.
    """
    require_kept(database)
    path = sqlite_path(database.url)
    if path:
        with database.engine.connect() as live:
            sessions = _logged_in(live)
        with kept_sqlite.restoring(path) as copy:
            _log_in_again(copy, sessions, begin())
    else:
        with kept_postgresql.closed(database) as live:
            sessions = _logged_in(live)
            kept_postgresql.restore(live)
            _log_in_again(live, sessions, begin())


def _logged_in(live: Connection) -> Sequence[dict[str, Any]]:
    sessions = select(_SESSION).where(_SESSION.c.ended_at.is_(None), ~_SESSION.c.is_half).order_by(_SESSION.c.id)
    return [dict(row) for row in live.execute(sessions).mappings()]


def _log_in_again(live: Connection, sessions: Sequence[dict[str, Any]], now: datetime) -> None:
    """These people and nobody else, if the story begins with them; whom they looked as or acted for is forgotten."""
    people = set(live.execute(select(_USER.c.id)).scalars())
    rows = [
        {name: session[name] for name in ("token_sha256", "user_id", "address", "device")}
        | {"created_at": now, "seen_at": now, "checked_at": now, "is_half": False}
        | dict.fromkeys(("looks_as_name", "looks_as_role", "looks_as_scopes"), "")
        for session in sessions
        if session["user_id"] in people
    ]
    live.execute(delete(_SESSION))
    if rows:
        live.execute(insert(_SESSION), rows)
