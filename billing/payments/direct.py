"""Money that came straight to our bank account, past the gateway: a payment that was never an attempt."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from billing import audit, steps
from billing.access import Actor
from billing.accounts import service as accounts
from billing.db import Work
from billing.inserting import insert_rows
from billing.invoices import service as invoices
from billing.invoices.tables import Invoice
from billing.ledger import rules
from billing.ledger import service as ledger
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.outbox import Task
from billing.payments.tables import Payment, PaymentShare
from billing.ports import Method
from billing.settlement import allocate
from billing.states import PaymentState

_WAITING = "payments that are not written yet"


def receive(
    work: Work, actor: Actor, *, account_id: int, meant_for: Sequence[Invoice], cents: int, on: date, key: str,
    through: LedgerAccount, paid_by: str,
) -> int:  # fmt: skip
    """Book a bank transfer of a locked account on its locked invoices, in their order; the rest waits for a purpose.
    Returns the id of the payment.

    on: the value date, which is the day that the customer paid. key: names the journal entry once and for all.
    through: the bank, or unallocated when the money was there before anybody knew whose it was.
    """
    parts, rest_cents = allocate(cents, [invoice.open_cents for invoice in meant_for])
    shares = [(invoice, part) for invoice, part in zip(meant_for, parts, strict=True) if part]
    payment_id = _payment(work, account_id, cents, paid_by, shares)
    lines = rules.payment_received(
        account_id=account_id, payment_id=payment_id, shares=[(invoice.id or 0, part) for invoice, part in shares],
        rest_cents=rest_cents, through=through,
    )  # fmt: skip
    entry_id = ledger.post(work, EntryKind.PAYMENT_RECEIVED, key, lines, occurred_on=on)
    for invoice, part in shares:
        invoices.settle(work, invoice, part, on=on)
    paid = [(invoice.id or 0, account_id, f"paid:{entry_id}") for invoice, _ in shares if not invoice.open_cents]
    invoices.ask_for_mails(work, Task.MAIL_PAID, paid)
    audit.record(
        work, actor, "payment.booked", chain=audit.of_account(account_id), subject=f"payment:{payment_id}", cents=cents,
        unallocated_cents=rest_cents,
    )  # fmt: skip
    accounts.bump_version(work, account_id)
    return payment_id


def _payment(work: Work, account_id: int, cents: int, paid_by: str, shares: Sequence[tuple[Invoice, int]]) -> int:
    payment_id = work.next_id("payment")
    waiting: list[dict[str, Any]] = work.memo.setdefault(_WAITING, [])
    if not waiting:
        # Whatever is deferred from here on may name a payment of these, and is written after them.
        work.flush()
        work.defer(_write_payments, waiting)
    waiting.append({
        "id": payment_id, "account_id": account_id, "token": secrets.token_urlsafe(24), "method": Method.BANK.value,
        "amount_cents": cents, "currency": "EUR", "state": PaymentState.SUCCEEDED.value, "started_by_name": paid_by,
        "created_at": work.now, "starts_series": False, "checks": 0, "traceparent": steps.current(),
    })  # fmt: skip
    for invoice, part in shares:
        work.defer(_write_shares, {
            "payment_id": payment_id, "invoice_id": invoice.id, "cents": part, "collecting": False,
        })  # fmt: skip
    return payment_id


def _write_payments(work: Work, waiting: list[list[dict[str, Any]]]) -> None:
    for rows in waiting:
        insert_rows(work, Payment, rows)
        rows.clear()


def _write_shares(work: Work, rows: list[dict[str, Any]]) -> None:
    insert_rows(work, PaymentShare, rows)
