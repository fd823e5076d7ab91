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
from billing.db import Work
from billing.errors import NothingToPay, PaymentUnderWay, Refused
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
CHECK_TRANSFER_AFTER = timedelta(days=1)
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
    """Pay these invoices in one go. despite_pending: the customer knows of money under way and insists."""

    invoice_numbers: tuple[str, ...]
    method: Method
    client_ip: str
    despite_pending: bool = False


@dataclass(frozen=True)
class OpenedPayment:
    """A new attempt, ready to be sent to the gateway."""

    payment_id: int
    token: str
    account_id: int
    amount_cents: int
    invoice_numbers: tuple[str, ...]
    buyer_name: str
    buyer_email: str


def open_payment(work: Work, actor: Actor, command: StartPayment) -> OpenedPayment:
    """Write down an attempt for all that is open on the invoices.

    Raises NotFound, NotAllowed, NothingToPay, PaymentUnderWay, or Refused for invoices of several customers.
    """
    numbers = tuple(dict.fromkeys(command.invoice_numbers))
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
    payment = _new_payment(work, actor, command.method, invoices)
    audit.record(
        work, actor, "payment.started", chain=audit.of_account(account_id), subject=payment.token[:8],
        invoices=[invoice.number for invoice in invoices], method=command.method.value,
    )  # fmt: skip
    return OpenedPayment(
        payment_id=payment.id or 0, token=payment.token, account_id=account_id, amount_cents=payment.amount_cents,
        invoice_numbers=tuple(invoice.number or "" for invoice in invoices),
        buyer_name=str(invoices[0].buyer["attention"] or invoices[0].buyer["name"]),
        buyer_email=_email_of(work, actor, account_id),
    )  # fmt: skip


def record_answer(work: Work, opened: OpenedPayment, answer: StartAnswer) -> None:
    """Keep what the gateway said at once; a push may have told us more already, and then that stands."""
    attempt = lock_attempt(work, opened.payment_id, opened.account_id)
    payment = attempt.payment
    payment.provider_key = payment.provider_key or answer.key or None
    if answer.transfer is not None:
        payment.transfer = asdict(answer.transfer)
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
        return now + CHECK_TRANSFER_AFTER
    return now + (FIRST_CHECK, *CHECK_AFTER)[min(payment.checks, len(CHECK_AFTER))]


def _new_payment(work: Work, actor: Actor, method: Method, invoices: Sequence[Invoice]) -> Payment:
    payment = Payment(
        account_id=invoices[0].account_id, token=secrets.token_urlsafe(24), method=method.value,
        amount_cents=require_payable(sum(invoice.open_cents for invoice in invoices)),
        state=PaymentState.CREATED.value, started_by=actor.user_id, started_by_name=actor.name, created_at=work.now,
        next_check_at=work.now + FIRST_CHECK,
    )  # fmt: skip
    work.session.add(payment)
    work.flush()
    payment_id = payment.id or 0
    work.session.add_all(
        PaymentShare(payment_id=payment_id, invoice_id=invoice.id or 0, cents=invoice.open_cents, collecting=True)
        for invoice in invoices
    )
    write_event(work, payment)
    work.flush()
    return payment


def _release_others(work: Work, invoices: Sequence[Invoice], *, despite_pending: bool) -> None:
    """Only one attempt may collect for an invoice. One that waits for the customer gives way to the new one; money
    that is already on its way does not, unless the customer insists."""
    rival = select(PaymentShare, Payment.state).join(Payment, col(Payment.id) == col(PaymentShare.payment_id))
    collecting = rival.where(
        col(PaymentShare.invoice_id).in_([invoice.id for invoice in invoices]), col(PaymentShare.collecting)
    )
    for share, state in work.session.exec(collecting):
        if state == PaymentState.PENDING and not despite_pending:
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
