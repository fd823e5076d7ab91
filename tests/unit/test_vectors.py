"""Figures from public sources, with which everybody's computer has to agree."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from billing import vat
from billing.bank.matching import only_reference
from billing.money import euros, parse_euros
from billing.reminders.costs import collection_costs
from billing.workdays import is_bank_day

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text())


@pytest.mark.parametrize(("principal", "costs"), VECTORS["wik"]["no_vat"].items())
def test_the_costs_of_collecting_are_those_of_the_decree(principal: str, costs: str) -> None:
    assert euros(collection_costs(round(Decimal(principal) * 100))) == Decimal(costs)


@pytest.mark.parametrize("vector", VECTORS["rounding"])
def test_vat_is_rounded_once_a_rate(vector: dict[str, object]) -> None:
    lines = [(Decimal(rate), parse_euros(net)) for net, rate in vector["lines"]]  # type: ignore[attr-defined]
    assert euros(sum(total.vat_cents for total in vat.totals(lines))) == Decimal(str(vector["vat_per_rate"]))


@pytest.mark.parametrize("day", VECTORS["target_closed_2026"])
def test_on_these_days_no_bank_moves_money(day: str) -> None:
    assert not is_bank_day(date.fromisoformat(day))


@pytest.mark.parametrize("reference", VECTORS["iso11649"]["valid"])
def test_a_right_reference_is_recognised(reference: str) -> None:
    assert only_reference(reference) == {reference}


@pytest.mark.parametrize("reference", VECTORS["iso11649"]["invalid"])
def test_a_wrong_reference_is_not(reference: str) -> None:
    assert reference not in only_reference(reference)
