"""Each gate closes by itself, and for its own reason alone."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.reminders.costs import collection_costs
from billing.reminders.gates import Facts, Gate, closed, in_a_run, verdicts
from billing.reminders.rules import Reach
from billing.runs.rules import RunRules, Volume

LIMITS = RunRules(factor=3, small=25)
GOOD = Facts(open_cents=12_100, previous=Reach.PROVEN, readers=1, volume=Volume(30, 300_000), usual=Volume(30, 300_000))
# What closes each gate, in more than one way where there is one.
BAD: list[tuple[Gate, dict[str, Any]]] = [
    (Gate.AMOUNT, {"open_cents": 0}),
    (Gate.AMOUNT, {"floor_cents": 12_100}),
    (Gate.IN_FLIGHT, {"attempts": ("pending",)}),
    (Gate.IN_FLIGHT, {"attempts": ("unknown",)}),
    (Gate.UNMATCHED, {"receipts": ("parked:1",)}),
    (Gate.FEEDS, {"stale": ("gateway",)}),
    (Gate.FEEDS, {"pushes": 1}),
    (Gate.HOLD, {"holds": ("dispute",)}),
    (Gate.HOLD, {"is_frozen": True}),
    (Gate.REACHED, {"previous": Reach.WAITING}),
    (Gate.REACHED, {"previous": Reach.FAILED}),
    (Gate.REACHED, {"readers": 0}),
    (Gate.VOLUME, {"volume": Volume(91, 910_000)}),
    (Gate.CREDIT, {"credit_cents": 1}),
]


def test_good_facts_open_all_eight_gates_in_their_order() -> None:
    found = verdicts(GOOD, LIMITS)
    assert [verdict.gate for verdict in found] == list(Gate)
    assert closed(found) == ()


@pytest.mark.parametrize(("gate", "facts"), BAD, ids=[f"{gate.name}-{next(iter(facts))}" for gate, facts in BAD])
def test_one_bad_fact_closes_its_own_gate_alone_and_is_told(gate: Gate, facts: dict[str, Any]) -> None:
    found = verdicts(replace(GOOD, **facts), LIMITS)
    assert closed(found) == (gate,)
    place = list(Gate).index(gate)
    told, good = found[place].as_json(), verdicts(GOOD, LIMITS)[place].as_json()
    assert (told["gate"], told["open"]) == (gate.value, False)
    assert told["facts"] != good["facts"]


@given(st.sets(st.sampled_from(range(len(BAD)))))
def test_gates_close_independently_of_each_other(chosen: set[int]) -> None:
    facts: dict[str, Any] = {}
    expected = set()
    for index in sorted(chosen):
        gate, change = BAD[index]
        if not facts.keys() & change.keys() and not (gate is Gate.AMOUNT and gate in expected):
            facts |= change
            expected.add(gate)
    assert set(closed(verdicts(replace(GOOD, **facts), LIMITS))) == expected


def test_the_first_run_of_all_and_a_small_one_and_a_forced_one_are_usual() -> None:
    for facts in (
        in_a_run(GOOD, Volume(5_000, 1), None, is_forced=False),
        in_a_run(GOOD, Volume(24, 1), Volume(1, 1), is_forced=False),
        in_a_run(GOOD, Volume(5_000, 1), Volume(1, 1), is_forced=True),
    ):
        assert closed(verdicts(facts, LIMITS)) == ()


@pytest.mark.parametrize(
    ("principal_cents", "costs_cents"),
    [
        (1_000, 4_000), (26_666, 4_000), (26_700, 4_005), (30_000, 4_500), (250_000, 37_500), (300_000, 42_500),
        (500_000, 62_500), (1_000_000, 87_500), (20_000_000, 277_500), (100_000_000, 677_500), (999_999_999, 677_500),
    ],
)  # fmt: skip
def test_the_costs_of_collecting_are_those_of_the_law(principal_cents: int, costs_cents: int) -> None:
    assert collection_costs(principal_cents) == costs_cents


@given(st.integers(1, 10**9), st.integers(0, 10**6))
def test_more_debt_never_costs_less(principal_cents: int, more_cents: int) -> None:
    assert 4_000 <= collection_costs(principal_cents) <= collection_costs(principal_cents + more_cents) <= 677_500
