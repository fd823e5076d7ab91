"""The gateway's clearing account: what it has collected, and has not paid out to our bank yet."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, func, select

from billing.bank.tables import Statement, StatementState
from billing.db import Work
from billing.ledger import service as ledger
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.ledger.tables import JournalEntry, Posting
from billing.workdays import add_bank_days

# A gateway pays out after a few bank days, depending on what was agreed; twice that is late.
PAID_OUT_AFTER, LATE_AFTER = 5, 10


@dataclass(frozen=True)
class Clearing:
    """cents: what the gateway still has of ours. since: of the oldest money in it, None for none. paid_out_on,
    paid_out_cents: its last payout."""

    cents: int
    since: date | None
    paid_out_on: date | None
    paid_out_cents: int


def bank_since(work: Work) -> date | None:
    """From which day on the statements of our bank are known; None without any."""
    first = select(func.min(Statement.opened_on)).where(Statement.state == StatementState.BOOKED.value)
    return work.session.exec(first).one()


def still_there(work: Work, since: date) -> dict[str, date]:
    """What the gateway has not paid out yet: journal keys with their days. since: what came before is left alone.

    Payouts are taken to bring the oldest money first. A payment is paid out as soon as all that came after it, or after
    one that came later, is more than what is left on the account.
    """
    on_day = col(JournalEntry.occurred_on)
    moved = (
        select(JournalEntry.source_key, JournalEntry.kind, on_day, func.sum(Posting.cents))
        .join(Posting, col(Posting.entry_id) == col(JournalEntry.id))
        .where(
            Posting.ledger_account == LedgerAccount.GATEWAY_CLEARING.value, col(JournalEntry.occurred_on) >= since
        )
        .group_by(*(col(one) for one in (JournalEntry.id, JournalEntry.source_key, JournalEntry.kind)), on_day)
        .order_by(col(JournalEntry.occurred_on).desc(), col(JournalEntry.id).desc())
    )  # fmt: skip
    rows = [(key, kind, on, int(cents)) for key, kind, on, cents in work.session.exec(moved)]
    left, newer, there = sum(row[3] for row in rows), 0, {}
    for key, kind, on, cents in rows:
        if newer >= left:
            break
        if kind != EntryKind.GATEWAY_PAID_OUT and key.startswith("gateway:"):
            there[key] = on
            newer += cents
    return there


def expected_on(day: date) -> date:
    """When money that a gateway collected on a day should be on our bank account."""
    return add_bank_days(day, PAID_OUT_AFTER)


def late_after(day: date) -> date:
    """After which day it is late."""
    return add_bank_days(day, LATE_AFTER)


def clearing(work: Work) -> Clearing:
    """How the account stands."""
    last = (
        select(col(JournalEntry.occurred_on), func.sum(-col(Posting.cents)))
        .join(Posting, col(Posting.entry_id) == col(JournalEntry.id))
        .where(
            JournalEntry.kind == EntryKind.GATEWAY_PAID_OUT.value,
            Posting.ledger_account == LedgerAccount.GATEWAY_CLEARING.value,
        )
        .group_by(col(JournalEntry.id), col(JournalEntry.occurred_on))
        .order_by(col(JournalEntry.occurred_on).desc(), col(JournalEntry.id).desc())
    )
    paid_out = work.session.exec(last.limit(1)).first()
    there = still_there(work, date.min + timedelta(days=1))
    return Clearing(
        cents=ledger.balance(work, LedgerAccount.GATEWAY_CLEARING), since=min(there.values(), default=None),
        paid_out_on=paid_out[0] if paid_out else None, paid_out_cents=int(paid_out[1]) if paid_out else 0,
    )  # fmt: skip
