"""Finding each payout of the gateway at our own bank: by its identity, else by its amount in the days after it.

A line that comes from the gateway's own account is never one customer's, so that here an amount may decide. Whichever
of the two is told first waits for the other.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, update
from sqlmodel import col, select

from billing import locks
from billing.bank.tables import BankLine, BankMatch, Purpose
from billing.clearing import reading
from billing.clearing.tables import GatewayLine, LineKind
from billing.db import Work

LOCK = "gateway"
# A payout is at the bank the next bank day; over holidays it takes longer.
ARRIVES_WITHIN = timedelta(days=7)


def link(work: Work) -> int:
    """Join payouts with their bank lines; returns how many more were joined."""
    locks.bank_account(work, LOCK)
    _let_go(work)
    lines, joined = list(arrivals(work)), 0
    for payout in under_way(work):
        line = _of(payout, lines)
        if line is not None:
            lines.remove(line)
            joins = update(GatewayLine).where(col(GatewayLine.id) == payout.id)
            work.session.execute(joins.values(bank_line_id=line.id))
            joined += 1
    return joined


def under_way(work: Work) -> Sequence[GatewayLine]:
    """Payouts that were not found at our bank yet, the oldest first."""
    waiting = select(GatewayLine).where(GatewayLine.kind == LineKind.PAYOUT.value, is_under_way())
    return work.session.exec(waiting.order_by(col(GatewayLine.told_on), col(GatewayLine.id))).all()


def arrivals(work: Work) -> Sequence[BankLine]:
    """Lines of our bank that are the gateway's and belong to no payout that it told of, the oldest first."""
    taken = select(GatewayLine.bank_line_id).where(col(GatewayLine.bank_line_id).is_not(None))
    statement = (
        select(BankLine)
        .join(BankMatch, col(BankMatch.line_id) == col(BankLine.id))
        .where(
            BankMatch.purpose == Purpose.GATEWAY.value, col(BankMatch.undone_at).is_(None),
            col(BankLine.id).not_in(taken),
        )
    )  # fmt: skip
    return work.session.exec(statement.order_by(col(BankLine.booked_on), col(BankLine.id))).all()


def is_under_way() -> ColumnElement[bool]:
    """That no bank line was found for it, or that the one that was is no longer said to be the gateway's."""
    theirs = select(BankMatch.line_id).where(
        BankMatch.purpose == Purpose.GATEWAY.value, col(BankMatch.undone_at).is_(None)
    )
    return col(GatewayLine.bank_line_id).is_(None) | col(GatewayLine.bank_line_id).not_in(theirs)


def _let_go(work: Work) -> None:
    """Whoever was joined with a line that is not the gateway's after all, looks for another."""
    lets_go = update(GatewayLine).where(col(GatewayLine.bank_line_id).is_not(None), is_under_way())
    work.session.execute(lets_go.values(bank_line_id=None))


def _of(payout: GatewayLine, lines: Sequence[BankLine]) -> BankLine | None:
    same = [line for line in lines if line.cents == -payout.cents]
    for line in same:
        if payout.key in (reading.named_in(line.text), line.reference, line.end_to_end_id):
            return line
    until = payout.told_on + ARRIVES_WITHIN
    nameless = (line for line in same if not reading.named_in(line.text))
    return next((line for line in nameless if payout.told_on <= line.booked_on <= until), None)
