"""A host's own system: it orders customers, services and invoices over the API, again and again until it has an answer.

What it asks for a second time bears the same key, so that nothing may be there twice.
"""

import threading
from dataclasses import dataclass, field
from typing import Any

import httpx
from sqlmodel import col, func, select

from billing.db import Work
from billing.invoices.tables import ISSUED, Invoice, InvoiceLine
from billing.products.tables import Service
from tests import machines
from tests.faults.processes import Installation, eventually

PATIENCE_SECONDS = 240
ANSWER_SECONDS = 6
PAUSE_SECONDS = 0.5


@dataclass
class Host:
    """orders: how many it makes, each a customer with a service and an invoice of its own."""

    installation: Installation
    orders: int
    product: int
    token: str
    asked: int = 0
    _trouble: list[BaseException] = field(default_factory=list)
    _gone: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Order, beside everything else."""
        self._thread = threading.Thread(target=self._work, name="host", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Wait until everything was ordered. Raises what went wrong."""
        self._thread.join()
        for trouble in self._trouble:
            raise trouble

    def send_home(self) -> None:
        """Nothing is ordered from here on."""
        self._gone.set()

    def _work(self) -> None:
        try:
            with httpx.Client(timeout=ANSWER_SECONDS, trust_env=False) as http:
                for number in range(self.orders):
                    self._order(http, number)
        except BaseException as trouble:
            self._trouble.append(trouble)

    def _order(self, http: httpx.Client, number: int) -> None:
        name = f"Bestelling {number}"
        owner = {"name": name, "email": f"bestelling-{number}@demo.test"}
        customer = self._ask(http, "customers", f"customer-{number}", name=name, owner=owner)["id"]
        self._ask(
            http, "services", f"service-{number}", customer_id=customer, product_id=self.product, label=f"{number}.test"
        )
        line = {"description": "Inrichten", "unit_price_cents": 1_000 + number}
        draft = self._ask(http, "invoices", f"draft-{number}", customer_id=customer, subject=name, lines=[line])["id"]
        self._ask(http, f"invoices/{draft}/issue", f"issue-{number}")

    def _ask(self, http: httpx.Client, path: str, key: str, **content: Any) -> dict[str, Any]:
        """Ask until there is an answer that says that it was done."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key}
        last: list[str] = []

        def answer() -> dict[str, Any] | None:
            assert not self._gone.is_set(), "sent home"
            self.asked += 1
            try:
                got = http.post(f"{self.installation.url}/api/v1/{path}", json=content, headers=headers)
            except httpx.TransportError as broken:
                last[:] = [repr(broken)]
                return None
            last[:] = [f"{got.status_code} {got.text[:300]}"]
            # A server that can't answer now says so; anything else would be a mistake of ours.
            assert got.is_success or got.status_code in {409, 503}, f"{path}: {last}"
            return got.json() if got.is_success else None

        found: dict[str, Any] = eventually(
            answer, seconds=PATIENCE_SECONDS, pause=PAUSE_SECONDS, otherwise=lambda: f"{path} {key}: {last}"
        )
        return found


def host_of(installation: Installation, orders: int) -> Host:
    """A host with a key for everything, and something monthly to sell."""
    product = machines.product(installation.billing, euros=10, months=1)
    return Host(installation, orders, product, machines.key(installation.billing))


def wrong_orders(work: Work, orders: int) -> list[str]:
    """What was not ordered exactly once, and the services whose first month was not invoiced exactly once."""
    counted = dict(
        work.session.exec(
            select(Invoice.subject, func.count())
            .where(col(Invoice.subject).startswith("Bestelling "), Invoice.state == ISSUED)
            .group_by(Invoice.subject)
        ).all()
    )
    wrong = [
        f"Bestelling {number}: {counted.get(f'Bestelling {number}', 0)} invoices"
        for number in range(orders) if counted.get(f"Bestelling {number}") != 1
    ]  # fmt: skip
    lines = select(InvoiceLine.service_id, func.count()).group_by(col(InvoiceLine.service_id))
    invoiced = dict(work.session.exec(lines.where(col(InvoiceLine.service_id).is_not(None))).all())
    services = work.session.exec(select(Service.id, Service.label)).all()
    wrong += [
        f"service {label}: invoiced {invoiced.get(one, 0)} times" for one, label in services if invoiced.get(one) != 1
    ]
    return wrong if len(services) == orders else [*wrong, f"{len(services)} services for {orders} orders"]
