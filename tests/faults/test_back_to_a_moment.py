"""The runbook's "Back to a moment", as it is written there: a base copy of a running server, its archived log, and the
second before an accident."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from billing.accounts.tables import Role
from billing.backups.postgresql import look
from billing.db import Database, migrate
from tests.factories import Shop
from tests.faults.processes import eventually
from tools.postgres import client_programs, kept_server, url_of

NAME, SECONDS = "voldaan", 60


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that another user, as whom PostgreSQL runs when we are root, may enter."""
    made = Path(tempfile.mkdtemp(prefix="voldaan-moment-"))
    made.chmod(0o755)
    (made / "log").mkdir()
    (made / "log").chmod(0o777)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def copy_of_running(server: Path, to: Path) -> None:
    """`pg_basebackup` without the log, which the archive has."""
    host = make_url(url_of(server)).query["host"]
    command = ("-h", str(host), "-U", "postgres", "-D", str(to), "-X", "none", "--checkpoint=fast", "--no-sync")
    subprocess.run([client_programs() / "pg_basebackup", *command], check=True, capture_output=True)


def archived(url: str, log: Path) -> None:
    """Have the server begin a new file of its log, and wait until the one before is in the archive."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
    name = str(row and row[0])
    eventually((log / name).exists, seconds=SECONDS, otherwise=lambda: f"{name} was never archived")


def prepare_recovery(data: Path, log: Path, moment: datetime) -> None:
    """Step 2 of the runbook."""
    (data / "recovery.signal").touch()
    with (data / "postgresql.auto.conf").open("a") as settings:
        settings.write(
            f"restore_command = 'cp {log}/%f %p'\nrecovery_target_time = '{moment.isoformat()}'\n"
            "recovery_target_action = 'promote'\n"
        )
    if os.geteuid() == 0:
        for path in (data, *data.rglob("*")):
            shutil.chown(path, "nobody")


def in_recovery(url: str) -> bool:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute("SELECT pg_is_in_recovery()").fetchone()
    return bool(row and row[0])


@pytest.mark.timeout(180)
def test_everything_until_the_second_before_an_accident_comes_back(home: Path):
    first, second, log = home / "first", home / "second", home / "log"
    archiving = ("archive_mode=on", f"archive_command=test ! -f {log}/%f && cp %p {log}/%f")
    with kept_server(first, settings=archiving) as server:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {NAME}")
        migrate(url_of(first, NAME))
        shop = Shop(Database(url_of(first, NAME)))
        account = shop.customer()
        owner = shop.member(account, Role.OWNER, mails=True)
        paid = shop.invoice(account)
        copy_of_running(first, second / "data")
        shop.pay(owner, paid)
        unpaid = shop.invoice(account)
        before = look(url_of(first, NAME))
        time.sleep(1)
        moment = datetime.now(UTC)
        time.sleep(1)
        shop.sql("SET session_replication_role = replica", "DELETE FROM posting", "DELETE FROM invoice_line")
        archived(server, log)
        shop.database.dispose()
    prepare_recovery(second / "data", log, moment)
    with kept_server(second) as server:
        eventually(lambda: not in_recovery(server), seconds=SECONDS, otherwise=lambda: "it stays in recovery")
        shop = Shop(Database(url_of(second, NAME)))
        assert look(url_of(second, NAME)) == before
        assert (shop.open_cents(paid, unpaid), shop.broken()) == ([0, 12_100], [])
        assert shop.invoice(account) == "2026-0003"
        shop.database.dispose()
