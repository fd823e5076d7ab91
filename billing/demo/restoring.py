"""The demo as it was seeded, kept beside its database, and put back while all its processes run.

Seeding takes seconds and makes new secrets each time; a copy takes a moment and is the same to the byte.
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from billing.config import sqlite_path
from billing.db import Database
from billing.errors import Refused

ENDING = ".kept"
_SESSIONS = "SELECT * FROM login_session WHERE ended_at IS NULL AND NOT is_half"


def keep(database: Database) -> None:
    """Keep everything as it is now. Does nothing on PostgreSQL, where `restore` is refused."""
    path = sqlite_path(database.url)
    if path is not None:
        with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(_kept(path))) as copy:
            live.backup(copy)


def require_kept(database: Database) -> Path:
    """The file with what was kept. Raises Refused (`not_sqlite`, `nothing_kept`)."""
    path = sqlite_path(database.url)
    if path is None:
        raise Refused(reason="not_sqlite")
    if not _kept(path).exists():
        raise Refused(reason="nothing_kept")
    return _kept(path)


def restore(database: Database, now: datetime) -> None:
    """Put back every row as it was kept; whoever is logged in stays so. Raises as `require_kept`.

    Other processes notice nothing but that all is new: it is one transaction for them.
    """
    kept = require_kept(database)
    live_path = kept.with_name(kept.name.removesuffix(ENDING))
    with (
        closing(sqlite3.connect(live_path, timeout=30, isolation_level=None)) as live,
        closing(sqlite3.connect(kept)) as copy,
    ):
        live.row_factory = sqlite3.Row
        sessions = live.execute(_SESSIONS).fetchall()
        copy.backup(live)
        for session in sessions:
            _log_in_again(live, dict(session), now)


def _log_in_again(live: sqlite3.Connection, session: dict[str, Any], now: datetime) -> None:
    """Its person is who it was, if the story begins with that person; whom it looked as or acted for is forgotten."""
    if live.execute("SELECT 1 FROM login_user WHERE id = ?", (session["user_id"],)).fetchone() is None:
        return
    at = now.strftime("%Y-%m-%d %H:%M:%S.%f")
    kept = {name: session[name] for name in ("token_sha256", "user_id", "address", "device")}
    row = kept | {"account_id": None, "created_at": at, "seen_at": at, "checked_at": at} | dict.fromkeys(
        ("looks_as_name", "looks_as_role", "looks_as_scopes"), ""
    ) | {"is_half": 0}  # fmt: skip
    names = ", ".join(row)
    live.execute(f"INSERT INTO login_session ({names}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))


def _kept(path: Path) -> Path:
    return path.with_name(path.name + ENDING)
