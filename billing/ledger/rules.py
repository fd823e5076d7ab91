"""Business events to balanced postings. Pure: nothing here knows a database.

A positive amount debits, a negative one credits (see the table of events in the README).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from billing.errors import Unbalanced


class LedgerAccount(StrEnum):
    """The accounts of the journal. A positive posting debits, a negative one credits."""

    RECEIVABLE = "receivable"
    CUSTOMER_CREDIT = "customer_credit"
    UNALLOCATED = "unallocated"
    GATEWAY_CLEARING = "gateway_clearing"
    BANK = "bank"
    DEFERRED_REVENUE = "deferred_revenue"
    VAT = "vat"
    BAD_DEBT = "bad_debt"


class EntryKind(StrEnum):
    """The business event behind an entry."""

    INVOICE_ISSUED = "invoice_issued"
    PAYMENT_RECEIVED = "payment_received"
    MONEY_RETURNED = "money_returned"
    CREDIT_NOTE_ISSUED = "credit_note_issued"
    CREDIT_APPLIED = "credit_applied"


@dataclass(frozen=True)
class Line:
    """One posting to be: cents, and what they belong to."""

    ledger_account: LedgerAccount
    cents: int
    account_id: int | None = None
    invoice_id: int | None = None
    credit_lot_id: int | None = None
    payment_id: int | None = None


def balanced(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines without empty ones; raises Unbalanced unless they add up to zero."""
    kept = tuple(line for line in lines if line.cents)
    if not kept or sum(line.cents for line in kept) != 0:
        raise Unbalanced()
    return kept


def invoice_issued(*, account_id: int, invoice_id: int, net_cents: int, vat_cents: int) -> tuple[Line, ...]:
    """The customer owes the total; the net waits to be earned, the VAT belongs to the state."""
    base = Line(LedgerAccount.RECEIVABLE, net_cents + vat_cents, account_id, invoice_id)
    return balanced([
        base,
        replace(base, ledger_account=LedgerAccount.DEFERRED_REVENUE, cents=-net_cents),
        replace(base, ledger_account=LedgerAccount.VAT, cents=-vat_cents),
    ])  # fmt: skip


def payment_received(
    *, account_id: int, payment_id: int | None, shares: Sequence[tuple[int, int]], rest_cents: int
) -> tuple[Line, ...]:
    """Money that came in at the gateway. shares: (invoice, cents); the rest waits for a purpose."""
    total = sum(cents for _, cents in shares) + rest_cents
    return balanced([
        Line(LedgerAccount.GATEWAY_CLEARING, total, account_id, payment_id=payment_id),
        *(Line(LedgerAccount.RECEIVABLE, -cents, account_id, invoice_id, payment_id=payment_id)
          for invoice_id, cents in shares),
        Line(LedgerAccount.UNALLOCATED, -rest_cents, account_id, payment_id=payment_id),
    ])  # fmt: skip


def money_returned(
    *, account_id: int, payment_id: int | None, shares: Sequence[tuple[int, int]], unallocated_cents: int
) -> tuple[Line, ...]:
    """A refund, reversal or chargeback: first what had no purpose goes back, then the invoices are owed again."""
    total = sum(cents for _, cents in shares) + unallocated_cents
    return balanced([
        *(Line(LedgerAccount.RECEIVABLE, cents, account_id, invoice_id, payment_id=payment_id)
          for invoice_id, cents in shares),
        Line(LedgerAccount.UNALLOCATED, unallocated_cents, account_id, payment_id=payment_id),
        Line(LedgerAccount.GATEWAY_CLEARING, -total, account_id, payment_id=payment_id),
    ])  # fmt: skip


def credit_note_issued(
    *, account_id: int, invoice_id: int, net_cents: int, vat_cents: int, offset_cents: int, credit_lot_id: int | None
) -> tuple[Line, ...]:
    """Turnover and VAT are taken back; what was still open is offset, the rest becomes the customer's credit."""
    base = Line(LedgerAccount.DEFERRED_REVENUE, net_cents, account_id, invoice_id)
    credit_cents = net_cents + vat_cents - offset_cents
    return balanced([
        base,
        replace(base, ledger_account=LedgerAccount.VAT, cents=vat_cents),
        replace(base, ledger_account=LedgerAccount.RECEIVABLE, cents=-offset_cents),
        Line(LedgerAccount.CUSTOMER_CREDIT, -credit_cents, account_id, credit_lot_id=credit_lot_id),
    ])  # fmt: skip


def credit_applied(*, account_id: int, invoice_id: int, credit_lot_id: int, cents: int) -> tuple[Line, ...]:
    """Credit pays an invoice. Only settlement: turnover and VAT stay as they are."""
    return balanced([
        Line(LedgerAccount.CUSTOMER_CREDIT, cents, account_id, credit_lot_id=credit_lot_id),
        Line(LedgerAccount.RECEIVABLE, -cents, account_id, invoice_id, credit_lot_id=credit_lot_id),
    ])  # fmt: skip
