"""What the demo keeps its data in: servers of its own where it needs any, and a database that is filled when empty."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import text

from billing.db import Database
from tools import postgres, redis
from tools.demo_options import NAME, POSTGRESQL, ROOT, SQLITE, Options
from tools.processes import Stopped

VOLDAAN = Path(sys.executable).with_name("voldaan")
# Each process of the demo may hold thirty connections.
_ROOM = ("max_connections=300",)


def settings(options: Options, inherited: Mapping[str, str]) -> dict[str, str]:
    """The environment of the parts. Settings of another installation on this machine stay out of the demo, but for its
    looks: a host is shown the demo in its own colours."""
    own = {name: value for name, value in inherited.items() if not name.startswith("VOLDAAN_") or _is_look(name)}
    return own | {
        "VOLDAAN_DEMO": "1",
        "VOLDAAN_DATABASE_URL": options.database_url,
        "VOLDAAN_DEMO_CLOCK": str(options.clock),
        "VOLDAAN_REDIS_URL": options.redis_url,
        "VOLDAAN_WEB_PROCESSES": str(options.web),
        "VOLDAAN_PORT": str(options.port),
        "VOLDAAN_PUBLIC_URL": f"http://localhost:{options.port}",
        "VOLDAAN_SANDBOX_PORT": str(options.sandbox_port),
        "VOLDAAN_SANDBOX_SMTP_PORT": str(options.mail_port),
        "VOLDAAN_SANDBOX_STATE": str(options.sandbox_state),
        "PYTHONUNBUFFERED": "1",
    }


def _is_look(name: str) -> bool:
    return name.startswith("VOLDAAN_BRAND_")


@contextmanager
def servers(options: Options) -> Iterator[None]:
    """PostgreSQL and Redis for as long as the demo needs them, where it does."""
    options.data.mkdir(parents=True, exist_ok=True)
    with ExitStack() as running:
        if options.engine == POSTGRESQL and not options.given_url:
            server = running.enter_context(postgres.kept_server(options.server, settings=_ROOM))
            _make_database(server, afresh=options.reset)
        if options.redis_url:
            running.enter_context(redis.running(options.redis))
        yield


def prepare_data(options: Options, environment: dict[str, str]) -> None:
    """Migrate the database, and seed it when it is empty. Raises Stopped when either fails."""
    if options.reset:
        forget(options)
    _run("migrate", environment=environment)
    if _is_empty(options.database_url):
        _run("seed", "--demo", environment=environment)


def forget(options: Options) -> None:
    """Remove what earlier runs left in files, so that the next one begins in the present."""
    files = options.data.glob(f"{options.database.name}*") if options.engine == SQLITE else [options.clock]
    for path in (*files, options.sandbox_state):
        path.unlink(missing_ok=True)


def _make_database(server: str, *, afresh: bool) -> None:
    name = sql.Identifier(NAME)
    with psycopg.connect(server, autocommit=True) as connection:
        if afresh:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [NAME]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, name))


def _is_empty(url: str) -> bool:
    database = Database(url)
    try:
        with database.session(writes=False) as session:
            return session.execute(text("SELECT 1 FROM login_user LIMIT 1")).first() is None
    finally:
        database.dispose()


def _run(*command: str, environment: dict[str, str]) -> None:
    if subprocess.run([VOLDAAN, *command], env=environment, cwd=ROOT, check=False).returncode != 0:
        raise Stopped(f"`voldaan {' '.join(command)}` failed; its message is above.")
