"""Documents handed over while everything goes wrong at random: each stands there exactly once, its payments too.

The same with a thousand: `python -m tests.books_storm`.
"""

import pytest

from billing.db import Database
from billing.sandbox import RunningSandbox
from tests.books_storm import storm


@pytest.mark.parametrize("seed", [1, 2])
def test_each_document_and_each_payment_stands_there_once(
    database: Database, sandbox: RunningSandbox, seed: int
) -> None:
    with storm(database, sandbox, seed) as weathered:
        weathered.make(12)
        weathered.run(most_rounds=200)
        assert weathered.wrong() == []
        assert len(weathered.struck) > 4
