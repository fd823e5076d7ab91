"""What became of the bank's lines and statements so far, for the finance department to look back at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, func
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from billing import access
from billing.access import Actor
from billing.accounts.tables import Account
from billing.bank.tables import BankLine, BankMatch, Statement, StatementState

# Part of what can be said about a match; the screens know purposes, and no tables.
from billing.bank.tables import Purpose as Purpose
from billing.bank.worklist import masked
from billing.db import Work, table_of
from billing.invoices.tables import Invoice
from billing.payments.tables import Payment, PaymentShare

PAGE_SIZE = 15
_S = table_of(Statement).c


@dataclass(frozen=True)
class MatchRow:
    """What a line is for. numbers: the invoices that it paid; account: whose they are. rule: what that follows from.

    undone_by: who took it back since; empty while it holds.
    """

    line_id: int
    value_on: date
    cents: int
    name: str
    iban: str
    purpose: Purpose
    rule: str
    account: str
    numbers: tuple[str, ...]
    matched_by: str
    matched_at: datetime
    undone_by: str


@dataclass(frozen=True)
class StatementRow:
    """A statement. reason: why it was set aside, else empty. gap_cents: what is missing between the one before and it;
    0 when they join."""

    iban: str
    statement_id: str
    opened_on: date | None
    closed_on: date | None
    opening_cents: int | None
    sum_cents: int
    closing_cents: int | None
    new_lines: int
    reason: str
    gap_cents: int
    imported_at: datetime


@dataclass(frozen=True)
class Matches:
    """One page, the newest first."""

    rows: tuple[MatchRow, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class Statements:
    """One page, the newest first. gaps: how many of all statements begin elsewhere than the one before them ended."""

    rows: tuple[StatementRow, ...]
    page: int
    pages: int
    gaps: int


def matches(work: Work, actor: Actor, page: int = 1) -> Matches:
    """What lines turned out to be for, but for what we paid ourselves. Raises NotAllowed."""
    access.require_finance(work, actor)
    about = (
        select(BankMatch, BankLine)
        .join(BankLine, col(BankLine.id) == col(BankMatch.line_id))
        .where((BankLine.cents > 0) | (BankMatch.purpose == Purpose.RETURN.value))
    )
    count = work.session.execute(sql_select(func.count()).select_from(about.subquery())).scalar_one()
    page, pages = _within(page, count)
    found = about.order_by(col(BankMatch.id).desc()).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    return Matches(tuple(_match(work, match, line) for match, line in work.session.exec(found)), page, pages)


def statements(work: Work, actor: Actor, page: int = 1) -> Statements:
    """All statements that were ever told. Raises NotAllowed."""
    access.require_finance(work, actor)
    gaps = _gaps(work)
    count = work.session.exec(select(func.count(col(Statement.id)))).one()
    page, pages = _within(page, count)
    newest = select(Statement).order_by(col(Statement.imported_at).desc(), col(Statement.id).desc())
    rows = work.session.exec(newest.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    return Statements(tuple(_statement(row, gaps.get(row.id or 0, 0)) for row in rows), page, pages, len(gaps))


def _gaps(work: Work) -> dict[int, int]:
    """What is missing before a booked statement, by its id, as far as nothing has filled it since."""
    ended_at, ended_on = (
        func.lag(column, type_=column.type).over(partition_by=_S.iban, order_by=[_S.closed_on, _S.id]).label(name)
        for column, name in ((_S.closing_cents, "ended_at"), (_S.closed_on, "ended_on"))
    )
    booked = sql_select(_S.id, _S.opening_cents, _S.opened_on, _S.gap_cents, ended_at, ended_on).where(
        _S.state == StatementState.BOOKED.value
    )
    return {row.id: row.opening_cents - row.ended_at for row in work.session.execute(booked) if _is_gap(row)}


def _is_gap(row: Row[tuple[int, int, date, int, int, date]]) -> bool:
    """One that begins within another is none, unless that was seen when it came."""
    if row.ended_at is None or row.ended_at == row.opening_cents:
        return False
    return bool(row.gap_cents) or (row.opened_on is not None and row.opened_on > row.ended_on)


def _within(page: int, count: int) -> tuple[int, int]:
    pages = max(1, -(-count // PAGE_SIZE))
    return min(max(page, 1), pages), pages


def _match(work: Work, match: BankMatch, line: BankLine) -> MatchRow:
    account, numbers = _paid(work, match.payment_id) if match.payment_id else ("", ())
    return MatchRow(
        line_id=line.id or 0, value_on=line.value_on, cents=line.cents, name=line.name, iban=masked(line.other_iban),
        purpose=Purpose(match.purpose), rule=match.rule, account=account, numbers=tuple(numbers),
        matched_by=match.matched_by_name, matched_at=match.matched_at, undone_by=match.undone_by_name,
    )  # fmt: skip


def _paid(work: Work, payment_id: int) -> tuple[str, Sequence[str]]:
    payer = select(Account.name).join(Payment, col(Payment.account_id) == col(Account.id))
    numbers = (
        select(Invoice.number)
        .join(PaymentShare, col(PaymentShare.invoice_id) == col(Invoice.id))
        .where(PaymentShare.payment_id == payment_id)
        .order_by(col(Invoice.id))
    )
    found = [number or "" for number in work.session.exec(numbers)]
    return work.session.exec(payer.where(Payment.id == payment_id)).one(), found


def _statement(row: Statement, gap_cents: int) -> StatementRow:
    return StatementRow(
        iban=row.iban, statement_id=row.statement_id, opened_on=row.opened_on, closed_on=row.closed_on,
        opening_cents=row.opening_cents, sum_cents=row.sum_cents, closing_cents=row.closing_cents,
        new_lines=row.new_lines, reason=row.reason, gap_cents=gap_cents, imported_at=row.imported_at,
    )  # fmt: skip
