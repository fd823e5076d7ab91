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
    PAYOUT = "payout"
    GOODWILL = "goodwill"
    CARRIED_FORWARD = "carried_forward"
    BANK_OTHER = "bank_other"
    GATEWAY_FEES = "gateway_fees"


class EntryKind(StrEnum):
    """The business event behind an entry."""

    INVOICE_ISSUED = "invoice_issued"
    PAYMENT_RECEIVED = "payment_received"
    MONEY_RETURNED = "money_returned"
    SURPLUS_APPLIED = "surplus_applied"
    CREDIT_NOTE_ISSUED = "credit_note_issued"
    CREDIT_APPLIED = "credit_applied"
    OVERPAYMENT_KEPT = "overpayment_kept"
    CREDITS_GIVEN = "credits_given"
    PAYOUT_ASKED = "payout_asked"
    PAYOUT_UNDONE = "payout_undone"
    CARRIED_FORWARD = "carried_forward"
    BROUGHT_FORWARD = "brought_forward"
    BANK_UNMATCHED = "bank_unmatched"
    GATEWAY_PAID_OUT = "gateway_paid_out"
    BANK_OTHER = "bank_other"
    MATCH_UNDONE = "match_undone"
    GATEWAY_FEE = "gateway_fee"


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
    *, account_id: int, payment_id: int | None, shares: Sequence[tuple[int, int]], rest_cents: int,
    through: LedgerAccount = LedgerAccount.GATEWAY_CLEARING,
) -> tuple[Line, ...]:  # fmt: skip
    """Money that came in. shares: (invoice, cents); the rest waits for a purpose.

    through: where it came in: at the gateway, at the bank, or at the bank before anybody knew whose it was.
    """
    total = sum(cents for _, cents in shares) + rest_cents
    return balanced([
        _passage(through, total, account_id, payment_id),
        *(Line(LedgerAccount.RECEIVABLE, -cents, account_id, invoice_id, payment_id=payment_id)
          for invoice_id, cents in shares),
        Line(LedgerAccount.UNALLOCATED, -rest_cents, account_id, payment_id=payment_id),
    ])  # fmt: skip


def money_returned(
    *, account_id: int, payment_id: int | None, shares: Sequence[tuple[int, int]], unallocated_cents: int,
    lots: Sequence[tuple[int, int]] = (), through: LedgerAccount = LedgerAccount.GATEWAY_CLEARING,
) -> tuple[Line, ...]:  # fmt: skip
    """A refund, reversal or chargeback: first what had no purpose goes back, then the credits that were made of it
    (lots: lot and cents), then the invoices are owed again. through: as with `payment_received`."""
    total = sum(cents for _, cents in (*shares, *lots)) + unallocated_cents
    return balanced([
        *(Line(LedgerAccount.RECEIVABLE, cents, account_id, invoice_id, payment_id=payment_id)
          for invoice_id, cents in shares),
        *(Line(LedgerAccount.CUSTOMER_CREDIT, cents, account_id, credit_lot_id=lot_id) for lot_id, cents in lots),
        Line(LedgerAccount.UNALLOCATED, unallocated_cents, account_id, payment_id=payment_id),
        _passage(through, -total, account_id, payment_id),
    ])  # fmt: skip


def surplus_applied(*, account_id: int, payment_id: int, invoice_id: int, cents: int) -> tuple[Line, ...]:
    """Money without a purpose pays an invoice that it was meant for and that is open again."""
    return balanced([
        Line(LedgerAccount.UNALLOCATED, cents, account_id, payment_id=payment_id),
        Line(LedgerAccount.RECEIVABLE, -cents, account_id, invoice_id, payment_id=payment_id),
    ])  # fmt: skip


def credit_note_issued(
    *, account_id: int, invoice_id: int, net_cents: int, vat_cents: int, offset_cents: int,
    given_back: Sequence[tuple[int, int]], new_lot: tuple[int, int],
) -> tuple[Line, ...]:  # fmt: skip
    """Turnover and VAT are taken back; what was still open is offset, credits that had settled it come back, and the
    rest becomes the customer's credit. given_back, new_lot: lot and cents."""
    base = Line(LedgerAccount.DEFERRED_REVENUE, net_cents, account_id, invoice_id)
    lot_id, cents = new_lot
    return balanced([
        base,
        replace(base, ledger_account=LedgerAccount.VAT, cents=vat_cents),
        replace(base, ledger_account=LedgerAccount.RECEIVABLE, cents=-offset_cents),
        *(Line(LedgerAccount.CUSTOMER_CREDIT, -part, account_id, invoice_id, credit_lot_id=old_lot_id)
          for old_lot_id, part in given_back),
        Line(LedgerAccount.CUSTOMER_CREDIT, -cents, account_id, credit_lot_id=lot_id),
    ])  # fmt: skip


