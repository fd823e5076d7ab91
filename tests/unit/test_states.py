from itertools import product

import pytest

from billing.errors import IllegalMove
from billing.states import OPEN_STATES, PAYMENT_MOVES, PaymentState, may_move, move

# One row for each state an attempt is in; a letter for each state it may go to, in the order of the columns.
COLUMNS = (
    "created", "awaiting", "pending", "unknown", "succeeded", "failed", "rejected", "cancelled", "expired", "parked",
)  # fmt: skip
TABLE = {
    "created":   ". x x x x x x x x x",
    "awaiting":  ". . x . x x x x x x",
    "pending":   ". . . . x x x x x x",
    "unknown":   ". x x . x x x x x x",
    "succeeded": ". . . . . . . . . .",
    "failed":    ". . . . x . . . . x",
    "rejected":  ". . . . x . . . . x",
    "cancelled": ". . . . x . . . . x",
    "expired":   ". . . . x . . . . x",
    "parked":    ". . . . x . . . . .",
}  # fmt: skip
LEGAL = {
    (PaymentState(old), PaymentState(new))
    for old, row in TABLE.items()
    for new, mark in zip(COLUMNS, row.split(), strict=True)
    if mark == "x"
}
PAIRS = list(product(PaymentState, PaymentState))


def test_the_table_here_knows_every_state() -> None:
    assert set(COLUMNS) == set(TABLE) == {state.value for state in PaymentState} == {s.value for s in PAYMENT_MOVES}


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=lambda state: state.value)
def test_a_move_is_legal_exactly_when_the_table_says_so(old: PaymentState, new: PaymentState) -> None:
    assert may_move(old, new) == ((old, new) in LEGAL)


@pytest.mark.parametrize(("old", "new"), sorted(set(PAIRS) - LEGAL), ids=lambda state: state.value)
def test_an_illegal_move_says_which_one(old: PaymentState, new: PaymentState) -> None:
    with pytest.raises(IllegalMove) as refused:
        move(old, new)
    assert refused.value.facts == {"old": old.value, "new": new.value}


@pytest.mark.parametrize(("old", "new"), sorted(LEGAL), ids=lambda state: state.value)
def test_a_legal_move_gives_the_new_state(old: PaymentState, new: PaymentState) -> None:
    assert move(old, new) is new


def test_nothing_undoes_a_success() -> None:
    assert not PAYMENT_MOVES[PaymentState.SUCCEEDED]


@pytest.mark.parametrize("state", [s for s in PaymentState if s is not PaymentState.SUCCEEDED])
def test_money_that_came_wins_over_every_other_state(state: PaymentState) -> None:
    assert may_move(state, PaymentState.SUCCEEDED)


@pytest.mark.parametrize("state", sorted(set(PaymentState) - OPEN_STATES))
def test_no_attempt_that_ended_is_in_progress_again(state: PaymentState) -> None:
    assert not PAYMENT_MOVES[state] & OPEN_STATES
