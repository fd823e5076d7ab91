"""Receipts that came straight to our bank account, and what went back from it; the gateway knows nothing of them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select

from billing.accounts.tables import Account
from billing.bank import worklist
from billing.bank.tables import BankLine, BankMatch, Purpose
from billing.db import Work
from billing.lights import in_books, rules
from billing.lights.in_books import Settled
from billing.lights.receipts import Receipt, Span, Terms, lit
from billing.lights.rules import Cause, Found, Lamp, Source
from billing.payments.tables import Payment

_OF_CUSTOMERS = [Purpose.RECEIPT.value, Purpose.RETURN.value]
Row = tuple[BankLine, BankMatch | None, str | None]


def receipts(work: Work, span: Span, terms: Terms) -> list[Receipt]:
    """All of some days, by the day on which the money moved."""
    return _receipts(work, col(BankLine.value_on).between(span.first, span.last), terms)


def receipt(work: Work, line_id: str, terms: Terms) -> Receipt | None:
    """One line by its number; None when there is no such line, or it is nothing of customers."""
    if not (line_id.isascii() and line_id.isdigit() and len(line_id) < 10):
        return None
    return next(iter(_receipts(work, col(BankLine.id) == int(line_id), terms)), None)


def _receipts(work: Work, which: ColumnElement[bool], terms: Terms) -> list[Receipt]:
    rows = _rows(work, which)
    ids = {match.payment_id for _, match, _ in rows if match and match.payment_id}
    settled = in_books.of_payments(work, terms.administration, ids)
    likely = {}
    if any(match is None for _, match, _ in rows):
        likely = {one.line_id: one.numbers for one in worklist.waiting_lines(work, terms.bank)}
    return [_receipt(row, settled, likely.get(row[0].id or 0, ())) for row in rows]


def _rows(work: Work, which: ColumnElement[bool]) -> Sequence[Row]:
    holds = (col(BankMatch.line_id) == col(BankLine.id)) & col(BankMatch.undone_at).is_(None)
    statement = (
        select(BankLine, BankMatch, Account.name)
        .join(BankMatch, holds, isouter=True)
        .join(Payment, col(Payment.id) == col(BankMatch.payment_id), isouter=True)
        .join(Account, col(Account.id) == col(Payment.account_id), isouter=True)
        .where(which, BankLine.cents != 0, or_(col(BankMatch.id).is_(None), col(BankMatch.purpose).in_(_OF_CUSTOMERS)))
    )
    rows: Sequence[Row] = work.session.exec(statement).all()
    return rows


def _receipt(row: Row, settled: dict[int, Settled], likely: tuple[str, ...]) -> Receipt:
    line, match, account = row
    about = settled.get(match.payment_id or 0, in_books.NOTHING) if match else in_books.NOTHING
    unknown = Found(Lamp.RED, Cause.UNMATCHED, {"cents": line.cents})
    found = {
        Source.BANK: Found(Lamp.OK),
        Source.GATEWAY: rules.NOTHING,
        Source.BOOKS: about.found if match else unknown,
        Source.DASHBOARD: Found(Lamp.OK) if match else unknown,
    }
    return Receipt(
        key=f"bank:{line.id}", day=line.value_on, cents=line.cents, kind="bank" if line.cents > 0 else "reversal",
        who=account or line.name, numbers=about.numbers or likely, payment_id=match.payment_id if match else None,
        booked_on=line.booked_on if line.booked_on != line.value_on else None, entry_ids=about.entry_ids, **lit(found),
    )  # fmt: skip
