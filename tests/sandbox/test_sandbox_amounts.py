"""Amounts cross the wire as JSON numbers and lose nothing."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.sandbox.messages import amount_number, encode
from billing.sandbox.requests import read_cents, read_json

CENTS = st.integers(min_value=1, max_value=10**12 - 1)


@given(CENTS)
def test_written_amount_reads_back_to_the_same_cents(cents):
    text = encode({"AmountDebit": amount_number(cents)})
    assert json.loads(text, parse_float=Decimal)["AmountDebit"] * 100 == cents
    assert read_cents(read_json(text)["amountdebit"]) == cents


@given(CENTS)
def test_amount_is_read_from_text_too(cents):
    assert read_cents(f"{cents // 100}.{cents % 100:02d}") == cents


@pytest.mark.parametrize("value", [True, "ten", "", 0, -1, Decimal("0.001"), [], "NaN", 10**12])
def test_what_is_no_amount_is_told_apart_from_none(value):
    assert read_cents(value) == -1


def test_absent_amount_is_none():
    assert read_cents(None) is None
