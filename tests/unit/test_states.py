from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.errors import IllegalMove
from billing.states import (
    COLLECTION_MOVES,
    LIVE_COLLECTIONS,
    LIVE_MANDATES,
    MANDATE_MOVES,
    OPEN_STATES,
    PAYMENT_MOVES,
    CollectionState,
    MandateState,
    PaymentState,
    may_move,
    move,
)

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


# Mandates and collections

MANDATES = {
    "requested": "active failed cancelled",
    "failed": "active",
    "cancelled": "active",
    "active": "paused revoked expired replaced",
    "paused": "active revoked expired replaced",
    "revoked": "",
    "expired": "",
    "replaced": "",
}
COLLECTIONS = {
    "planned": "announced withdrawn",
    "announced": "submitted withdrawn",
    "submitted": "collected failed returned recalled",
    "recalled": "collected returned",
    "failed": "collected returned",
    "collected": "returned",
    "returned": "",
    "withdrawn": "",
}


@pytest.mark.parametrize(
    ("moves", "table"), [(MANDATE_MOVES, MANDATES), (COLLECTION_MOVES, COLLECTIONS)], ids=["mandate", "collection"]
)
def test_these_moves_are_legal_and_no_others(moves: Mapping[Any, Any], table: dict[str, str]) -> None:
    assert set(table) == set(moves)
    legal = {(old, new) for old, news in table.items() for new in news.split()}
    assert {(old.value, new.value) for old in moves for new in moves if may_move(old, new)} == legal


@given(st.lists(st.sampled_from(MandateState)))
def test_a_mandate_that_ended_never_lives_again(wishes: list[MandateState]) -> None:
    state, ended = MandateState.REQUESTED, False
    for wish in wishes:
        state = move(state, wish) if may_move(state, wish) else state
        ended = ended or state in {MandateState.REVOKED, MandateState.EXPIRED, MandateState.REPLACED}
        assert not (ended and state in LIVE_MANDATES)


@given(st.lists(st.sampled_from(CollectionState)))
def test_a_collection_is_submitted_at_most_once_and_never_untold(wishes: list[CollectionState]) -> None:
    story = [CollectionState.PLANNED]
    for wish in wishes:
        if may_move(story[-1], wish):
            story.append(move(story[-1], wish))
    assert story.count(CollectionState.SUBMITTED) <= 1
    if CollectionState.SUBMITTED in story:
        assert story[1] is CollectionState.ANNOUNCED
        assert CollectionState.WITHDRAWN not in story
    assert sum(state in LIVE_COLLECTIONS for state in story) <= 3
