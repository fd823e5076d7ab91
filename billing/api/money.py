"""Payments and credits, for a host's own systems to follow. Nothing here moves money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from billing import access
from billing.access import Actor, Scope
from billing.api.pages import Part, Place, part, within_reach
from billing.credits import queries as credits
from billing.credits.queries import CreditStatement
from billing.db import Work
from billing.errors import NotFound
from billing.invoices.tables import Invoice
from billing.payments.tables import Payment, PaymentShare


@dataclass(frozen=True)
class ShareView:
    """How much of a payment was meant for which invoice."""

    invoice_id: int
    number: str | None
    cents: int


@dataclass(frozen=True)
class PaymentView:
    """One attempt to pay. amount_cents: what was asked for. collect_on: the bank day of a direct debit."""

    id: int
    customer_id: int
    method: str
    state: str
    amount_cents: int
    currency: str
    created_at: datetime
    collect_on: date | None
    invoices: tuple[ShareView, ...]


def payments(work: Work, actor: Actor, place: Place, customer_id: int | None = None) -> Part[PaymentView]:
    """The payments of customers in reach. Raises NotAllowed or NotFound."""
    condition = within_reach(work, actor, Scope.PAYMENTS_READ, col(Payment.account_id), customer_id)
    found = part(work, select(Payment).where(condition), col(Payment.id), place, lambda payment: payment)
    shares = _shares(work, [payment.id for payment in found.rows])
    return Part(tuple(_view(payment, shares) for payment in found.rows), found.ends_at)


def payment(work: Work, actor: Actor, payment_id: int) -> PaymentView:
    """One payment. Raises NotAllowed or NotFound."""
    condition = within_reach(work, actor, Scope.PAYMENTS_READ, col(Payment.account_id))
    found = work.session.exec(select(Payment).where(condition, Payment.id == payment_id)).first()
    if found is None:
        raise NotFound()
    return _view(found, _shares(work, [payment_id]))


def credit_statement(work: Work, actor: Actor, customer_id: int) -> CreditStatement:
    """The credits of a customer, and how they came to be. Raises NotAllowed or NotFound."""
    return credits.statement(
        work, actor, access.require_customer(work, actor, Scope.CREDITS_READ, customer_id)
    )  # fmt: skip


def _shares(work: Work, payment_ids: Sequence[int]) -> dict[int, list[ShareView]]:
    rows = (
        select(PaymentShare, Invoice.number)
        .join(Invoice, col(Invoice.id) == col(PaymentShare.invoice_id))
        .where(col(PaymentShare.payment_id).in_(payment_ids))
        .order_by(col(PaymentShare.invoice_id))
    )
    shares: dict[int, list[ShareView]] = {payment_id: [] for payment_id in payment_ids}
    for share, number in work.session.exec(rows):
        shares[share.payment_id].append(ShareView(share.invoice_id, number, share.cents))
    return shares


def _view(payment: Payment, shares: dict[int, list[ShareView]]) -> PaymentView:
    return PaymentView(
        id=payment.id or 0, customer_id=payment.account_id, method=payment.method, state=payment.state,
        amount_cents=payment.amount_cents, currency=payment.currency, created_at=payment.created_at,
        collect_on=payment.collect_on, invoices=tuple(shares[payment.id or 0]),
    )  # fmt: skip
