"""The ladder: one step at a time, each after its own interval, whatever the clock does."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.reminders.rules import DAYS, LADDER, MAILED, Owed, Reach, StepKind, Taken, due_step, may_mail_at

DUE = date(2026, 3, 1)


def on(day: int, *taken: Taken, was_seen: bool = False, pays_by_mandate: bool = False) -> StepKind | None:
    """The step on a day, counted from the due date of the only invoice."""
    owed = [Owed(1, DUE, was_seen)]
    step = due_step(DUE + timedelta(days=day), owed, taken, pays_by_mandate=pays_by_mandate)
    return step and step.kind


def taken(kind: StepKind, day: int, reach: Reach = Reach.PROVEN, invoice_id: int = 1) -> Taken:
    return Taken(invoice_id, kind, DUE + timedelta(days=day), reach)


@pytest.mark.parametrize(
    ("day", "kind"),
    [(-4, None), (-3, StepKind.FRIENDLY), (0, StepKind.FRIENDLY), (1, None), (4, None), (5, StepKind.FIRST),
     (400, StepKind.FIRST)],
)  # fmt: skip
def test_the_first_step_of_an_invoice_by_day(day: int, kind: StepKind | None) -> None:
    assert on(day) == kind


def test_who_has_seen_the_invoice_or_pays_by_mandate_gets_no_friendly_reminder() -> None:
    assert on(-2, was_seen=True) is None
    assert on(-2, pays_by_mandate=True) is None
    assert on(6, was_seen=True, pays_by_mandate=True) is StepKind.FIRST


@pytest.mark.parametrize(("below", "above"), list(pairwise(LADDER[1:])))
def test_each_rung_follows_the_one_below_on_its_own_day(below: StepKind, above: StepKind) -> None:
    step = taken(below, DAYS[below])
    assert on(DAYS[above] - 1, step) is None
    assert on(DAYS[above], step) is above


def test_a_step_that_was_late_moves_the_next_one() -> None:
    late = taken(StepKind.FIRST, 30)
    assert on(38, late) is None
    assert on(39, late) is StepKind.SECOND


def test_after_the_proposal_a_machine_does_nothing_more() -> None:
    assert on(500, taken(StepKind.PROPOSAL, 50)) is None


def test_a_step_that_reached_nobody_is_said_again_on_the_next_day() -> None:
    lost = taken(StepKind.FIRST, 5, Reach.FAILED)
    assert on(5, lost) is None
    assert on(6, lost) is StepKind.FIRST


def test_the_mail_is_about_all_that_is_overdue_and_the_oldest_drives() -> None:
    owed = [Owed(3, DUE + timedelta(days=30)), Owed(2, DUE + timedelta(days=2)), Owed(1, DUE)]
    step = due_step(DUE + timedelta(days=6), owed, [], pays_by_mandate=False)
    assert step is not None
    assert (step.kind, step.invoice_id, step.about) == (StepKind.FIRST, 1, (1, 2))


def test_another_oldest_invoice_begins_below_and_a_week_after_the_last_mail() -> None:
    owed, before = [Owed(2, DUE)], [taken(StepKind.FORMAL, 24, invoice_id=1)]
    assert due_step(DUE + timedelta(days=30), owed, before, pays_by_mandate=False) is None
    step = due_step(DUE + timedelta(days=31), owed, before, pays_by_mandate=False)
    assert step is not None
    assert step.kind is StepKind.FIRST


# Offsets of several invoices, days between runs, and which of the steps reach nobody.
@given(
    dues=st.lists(st.integers(0, 60), min_size=1, max_size=4),
    gaps=st.lists(st.integers(1, 90), min_size=1, max_size=40),
    lost=st.sets(st.integers(0, 12)),
)
def test_whatever_the_days_of_the_runs_no_rung_is_left_out_and_no_interval_cut_short(
    dues: list[int], gaps: list[int], lost: set[int]
) -> None:
    owed = [Owed(number, DUE + timedelta(days=day), was_seen=True) for number, day in enumerate(dues)]
    steps: list[Taken] = []
    today = DUE
    for gap in gaps:
        today += timedelta(days=gap)
        step = due_step(today, owed, steps, pays_by_mandate=False)
        if step is None:
            continue
        assert step.planned_on <= today
        own = [one for one in steps if one.invoice_id == step.invoice_id]
        if own and own[-1].reach is Reach.FAILED:
            assert step.kind is own[-1].kind
        elif own:
            assert LADDER.index(step.kind) == LADDER.index(own[-1].kind) + 1
            assert today - own[-1].on >= timedelta(days=DAYS[step.kind] - DAYS[own[-1].kind])
        else:
            assert step.kind is StepKind.FIRST
        reach = Reach.FAILED if len(steps) in lost and step.kind in MAILED else Reach.PROVEN
        steps.append(Taken(step.invoice_id, step.kind, today, reach))
    days = [step.on for step in steps]
    assert len(days) == len(set(days))


@pytest.mark.parametrize(
    ("moment", "is_holiday", "may"),
    [
        (datetime(2026, 3, 6, 8, 0), False, True),
        (datetime(2026, 3, 6, 7, 59), False, False),
        (datetime(2026, 3, 6, 19, 59), False, True),
        (datetime(2026, 3, 6, 20, 0), False, False),
        (datetime(2026, 3, 7, 12, 0), False, True),
        (datetime(2026, 3, 8, 12, 0), False, False),
        (datetime(2026, 4, 6, 12, 0), True, False),
    ],
)
def test_reminders_keep_to_the_day_and_to_working_days_and_saturdays(
    moment: datetime, is_holiday: bool, may: bool
) -> None:
    assert may_mail_at(moment, is_holiday=is_holiday) is may
