"""A place to measure in: a folder that goes away afterwards, and databases of every engine, made as they are needed."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from billing import assembly, config, db, demo_settings, settings_checks
from billing.adapters.buckaroo import BuckarooGateway
from billing.bench.sizes import Sizes
from billing.runtime import Billing

SQLITE, POSTGRESQL = "sqlite", "postgresql"


@dataclass
class Room:
    """postgres: URL of a server where databases may be made and dropped; empty for SQLite alone."""

    folder: Path
    sizes: Sizes
    postgres: str
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _made: list[str] = field(default_factory=list)

    @property
    def engines(self) -> tuple[str, ...]:
        return (SQLITE, POSTGRESQL) if self.postgres else (SQLITE,)

    def fresh(self, engine: str) -> str:
        """URL of an empty, migrated database."""
        url = self._sqlite_url() if engine == SQLITE else self._create("template0")
        db.migrate(url)
        return url

    def empty(self, engine: str) -> str:
        """URL of a database without any table, for a limit of its own."""
        return self._sqlite_url() if engine == SQLITE else self._create("template0")

    def copy(self, url: str) -> str:
        """URL of a copy, to which nobody is connected yet; nobody may be connected to the original either."""
        if url.startswith("postgresql"):
            return self._create(make_url(url).database or "")
        target = self._sqlite_url()
        with closing(sqlite3.connect(sqlite_file(url))) as source, closing(sqlite3.connect(sqlite_file(target))) as new:
            source.backup(new)
        return target

    def drop(self, url: str) -> None:
        """Give back the room that a database takes."""
        if url.startswith("postgresql"):
            self._drop(make_url(url).database or "")
        else:
            for path in self.folder.glob(f"{Path(sqlite_file(url)).name}*"):
                path.unlink()

    def clear(self) -> None:
        """Drop every database of a server that is still there; files go with the folder."""
        for name in list(self._made):
            self._drop(name)

    def _sqlite_url(self) -> str:
        return f"sqlite:///{self.folder / f'{next(self._numbers)}.sqlite'}"

    def _create(self, template: str) -> str:
        name = f"voldaan_bench_{uuid4().hex}"
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with psycopg.connect(self.postgres, autocommit=True) as connection:
            connection.execute(command.format(sql.Identifier(name), sql.Identifier(template)))
        self._made.append(name)
        return make_url(self.postgres).set(database=name).render_as_string(hide_password=False)

    def _drop(self, name: str) -> None:
        with psycopg.connect(self.postgres, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        self._made.remove(name)


@contextmanager
def room(sizes: Sizes, postgres: str) -> Iterator[Room]:
    """A room that leaves nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="voldaan-bench-"))
    opened = Room(folder, sizes, postgres)
    try:
        yield opened
    finally:
        opened.clear()
        shutil.rmtree(folder, ignore_errors=True)


def sqlite_file(url: str) -> str:
    """The file of an SQLite URL."""
    return url.removeprefix("sqlite:///")


def settings_for(url: str, *, port: int = 3000, sandbox_port: int = 3100, smtp_port: int = 3125) -> dict[str, str]:
    """The demo's settings on this database, all that could reach the outside world given: whatever the environment of
    a real installation says, a benchmark speaks to nobody but its own sandbox."""
    return {
        "demo": "1", "database_url": url, "port": str(port), "public_url": f"http://localhost:{port}",
        "web_processes": "1", "redis_url": "", "trusted_proxy_hops": "0", "signing_key": demo_settings.DEMO_SIGNING_KEY,
        "buckaroo_url": f"http://localhost:{sandbox_port}", "buckaroo_website_key": demo_settings.DEMO_WEBSITE_KEY,
        "buckaroo_secret": demo_settings.DEMO_SECRET, "buckaroo_require_signed_answers": "0", "smtp_host": "localhost",
        "smtp_port": str(smtp_port), "smtp_username": "", "smtp_password": "", "smtp_starttls": "0",
        "api_requests_per_minute": "1000000", "second_factor": "offered",
        "sandbox_port": str(sandbox_port), "sandbox_smtp_port": str(smtp_port), "sandbox_state": "",
    }  # fmt: skip


@contextmanager
def billing_on(settings: dict[str, str]) -> Iterator[Billing]:
    """The product as any process would put it together."""
    loaded = config.load(**settings)
    settings_checks.require_valid(loaded)
    billing = assembly.build(loaded)
    try:
        yield billing
    finally:
        billing.database.dispose()
        if isinstance(billing.gateway, BuckarooGateway):
            billing.gateway.close()
