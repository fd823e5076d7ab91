"""Reading payments: where an attempt stands, and money that has no purpose yet."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam
from sqlmodel import col, func, select

from billing import access
from billing.access import Actor, Permission
from billing.db import Work, table_of
from billing.errors import NotFound
from billing.invoices.tables import Invoice
from billing.ledger.rules import LedgerAccount
from billing.ledger.tables import JournalEntry, Posting
from billing.payments.tables import Payment, PaymentShare
from billing.states import PaymentState

_P = table_of(Posting).c
_UNALLOCATED = select(func.coalesce(func.sum(_P.cents), 0)).where(
    _P.account_id == bindparam("account_id"), _P.ledger_account == LedgerAccount.UNALLOCATED.value
)


@dataclass(frozen=True)
class AttemptView:
    """What the return page may say to whoever holds the unguessable token: no names, no addresses.

    settled: whether all its invoices have nothing open any more.
    """

    state: PaymentState
    method: str
    amount_cents: int
    invoice_numbers: tuple[str, ...]
    settled: bool


@dataclass(frozen=True)
class Overpayment:
    """What is too much of a payment. on: the last day that money came in with it; invoice_numbers: what it was
    for."""

    payment_id: int
    method: str
    cents: int
    on: date
    invoice_numbers: tuple[str, ...]


def trace_of(work: Work, key: str) -> str | None:
    """The step that began the attempt which the gateway knows by this key; None for one of no trace."""
    return work.session.exec(select(Payment.traceparent).where(Payment.provider_key == key)).first()


def attempt(work: Work, token: str) -> AttemptView:
    """Where an attempt stands. Raises NotFound."""
    payment = work.session.exec(select(Payment).where(Payment.token == token)).first()
    if payment is None:
        raise NotFound()
    statement = (
        select(Invoice.number, Invoice.open_cents)
        .join(PaymentShare, col(PaymentShare.invoice_id) == col(Invoice.id))
        .where(PaymentShare.payment_id == payment.id)
        .order_by(col(Invoice.due_on), col(Invoice.id))
    )
    invoices = work.session.exec(statement).all()
    return AttemptView(
        state=PaymentState(payment.state), method=payment.method, amount_cents=payment.amount_cents,
        invoice_numbers=tuple(number or "" for number, _ in invoices),
        settled=all(open_cents == 0 for _, open_cents in invoices),
    )  # fmt: skip


def overpaid_cents(work: Work, actor: Actor, account_id: int) -> int:
    """What an account has paid too much: money received that has no purpose yet."""
    allowed = access.require(work, actor, Permission.INVOICES_VIEW, account_id)
    return -int(work.plain(_UNALLOCATED, account_id=allowed).scalar_one())


def overpayments(work: Work, actor: Actor, account_id: int) -> tuple[Overpayment, ...]:
    """What an account has paid too much, by payment, the oldest first. Raises NotFound or NotAllowed."""
    allowed = access.require(work, actor, Permission.CREDITS_VIEW, account_id)
    statement = (
        select(Payment.id, Payment.method, -func.sum(Posting.cents), func.max(JournalEntry.occurred_on))
        .join(Posting, col(Posting.payment_id) == col(Payment.id))
        .join(JournalEntry, col(JournalEntry.id) == col(Posting.entry_id))
        .where(Posting.account_id == allowed, Posting.ledger_account == LedgerAccount.UNALLOCATED.value)
        .group_by(col(Payment.id), col(Payment.method))
        .having(func.sum(Posting.cents) < 0)
        .order_by(col(Payment.id))
    )
    return tuple(
        Overpayment(payment_id or 0, method, int(cents), on, _paid_for(work, payment_id or 0))
        for payment_id, method, cents, on in work.session.exec(statement).all()
    )


def _paid_for(work: Work, payment_id: int) -> tuple[str, ...]:
    numbers = (
        select(Invoice.number)
        .join(PaymentShare, col(PaymentShare.invoice_id) == col(Invoice.id))
        .where(PaymentShare.payment_id == payment_id)
        .order_by(col(Invoice.due_on), col(Invoice.id))
    )
    return tuple(number or "" for number in work.session.exec(numbers))
