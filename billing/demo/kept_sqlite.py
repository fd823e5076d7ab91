"""A second file beside the one of a demo on SQLite, with everything as it was kept."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from billing.db import Database

ENDING = ".kept"
_REVISION = "SELECT version_num FROM alembic_version"


def keep(path: Path) -> None:
    """Copy the file as it is now."""
    _copy(path, _kept(path))


def fits(path: Path) -> bool:
    """Whether there is a copy, with the tables that the file has now."""
    return _kept(path).exists() and _revision(_kept(path)) == _revision(path)


@contextmanager
def restoring(path: Path) -> Iterator[Connection]:
    """What was kept, to add to; afterwards it takes the place of all that is in the file, at once."""
    with TemporaryDirectory(dir=path.parent, prefix=f"{path.name}.") as folder:
        new = Path(folder) / path.name
        shutil.copyfile(_kept(path), new)
        database = Database(f"sqlite:///{new}")
        with database.engine.begin() as copy:
            yield copy
        database.dispose()
        _copy(new, path)


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as all_of_it, closing(sqlite3.connect(target, timeout=30)) as copy:
        all_of_it.backup(copy)


def _revision(path: Path) -> object:
    with closing(sqlite3.connect(path, timeout=30)) as file:
        return file.execute(_REVISION).fetchone()


def _kept(path: Path) -> Path:
    return path.with_name(path.name + ENDING)
