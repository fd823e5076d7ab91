"""What is under load: PostgreSQL, Redis, the sandbox, two web processes, two workers, and their customers."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from sqlmodel import col, select

from billing.accounts.tables import Membership, User
from billing.db import Work, migrate
from billing.demo.bulk import seed_bulk
from billing.invoices.tables import Invoice
from billing.logins import sessions
from billing.logins.sessions import Visitor
from billing.runtime import Billing
from tests.faults.processes import VOLDAAN, Installation
from tools import postgres, redis

PROCESSES = ("sandbox", "web", "worker", "worker-2")
WEB_PROCESSES = "2"
# Each process may hold thirty connections.
SERVER = ("max_connections=300",)
# Those that are there beside the open dashboards, for the run to have something to do.
OTHERS = 10
INVOICES_EACH = 50
SERVICES_EACH = 2


@dataclass(frozen=True)
class Customer:
    """Somebody with an open dashboard. token: of a log-in that is valid. unpaid: (number, id) of each open invoice."""

    account_id: int
    token: str
    unpaid: list[tuple[str, int]]


class Stack(Installation):
    """An installation whose web processes serve the whole dashboard."""

    def command(self, name: str) -> list[str | Path]:
        return [*VOLDAAN, "serve"] if name == "web" else super().command(name)


@contextmanager
def stack(dashboards: int) -> Iterator[tuple[Stack, list[Customer], dict[str, int]]]:
    """All of it, running, with its customers; and the ids of its processes by their names."""
    home = Path(tempfile.mkdtemp(prefix="voldaan-load-"))
    # PostgreSQL runs as somebody else when we are root, and has to get to its data.
    home.chmod(0o755)
    try:
        with postgres.kept_server(home / "server", settings=SERVER) as url, redis.running(home / "redis"):
            migrate(url)
            settings = {"web_processes": WEB_PROCESSES, "redis_url": redis.url_of(home / "redis")}
            with Stack(home, url, demo_clock=str(home / "demo.clock"), **settings) as installation:
                _seed(installation.billing, dashboards)
                customers = installation.billing.do(_customers, dashboards)
                installation.start(*PROCESSES)
                installation.wait_until_up(*PROCESSES)
                pids = {name: installation.pid(name) for name in PROCESSES}
                yield installation, customers, pids | _servers(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _seed(billing: Billing, dashboards: int) -> None:
    # Open invoices are spread evenly over a number of customers that has nothing in common with ten.
    own = dashboards + (1 - dashboards) % 10
    seed_bulk(billing, customers=own, invoices=INVOICES_EACH * own, services=SERVICES_EACH)
    others = OTHERS * dashboards
    seed_bulk(billing, customers=others, invoices=INVOICES_EACH * others // 10, services=SERVICES_EACH)


def _servers(home: Path) -> dict[str, int]:
    """The ids of the servers' processes."""
    with Redis.from_url(redis.url_of(home / "redis")) as client:
        found = int(client.info("server")["process_id"])
    return {"redis": found, "postgresql": int((home / "server/data/postmaster.pid").read_text().split()[0])}


def _customers(work: Work, count: int) -> list[Customer]:
    owners = select(Membership.account_id, User.id).join(User, col(User.id) == col(Membership.user_id))
    found = []
    for account_id, user_id in work.session.exec(owners.order_by(col(Membership.account_id)).limit(count)).all():
        unpaid = select(Invoice.number, Invoice.id).where(Invoice.account_id == account_id, Invoice.open_cents > 0)
        token = sessions.start(work, user_id or 0, Visitor())
        found.append(
            Customer(account_id, token, [(number or "", one or 0) for number, one in work.session.exec(unpaid)])
        )
    return found
