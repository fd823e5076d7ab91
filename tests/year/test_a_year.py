"""Some months of a small company, with everything going wrong that can: nothing happens that should never happen."""

from billing.db import Database
from tests.year.simulation import Year

ACCOUNTS, DAYS, SEED = 40, 120, 7


def test_months_go_by_and_nothing_happens_that_should_never_happen(database: Database) -> None:
    found = Year(database, seed=SEED, accounts=ACCOUNTS).go_on(DAYS)
    assert found.findings == (), "\n".join(found.lines)
