"""Attempts under lock, with their shares and invoices, and the one way to move them on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from billing import locks, outbox
from billing.accounts import service as accounts
from billing.clock import local_day
from billing.db import Work
from billing.errors import NotFound
from billing.inserting import insert_rows
from billing.invoices.tables import Invoice
from billing.outbox import Task
from billing.payments.tables import Payment, PaymentEvent, PaymentShare
from billing.ports import Method
from billing.states import OPEN_STATES, PaymentState, may_move
from billing.workdays import add_bank_days

# Money that a bank is processing is normally there on the next day.
EXPECTED_WITHIN = timedelta(days=1)
# A direct debit is known to have succeeded so many bank days after the account was debited.
DEBIT_KNOWN_AFTER = 2
# A gateway may change its mind after a failure, and the push about it could be lost.
ASK_ONCE_MORE_AFTER = timedelta(hours=1)
MAY_CHANGE = {PaymentState.FAILED, PaymentState.REJECTED, PaymentState.CANCELLED}


@dataclass(frozen=True)
class Attempt:
    """A payment with what it is meant for, everything locked: the invoices run with the shares, oldest first."""

    payment: Payment
    shares: Sequence[PaymentShare]
    invoices: Sequence[Invoice]

    @property
    def state(self) -> PaymentState:
        return PaymentState(self.payment.state)


def lock_attempts(work: Work, found: Sequence[tuple[int, int]]) -> dict[int, Attempt]:
    """Lock attempts given as (payment id, account id) and all they are meant for, in the order of `locks`."""
    # Read anew under the lock, an invoice would lose what this very transaction settled of it and has not yet written.
    work.flush()
    ids = sorted({payment_id for payment_id, _ in found})
    locks.accounts(work, sorted({account_id for _, account_id in found}))
    by_payment: dict[int, list[PaymentShare]] = {payment_id: [] for payment_id in ids}
    for share in work.session.exec(select(PaymentShare).where(work.among(col(PaymentShare.payment_id), ids))):
        by_payment[share.payment_id].append(share)
    invoices = locks.invoices(work, sorted({share.invoice_id for group in by_payment.values() for share in group}))
    payments = locks.payments(work, ids)
    return {payment_id: _attempt(payments[payment_id], by_payment[payment_id], invoices) for payment_id in ids}


def lock_attempt(work: Work, payment_id: int, account_id: int) -> Attempt:
    """Lock one attempt. Raises NotFound."""
    found = lock_attempts(work, [(payment_id, account_id)])
    if payment_id not in found:
        raise NotFound()
    return found[payment_id]


def advance(
    work: Work, attempt: Attempt, target: PaymentState, *, status_code: int | None = None, sub_code: str = "",
    note: str = "",
) -> None:  # fmt: skip
    """Move an attempt when the move is legal; a repeated or late word changes nothing."""
    payment = attempt.payment
    if not may_move(attempt.state, target):
        return
    payment.state, payment.status_code = target.value, status_code
    work.session.add(payment)
    write_event(work, payment, status_code=status_code, sub_code=sub_code, note=note)
    if target not in OPEN_STATES:
        payment.checks = 0
        payment.next_check_at = work.now + ASK_ONCE_MORE_AFTER if target in MAY_CHANGE else None
        collected = _stop_collecting(work, attempt)
        tell_mandates(work, payment, f"{payment.id}:{target}")
        if target is not PaymentState.SUCCEEDED:
            _hand_over(work, collected)
    if target is PaymentState.PENDING:
        expect_money(work, attempt.payment, attempt.shares, attempt.invoices)
    accounts.bump_version(work, payment.account_id)


def tell_mandates(work: Work, payment: Payment, what: str) -> None:
    """A mandate lives by what becomes of the payments by it, and of the one that it began with."""
    if payment.method == Method.DIRECT_DEBIT or payment.starts_series:
        outbox.put(work, Task.FOLLOW_PAYMENT, f"follow:{what}", payment_id=payment.id, account_id=payment.account_id)


def expect_money(work: Work, payment: Payment, shares: Sequence[PaymentShare], invoices: Sequence[Invoice]) -> None:
    """Money is on its way: the invoices for which this payment collects say until when."""
    for share, invoice in zip(shares, invoices, strict=True):
        if share.collecting:
            invoice.expected_on = _expected_on(work, payment)
            work.session.add(invoice)


def write_event(
    work: Work, payment: Payment, *, status_code: int | None = None, sub_code: str = "", note: str = ""
) -> None:
    """Append the present state of an attempt to its story."""
    work.defer(_write_events, {
        "payment_id": payment.id, "at": work.now, "state": payment.state, "status_code": status_code,
        "sub_code": sub_code, "note": note[:200],
    })  # fmt: skip


def _attempt(payment: Payment, shares: list[PaymentShare], invoices: dict[int, Invoice]) -> Attempt:
    ordered = sorted(shares, key=lambda share: (invoices[share.invoice_id].due_on or date.max, share.invoice_id))
    return Attempt(payment, ordered, [invoices[share.invoice_id] for share in ordered])


def _stop_collecting(work: Work, attempt: Attempt) -> list[Invoice]:
    """The invoices that nobody collects for any more."""
    collected = []
    for share, invoice in zip(attempt.shares, attempt.invoices, strict=True):
        if share.collecting:
            share.collecting = False
            invoice.expected_on = None
            work.session.add_all([share, invoice])
            collected.append(invoice)
    return collected


def _hand_over(work: Work, collected: Sequence[Invoice]) -> None:
    """An attempt ended without money: one whose money was already on its way collects again."""
    work.flush()
    others = (
        select(PaymentShare, Payment)
        .join(Payment, col(Payment.id) == col(PaymentShare.payment_id))
        .where(
            col(PaymentShare.invoice_id).in_([invoice.id for invoice in collected]),
            Payment.state == PaymentState.PENDING.value,
        )
        .order_by(col(Payment.id).desc())
    )
    waiting = {share.invoice_id: (share, payment) for share, payment in work.session.exec(others)}
    for invoice in collected:
        found = waiting.get(invoice.id or 0)
        if found is not None and invoice.open_cents:
            share, payment = found
            share.collecting = True
            work.session.add(share)
            expect_money(work, payment, [share], [invoice])


def _expected_on(work: Work, payment: Payment) -> date:
    if payment.collect_on is not None:
        return add_bank_days(payment.collect_on, DEBIT_KNOWN_AFTER)
    return local_day(work.now) + EXPECTED_WITHIN


def _write_events(work: Work, rows: list[dict[str, Any]]) -> None:
    insert_rows(work, PaymentEvent, rows)
