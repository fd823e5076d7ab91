"""The promise of an invoice run: killed at any moment or started twice, each due period is invoiced once, in full."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, func, select

from billing.access import SYSTEM
from billing.accounts import service as accounts
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.credits.tables import CreditLot
from billing.db import Work
from billing.invoices.tables import Invoice, InvoiceLine, InvoiceRun, InvoiceVat
from billing.ledger.checks import run_checks
from billing.products import service as products
from billing.products.service import AddProduct, StartService
from billing.products.tables import ProductKind
from tests.faults.processes import ROOT, Installation, eventually
from tests.faults.running import READY

CUSTOMERS = 240
DEATHS = 10
SECONDS = 60
PRICES = (("hosting", "9.99", 1, "21"), ("domein", "12.35", 12, "21"), ("boek", "0.07", 3, "9"))

Documents = list[tuple[Any, ...]]


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """Customers with up to three services each, some a few periods behind, some with credits; nothing runs."""
    url = request.getfixturevalue(f"{request.param}_url")
    with Installation(tmp_path, url) as installed:
        installed.billing.do(_open_shop)
        yield installed


@pytest.mark.timeout(240)
def test_a_run_killed_at_ten_moments_ends_like_an_undisturbed_one(installation: Installation, undisturbed: Documents):
    chance, deaths_in_the_middle = random.Random(10), 0
    for _ in range(DEATHS):
        before = installation.billing.ask(_count)
        with _running(installation) as process:
            _go(process)
            eventually(partial(_is_past, installation, before), seconds=SECONDS, pause=0.001)
            time.sleep(chance.uniform(0, 0.05))
            assert process.poll() is None, "it was done before it could be killed"
            process.kill()
        deaths_in_the_middle += before < installation.billing.ask(_count) < CUSTOMERS
        findings = installation.billing.ask(run_checks, installation.billing.vault)
        assert [finding for finding in findings if not finding.holds] == []
    assert deaths_in_the_middle == DEATHS

    assert _to_its_end(installation) > 0
    assert installation.billing.ask(_documents) == undisturbed
    assert installation.billing.ask(_runs) == [("finished", CUSTOMERS)]
    assert _to_its_end(installation) == 0
    assert installation.run("check").returncode == 0


@pytest.mark.timeout(240)
def test_two_processes_at_once_invoice_each_period_once(installation: Installation, undisturbed: Documents):
    with _running(installation) as one, _running(installation) as other:
        _go(one)
        _go(other)
        shares = [_invoices_of(process) for process in (one, other)]

    assert sum(shares) == CUSTOMERS
    documents = installation.billing.ask(_documents)
    assert [number for number, *_ in documents] == [number for number, *_ in undisturbed]
    # Who takes which customers is chance, and so is their order; what each gets is not.
    assert sorted(rest for _, *rest in documents) == sorted(rest for _, *rest in undisturbed)
    assert installation.billing.ask(_runs) == [("finished", CUSTOMERS)]
    assert installation.run("check").returncode == 0


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Documents:
    """What a run makes that nothing happens to."""
    folder = tmp_path_factory.mktemp("undisturbed")
    path = folder / "voldaan.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    with Installation(folder, f"sqlite:///{path}") as twin:
        twin.billing.do(_open_shop)
        assert _to_its_end(twin) == CUSTOMERS
        return twin.billing.ask(_documents)


@contextmanager
def _running(installation: Installation) -> Iterator[subprocess.Popen[str]]:
    """A process that is ready for its run."""
    command = [sys.executable, "-m", "tests.faults.running", "invoices", "run", "--force", "--json"]
    with subprocess.Popen(
        command, cwd=ROOT, env=installation.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == READY
            yield process
        finally:
            process.kill()


def _go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def _invoices_of(process: subprocess.Popen[str]) -> int:
    """How many invoices a run made that ends by itself."""
    said, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 0
    return int(json.loads(said)["invoices"])


def _to_its_end(installation: Installation) -> int:
    with _running(installation) as process:
        _go(process)
        return _invoices_of(process)


def _open_shop(work: Work) -> None:
    sold = [
        products.add_product(work, SYSTEM, AddProduct(
            code, code, ProductKind.HOSTING, months, Decimal(euros), Decimal(rate), date(2020, 1, 1)
        ))
        for code, euros, months, rate in PRICES
    ]  # fmt: skip
    for number in range(CUSTOMERS):
        account_id = accounts.open_account(work, SYSTEM, accounts.OpenAccount(name=f"Klant {number}"))
        for place in range(number % 3 + 1):
            started_on = date.today() - timedelta(days=number % 7 * 11)
            start = StartService(account_id, sold[(number + place) % 3], f"klant-{number}.test", started_on)
            products.start_service(work, SYSTEM, start)
        for cents in (3, 500, 4_000)[: number % 4]:
            credits.give_credits(work, SYSTEM, GiveCredits(account_id, cents, "Excuus"))


def _count(work: Work) -> int:
    return int(work.session.exec(select(func.count()).select_from(Invoice)).one())


def _is_past(installation: Installation, count: int) -> bool:
    return installation.billing.ask(_count) > count


def _documents(work: Work) -> Documents:
    """Number, account, amounts, lines and VAT of every invoice, and what its account has left of its credits."""
    lines = _by_invoice(
        work, InvoiceLine, "service_id", "period_start", "period_end", "detail", "unit_price", "net_cents"
    )
    vat = _by_invoice(work, InvoiceVat, "vat_rate", "base_cents", "vat_cents")
    left: dict[int, list[int]] = {}
    for lot in work.session.exec(select(CreditLot).order_by(col(CreditLot.id))):
        left.setdefault(lot.account_id, []).append(lot.left_cents)
    return [
        (i.number, i.account_id, i.subject, i.total_cents, i.credits_cents, i.open_cents, i.settled_on is not None,
         lines[i.id or 0], vat[i.id or 0], left.get(i.account_id, []))
        for i in work.session.exec(select(Invoice).order_by(col(Invoice.sequence)))
    ]  # fmt: skip


def _by_invoice(work: Work, table: Any, *names: str) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in work.session.exec(select(table).order_by(table.invoice_id, table.id)):
        found.setdefault(row.invoice_id, []).append(tuple(getattr(row, name) for name in names))
    return found


def _runs(work: Work) -> list[tuple[str, int]]:
    return [(run.state, run.invoices) for run in work.session.exec(select(InvoiceRun).order_by(col(InvoiceRun.id)))]
