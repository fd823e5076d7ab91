"""Gathering what a stop order is judged by, from all subjects that know of money on its way."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import col, func, or_, select

from billing import inbox
from billing.access import SYSTEM
from billing.bank import queries as bank
from billing.clock import local_day
from billing.credits import service as credits
from billing.db import Work
from billing.feeds import service as feeds
from billing.inbox import InboxMessage
from billing.invoices.tables import Invoice
from billing.mandates import switches
from billing.payments.queries import overpaid_cents
from billing.payments.tables import GatewayRecord, Payment
from billing.reminders import holds, readers
from billing.reminders import standing as reminders
from billing.states import OPEN_STATES
from billing.stops.rules import Facts, LateInvoice

# Money that nobody has claimed for so long is not theirs either.
COULD_BE_THEIRS = timedelta(days=30)


def facts(work: Work, account_id: int, floor_cents: int) -> Facts:
    """What is known of an account now. floor_cents: what has to be late before anything is stopped for it."""
    late, climbed = late_invoices(work, account_id), reminders.climbed(work, account_id)
    mailboxes = readers.mailboxes(work, account_id)
    return Facts(
        invoices=tuple(
            LateInvoice(one.id or 0, one.number or "", one.open_cents, one.pay_link_serial) for one in late
        ),
        overdue_cents=sum(invoice.open_cents for invoice in late),
        floor_cents=floor_cents, credit_cents=credits.balance_cents(work, account_id),
        in_flight=_in_flight(work, account_id), unmatched_cents=overpaid_cents(work, SYSTEM, account_id),
        parked=_parked(work, account_id) + bank.waiting_count(work, work.now - COULD_BE_THEIRS),
        feeds_fresh=not feeds.stale(work) and not _unread(work), notices_delivered=climbed.are_delivered,
        disputed=holds.is_held(work, account_id) or switches.is_frozen(work), ladder_finished=climbed.is_finished,
        phoned_on=climbed.phoned_on, addresses_work=mailboxes.all_work, mailbox_safe=mailboxes.one_is_safe,
    )  # fmt: skip


def late_invoices(work: Work, account_id: int) -> Sequence[Invoice]:
    """What an account should have paid before today, the oldest first."""
    late = (
        select(Invoice)
        .where(Invoice.account_id == account_id, Invoice.open_cents > 0, col(Invoice.due_on) < local_day(work.now))
        .order_by(col(Invoice.due_on), col(Invoice.id))
    )
    return work.session.exec(late).all()


def _in_flight(work: Work, account_id: int) -> int:
    states = [state.value for state in OPEN_STATES]
    attempts = select(func.count()).where(Payment.account_id == account_id, col(Payment.state).in_(states))
    return work.session.exec(attempts).one()


def _parked(work: Work, account_id: int) -> int:
    """Transactions that a person has yet to look at: theirs, and those of which nobody knows yet whose they are."""
    since = local_day(work.now) - COULD_BE_THEIRS
    nobodys = col(GatewayRecord.payment_id).is_(None) & (col(GatewayRecord.received_on) >= since)
    parked = (
        select(func.count(col(GatewayRecord.id)))
        .join(Payment, col(Payment.id) == col(GatewayRecord.payment_id), isouter=True)
        .where(GatewayRecord.verdict == "parked", or_(col(Payment.account_id) == account_id, nobodys))
    )
    return work.session.exec(parked).one()


def _unread(work: Work) -> bool:
    """Whether messages of the gateway wait to be understood: any of them could be their payment."""
    unread = select(InboxMessage.id).where(InboxMessage.state == inbox.NEW)
    return work.session.exec(unread.limit(1)).first() is not None
