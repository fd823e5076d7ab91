"""What the gates look at, read for one account at one moment. The caller holds the account's lock when it will act."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlmodel import and_, col, func, or_, select

from billing import inbox
from billing.bank import queries as bank
from billing.clock import AMSTERDAM, local_day
from billing.credits import service as credits
from billing.db import Work
from billing.feeds import service as feeds
from billing.feeds.tables import Feed
from billing.inbox import InboxMessage
from billing.invoices.tables import Invoice
from billing.ledger.rules import LedgerAccount
from billing.ledger.tables import JournalEntry, Posting
from billing.mandates import switches
from billing.mandates.tables import Collection
from billing.payments.tables import GatewayRecord, Payment
from billing.ports import Method
from billing.reminders import holds
from billing.reminders.gates import Facts
from billing.reminders.rules import DueStep
from billing.states import OPEN_STATES, CollectionState, PaymentState
from billing.workdays import add_bank_days

# A transfer that was ordered may take a weekend; one that nobody made after that keeps no reminder waiting.
TRANSFER_TAKES = timedelta(days=5)
# What came in and has no place: for so long it may well be for these invoices, when the amount is about theirs.
UNMATCHED_FOR = timedelta(days=10)
ABOUT_CENTS = 100
GATEWAY_WITHIN = timedelta(hours=2)

_COMING = [CollectionState.PLANNED.value, CollectionState.ANNOUNCED.value]
_AT_WORK = [state.value for state in OPEN_STATES - {PaymentState.AWAITING}]


def of_account(
    work: Work, account_id: int, step: DueStep, invoices: Sequence[Invoice], readers: int | None, *, floor_cents: int
) -> Facts:
    """All facts but the size of the run. invoices: those that the step is about; readers: None for no mail."""
    return Facts(
        open_cents=sum(invoice.open_cents for invoice in invoices),
        floor_cents=floor_cents,
        attempts=attempts(work, account_id, step),
        receipts=(
            *_parked(work, account_id, invoices),
            *_unallocated(work, account_id),
            *_at_bank(work, account_id, invoices),
        ),
        stale=stale_feeds(work),
        pushes=_pushes(work),
        holds=holds.kinds(work, account_id),
        is_frozen=switches.is_frozen(work),
        previous=step.previous,
        readers=readers,
        credit_cents=credits.balance_cents(work, account_id),
    )


def attempts(work: Work, account_id: int, step: DueStep) -> tuple[str, ...]:
    """The states of an account's payments that may still bring money, and of collections that are to come for what the
    step is about."""
    may_pay = or_(Payment.method != Method.TRANSFER.value, col(Payment.created_at) > work.now - TRANSFER_TAKES)
    waits = and_(Payment.state == PaymentState.AWAITING.value, may_pay)
    statement = select(Payment.state).where(
        Payment.account_id == account_id, or_(col(Payment.state).in_(_AT_WORK), waits)
    )
    coming = select(Collection.state).where(
        col(Collection.invoice_id).in_(step.about), col(Collection.state).in_(_COMING)
    )
    collections = work.session.exec(coming.order_by(col(Collection.id)))
    payments = work.session.exec(statement.order_by(col(Payment.id)))
    return (*payments, *(f"collection:{state}" for state in collections))


def _parked(work: Work, account_id: int, invoices: Sequence[Invoice]) -> list[str]:
    """Gateway records that a person has to look at: of this account, or of about an amount that it owes."""
    amounts = _amounts(invoices)
    numbers = select(Invoice.number).where(Invoice.account_id == account_id)
    is_theirs = or_(
        Payment.account_id == account_id,
        and_(GatewayRecord.invoice_number != "", col(GatewayRecord.invoice_number).in_(numbers)),
        *(col(GatewayRecord.amount_cents).between(a - ABOUT_CENTS, a + ABOUT_CENTS) for a in amounts),
    )
    statement = (
        select(GatewayRecord.provider_key)
        .join(Payment, col(Payment.id) == col(GatewayRecord.payment_id), isouter=True)
        .where(GatewayRecord.verdict == "parked", col(GatewayRecord.recorded_at) > work.now - UNMATCHED_FOR, is_theirs)
        .order_by(col(GatewayRecord.id))
    )
    return [f"parked:{key}" for key in work.session.exec(statement)]


def _at_bank(work: Work, account_id: int, invoices: Sequence[Invoice]) -> list[str]:
    """Bank lines without a place that name an invoice of this account, or come to about an amount that it owes."""
    found = bank.maybe_of(work, account_id, work.now - UNMATCHED_FOR, _amounts(invoices), ABOUT_CENTS)
    return [f"bank:{line_id}" for line_id in found]


def _amounts(invoices: Sequence[Invoice]) -> set[int]:
    return {invoice.open_cents for invoice in invoices} | {sum(invoice.open_cents for invoice in invoices)}


def _unallocated(work: Work, account_id: int) -> list[str]:
    """Money of theirs that came in lately and has no purpose yet."""
    statement = (
        select(func.coalesce(-func.sum(col(Posting.cents)), 0))
        .join(JournalEntry, col(JournalEntry.id) == col(Posting.entry_id))
        .where(
            Posting.account_id == account_id, Posting.ledger_account == LedgerAccount.UNALLOCATED.value,
            col(JournalEntry.booked_at) > work.now - UNMATCHED_FOR,
        )
    )  # fmt: skip
    cents = int(work.session.exec(statement).one())
    return [f"unallocated:{cents}"] if cents > 0 else []


def stale_feeds(work: Work) -> tuple[str, ...]:
    """The feeds, by name, that tell too little of what was paid: the gateway's, and the bank's without its last day."""
    within = {Feed.GATEWAY: GATEWAY_WITHIN, Feed.BANK: work.now - _last_bank_day_over(local_day(work.now))}
    return tuple(feed.value for feed, time_ in within.items() if not feeds.is_fresh(work, feed, time_))


def _last_bank_day_over(today: date) -> datetime:
    return datetime.combine(add_bank_days(today, -1) + timedelta(days=1), time(), AMSTERDAM)


def _pushes(work: Work) -> int:
    """Messages that have arrived and not been dealt with: any of them may be about this account."""
    return work.session.exec(select(func.count()).where(col(InboxMessage.state) == inbox.NEW)).one()
