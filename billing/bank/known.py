"""What we know that a bank line may be about: invoices, customers who paid from the same account, and old receipts."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from billing.bank import matching
from billing.bank.matching import KnownInvoice
from billing.bank.refunds.tables import BankTransfer
from billing.bank.tables import BankLine, BankMatch, Purpose
from billing.credits.tables import Payout
from billing.db import Work
from billing.invoices.tables import ISSUED, Invoice
from billing.payments.tables import Payment


def facts(line: BankLine, payers: Collection[int] = ()) -> matching.Line:
    """A line as the rules look at it. payers: customers who paid from the same account before."""
    return matching.Line(line.cents, line.text, line.reference, line.end_to_end_id, frozenset(payers))


def named(work: Work, lines: Collection[matching.Line]) -> list[KnownInvoice]:
    """Issued invoices whose number or reference stands in any of these lines."""
    # References are looked for by the numbers behind them: these have an index.
    return _invoices(work, col(Invoice.number).in_({number for line in lines for number in line.wanted}))


def payers(work: Work, ibans: Collection[str]) -> dict[str, set[int]]:
    """By account number of a payer: the customers whose receipts came from it, as far as these still hold."""
    statement = (
        select(BankLine.other_iban, Payment.account_id)
        .join(BankMatch, col(BankMatch.line_id) == col(BankLine.id))
        .join(Payment, col(Payment.id) == col(BankMatch.payment_id))
        .where(
            col(BankLine.other_iban).in_([iban for iban in ibans if iban]),
            BankMatch.purpose == Purpose.RECEIPT.value, col(BankMatch.undone_at).is_(None),
        )
        .distinct()
    )  # fmt: skip
    found: dict[str, set[int]] = {}
    for iban, account_id in work.session.exec(statement):
        found.setdefault(iban, set()).add(account_id)
    return found


def open_of(work: Work, account_ids: Collection[int]) -> list[KnownInvoice]:
    """All that these customers still have to pay."""
    return _invoices(work, col(Invoice.account_id).in_(account_ids) & (col(Invoice.open_cents) > 0))


def open_with(work: Work, amounts: Collection[int]) -> dict[int, list[KnownInvoice]]:
    """By amount in cents: invoices on which exactly this is open, one of the first customer and one of the last, so
    that there are two when there are two at all."""
    cents, account, row = col(Invoice.open_cents), col(Invoice.account_id), col(Invoice.id)
    first = func.row_number().over(partition_by=cents, order_by=(account, row))
    last = func.row_number().over(partition_by=cents, order_by=(account.desc(), row.desc()))
    is_meant = (col(Invoice.state) == ISSUED) & cents.in_(amounts) & (cents > 0)
    placed = sql_select(row, first.label("first"), last.label("last")).where(is_meant).subquery()
    ends = sql_select(placed.c.id).where((placed.c.first == 1) | (placed.c.last == 1))
    found: dict[int, list[KnownInvoice]] = {}
    for invoice in _invoices(work, col(Invoice.id).in_(ends)) if amounts else ():
        found.setdefault(invoice.open_cents, []).append(invoice)
    return found


def returned(work: Work, line: BankLine) -> list[tuple[BankMatch, Payment]]:
    """The receipts that a line may take back: of the same amount, by the payer's name of it or else by its account."""
    same = (
        BankLine.end_to_end_id == line.end_to_end_id if line.end_to_end_id else BankLine.other_iban == line.other_iban
    )
    if not (line.end_to_end_id or line.other_iban):
        return []
    gone = select(BankMatch.payment_id).where(
        BankMatch.purpose == Purpose.RETURN.value, col(BankMatch.undone_at).is_(None)
    )
    statement = (
        select(BankMatch, Payment)
        .join(BankLine, col(BankLine.id) == col(BankMatch.line_id))
        .join(Payment, col(Payment.id) == col(BankMatch.payment_id))
        .where(
            same, BankLine.cents == -line.cents, BankLine.iban == line.iban,
            BankMatch.purpose == Purpose.RECEIPT.value, col(BankMatch.undone_at).is_(None),
            col(BankMatch.payment_id).not_in(gone),
        )
    )  # fmt: skip
    return list(work.session.exec(statement.order_by(col(BankMatch.id))).all())


def refunds(work: Work, lines: Collection[BankLine]) -> dict[str, tuple[BankTransfer, int]]:
    """Transfers of ours that left in these lines, and whose they are, by our own names of them."""
    names = [line.end_to_end_id for line in lines if line.cents < 0 and line.end_to_end_id]
    statement = (
        select(BankTransfer, Payout.account_id)
        .join(Payout, col(Payout.id) == col(BankTransfer.payout_id))
        .where(col(BankTransfer.end_to_end_id).in_(names))
    )
    return {transfer.end_to_end_id: (transfer, account_id) for transfer, account_id in work.session.exec(statement)}


def _invoices(work: Work, condition: ColumnElement[bool]) -> list[KnownInvoice]:
    statement = (
        sql_select(
            col(Invoice.id), col(Invoice.account_id), col(Invoice.number), col(Invoice.reference),
            col(Invoice.open_cents), col(Invoice.due_on),
        )
        .where(col(Invoice.state) == ISSUED, condition)
        .order_by(col(Invoice.id))
    )  # fmt: skip
    return [
        KnownInvoice(invoice_id, account_id, number or "", reference, open_cents, due_on or date.max)
        for invoice_id, account_id, number, reference, open_cents, due_on in work.session.execute(statement)
    ]
