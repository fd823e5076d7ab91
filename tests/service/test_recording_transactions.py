"""What the gateway says, in whatever order and however often, ends up in the journal once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from billing.access import SYSTEM, Actor
from billing.inbox import InboxMessage
from billing.ledger.tables import JournalEntry
from billing.payments import flows, queries
from billing.payments.booking import record_transactions
from billing.payments.tables import GatewayRecord, PaymentEvent
from billing.ports import Outcome, TransactionKind
from billing.settlement import Label
from tests.factories import Shop


@pytest.fixture
def number(shop: Shop, account: int) -> str:
    return shop.invoice(account)


@pytest.fixture
def key(shop: Shop, owner: Actor, number: str) -> str:
    """The gateway's key of a payment that waits for the customer."""
    return shop.start_key(owner, number)


def receipts(shop: Shop) -> int:
    return len(shop.all(JournalEntry, kind="payment_received"))


def states(shop: Shop) -> list[str]:
    return [event.state for event in shop.all(PaymentEvent)]


def test_a_paid_invoice_is_paid(shop: Shop, number: str, key: str) -> None:
    assert shop.succeed(key) == "booked"
    assert shop.status(number).label is Label.PAID
    assert shop.payment_of(key).state == "succeeded"
    assert shop.broken() == []


def test_the_same_push_twice_is_stored_once(shop: Shop, key: str) -> None:
    shop.gateway.change(key, Outcome.SUCCEEDED)
    assert [shop.push(key, "paid"), shop.push(key, "paid")] == [True, False]
    flows.process_pushes(shop.billing)
    assert len(shop.all(InboxMessage)) == 1


def test_two_pushes_about_one_payment_book_it_once(shop: Shop, number: str, key: str) -> None:
    shop.succeed(key)
    shop.succeed(key)
    assert receipts(shop) == 1
    assert states(shop) == ["created", "awaiting", "succeeded"]
    assert shop.broken() == []


def test_two_pushes_in_one_batch_book_it_once(shop: Shop, number: str, key: str) -> None:
    shop.gateway.change(key, Outcome.SUCCEEDED)
    shop.push(key, "first")
    shop.push(key, "second")
    flows.process_pushes(shop.billing)
    assert receipts(shop) == 1
    assert [message.verdict for message in shop.all(InboxMessage)] == ["booked", "booked"]


def test_two_workers_that_hear_of_a_payment_at_one_moment_book_it_once(shop: Shop, number: str, key: str) -> None:
    shop.gateway.change(key, Outcome.SUCCEEDED)
    heard = [shop.gateway.known[key]]
    second = shop.overlap(
        lambda work: record_transactions(work, heard, expects_test=True),
        lambda work: record_transactions(work, heard, expects_test=True),
    )
    assert second == {key: "booked"}
    assert receipts(shop) == 1
    assert shop.broken() == []


def test_a_late_success_wins_over_a_failure(shop: Shop, number: str, key: str) -> None:
    shop.gateway.change(key, Outcome.FAILED)
    assert shop.hear(key) == "ended"
    assert shop.succeed(key) == "booked"
    assert shop.payment_of(key).state == "succeeded"
    assert shop.open_cents(number) == [0]


@pytest.mark.parametrize("late", [Outcome.PENDING, Outcome.FAILED, Outcome.CANCELLED, Outcome.UNKNOWN])
def test_nothing_late_undoes_a_success(shop: Shop, number: str, key: str, late: Outcome) -> None:
    shop.succeed(key)
    shop.gateway.change(key, late)
    assert shop.hear(key) == "booked"
    assert shop.payment_of(key).state == "succeeded"
    assert shop.status(number).label is Label.PAID


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Outcome.FAILED, "failed"), (Outcome.REJECTED, "rejected"), (Outcome.CANCELLED, "cancelled")],
)
def test_a_payment_that_ended_without_money_leaves_the_invoice_open(
    shop: Shop, number: str, key: str, outcome: Outcome, state: str
) -> None:
    shop.gateway.change(key, outcome)
    assert shop.hear(key) == "ended"
    assert shop.payment_of(key).state == state
    assert shop.status(number).label is Label.UNPAID
    assert shop.broken() == []


def test_money_on_its_way_shows_with_the_day_it_is_expected(shop: Shop, number: str, key: str) -> None:
    shop.gateway.change(key, Outcome.PENDING)
    assert shop.hear(key) == "waiting"
    assert (shop.status(number).label, shop.status(number).on) == (Label.UNDER_WAY, date(2026, 3, 7))

    shop.gateway.change(key, Outcome.FAILED)
    shop.hear(key)
    assert shop.status(number).label is Label.UNPAID


def test_a_status_nobody_has_heard_of_is_never_taken_for_an_end(shop: Shop, number: str, key: str) -> None:
    shop.gateway.change(key, Outcome.UNKNOWN)
    assert shop.hear(key) == "waiting"
    assert shop.record(key).reason == "unknown_status"
    assert shop.payment_of(key).state == "pending"

    assert shop.succeed(key) == "booked"


@pytest.mark.parametrize(("cents", "left"), [(12_000, 100), (1, 12_099)])
def test_too_little_books_what_came(shop: Shop, number: str, key: str, cents: int, left: int) -> None:
    assert shop.succeed(key, amount_cents=cents) == "booked"
    assert shop.open_cents(number) == [left]
    assert shop.status(number).label is Label.PARTLY_SETTLED
    assert shop.broken() == []


def test_too_much_books_what_came_and_shows_the_rest(
    shop: Shop, account: int, owner: Actor, number: str, key: str
) -> None:
    assert shop.succeed(key, amount_cents=12_600) == "booked"
    assert shop.open_cents(number) == [0]
    assert shop.record(key).reason == "overpaid"
    assert shop.ask(queries.overpaid_cents, owner, account) == 500
    assert shop.broken() == []


