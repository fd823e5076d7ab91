"""What we know that a bank line may be about: invoices, customers who paid from the same account, and old receipts."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from billing.bank import matching
from billing.bank.matching import KnownInvoice
from billing.bank.tables import BankLine, BankMatch, Purpose
from billing.db import Work
from billing.invoices.tables import ISSUED, Invoice
from billing.payments.tables import Payment


def facts(line: BankLine) -> matching.Line:
    """A line as the rules look at it."""
    return matching.Line(line.cents, line.text, line.reference, line.end_to_end_id, line.other_iban)


def named(work: Work, lines: Collection[matching.Line]) -> list[KnownInvoice]:
    """Issued invoices whose number or reference stands in any of these lines."""
    numbers = {number for line in lines for number in line.numbers}
    references = {reference for line in lines for _, found in line.quotes for reference in found}
    # One index at a time, so that neither database reads the whole table.
    found = _invoices(work, col(Invoice.number).in_(numbers)) + _invoices(work, col(Invoice.reference).in_(references))
    by_id = {invoice.invoice_id: invoice for invoice in found}
    return [by_id[invoice_id] for invoice_id in sorted(by_id)]


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


def open_with(work: Work, cents: int) -> list[KnownInvoice]:
    """The first few invoices on which exactly this is open."""
    return _invoices(work, col(Invoice.open_cents) == cents, most=2) if cents > 0 else []


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


def _invoices(work: Work, condition: ColumnElement[bool], *, most: int | None = None) -> list[KnownInvoice]:
    statement = (
        sql_select(
            col(Invoice.id), col(Invoice.account_id), col(Invoice.number), col(Invoice.reference),
            col(Invoice.open_cents), col(Invoice.due_on),
        )
        .where(col(Invoice.state) == ISSUED, condition)
        .order_by(col(Invoice.id))
        .limit(most)
    )  # fmt: skip
    return [
        KnownInvoice(invoice_id, account_id, number or "", reference, open_cents, due_on or date.max)
        for invoice_id, account_id, number, reference, open_cents, due_on in work.session.execute(statement)
    ]
