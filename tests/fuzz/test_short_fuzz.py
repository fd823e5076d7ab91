"""So many turns at each door, the same ones each time; `make fuzz` goes on for as long as you like."""

from pathlib import Path

import pytest

from dashboard import wiring
from tests.fuzz.__main__ import TARGETS
from tests.fuzz.running import fuzz

TURNS = {"push": 150, "bank": 100, "events": 150, "api": 25}


@pytest.fixture(autouse=True)
def _nobodys_wiring():
    yield
    wiring.use(None)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", TARGETS)
def test_nothing_that_is_damaged_surprises_it_or_breaks_an_invariant(name: str, tmp_path: Path) -> None:
    turns, findings = fuzz(TARGETS[name](tmp_path), 7, range(TURNS[name]))
    assert (turns, [str(finding) for finding in findings]) == (TURNS[name], [])


def test_a_surprise_is_found_with_what_was_given(tmp_path: Path) -> None:
    target = TARGETS["bank"](tmp_path)
    target.shop.billing = None
    [finding, *_] = fuzz(target, 7, range(3))[1]
    assert (finding.number, finding.given) == (0, target_given(tmp_path))
