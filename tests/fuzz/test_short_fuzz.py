"""So many turns at each door, the same ones each time; `make fuzz` goes on for as long as you like."""

import logging
import random
from pathlib import Path

import pytest

from dashboard import wiring
from tests.fuzz.__main__ import TARGETS
from tests.fuzz.running import Target, fuzz

TURNS = {"push": 150, "bank": 100, "events": 150, "api": 12}


@pytest.fixture(autouse=True)
def _nobodys_wiring():
    yield
    wiring.use(None)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", TARGETS)
def test_nothing_that_is_damaged_surprises_it_or_breaks_an_invariant(name: str, tmp_path: Path) -> None:
    turns, findings = fuzz(TARGETS[name](tmp_path), 7, range(TURNS[name]))
    assert (turns, [str(finding) for finding in findings]) == (TURNS[name], [])


class Broken:
    """A door behind which something goes wrong every third time."""

    def __init__(self, target: Target) -> None:
        self.shop, self.given, self._turns = target.shop, "", 0

    def turn(self, chance: random.Random) -> None:
        self._turns += 1
        self.given = f"input {self._turns}"
        if self._turns % 3 == 0:
            raise ZeroDivisionError
        if self._turns % 3 == 1:
            logging.getLogger("billing").error("it is not understood")


def test_a_surprise_is_found_with_what_was_given(tmp_path: Path) -> None:
    found = fuzz(Broken(TARGETS["bank"](tmp_path)), 7, range(3))[1]
    assert [(finding.number, finding.given, finding.said) for finding in found] == [
        (0, "input 1", "logged it is not understood"), (2, "input 3", "ZeroDivisionError: "),
    ]  # fmt: skip


def test_an_invariant_that_no_longer_holds_is_found(tmp_path: Path) -> None:
    target = TARGETS["bank"](tmp_path)
    target.shop.draft(target.shop.customer())
    target.shop.sql("UPDATE invoice SET net_cents = net_cents + 1, vat_cents = vat_cents - 1 WHERE state = 'draft'")
    assert [finding.said for finding in fuzz(target, 7, ())[1]] == [
        "no longer holds: lines and VAT add up to the invoice"
    ]
