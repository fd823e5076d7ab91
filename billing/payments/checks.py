"""Which attempts to ask the gateway about again, and when to stop waiting for one that never got there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, select

from billing import locks
from billing.db import Work
from billing.invoices.tables import Invoice
from billing.payments import returns, service
from billing.payments.attempts import advance, lock_attempts
from billing.payments.tables import Payment, PaymentShare
from billing.ports import Method
from billing.states import OPEN_STATES, PaymentState

GIVE_UP_AFTER = timedelta(minutes=30)
# Nobody waits at a screen for a debit, and a second one would be worse than a late one.
GIVE_UP_DEBIT_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class DueCheck:
    """An attempt to ask about. key: empty while we have none. transfer_for: the invoice a bank transfer names.

    returns: keys of what goes back of a debit, and could not be booked when it was heard of.
    """

    payment_id: int
    account_id: int
    token: str
    key: str
    transfer_for: str
    returns: tuple[str, ...] = ()


def any_due(work: Work) -> bool:
    """Whether an attempt is due for a question; a look that takes no lock."""
    due = select(Payment.id).where(col(Payment.next_check_at) <= work.now).limit(1)
    return work.session.exec(due).first() is not None


def claim_due(work: Work, limit: int) -> list[DueCheck]:
    """Take attempts that are due for a question and put their next one on the calendar."""
    due = (
        select(Payment).where(col(Payment.next_check_at) <= work.now).order_by(col(Payment.next_check_at)).limit(limit)
    )
    checks = []
    for payment in work.session.scalars(locks.unclaimed(due)):
        payment.next_check_at = service.next_check(payment, work.now)
        payment.checks += 1
        work.session.add(payment)
        checks.append(question(work, payment))
    return checks


def waiting(work: Work, account_id: int) -> list[DueCheck]:
    """Every attempt of an account that has not ended, to be asked about out of turn."""
    states = [state.value for state in OPEN_STATES]
    found = select(Payment).where(Payment.account_id == account_id, col(Payment.state).in_(states))
    return [question(work, payment) for payment in work.session.exec(found.order_by(col(Payment.id)))]


def expire_unheard(work: Work, unheard: Sequence[DueCheck]) -> None:
    """Attempts the gateway has never heard of end after a while: nothing was charged."""
    for attempt in lock_attempts(work, [(c.payment_id, c.account_id) for c in unheard if not c.key]).values():
        patience = GIVE_UP_DEBIT_AFTER if attempt.payment.collect_on else GIVE_UP_AFTER
        if attempt.payment.created_at < work.now - patience:
            advance(work, attempt, PaymentState.EXPIRED, note="the gateway never heard of it")


def question(work: Work, payment: Payment) -> DueCheck:
    """What is asked of the gateway about an attempt."""
    by_transfer = payment.method == Method.TRANSFER
    return DueCheck(
        payment.id or 0, payment.account_id, payment.token, payment.provider_key or "",
        _first_invoice(work, payment) if by_transfer else "",
        tuple(returns.waiting(work, payment)) if payment.collect_on else (),
    )  # fmt: skip


def _first_invoice(work: Work, payment: Payment) -> str:
    number = (
        select(Invoice.number)
        .join(PaymentShare, col(PaymentShare.invoice_id) == col(Invoice.id))
        .where(PaymentShare.payment_id == payment.id)
        .order_by(col(Invoice.due_on), col(Invoice.id))
    )
    return work.session.exec(number).first() or ""
