"""Bank lines that wait for a person, with what they are most likely for; and what that person says of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import case, col, func, select

from billing import access, locks
from billing.access import Actor
from billing.accounts.tables import Account
from billing.bank import booking, deciding
from billing.bank.matching import BankRules, Proposal, Rule
from billing.bank.tables import BankLine, BankMatch, Purpose, Statement, StatementState
from billing.credits import choices
from billing.db import Work
from billing.errors import NotFound, Refused
from billing.invoices.tables import ISSUED, Invoice
from billing.money import MAX_CENTS


@dataclass(frozen=True)
class WaitingLine:
    """A line without a match. iban: the other party's, masked. rule: what it is most likely for by; numbers: of which
    invoices, account: of which customer, open_cents: what is open on these. Empty when nothing speaks for anything."""

    line_id: int
    value_on: date
    cents: int
    name: str
    iban: str
    text: str
    rule: str
    numbers: tuple[str, ...]
    account: str = ""
    open_cents: int = 0


@dataclass(frozen=True)
class AsideStatement:
    """A statement that was set aside, and that no good one for the same day has replaced since."""

    iban: str
    statement_id: str
    closed_on: date | None
    reason: str


def waiting(
    work: Work, actor: Actor, rules: BankRules, *, most: int | None = None, after: int = 0
) -> Sequence[WaitingLine]:
    """Lines without a match, the oldest first: all, or so many after so many. Raises NotAllowed."""
    access.require_finance(work, actor)
    return waiting_lines(work, rules, most=most, after=after)


def waiting_lines(work: Work, rules: BankRules, *, most: int | None = None, after: int = 0) -> Sequence[WaitingLine]:
    """The same, for whoever has been let in already."""
    found = select(BankLine).where(unmatched()).order_by(col(BankLine.id)).limit(most).offset(after)
    lines = work.session.exec(found).all()
    about = deciding.about_lines(work, lines)
    return [_row(work, line, deciding.proposal(line, about, rules)) for line in lines]


def waiting_sum(work: Work, actor: Actor) -> tuple[int, int]:
    """How many lines wait, and what came in with them in cents. Raises NotAllowed."""
    access.require_finance(work, actor)
    came_in = case((col(BankLine.cents) > 0, col(BankLine.cents)), else_=0)
    sums = select(func.count(col(BankLine.id)), func.coalesce(func.sum(came_in), 0)).where(unmatched())
    count, cents = work.session.exec(sums).one()
    return count, int(cents)


def aside(work: Work, actor: Actor) -> Sequence[AsideStatement]:
    """Statements that were set aside, as long as nothing better came. Raises NotAllowed."""
    access.require_finance(work, actor)
    rows = work.session.exec(select(Statement).order_by(col(Statement.id))).all()
    good = {(row.iban, row.closed_on) for row in rows if row.state == StatementState.BOOKED}
    return [
        AsideStatement(row.iban, row.statement_id, row.closed_on, row.reason)
        for row in rows
        if row.state == StatementState.SET_ASIDE and (row.iban, row.closed_on) not in good
    ]


def confirm(work: Work, actor: Actor, line_id: int, numbers: Sequence[str]) -> None:
    """Somebody says which invoices, of one customer, a line that came in is for. What is too much waits with them.

    Raises NotAllowed, NotFound, or Refused: matched, outgoing, amount, no_invoice, several_accounts.
    """
    line = _came_in(work, actor, line_id)
    chosen = select(Invoice).where(col(Invoice.number).in_(numbers), Invoice.state == ISSUED)
    found = work.session.exec(chosen).all()
    if not numbers or len(found) != len(set(numbers)):
        raise Refused(reason="no_invoice")
    account_ids = {invoice.account_id for invoice in found}
    if len(account_ids) != 1:
        raise Refused(reason="several_accounts")
    [account_id] = account_ids
    locks.account(work, account_id)
    invoices = locks.invoices(work, [invoice.id or 0 for invoice in found])
    meant_for = sorted(invoices.values(), key=lambda invoice: (invoice.due_on or date.max, invoice.id or 0))
    booking.receipt(work, actor, line, Rule.PERSON, account_id, meant_for, is_new=False)


def keep(work: Work, actor: Actor, line_id: int, account_id: int) -> None:
    """Somebody says that a line came from a customer and is for no invoice: it becomes credits, and the owner is told.

    Raises NotAllowed, NotFound, or Refused: matched, outgoing, amount.
    """
    line = _came_in(work, actor, line_id)
    locks.account(work, account_id)
    booking.receipt(work, actor, line, Rule.PERSON, account_id, [], is_new=False)
    work.flush()
    match = _match_of(work, line)
    choices.keep(work, actor, account_id, (match and match.payment_id) or 0)


def ignore(work: Work, actor: Actor, line_id: int, purpose: Purpose = Purpose.OTHER) -> None:
    """Somebody says that a line is no customer's: the gateway's payout, or nothing of them all.

    Raises NotAllowed, NotFound, or Refused (matched).
    """
    booking.not_of_customers(work, actor, locked_line(work, actor, line_id), purpose, Rule.PERSON, is_new=False)


def undo(work: Work, actor: Actor, line_id: int) -> None:
    """Somebody takes a match back, and the line waits again. Raises NotAllowed, NotFound, or Refused: not_matched, and
    as `booking.undo`."""
    access.require_finance(work, actor)
    line = _line(work, line_id)
    match = _match_of(work, line)
    if match is None:
        raise Refused(reason="not_matched")
    booking.undo(work, actor, line, match)


def locked_line(work: Work, actor: Actor, line_id: int) -> BankLine:
    """A line that waits, locked. Raises NotAllowed, NotFound, or Refused (matched)."""
    access.require_finance(work, actor)
    line = _line(work, line_id)
    if _match_of(work, line) is not None:
        raise Refused(reason="matched")
    return line


def unmatched() -> ColumnElement[bool]:
    """That a line has no match that holds."""
    return col(BankLine.id).not_in(select(BankMatch.line_id).where(col(BankMatch.undone_at).is_(None)))


def _came_in(work: Work, actor: Actor, line_id: int) -> BankLine:
    line = locked_line(work, actor, line_id)
    if line.cents <= 0:
        raise Refused(reason="outgoing")
    if line.cents > MAX_CENTS:
        raise Refused(reason="amount")
    return line


def _line(work: Work, line_id: int) -> BankLine:
    line = work.session.get(BankLine, line_id)
    if line is None:
        raise NotFound()
    locks.bank_account(work, line.iban)
    return line


def _match_of(work: Work, line: BankLine) -> BankMatch | None:
    holds = select(BankMatch).where(BankMatch.line_id == line.id, col(BankMatch.undone_at).is_(None))
    return work.session.exec(holds.execution_options(populate_existing=True)).first()


def _row(work: Work, line: BankLine, found: Proposal | None) -> WaitingLine:
    ids = found.invoice_ids if found else ()
    invoices = [work.session.get_one(Invoice, invoice_id) for invoice_id in ids]
    account = work.session.get_one(Account, found.account_id).name if found else ""
    return WaitingLine(
        line_id=line.id or 0, value_on=line.value_on, cents=line.cents, name=line.name, iban=masked(line.other_iban),
        text=line.text or line.reference, rule=found.rule.value if found else "",
        numbers=tuple(invoice.number or "" for invoice in invoices), account=account,
        open_cents=sum(invoice.open_cents for invoice in invoices),
    )  # fmt: skip


def masked(iban: str) -> str:
    """An account number as it may be seen: its bank and its end."""
    return f"{iban[:8]}…{iban[-4:]}" if len(iban) > 12 else iban
