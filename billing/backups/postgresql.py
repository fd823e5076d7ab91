"""Copies of a PostgreSQL database, by pg_dump in its custom format and pg_restore."""

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import URL, Connection, make_url

from billing.backups.manifest import Contents, contents_of
from billing.db import migrate, normal_url
from billing.errors import Refused

# Where everything that was there waits until the copy has taken its place.
_ASIDE = "before_restore"
# Of a restore that was killed. Which of the two is right is for a person to say.
_IS_ASIDE = f"SELECT count(*) FROM pg_namespace WHERE nspname = '{_ASIDE}'"
_JOBS = 4
_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND backend_type = 'client backend'"
)


def dump(url: str, file: Path, programs: str) -> Contents:
    """Copy the database into `file`; returns what was in it at the moment that the copy shows.

    programs: the folder of pg_dump, empty for the one on the path. Raises Refused (`no_program`, `program_failed`).
    """
    engine = create_engine(normal_url(url))
    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            # What is counted and what is copied are the same moment.
            snapshot = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
            _run(
                url,
                programs,
                "pg_dump",
                "--format=custom",
                "--schema=public",
                f"--snapshot={snapshot}",
                f"--file={file}",
            )
            return contents_of(connection)
    finally:
        engine.dispose()


def restore(url: str, file: Path, expected: Contents, programs: str) -> None:
    """Put a copy in the place of whatever is in the database; that is removed only after the copy is there, whole.

    Nobody else may be connected: what they wrote meanwhile would be lost. Raises Refused (`in_use`, `unfinished`,
    `differs`, `no_program`, `program_failed`), and then the database is as it was. The user has to own the database.
    """
    engine = create_engine(normal_url(url))
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if connection.exec_driver_sql(_OTHERS).scalar_one():
                raise Refused(reason="in_use")
            if connection.exec_driver_sql(_IS_ASIDE).scalar_one():
                raise Refused(reason="unfinished", schema=_ASIDE)
            connection.exec_driver_sql(f"ALTER SCHEMA public RENAME TO {_ASIDE}; CREATE SCHEMA public")
            try:
                _fill(connection, url, file, expected, programs)
            except BaseException:
                connection.exec_driver_sql(f"DROP SCHEMA public CASCADE; ALTER SCHEMA {_ASIDE} RENAME TO public")
                raise
            connection.exec_driver_sql(f"DROP SCHEMA {_ASIDE} CASCADE")
            connection.exec_driver_sql("ANALYZE")
    finally:
        engine.dispose()


def look(url: str) -> Contents:
    """What is in the database."""
    engine = create_engine(normal_url(url))
    try:
        with engine.connect() as connection:
            return contents_of(connection)
    finally:
        engine.dispose()


def _fill(connection: Connection, url: str, file: Path, expected: Contents, programs: str) -> None:
    arguments = ("--exit-on-error", "--no-owner", "--no-privileges", "--schema=public", f"--jobs={_JOBS}")
    _run(url, programs, "pg_restore", *arguments, str(file))
    if contents_of(connection) != expected:
        raise Refused(reason="differs")
    migrate(url)


def _run(url: str, programs: str, program: str, *arguments: str) -> None:
    found = shutil.which(program, path=programs or None)
    if found is None:
        raise Refused(reason="no_program", program=program)
    target = make_url(url)
    command = [found, *arguments, f"--dbname={_without_password(target)}"]
    # Other people on the machine see what a program was called with, but not what it was given beside it.
    beside = {"PATH": os.defpath, "LC_ALL": "C"} | ({"PGPASSWORD": str(target.password)} if target.password else {})
    done = subprocess.run(command, env=beside, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stderr.strip().splitlines() or ["nothing"])[-1]
        raise Refused(reason="program_failed", program=program, said=said)


def _without_password(url: URL) -> str:
    # `set` leaves out what is None.
    return URL.create(
        url.drivername, url.username, None, url.host, url.port, url.database, url.query
    ).render_as_string()
