"""What to ask the outside parties about, so that the lights of some days can be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import col, or_, select

from billing.bookkeeping.tables import BookEntry
from billing.clock import AMSTERDAM
from billing.db import Work
from billing.inbox import InboxMessage
from billing.invoices.tables import Invoice
from billing.ledger.rules import LedgerAccount
from billing.ledger.tables import JournalEntry, Posting
from billing.lights.receipts import Span
from billing.lights.tables import GatewaySeen
from billing.payments import checks
from billing.payments.checks import DueCheck
from billing.payments.tables import BOOKED, GatewayRecord, Payment
from billing.ports import Method
from billing.states import OPEN_STATES, PaymentState

# A transfer may be weeks on its way.
STARTED_BEFORE = timedelta(days=30)
Dated = dict[int, date]
# A debit can be taken back for eight weeks, a card payment for longer; most come in the first weeks.
MAY_GO_BACK = timedelta(days=60)
A_FEW = 10
# Documents this close together are listed in one go.
NEAR = timedelta(days=7)


@dataclass(frozen=True)
class Questions:
    """keys: transactions by the gateway's own names. attempts: those without one, and transfers, whose copies of
    another amount have names of their own. invoices: whose payments a bank may have taken back, under a new name."""

    keys: tuple[str, ...]
    attempts: tuple[DueCheck, ...]
    invoices: tuple[str, ...]


def of_gateway(work: Work, span: Span) -> Questions:
    """Everything that the gateway may know something of which happened on these days: what we booked then, what was
    begun and not decided by then, and what its messages were about."""
    start, end = _instant(span.first), _instant(span.last + timedelta(days=1))
    booked = select(GatewayRecord.provider_key).where(col(GatewayRecord.received_on).between(span.first, span.last))
    undecided = col(Payment.state) != PaymentState.SUCCEEDED.value
    attempts = select(Payment.provider_key).where(
        col(Payment.provider_key).is_not(None), col(Payment.created_at) < end,
        or_(col(Payment.created_at) >= start, undecided & (col(Payment.created_at) >= start - STARTED_BEFORE)),
    )  # fmt: skip
    told = select(InboxMessage.key).where(
        InboxMessage.subject == "transaction", col(InboxMessage.received_at) >= start,
        col(InboxMessage.received_at) < end,
    )  # fmt: skip
    keys = {key for statement in (booked, attempts, told) for key in work.session.exec(statement) if key}
    return Questions(
        tuple(sorted(keys)), tuple(_open(work, start - STARTED_BEFORE, end)), tuple(_may_go_back(work, end))
    )


def documents(work: Work, span: Span, administration: str) -> Dated:
    """The documents that were settled on these days, with their own dates."""
    statement = (
        select(col(BookEntry.id), col(Invoice.issued_on))
        .join(Invoice, col(Invoice.id) == col(BookEntry.invoice_id))
        .join(Posting, col(Posting.invoice_id) == col(Invoice.id))
        .join(JournalEntry, col(JournalEntry.id) == col(Posting.entry_id))
        .where(
            BookEntry.administration == administration, col(BookEntry.remote_id).is_not(None),
            Posting.ledger_account == LedgerAccount.RECEIVABLE.value, col(Posting.payment_id).is_not(None),
            col(JournalEntry.occurred_on).between(span.first, span.last),
        )
        .distinct()
    )  # fmt: skip
    return {entry_id or 0: on for entry_id, on in work.session.exec(statement) if on}


def dates_of(work: Work, entry_ids: Sequence[int]) -> Dated:
    """The dates of some documents."""
    statement = select(col(BookEntry.id), col(Invoice.issued_on)).join(
        Invoice, col(Invoice.id) == col(BookEntry.invoice_id)
    )
    found = work.session.exec(statement.where(col(BookEntry.id).in_(entry_ids)))
    return {entry_id or 0: on for entry_id, on in found if on}


def in_runs(days: Sequence[date]) -> list[tuple[date, date]]:
    """Days as few stretches, the first and the last of each.

    >>> in_runs([date(2026, 3, 1), date(2026, 3, 4), date(2026, 5, 1)])
    [(datetime.date(2026, 3, 1), datetime.date(2026, 3, 4)), (datetime.date(2026, 5, 1), datetime.date(2026, 5, 1))]
    """
    runs: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if runs and day - runs[-1][1] <= NEAR:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _open(work: Work, since: datetime, until: datetime) -> list[DueCheck]:
    """Attempts that have not ended and can't be found by a key alone."""
    found = select(Payment).where(
        col(Payment.state).in_([state.value for state in OPEN_STATES]), col(Payment.created_at) >= since,
        col(Payment.created_at) < until, or_(col(Payment.provider_key).is_(None), Payment.method == "transfer"),
    )  # fmt: skip
    return [checks.question(work, payment) for payment in work.session.exec(found.order_by(col(Payment.id)))]


def _may_go_back(work: Work, until: datetime) -> list[str]:
    """Invoices that were paid by debit or card lately, a few at a time: those that were asked about longest ago."""
    statement = (
        select(GatewayRecord.invoice_number)
        .join(Payment, col(Payment.id) == col(GatewayRecord.payment_id))
        .join(GatewaySeen, col(GatewaySeen.provider_key) == col(GatewayRecord.provider_key), isouter=True)
        .where(
            col(Payment.method).in_([Method.DIRECT_DEBIT.value, Method.CARD.value]), GatewayRecord.verdict == BOOKED,
            GatewayRecord.invoice_number != "", col(GatewayRecord.recorded_at) > until - MAY_GO_BACK,
        )
        .order_by(col(GatewaySeen.seen_at).is_not(None), col(GatewaySeen.seen_at), col(GatewayRecord.id))
        .limit(A_FEW)
    )  # fmt: skip
    return list(dict.fromkeys(work.session.exec(statement)))


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)
