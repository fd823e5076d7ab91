from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.settlement import Label, Status, allocate, is_small_rest, status

TODAY = date(2026, 3, 6)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)

cents = st.integers(min_value=0, max_value=10**9)
several = st.lists(cents, max_size=20)


@given(received=cents, wanted=several)
def test_allocating_loses_nothing(received: int, wanted: list[int]) -> None:
    shares, rest = allocate(received, wanted)
    assert sum(shares) + rest == received


@given(received=cents, wanted=several)
def test_no_share_exceeds_what_is_open(received: int, wanted: list[int]) -> None:
    shares, rest = allocate(received, wanted)
    assert all(0 <= share <= most for share, most in zip(shares, wanted, strict=True))
    assert rest >= 0


@given(received=cents, wanted=several)
def test_nothing_is_left_over_while_something_is_open(received: int, wanted: list[int]) -> None:
    shares, rest = allocate(received, wanted)
    assert rest == 0 or shares == wanted


@given(received=cents, wanted=several)
def test_the_first_is_served_before_the_next(received: int, wanted: list[int]) -> None:
    shares, _ = allocate(received, wanted)
    unserved = [position for position, share in enumerate(shares) if share < wanted[position]]
    assert all(share == 0 for share in shares[unserved[0] + 1 :]) if unserved else True


def test_what_is_overpaid_already_takes_nothing() -> None:
    assert allocate(500, [-100, 300]) == ([0, 300], 200)


def invoice(**changes: Any) -> Status:
    facts = {
        "total_cents": 12_100, "open_cents": 12_100, "credited_cents": 0, "settled_on": None, "expected_on": None,
        "returned_on": None, "due_on": TOMORROW, "today": TODAY,
    }  # fmt: skip
    return status(**{**facts, **changes})


# Each step adds a fact that outranks all the facts before it.
LADDER: list[tuple[Label, dict[str, object]]] = [
    (Label.UNPAID, {}),
    (Label.OVERDUE, {"due_on": YESTERDAY}),
    (Label.PARTLY_SETTLED, {"open_cents": 100}),
    (Label.RETURNED, {"returned_on": YESTERDAY}),
    (Label.UNDER_WAY, {"expected_on": TOMORROW}),
    (Label.PAID, {"open_cents": 0, "settled_on": TODAY}),
    (Label.CREDITED, {"credited_cents": 12_100}),
]


@pytest.mark.parametrize("step", range(len(LADDER)), ids=[label.value for label, _ in LADDER])
def test_the_strongest_fact_gives_the_label(step: int) -> None:
    facts: dict[str, object] = {}
    for _, more in LADDER[: step + 1]:
        facts |= more
    assert invoice(**facts).label is LADDER[step][0]


def test_every_label_has_its_place_in_the_order() -> None:
    assert [label for label, _ in reversed(LADDER)] == list(Label)


def test_an_invoice_is_not_late_on_its_due_day() -> None:
    assert invoice(due_on=TODAY).label is Label.UNPAID


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Status(Label.UNPAID, TOMORROW, 12_100)),
        ({"open_cents": 0, "settled_on": YESTERDAY}, Status(Label.PAID, YESTERDAY, 0)),
        ({"expected_on": TOMORROW}, Status(Label.UNDER_WAY, TOMORROW, 12_100)),
        ({"returned_on": YESTERDAY}, Status(Label.RETURNED, YESTERDAY, 12_100)),
        ({"open_cents": 100}, Status(Label.PARTLY_SETTLED, TOMORROW, 100)),
    ],
)
def test_a_label_carries_its_own_date_and_what_is_open(facts: dict[str, object], expected: Status) -> None:
    assert invoice(**facts) == expected


def test_an_invoice_credited_in_part_is_not_credited() -> None:
    assert invoice(credited_cents=12_099, open_cents=1).label is Label.PARTLY_SETTLED


days = st.none() | st.dates()


@given(total=cents, opened=cents, credited=cents, settled=days, expected=days, returned=days, due=st.dates())
def test_every_invoice_has_a_label(
    total: int,
    opened: int,
    credited: int,
    settled: date | None,
    expected: date | None,
    returned: date | None,
    due: date,
) -> None:
    found = status(
        total_cents=total, open_cents=opened, credited_cents=credited, settled_on=settled, expected_on=expected,
        returned_on=returned, due_on=due, today=TODAY,
    )  # fmt: skip
    assert found.label in Label


def test_an_invoice_is_unpaid_while_all_it_asks_for_is_open() -> None:
    assert invoice(brought_cents=10, open_cents=12_110).label is Label.UNPAID


def test_an_invoice_of_which_only_an_earlier_rest_is_settled_is_partly_settled() -> None:
    assert invoice(brought_cents=10, open_cents=12_100).label is Label.PARTLY_SETTLED


@given(open_cents=cents, payable=cents, floor=cents)
def test_only_what_is_left_of_something_and_below_the_floor_is_a_small_rest(
    open_cents: int, payable: int, floor: int
) -> None:
    is_small = is_small_rest(open_cents, payable, floor)
    assert is_small == (open_cents > 0 and open_cents < floor and open_cents < payable)
