"""The drivers without anything of ours in between: what the machine itself can do."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from billing.bench.room import sqlite_file

Execute = Callable[..., Any]


@contextmanager
def connection(url: str) -> Iterator[Execute]:
    """Runs one statement, with `?` for its values, and each outside BEGIN … COMMIT in a transaction of its own."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(sqlite_file(url), isolation_level=None, timeout=30)) as file:
            file.execute("PRAGMA journal_mode=WAL")
            file.execute("PRAGMA synchronous=FULL")
            yield file.execute
    else:
        with psycopg.connect(url, autocommit=True) as server:
            yield lambda statement, values=(): server.execute(_for_psycopg(statement), values, prepare=True)


def _for_psycopg(statement: str) -> bytes:
    return statement.replace("?", "%s").encode()
