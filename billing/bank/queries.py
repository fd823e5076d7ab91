"""Bank lines that have no place yet, as others may ask: they may well be a payment that was made in time."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, func, or_, select

from billing.bank.tables import BankLine, Statement
from billing.bank.worklist import unmatched
from billing.db import Work
from billing.invoices.tables import Invoice


def maybe_of(work: Work, account_id: int, since: datetime, amounts: Collection[int], about_cents: int) -> list[int]:
    """Lines that came in since then and wait, of about one of these amounts, or naming an invoice of this customer."""
    numbers = select(Invoice.number).where(Invoice.account_id == account_id, col(Invoice.open_cents) > 0)
    quoted = work.session.exec(numbers).all()
    may_be_theirs = or_(
        *(col(BankLine.cents).between(max(cents - about_cents, 1), cents + about_cents) for cents in amounts),
        *(col(BankLine.text).contains(number) for number in quoted if number),
    )
    statement = (
        select(BankLine.id)
        .join(Statement, col(Statement.id) == col(BankLine.statement_id))
        .where(unmatched(), BankLine.cents > 0, col(Statement.imported_at) > since, may_be_theirs)
    )
    return [line_id or 0 for line_id in work.session.exec(statement.order_by(col(BankLine.id)))]


def waiting_count(work: Work, since: datetime) -> int:
    """How many lines that came in since then wait for somebody to know whose they are."""
    statement = (
        select(func.count(col(BankLine.id)))
        .join(Statement, col(Statement.id) == col(BankLine.statement_id))
        .where(unmatched(), BankLine.cents > 0, col(Statement.imported_at) > since)
    )
    return work.session.exec(statement).one()
