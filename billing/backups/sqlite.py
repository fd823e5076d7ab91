"""Copies of an SQLite file, by its online backup: one consistent moment, while others read and write."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import DatabaseError

from billing.backups.manifest import Contents, contents_of
from billing.db import migrate
from billing.errors import Refused

_BUSY_SECONDS = 60


def dump(path: Path, file: Path) -> Contents:
    """Copy the database at `path` into `file`; returns what the copy holds. Raises Refused (`no_database`)."""
    if not path.is_file():
        raise Refused(reason="no_database")
    with closing(_open(path)) as live, closing(sqlite3.connect(file)) as copy:
        live.backup(copy)
        # In one file, without the two that belong to a file in use.
        copy.execute("PRAGMA journal_mode=DELETE")
    return look(file)


def restore(path: Path, file: Path, expected: Contents) -> None:
    """Put a copy in the place of whatever is at `path`, in one transaction; other processes notice nothing else.

    The copy is first unpacked, counted and migrated beside it. Raises Refused (`differs`, `unreadable`), and then the
    database is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(path.name + ".restoring")
    try:
        shutil.copyfile(file, scratch)
        if look(scratch) != expected:
            raise Refused(reason="differs")
        migrate(f"sqlite:///{scratch}")
        with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as live, closing(_open(scratch)) as copy:
            copy.backup(live)
    finally:
        for left in (scratch, *(scratch.with_name(scratch.name + end) for end in ("-wal", "-shm", "-journal"))):
            left.unlink(missing_ok=True)


def look(path: Path) -> Contents:
    """What a file holds; nothing when there is none. Raises Refused (`unreadable`)."""
    if not path.is_file():
        return Contents("", {}, 0, 0)
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            return contents_of(connection)
    except DatabaseError:
        raise Refused(reason="unreadable") from None
    finally:
        engine.dispose()


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_BUSY_SECONDS)
