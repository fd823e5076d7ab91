"""Some months of a small company, with everything going wrong that can: nothing happens that should never happen."""

import pytest

from billing.db import Database
from tests.conftest import Emptied
from tests.year.simulation import Year
from tests.year.transfers import WAYS

# A story in which none of these happened would prove nothing.
HAPPENS = ("debits ordered", "reminder mails, formal", "phone calls", "stop orders approved", "wrong attempts refused")
AT_THE_BANK = (
    *(f"transfers, {way}" for way in WAYS), "transfers for several invoices",
    *(f"bank files, {how}" for how in ("all late", "one late", "several statements in one", "twice", "cut off")),
    *(f"bank lines, {rule}" for rule in ("reference", "gateway")),
)  # fmt: skip


# Far more than it takes, for a machine on which others are at work.
@pytest.mark.timeout(600)
def test_months_go_by_and_nothing_happens_that_should_never_happen(database: Database) -> None:
    year = Year(database, seed=7, accounts=30)
    found = year.go_on(125)
    assert found.findings == (), "\n".join(found.lines)
    assert all(year.observer.counts[name] for name in HAPPENS), "\n".join(found.lines)
    assert all(year.world.ours.counts[name] for name in AT_THE_BANK), "\n".join(found.lines)


def test_the_same_seed_tells_the_same_story(emptied_sqlite: Emptied) -> None:
    first, second = (Year(emptied_sqlite(), seed=3, accounts=8).go_on(12).lines for _ in range(2))
    assert first == second
