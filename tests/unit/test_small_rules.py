"""Rules of a line or two: dates, rights, mail identities, pay links, the calendar of questions to the gateway."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing import outbox, tokens
from billing.access import DEFAULTS, Permission, possible
from billing.accounts.tables import Role
from billing.clock import SystemClock, local_day
from billing.errors import NotFound, PaymentUnderWay, Refused
from billing.logins import passwords
from billing.payments import paylinks, service
from billing.payments.tables import Payment
from billing.ports import Method
from billing.states import PaymentState
from billing.tokens import Purpose
from tests.factories import PASSWORD, password_hash

NOW = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
KEY = "a signing key of more than 32 characters"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2025, 12, 31, 22, 59, tzinfo=UTC), date(2025, 12, 31)),
        (datetime(2025, 12, 31, 23, 0, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_the_legal_day_is_the_dutch_one(instant: datetime, day: date) -> None:
    assert local_day(instant) == day


def test_the_machines_own_time_is_aware() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_every_role_has_its_rights() -> None:
    assert set(DEFAULTS) == set(Role)


def test_who_only_reads_may_not_pay() -> None:
    assert Permission.INVOICES_VIEW in DEFAULTS[Role.READ_ONLY]
    assert Permission.INVOICES_PAY not in DEFAULTS[Role.READ_ONLY]


def test_a_technician_sees_no_invoices() -> None:
    assert not {right for right in possible(Role.TECHNICIAN) if right.startswith(("invoices", "credits", "mandate"))}


@given(st.text(max_size=50))
def test_a_mail_keeps_its_identity_when_it_is_sent_again(key: str) -> None:
    assert outbox.message_id(key, "https://billing.test") == outbox.message_id(key, "https://billing.test")


def test_two_mails_have_two_identities() -> None:
    assert outbox.message_id("paid:1:1", "https://billing.test") != outbox.message_id(
        "paid:1:2", "https://billing.test"
    )


def test_a_mails_identity_tells_nothing() -> None:
    assert "paid" not in outbox.message_id("paid:1:1", "https://billing.test")


def test_a_link_carries_what_was_signed() -> None:
    assert tokens.read(Purpose.INVITATION, KEY, tokens.sign(Purpose.INVITATION, KEY, 17, 3), 2) == (17, 3)


@pytest.mark.parametrize(
    "token",
    [
        "", "17", "17.", ".", "x" * 1000, "é", "\x00", paylinks.sign(17, "another key of more than 32 characters"),
        paylinks.sign(17, KEY)[:-1], "[18" + paylinks.sign(17, KEY)[3:], paylinks.sign(17, KEY) + "A",
        tokens.sign(Purpose.INVITATION, KEY, 17, 1), tokens.sign(Purpose.PAY, KEY, 17),
    ],
)  # fmt: skip
def test_a_link_that_we_did_not_sign_for_this_leads_nowhere(token: str) -> None:
    with pytest.raises(NotFound):
        tokens.read(Purpose.PAY, KEY, token, 2)


@given(st.text(max_size=400))
def test_no_text_at_all_passes_for_a_link(token: str) -> None:
    with pytest.raises(NotFound):
        tokens.read(Purpose.PAY, KEY, token, 2)


def next_checks(method: Method, state: PaymentState, count: int) -> list[timedelta]:
    """How long we wait after each question."""
    payment = Payment(
        account_id=1, token="t", method=method, amount_cents=1, state=state, created_at=NOW, checks=0,
    )  # fmt: skip
    waits = []
    for _ in range(count):
        due = service.next_check(payment, NOW)
        assert due is not None
        waits.append(due - NOW)
        payment.checks += 1
    return waits


@pytest.mark.parametrize("state", [PaymentState.AWAITING, PaymentState.PENDING, PaymentState.UNKNOWN])
def test_questions_about_a_payment_grow_apart_until_they_are_an_hour_apart(state: PaymentState) -> None:
    assert next_checks(Method.IDEAL, state, 6) == [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, HOUR, HOUR]


def test_a_transfer_that_waits_for_the_customer_is_asked_about_daily() -> None:
    assert next_checks(Method.TRANSFER, PaymentState.AWAITING, 4) == [MINUTE, 5 * MINUTE, DAY, DAY]


def test_a_problem_says_its_code_and_its_facts() -> None:
    assert str(Refused(reason="no_lines")) == "refused {'reason': 'no_lines'}"
    assert str(PaymentUnderWay()) == "payment_under_way"


def test_a_password_is_recognised_and_another_is_not() -> None:
    assert passwords.verify(PASSWORD, password_hash()).is_right
    assert not passwords.verify(PASSWORD.upper(), password_hash()).is_right


def test_nobody_has_no_password() -> None:
    assert not passwords.verify("nobody has this password", None).is_right
