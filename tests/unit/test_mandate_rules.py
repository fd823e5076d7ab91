"""When an account may be debited, and what follows from a bank's reason."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.clock import AMSTERDAM
from billing.errors import ForeignAccount, InvalidIban
from billing.mandates import rules
from billing.mandates.reasons import REASONS, Response, reason_of
from billing.mandates.rules import MandateRules
from billing.workdays import add_bank_days, is_bank_day

DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2035, 12, 31), timezones=st.just(AMSTERDAM))


@pytest.mark.parametrize(
    ("given_at", "debited_on"),
    [
        (datetime(2026, 3, 17, 11, 59), date(2026, 3, 19)), (datetime(2026, 3, 17, 12, 0), date(2026, 3, 20)),
        (datetime(2026, 3, 20, 13, 0), date(2026, 3, 25)), (datetime(2026, 3, 21, 9, 0), date(2026, 3, 25)),
        # Over Easter: Good Friday and Easter Monday are no bank days. King's day is one.
        (datetime(2026, 4, 1, 9, 0), date(2026, 4, 7)), (datetime(2026, 4, 2, 9, 0), date(2026, 4, 8)),
        (datetime(2026, 4, 24, 9, 0), date(2026, 4, 28)), (datetime(2026, 12, 23, 9, 0), date(2026, 12, 28)),
    ],
)  # fmt: skip
def test_an_order_before_noon_debits_two_bank_days_later(given_at: datetime, debited_on: date) -> None:
    assert rules.earliest_debit(given_at) == debited_on


@given(MOMENTS)
def test_a_debit_is_never_sooner_than_two_days_and_never_on_a_closed_day(moment: datetime) -> None:
    day = rules.earliest_debit(moment)
    assert is_bank_day(day)
    assert day >= moment.date() + timedelta(days=2)
    assert rules.earliest_debit(moment + timedelta(hours=1)) >= day


@given(wished=DAYS, today=DAYS, notice=st.integers(0, 60), later=st.integers(0, 3))
def test_a_planned_day_leaves_time_to_tell_and_to_submit(wished: date, today: date, notice: int, later: int) -> None:
    free_from = today + timedelta(days=later)
    day = rules.collect_on(wished=wished, today=today, notice_days=notice, free_from=free_from)
    assert is_bank_day(day)
    assert day >= max(wished, today + timedelta(days=notice))
    noon = datetime(free_from.year, free_from.month, free_from.day, 13, tzinfo=AMSTERDAM)
    assert rules.earliest_debit(noon) <= day


@given(DAYS)
def test_what_is_submitted_on_its_day_is_in_time_even_in_the_afternoon(day: date) -> None:
    collect_on = add_bank_days(day, 1)
    on = rules.submit_on(collect_on)
    assert rules.earliest_debit(datetime(on.year, on.month, on.day, 17, tzinfo=AMSTERDAM)) <= collect_on


@pytest.mark.parametrize(
    ("today", "again"),
    [
        (date(2026, 3, 12), date(2026, 3, 25)), (date(2026, 3, 2), date(2026, 3, 9)),
        (date(2026, 3, 24), date(2026, 3, 31)), (date(2026, 12, 15), date(2026, 12, 25)),
    ],
)  # fmt: skip
def test_a_retry_waits_for_pay_day_when_that_is_near(today: date, again: date) -> None:
    assert rules.retry_wish(today) == again


@pytest.mark.parametrize(
    ("today", "day"), [(date(2029, 3, 6), date(2026, 3, 6)), (date(2028, 2, 29), date(2025, 2, 28))]
)
def test_a_mandate_lapses_after_36_months(today: date, day: date) -> None:
    assert rules.lapsed_before(today) == day


def test_an_account_is_shown_by_its_country_and_its_last_four() -> None:
    assert rules.masked("NL13TEST0123456789") == "NL•• •••• 6789"


@pytest.mark.parametrize("wrong", ["", "NL", "NL00TEST0123456789", "nonsense", "NL13TEST01234567890"])
def test_what_is_no_account_number_is_refused(wrong: str) -> None:
    with pytest.raises(InvalidIban):
        rules.compact_iban(wrong)


def test_an_account_number_may_be_typed_with_spaces() -> None:
    assert rules.dutch_iban("nl13 test 0123 4567 89") == "NL13TEST0123456789"


def test_only_dutch_accounts_sign_at_the_bank() -> None:
    with pytest.raises(ForeignAccount) as refused:
        rules.dutch_iban("BE71 0961 2345 6769")
    assert refused.value.facts == {"country": "BE"}


@pytest.mark.parametrize(
    ("submitted", "failed", "spike"), [(9, 9, False), (10, 3, False), (10, 4, True), (50, 15, False), (50, 16, True)]
)
def test_a_spike_is_a_part_of_enough(submitted: int, failed: int, spike: bool) -> None:
    assert rules.is_spike(MandateRules(), submitted=submitted, failed=failed) is spike


@given(st.text(max_size=6))
def test_every_code_there_may_ever_be_has_an_answer(code: str) -> None:
    reason = reason_of(code)
    assert reason.points >= 0
    if code not in REASONS:
        assert (reason.response, reason.for_staff, reason.points) == (Response.PAUSE, True, 3)


def test_only_a_lack_of_money_and_our_own_silence_lead_to_a_retry() -> None:
    retried = {code for code, reason in REASONS.items() if reason.response is Response.RETRY}
    assert retried == {"AM04", "MS03", "never_arrived"}


def test_what_is_our_own_fault_never_counts_against_the_customer() -> None:
    assert {code for code, reason in REASONS.items() if reason.response is Response.KEEP and reason.points} == set()
