"""The four lights from plain facts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.lights import rules
from billing.lights.rules import REPAIRS, AtGateway, Cause, Found, InBooks, Lamp
from dashboard.texts.nl import NL

TODAY = date(2026, 11, 26)
GOOD = {"cents": 100, "said": "succeeded", "said_cents": 100, "verdict": "booked", "reason": "", "booked_cents": 100}


def at_gateway(**other: object) -> AtGateway:
    return AtGateway(**(GOOD | other))  # type: ignore[arg-type]  # the names are the fields'


@pytest.mark.parametrize(
    ("facts", "lamp", "cause"),
    [
        ({}, Lamp.OK, None),
        ({"said": ""}, Lamp.COMING, None),
        ({"said": "absent"}, Lamp.RED, Cause.GATEWAY_UNKNOWN),
        ({"said": "failed"}, Lamp.RED, Cause.GATEWAY_UNKNOWN),
        ({"said_cents": 99}, Lamp.RED, Cause.GATEWAY_OTHERWISE),
    ],
)
def test_the_gateway(facts, lamp, cause):
    found = rules.gateway(at_gateway(**facts))
    assert (found.lamp, found.cause) == (lamp, cause)


@pytest.mark.parametrize(
    ("facts", "lamp", "cause"),
    [
        ({}, Lamp.OK, None),
        ({"booked_cents": -100}, Lamp.OK, None),
        ({"booked_cents": 99}, Lamp.RED, Cause.BOOKED_OTHERWISE),
        ({"booked_cents": None, "verdict": "waiting", "waits": True}, Lamp.COMING, None),
        ({"booked_cents": None, "waits": True, "is_stuck": True}, Lamp.RED, Cause.PUSH_STUCK),
        ({"booked_cents": None, "verdict": "parked"}, Lamp.RED, Cause.PARKED),
        ({"booked_cents": None, "verdict": ""}, Lamp.RED, Cause.PUSH_MISSED),
        ({"booked_cents": None, "verdict": "waiting"}, Lamp.RED, Cause.PUSH_MISSED),
    ],
)
def test_the_journal(facts, lamp, cause):
    found = rules.dashboard(at_gateway(**facts))
    assert (found.lamp, found.cause) == (lamp, cause)


@pytest.mark.parametrize(
    ("document", "lamp", "cause"),
    [
        (InBooks("1", 5, "handed_over", seen=(5,)), Lamp.OK, None),
        (InBooks("1", 5, "handed_over"), Lamp.COMING, None),
        (InBooks("1", 5, "waiting"), Lamp.COMING, None),
        (InBooks("1", 5, ""), Lamp.NONE, None),
        (InBooks("1", 0, "handed_over", seen=()), Lamp.OK, None),
        (InBooks("1", 5, "waiting", "ReadTimeout"), Lamp.RED, Cause.BOOKS_SILENT),
        (InBooks("1", 5, "held", "http_422"), Lamp.RED, Cause.BOOKS_REFUSED),
        (InBooks("1", 5, "handed_over", documents=2, seen=(5,)), Lamp.RED, Cause.BOOKS_DOUBLE),
        (InBooks("1", 5, "handed_over", seen=(5, 5)), Lamp.RED, Cause.BOOKS_DOUBLE),
        (InBooks("1", 5, "handed_over", documents=0, seen=()), Lamp.RED, Cause.BOOKS_GONE),
        (InBooks("1", 5, "handed_over", seen=()), Lamp.RED, Cause.BOOKS_MISSING),
        (InBooks("1", 5, "handed_over", seen=(4,)), Lamp.RED, Cause.BOOKS_OTHERWISE),
    ],
)
def test_the_bookkeeping(document, lamp, cause):
    found = rules.books([document])
    assert (found.lamp, found.cause) == (lamp, cause)


def test_several_documents_are_as_good_as_the_worst():
    good, late = InBooks("1", 5, "handed_over", seen=(5,)), InBooks("2", 5, "waiting")
    bad = InBooks("3", 5, "handed_over", seen=())
    assert rules.books([good, late]).lamp is Lamp.COMING
    assert rules.books([good, late, bad]).cause is Cause.BOOKS_MISSING
    assert rules.books([]).lamp is Lamp.NONE


@given(st.integers(-30, 30), st.booleans())
def test_the_bank_is_late_only_after_its_last_day(days, is_paid_out):
    found = rules.bank(is_paid_out=is_paid_out, expected_on=TODAY, last_on=TODAY, today=TODAY + timedelta(days=days))
    assert (found.lamp is Lamp.RED) == (days > 0 and not is_paid_out)
    assert (found.lamp is Lamp.OK) == is_paid_out


@given(st.permutations(list(Cause)))
def test_of_several_causes_the_first_one_is_told(causes):
    found = [Found(Lamp.RED, cause) for cause in causes]
    assert rules.worst([*found, rules.NOTHING]).cause is next(iter(Cause))


def test_every_cause_and_repair_has_its_words():
    assert set(NL.staff.lights.causes) == set(NL.staff.certificate.causes) == {cause.value for cause in Cause}
    assert set(NL.staff.lights.repairs) == {repair.value for repair in REPAIRS.values()}
