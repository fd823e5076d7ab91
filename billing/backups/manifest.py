"""What a copy holds, written beside it: enough to see that it is whole before and after it is put back."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.engine import Connection

from billing.errors import Refused

ENDING = ".json"
_VERSION_TABLE = "alembic_version"


@dataclass(frozen=True)
class Contents:
    """What is in a database: its migration, the rows of each table, and the sums of the journal.

    debit_cents: the sum of all postings above zero. balance_cents: the sum of all of them, which is 0.
    """

    migration: str
    rows: dict[str, int]
    debit_cents: int
    balance_cents: int

    @property
    def total_rows(self) -> int:
        return sum(self.rows.values())


@dataclass(frozen=True)
class Manifest:
    """A copy's description. version: of the program that made it. engine: `sqlite` or `postgresql`. made_at: ISO."""

    version: str
    engine: str
    made_at: str
    size_bytes: int
    sha256: str
    contents: Contents

    def write(self, file: Path) -> None:
        beside(file).write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def beside(file: Path) -> Path:
    """Where the description of a copy is."""
    return file.with_name(file.name + ENDING)


def read(file: Path) -> Manifest:
    """The description of a copy, when the copy is still what was described.

    Raises Refused (`no_copy`, `no_manifest`, `changed`).
    """
    if not file.is_file():
        raise Refused(reason="no_copy", file=str(file))
    try:
        values = json.loads(beside(file).read_text(encoding="utf-8"))
        manifest = Manifest(**{**values, "contents": Contents(**values["contents"])})
    except (OSError, ValueError, TypeError, KeyError):
        raise Refused(reason="no_manifest", file=str(beside(file))) from None
    if (file.stat().st_size, sha256_of(file)) != (manifest.size_bytes, manifest.sha256):
        raise Refused(reason="changed", file=str(file))
    return manifest


def sha256_of(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def contents_of(connection: Connection) -> Contents:
    """What is in this database, as this transaction sees it. Of one without tables: nothing, at no migration."""
    tables = sorted(inspect(connection).get_table_names())
    rows = {name: _number(connection, f'SELECT count(*) FROM "{name}"') for name in tables if name != _VERSION_TABLE}
    has_journal = "posting" in tables
    return Contents(
        migration=_migration(connection) if _VERSION_TABLE in tables else "",
        rows=rows,
        debit_cents=_number(connection, "SELECT coalesce(sum(cents), 0) FROM posting WHERE cents > 0")
        if has_journal else 0,
        balance_cents=_number(connection, "SELECT coalesce(sum(cents), 0) FROM posting") if has_journal else 0,
    )  # fmt: skip


def _migration(connection: Connection) -> str:
    found = connection.exec_driver_sql(f"SELECT version_num FROM {_VERSION_TABLE} ORDER BY 1").scalars()
    return " ".join(found)


def _number(connection: Connection, question: str) -> int:
    return int(connection.exec_driver_sql(question).scalar_one())