def credit_applied(*, account_id: int, invoice_id: int, credit_lot_id: int, cents: int) -> tuple[Line, ...]:
    """Credit pays an invoice. Only settlement: turnover and VAT stay as they are."""
    return balanced([
        Line(LedgerAccount.CUSTOMER_CREDIT, cents, account_id, credit_lot_id=credit_lot_id),
        Line(LedgerAccount.RECEIVABLE, -cents, account_id, invoice_id, credit_lot_id=credit_lot_id),
    ])  # fmt: skip


def overpayment_kept(*, account_id: int, payment_id: int, credit_lot_id: int, cents: int) -> tuple[Line, ...]:
    """Money without a purpose becomes credit."""
    return balanced([
        Line(LedgerAccount.UNALLOCATED, cents, account_id, payment_id=payment_id),
        Line(LedgerAccount.CUSTOMER_CREDIT, -cents, account_id, credit_lot_id=credit_lot_id),
    ])  # fmt: skip


def credits_given(*, account_id: int, credit_lot_id: int, cents: int) -> tuple[Line, ...]:
    """Credit that the company gives away; no document, so turnover and VAT stay as they are."""
    return balanced([
        Line(LedgerAccount.GOODWILL, cents, account_id),
        Line(LedgerAccount.CUSTOMER_CREDIT, -cents, account_id, credit_lot_id=credit_lot_id),
    ])  # fmt: skip


def payout_asked(*, account_id: int, payment_id: int, credit_lot_id: int | None, cents: int) -> tuple[Line, ...]:
    """Credit (or, without a lot, money without a purpose) is set apart to go back. The mirror undoes it."""
    source = LedgerAccount.UNALLOCATED if credit_lot_id is None else LedgerAccount.CUSTOMER_CREDIT
    return balanced([
        Line(source, cents, account_id, credit_lot_id=credit_lot_id,
             payment_id=payment_id if credit_lot_id is None else None),
        Line(LedgerAccount.PAYOUT, -cents, account_id, payment_id=payment_id),
    ])  # fmt: skip


def payout_made(
    *, account_id: int, payment_id: int, cents: int, through: LedgerAccount = LedgerAccount.GATEWAY_CLEARING
) -> tuple[Line, ...]:
    """What was set apart has gone back. through: as with `payment_received`."""
    return balanced([
        Line(LedgerAccount.PAYOUT, cents, account_id, payment_id=payment_id),
        _passage(through, -cents, account_id, payment_id),
    ])  # fmt: skip


def carried_forward(*, account_id: int, invoice_id: int, cents: int) -> tuple[Line, ...]:
    """The small rest of an invoice is still owed, but no longer asked for with it. The mirror brings it forward to an
    invoice: the next one, or the same when it is taken back."""
    return balanced([
        Line(LedgerAccount.CARRIED_FORWARD, cents, account_id),
        Line(LedgerAccount.RECEIVABLE, -cents, account_id, invoice_id),
    ])  # fmt: skip


def bank_line(*, out_of: LedgerAccount, into: LedgerAccount, cents: int) -> tuple[Line, ...]:
    """A bank line that is no customer's: without a purpose yet (unallocated), a payout of the gateway, or other.

    out_of: the bank, or what the line was taken for before. cents: above zero came in.
    """
    return balanced([Line(out_of, cents), Line(into, -cents)])


def gateway_fee(*, cents: int) -> tuple[Line, ...]:
    """What the gateway keeps for its work; a cost, and no VAT: payment services are exempt from it (Wet op de
    omzetbelasting 1968, article 11-1-j). cents: below zero for what it gives back."""
    return balanced([Line(LedgerAccount.GATEWAY_FEES, cents), Line(LedgerAccount.GATEWAY_CLEARING, -cents)])


def mirrored(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The entry that undoes another one."""
    return tuple(replace(line, cents=-line.cents) for line in lines)


def _passage(through: LedgerAccount, cents: int, account_id: int, payment_id: int | None) -> Line:
    """Where money comes in or goes out. Without a purpose it is nobody's, and so of no account and no payment."""
    if through is LedgerAccount.UNALLOCATED:
        return Line(through, cents)
    return Line(through, cents, account_id, payment_id=payment_id)
