"""What does not fit together between the gateway's reports, the journal and our bank; each one is for a person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Subquery
from sqlmodel import col, func, select

from billing import access
from billing.access import Actor
from billing.clearing import linking, reading
from billing.clearing.tables import GatewayLine, GatewayReport, LineKind, ReportState
from billing.clock import local_day
from billing.db import Work
from billing.ledger.rules import LedgerAccount
from billing.ledger.tables import JournalEntry, Posting
from billing.payments.tables import BOOKED, GatewayRecord
from billing.workdays import add_bank_days

# So many bank days after the gateway has money, it is at our bank; what takes longer is looked at.
WINDOW = 5


class What(StrEnum):
    """What is wrong. UNKNOWN_TRANSACTION: reported, but not in the journal. AMOUNT_DIFFERS: reported with another
    amount than it was booked for. NOT_REPORTED: booked, in no report. PAYOUT_MISSING: reported, and not at the bank.
    PAYOUT_DIFFERS: at the bank with another amount. PAYOUT_UNEXPLAINED: at the bank, and in no report. SET_ASIDE:
    a report that can't be right."""

    UNKNOWN_TRANSACTION = "unknown_transaction"
    AMOUNT_DIFFERS = "amount_differs"
    NOT_REPORTED = "not_reported"
    PAYOUT_MISSING = "payout_missing"
    PAYOUT_DIFFERS = "payout_differs"
    PAYOUT_UNEXPLAINED = "payout_unexplained"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True)
class Difference:
    """One of them. key: the gateway's identity, or which bank line or report. cents: as reported or arrived.
    expected_cents: as we have it; None when we have nothing of it."""

    what: What
    key: str
    on: date
    cents: int
    expected_cents: int | None = None
    note: str = ""


def differences(work: Work, actor: Actor) -> list[Difference]:
    """All that is wrong, the oldest first. Raises NotAllowed."""
    access.require_finance(work, actor)
    late = add_bank_days(local_day(work.now), -WINDOW)
    found = [*_transactions(work), *_not_reported(work, late), *_payouts(work, late), *_set_aside(work)]
    return sorted(found, key=lambda one: (one.on, one.key))


def _transactions(work: Work) -> Iterator[Difference]:
    booked = _booked()
    statement = (
        select(GatewayLine, booked.c.cents)
        .join(booked, booked.c.source_key == "gateway:" + col(GatewayLine.key), isouter=True)
        .where(GatewayLine.kind == LineKind.TRANSACTION.value,
               func.coalesce(booked.c.cents, 0) != col(GatewayLine.cents))
    )  # fmt: skip
    for line, cents in work.session.exec(statement):
        what = What.UNKNOWN_TRANSACTION if cents is None else What.AMOUNT_DIFFERS
        yield Difference(what, line.key, line.told_on, line.cents, None if cents is None else int(cents), line.text)


def _not_reported(work: Work, late: date) -> Iterator[Difference]:
    """Only what is older than what the newest report tells of can be missing in them."""
    first, last = work.session.exec(
        select(func.min(GatewayLine.told_on), func.max(GatewayReport.closed_on)).join(GatewayReport)
    ).one()
    if first is None or last is None:
        return
    known = select(GatewayLine.key)
    missing = select(GatewayRecord).where(
        GatewayRecord.verdict == BOOKED, col(GatewayRecord.received_on).between(first, min(late, last)),
        col(GatewayRecord.provider_key).not_in(known),
    )  # fmt: skip
    for record in work.session.exec(missing):
        yield Difference(What.NOT_REPORTED, record.provider_key, record.received_on, 0, record.amount_cents)


def _payouts(work: Work, late: date) -> Iterator[Difference]:
    waiting, arrived = linking.under_way(work), linking.arrivals(work)
    by_key = {reading.named_in(line.text): line for line in arrived if reading.named_in(line.text)}
    named = {payout.key for payout in waiting if payout.key in by_key}
    for payout in waiting:
        if payout.key in named:
            came = by_key[payout.key]
            yield Difference(What.PAYOUT_DIFFERS, payout.key, came.booked_on, came.cents, -payout.cents)
        elif payout.told_on < late:
            yield Difference(What.PAYOUT_MISSING, payout.key, payout.told_on, 0, -payout.cents)
    for line in arrived:
        if line.booked_on < late and reading.named_in(line.text) not in named:
            yield Difference(What.PAYOUT_UNEXPLAINED, f"bank line {line.id}", line.booked_on, line.cents)


def _set_aside(work: Work) -> Iterator[Difference]:
    rows: Sequence[GatewayReport] = work.session.exec(select(GatewayReport)).all()
    good = {(row.account, row.closed_on) for row in rows if row.state == ReportState.BOOKED}
    for row in rows:
        if row.state == ReportState.SET_ASIDE and (row.account, row.closed_on) not in good:
            on = row.closed_on or local_day(row.imported_at)
            yield Difference(What.SET_ASIDE, f"{row.account} {row.report_id}", on, 0, note=row.reason)


def _booked() -> Subquery:
    """What each transaction of the gateway did to its clearing account."""
    return (
        select(JournalEntry.source_key, func.sum(Posting.cents).label("cents"))
        .join(Posting, col(Posting.entry_id) == col(JournalEntry.id))
        .where(Posting.ledger_account == LedgerAccount.GATEWAY_CLEARING.value,
               col(JournalEntry.source_key).startswith("gateway:"))
        .group_by(col(JournalEntry.source_key))
        .subquery()
    )  # fmt: skip