def test_an_amount_that_changed_since_we_first_heard_of_it_books_what_came(shop: Shop, number: str, key: str) -> None:
    shop.hear(key)
    shop.succeed(key, amount_cents=12_000)
    assert shop.open_cents(number) == [100]
    assert shop.broken() == []


def test_a_payment_counts_on_the_day_it_succeeded(shop: Shop, number: str, key: str) -> None:
    shop.hear(key)
    shop.clock.advance(days=3)
    shop.succeed(key)
    assert shop.row(number).settled_on == date(2026, 3, 9)


def test_a_payment_counts_on_the_day_the_gateway_says(shop: Shop, number: str, key: str) -> None:
    shop.clock.advance(days=3)
    shop.succeed(key, changed_at=datetime(2026, 3, 6, 23, 30, tzinfo=UTC))
    assert shop.row(number).settled_on == date(2026, 3, 7)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"currency": "USD"}, "currency"),
        ({"is_test": False}, "test_flag"),
        ({"amount_cents": 0}, "amount"),
        ({"amount_cents": 1_000_000_001}, "amount"),
        ({"amount_cents": 99_999_999_999}, "amount"),
        ({"kind": TransactionKind.UNKNOWN}, "unknown_kind"),
    ],
)
def test_what_can_not_be_right_is_parked_and_not_booked(
    shop: Shop, number: str, key: str, wrong: dict[str, object], reason: str
) -> None:
    assert shop.succeed(key, **wrong) == "parked"
    assert shop.record(key).reason == reason
    assert (receipts(shop), shop.open_cents(number)) == (0, [12_100])
    assert shop.broken() == []


def test_a_parked_payment_holds_nobody_up(shop: Shop, owner: Actor, number: str, key: str) -> None:
    shop.succeed(key, currency="USD")
    assert shop.payment_of(key).state == "parked"
    shop.pay(owner, number)
    assert shop.open_cents(number) == [0]


def test_a_transaction_of_somebody_else_is_parked(shop: Shop, number: str, key: str) -> None:
    shop.gateway.change(key, Outcome.AWAITING_CUSTOMER, attempt="not ours")
    shop.sql("UPDATE payment SET provider_key = NULL")
    assert shop.succeed(key) == "parked"
    assert (shop.record(key).reason, receipts(shop)) == ("unknown_payment", 0)


@pytest.mark.parametrize("kind", [TransactionKind.GROUP, TransactionKind.AUTHORIZATION])
def test_a_transaction_that_moves_no_money_books_none(shop: Shop, number: str, key: str, kind: TransactionKind) -> None:
    assert shop.succeed(key, kind=kind) == "ended"
    assert (receipts(shop), shop.open_cents(number)) == (0, [12_100])


def test_two_successful_attempts_leave_the_second_as_overpayment(
    shop: Shop, account: int, owner: Actor, number: str, key: str
) -> None:
    second = shop.start_key(owner, number)
    shop.succeed(second)
    shop.succeed(key)
    assert (shop.open_cents(number), shop.ask(queries.overpaid_cents, owner, account)) == ([0], 12_100)
    assert shop.record(key).reason == "overpaid"
    assert shop.broken() == []


def test_one_payment_settles_several_invoices(shop: Shop, account: int, owner: Actor, number: str) -> None:
    others = [shop.invoice(account, "50.00"), shop.invoice(account, "10.00")]
    shop.pay(owner, number, *others)
    assert shop.open_cents(number, *others) == [0, 0, 0]
    assert receipts(shop) == 1
    assert shop.broken() == []


def test_too_little_for_several_invoices_pays_the_oldest_first(shop: Shop, account: int, owner: Actor) -> None:
    late = shop.invoice(account, due_on=date(2026, 4, 1))
    early = shop.invoice(account, due_on=date(2026, 3, 10))
    shop.succeed(shop.start_key(owner, late, early), amount_cents=12_200)
    assert shop.open_cents(early, late) == [0, 12_000]


def test_many_transactions_are_booked_in_one_batch(shop: Shop, account: int, owner: Actor) -> None:
    numbers = [shop.invoice(customer) for customer in (account, shop.customer(), shop.customer()) for _ in range(2)]
    for paid in numbers:
        key = shop.start_key(SYSTEM, paid)
        shop.gateway.change(key, Outcome.SUCCEEDED)
        shop.push(key)
    assert flows.process_pushes(shop.billing) == 6
    assert shop.open_cents(*numbers) == [0] * 6
    assert (len(shop.gateway.asked), len(shop.all(GatewayRecord))) == (1, 6)
    assert shop.broken() == []


def test_every_booking_is_in_the_audit_log(shop: Shop, number: str, key: str) -> None:
    shop.succeed(key)
    told = shop.audit()[-1]
    assert (told.action, told.subject, told.facts) == ("payment.booked", key, {"cents": 12_100, "unallocated_cents": 0})
    assert shop.clock.now() - told.at < timedelta(seconds=1)


@pytest.mark.parametrize("late", [Outcome.PENDING, Outcome.AWAITING_CUSTOMER, Outcome.FAILED])
def test_nothing_but_money_changes_an_attempt_that_has_ended(shop: Shop, number: str, key: str, late: Outcome) -> None:
    shop.gateway.change(key, Outcome.FAILED)
    shop.hear(key)
    told = len(shop.all(PaymentEvent))

    shop.gateway.change(key, late)
    shop.hear(key)

    assert shop.payment_of(key).state == "failed"
    assert shop.row(number).expected_on is None
    assert len(shop.all(PaymentEvent)) == told
