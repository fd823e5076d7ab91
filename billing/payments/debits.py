"""Attempts that nobody clicks for: collecting an invoice by a standing mandate."""

import secrets
from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from billing import audit
from billing.access import SYSTEM
from billing.accounts import service as accounts
from billing.db import Work
from billing.errors import PaymentUnderWay
from billing.invoices.tables import Invoice
from billing.money import require_payable
from billing.payments.attempts import expect_money
from billing.payments.service import FIRST_CHECK, OpenedPayment, new_attempt
from billing.payments.tables import Payment, PaymentShare
from billing.ports import Method
from billing.states import PaymentState

# Whoever waits at a screen of the bank may pay any moment; a transfer that was ordered may never come.
_MAY_BRING_MONEY = (PaymentState.CREATED, PaymentState.PENDING, PaymentState.UNKNOWN)


def open_debit(work: Work, invoice: Invoice, *, cents: int, collect_on: date) -> OpenedPayment:
    """Write down an attempt to collect for a locked invoice, and expect its money.

    cents: at most what is open. Raises PaymentUnderWay while other money may come for it.
    """
    if is_under_way(work, invoice):
        raise PaymentUnderWay()
    for share, _ in _rivals(work, invoice, [PaymentState.AWAITING]):
        share.collecting = False
        work.session.add(share)
    work.flush()
    payment = Payment(
        account_id=invoice.account_id, token=secrets.token_urlsafe(24), method=Method.DIRECT_DEBIT.value,
        amount_cents=require_payable(cents), state=PaymentState.CREATED.value, started_by_name=SYSTEM.name,
        created_at=work.now, next_check_at=work.now + FIRST_CHECK, collect_on=collect_on,
    )  # fmt: skip
    expect_money(work, payment, new_attempt(work, payment, [(invoice, cents)]), [invoice])
    number = invoice.number or ""
    audit.record(
        work, SYSTEM, "payment.started", chain=audit.of_account(invoice.account_id), subject=payment.token[:8],
        invoices=[number], method=payment.method,
    )  # fmt: skip
    accounts.bump_version(work, invoice.account_id)
    return OpenedPayment(
        payment_id=payment.id or 0, token=payment.token, account_id=invoice.account_id, amount_cents=cents,
        invoice_numbers=(number,), buyer_name=str(invoice.buyer["name"]), buyer_email="",
        language=invoice.language,
    )  # fmt: skip


def is_under_way(work: Work, invoice: Invoice) -> bool:
    """Whether another attempt may bring money for an invoice, be it by the customer's own insistence."""
    return bool(_rivals(work, invoice, _MAY_BRING_MONEY))


def _rivals(work: Work, invoice: Invoice, states: Sequence[PaymentState]) -> Sequence[tuple[PaymentShare, Payment]]:
    found = (
        select(PaymentShare, Payment)
        .join(Payment, col(Payment.id) == col(PaymentShare.payment_id))
        .where(PaymentShare.invoice_id == invoice.id, col(Payment.state).in_([state.value for state in states]))
    )
    return work.session.exec(found).all()
