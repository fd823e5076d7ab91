"""Two short storms, one on each database, drawn from a seed each; `make faults` has longer ones."""

import subprocess
import sys
from itertools import islice, pairwise
from pathlib import Path

import pytest

from tests.faults import verdict
from tests.faults.customers import open_invoices
from tests.faults.processes import Installation
from tests.faults_harness.disks import LimitedFiles
from tests.faults_harness.plans import Kinds, plan
from tests.faults_harness.trials import Trial

WRITER = """
import sys
while True:
    try:
        with open(sys.argv[1], "ab") as log:
            log.write(b"x")
        print("written", flush=True)
    except OSError:
        print("full", flush=True)
"""
# More than a pipe holds of what was said before.
MANY = 100_000
KINDS: Kinds = {"kill": ["web", "worker"], "line cut": ["web", "mail"], "disk": ["full"]}


@pytest.mark.timeout(420)
@pytest.mark.parametrize(("engine", "seed"), [("sqlite", 11), ("postgresql", 23)])
def test_whatever_is_struck_everything_ends_right_once(engine: str, seed: int):
    assert Trial(engine, seed=seed, payments=15, orders=6, blows=8).run(print) == []


def test_a_seed_draws_the_same_plan_every_time():
    assert plan(5, KINDS, blows=20) == plan(5, KINDS, blows=20) != plan(6, KINDS, blows=20)


def test_nothing_is_struck_again_before_a_blow_is_over():
    blows = plan(3, KINDS, seconds=300)
    for kind, what in {(blow.kind, blow.what) for blow in blows}:
        same = [blow for blow in blows if (blow.kind, blow.what) == (kind, what)]
        assert all(one.until <= other.at for one, other in pairwise(same))


def test_a_limit_on_files_stops_a_process_from_writing_until_it_is_gone(tmp_path: Path):
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, tmp_path / "log"], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        said = (line.strip() for line in writer.stdout)
        assert next(said) == "written"
        with LimitedFiles(tmp_path, lambda: [writer.pid]) as disk:
            disk.fill()
            assert "full" in islice(said, MANY)
        assert "written" in islice(said, MANY)
        writer.kill()


def test_an_invoice_that_nobody_paid_is_found(tmp_path: Path, sqlite_url: str):
    with Installation(tmp_path, sqlite_url) as installation:
        seller = installation.billing.policy.seller
        ((number, _),) = installation.billing.do(
            open_invoices, customers=1, each=1, seller=seller, mails=False
        ).items()  # fmt: skip
        installation.start("sandbox")
        installation.wait_until_up("sandbox")
        assert list(verdict.wrong_money(installation, {number})) == [f"{number}: 1210 cents open"]
        (missing,) = verdict.wrong_mails(installation, {number})
        assert f"missing {{'Betaald: factuur {number}': 1}}" in missing
