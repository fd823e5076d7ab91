"""Attempts to pay: opening one, and writing down what the gateway answered. One transaction each, no network."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlmodel import col, select

from billing import audit, locks
from billing.access import Actor, Permission
from billing.accounts.queries import billing_recipients
from billing.accounts.tables import MailTopic, User
from billing.clock import local_day
from billing.db import Work
from billing.errors import MethodUnavailable, NothingToPay, PaymentUnderWay, Refused
from billing.invoices.queries import visible_invoices
from billing.invoices.tables import Invoice
from billing.money import require_payable
from billing.payments.attempts import advance, lock_attempt, write_event
from billing.payments.tables import Payment, PaymentShare
from billing.ports import Method, Outcome, StartAnswer
from billing.states import OPEN_STATES, PaymentState

MAX_INVOICES = 50
FIRST_CHECK = timedelta(minutes=1)
SOON = timedelta(seconds=5)
CHECK_AFTER = (timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
# Before a bank has moved there is nothing to hear.
CHECK_BANK_AFTER = timedelta(days=1)
# After a failure that was asked about once more there is one last question.
LAST_QUESTION_AFTER = timedelta(days=1)

STATE_OF = {
    Outcome.SUCCEEDED: PaymentState.SUCCEEDED,
    Outcome.FAILED: PaymentState.FAILED,
    Outcome.REJECTED: PaymentState.REJECTED,
    Outcome.CANCELLED: PaymentState.CANCELLED,
    Outcome.AWAITING_CUSTOMER: PaymentState.AWAITING,
    Outcome.PENDING: PaymentState.PENDING,
    # A status nobody has heard of is never taken for an end; the record of it is an alert for staff.
    Outcome.UNKNOWN: PaymentState.PENDING,
}


@dataclass(frozen=True)
class StartPayment:
    """Pay these invoices in one go. despite_pending: the customer knows of money under way and insists.

    starts_series: the customer agreed to a standing mandate with it; only `mandates` asks for that, with the evidence.
    """

    invoice_numbers: tuple[str, ...]
    method: Method
    client_ip: str
    despite_pending: bool = False
    starts_series: bool = False


@dataclass(frozen=True)
class OpenedPayment:
    """A new attempt, ready to be sent to the gateway. language: of the first invoice."""

    payment_id: int
    token: str
    account_id: int
    amount_cents: int
    invoice_numbers: tuple[str, ...]
    buyer_name: str
    buyer_email: str
    language: str
    starts_series: bool = False


def open_payment(work: Work, actor: Actor, command: StartPayment) -> OpenedPayment:
    """Write down an attempt for all that is open on the invoices.

    Raises NotFound, NotAllowed, NothingToPay, PaymentUnderWay, MethodUnavailable, or Refused for invoices of several
    customers.
    """
    numbers = tuple(dict.fromkeys(command.invoice_numbers))
    if command.method is Method.DIRECT_DEBIT:
        raise MethodUnavailable()
    if not 0 < len(numbers) <= MAX_INVOICES:
        raise Refused(reason="number_of_invoices")
    seen = visible_invoices(work, actor, numbers, needs=Permission.INVOICES_PAY)
    account_id = seen[0].account_id
    if any(invoice.account_id != account_id for invoice in seen):
        raise Refused(reason="several_accounts")
    locks.account(work, account_id)
    invoices = _oldest_first(locks.invoices(work, [invoice.id or 0 for invoice in seen]).values())
    if any(invoice.open_cents == 0 for invoice in invoices):
        raise NothingToPay()
    _release_others(work, invoices, despite_pending=command.despite_pending)
    payment = _new_payment(work, actor, command, invoices)
    audit.record(
        work, actor, "payment.started", chain=audit.of_account(account_id), subject=payment.token[:8],
        invoices=[invoice.number for invoice in invoices], method=command.method.value,
    )  # fmt: skip
    return OpenedPayment(
        payment_id=payment.id or 0, token=payment.token, account_id=account_id, amount_cents=payment.amount_cents,
        invoice_numbers=tuple(invoice.number or "" for invoice in invoices),
        buyer_name=str(invoices[0].buyer["attention"] or invoices[0].buyer["name"]),
        buyer_email=_email_of(work, actor, account_id), language=invoices[0].language,
        starts_series=command.starts_series,
    )  # fmt: skip


def record_answer(work: Work, opened: OpenedPayment, answer: StartAnswer) -> None:
    """Keep what the gateway said at once; a push may have told us more already, and then that stands."""
    attempt = lock_attempt(work, opened.payment_id, opened.account_id)
    payment = attempt.payment
    payment.provider_key = payment.provider_key or answer.key or None
    if answer.transfer is not None:
        payment.transfer = asdict(answer.transfer)
    if payment.collect_on and answer.collect_on:
        payment.collect_on = answer.collect_on
    target = STATE_OF[answer.outcome]
    if target is PaymentState.SUCCEEDED:
        # Only an authenticated status answer books money, never the answer to an order.
        target, payment.next_check_at = PaymentState.PENDING, work.now
    if attempt.state in {PaymentState.CREATED, PaymentState.UNKNOWN}:
        advance(work, attempt, target, status_code=answer.status_code, sub_code=answer.sub_code, note=answer.reason)
    work.session.add(payment)


def record_unclear(work: Work, opened: OpenedPayment) -> None:
    """Nobody knows whether the order arrived: the attempt stays unknown, and is looked up soon."""
    attempt = lock_attempt(work, opened.payment_id, opened.account_id)
    if attempt.state is PaymentState.CREATED:
        advance(work, attempt, PaymentState.UNKNOWN)
        attempt.payment.next_check_at = work.now + SOON


def record_refusal(work: Work, opened: OpenedPayment, reason: str) -> None:
    """The gateway refused the order for certain: nothing was started."""
    attempt = lock_attempt(work, opened.payment_id, opened.account_id)
    if attempt.state in OPEN_STATES:
        advance(work, attempt, PaymentState.FAILED, note=reason)


def look_again(work: Work, token: str) -> None:
    """The browser came back: ask the gateway right away. A hint only, no money state is written."""
    waiting = [state.value for state in OPEN_STATES]
    work.session.execute(
        update(Payment)
        .where(col(Payment.token) == token, col(Payment.state).in_(waiting))
        .values(next_check_at=work.now, checks=0)
    )


def next_check(payment: Payment, now: datetime) -> datetime | None:
    """When to ask the gateway again after asking now; None for never."""
    if PaymentState(payment.state) not in OPEN_STATES:
        return now + LAST_QUESTION_AFTER if payment.checks == 0 else None
    if payment.method == Method.TRANSFER and payment.state == PaymentState.AWAITING and payment.checks > 1:
        return now + CHECK_BANK_AFTER
    if payment.collect_on and payment.checks > 1 and local_day(now) < payment.collect_on:
        return now + CHECK_BANK_AFTER
    return now + (FIRST_CHECK, *CHECK_AFTER)[min(payment.checks, len(CHECK_AFTER))]


def new_attempt(work: Work, payment: Payment, shares: Sequence[tuple[Invoice, int]]) -> Sequence[PaymentShare]:
    """Write down an attempt with what it is meant for; from now on it is the one that collects for these invoices."""
    work.session.add(payment)
    work.flush()
    rows = [
        PaymentShare(payment_id=payment.id or 0, invoice_id=invoice.id or 0, cents=cents, collecting=True)
        for invoice, cents in shares
    ]
    work.session.add_all(rows)
    write_event(work, payment)
    work.flush()
    return rows


def _new_payment(work: Work, actor: Actor, command: StartPayment, invoices: Sequence[Invoice]) -> Payment:
    payment = Payment(
        account_id=invoices[0].account_id, token=secrets.token_urlsafe(24), method=command.method.value,
        amount_cents=require_payable(sum(invoice.open_cents for invoice in invoices)),
        state=PaymentState.CREATED.value, started_by=actor.user_id, started_by_name=actor.name, created_at=work.now,
        next_check_at=work.now + FIRST_CHECK, starts_series=command.starts_series,
    )  # fmt: skip
    new_attempt(work, payment, [(invoice, invoice.open_cents) for invoice in invoices])
    return payment


def _release_others(work: Work, invoices: Sequence[Invoice], *, despite_pending: bool) -> None:
    """Only one attempt may collect for an invoice. One that waits for the customer gives way to the new one; money
    that is already on its way does not, unless the customer insists."""
    rival = select(PaymentShare, Payment).join(Payment, col(Payment.id) == col(PaymentShare.payment_id))
    collecting = rival.where(
        col(PaymentShare.invoice_id).in_([invoice.id for invoice in invoices]), col(PaymentShare.collecting)
    )
    for share, payment in work.session.exec(collecting):
        # A debit that the gateway may have is on its way, whether it has said so or not.
        under_way = payment.state == PaymentState.PENDING or payment.collect_on is not None
        if under_way and not despite_pending:
            raise PaymentUnderWay()
        share.collecting = False
        work.session.add(share)
    work.flush()


def _email_of(work: Work, actor: Actor, account_id: int) -> str:
    """Whom the gateway may write to about this payment: who pays, else the first who receives the invoices."""
    user = work.session.get(User, actor.user_id) if actor.user_id else None
    people = [user] if user else billing_recipients(work, account_id, MailTopic.INVOICES)
    return people[0].email if people else ""


def _oldest_first(invoices: Iterable[Invoice]) -> list[Invoice]:
    return sorted(invoices, key=lambda invoice: (invoice.due_on or date.max, invoice.id or 0))
