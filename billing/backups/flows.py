"""Making a copy, and putting one back, on either engine."""

import os
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from alembic.script import ScriptDirectory

import billing
from billing.backups import manifest, postgresql, sqlite
from billing.backups.manifest import Manifest
from billing.config import sqlite_path
from billing.errors import Refused


def backup(url: str, file: Path, *, now: datetime, programs: str = "") -> Manifest:
    """Copy the whole database into a new file, with its description beside it; others go on reading and writing.

    programs: the folder of PostgreSQL's programs. Raises Refused (`exists`, `no_database`, and on PostgreSQL
    `no_program`, `program_failed`); then there is no file.
    """
    for taken in (file, manifest.beside(file)):
        if taken.exists():
            raise Refused(reason="exists", file=str(taken))
    part = file.with_name(file.name + ".part")
    # It holds everything about everybody, so nobody but its owner may read it, from its first byte on.
    os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    try:
        path = sqlite_path(url)
        contents = sqlite.dump(path, part) if path else postgresql.dump(url, part, programs)
        made = Manifest(
            version=version("voldaan"), engine="sqlite" if path else "postgresql", made_at=now.isoformat(),
            size_bytes=part.stat().st_size, sha256=manifest.sha256_of(part), contents=contents,
        )  # fmt: skip
        _to_disk(part)
        made.write(file)
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)
    return made


def restore(url: str, file: Path, *, replace: bool, programs: str = "") -> Manifest:
    """Put a copy into the database, and bring it to the newest migration.

    replace: whether what is in the database may go. Raises Refused (`no_copy`, `no_manifest`, `changed`,
    `other_engine`, `newer`, `not_empty`, `differs`, `unreadable`, and on PostgreSQL `in_use`,
    `unfinished`, `no_program`, `program_failed`); then the database is as it was.
    """
    described = manifest.read(file)
    path = sqlite_path(url)
    if described.engine != ("sqlite" if path else "postgresql"):
        raise Refused(reason="other_engine", engine=described.engine)
    if described.contents.migration not in _known_migrations():
        raise Refused(reason="newer", version=described.version)
    there = sqlite.look(path) if path else postgresql.look(url)
    if there.total_rows and not replace:
        raise Refused(reason="not_empty", rows=there.total_rows)
    if path:
        sqlite.restore(path, file, described.contents)
    else:
        postgresql.restore(url, file, described.contents, programs)
    return described


def _known_migrations() -> set[str]:
    scripts = ScriptDirectory(str(Path(billing.__file__).parent / "migrations"))
    return {script.revision for script in scripts.walk_revisions()}


def _to_disk(file: Path) -> None:
    with file.open("rb") as written:
        os.fsync(written.fileno())
