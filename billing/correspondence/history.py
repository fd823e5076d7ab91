"""The story of one invoice, told from the journal, the attempts and the mails."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import col, or_, select

from billing import audit, outbox
from billing.accounts.tables import User
from billing.audit import AuditEvent
from billing.correspondence.postings import owed_postings
from billing.correspondence.tables import EInvoiceDelivery
from billing.credits.tables import CreditNote
from billing.db import Work
from billing.invoices.tables import Invoice
from billing.ledger.rules import EntryKind
from billing.outbox import OutboxMessage, Task
from billing.payments.paylinks import WITHDRAWN
from billing.payments.tables import Payment, PaymentEvent, PaymentShare
from billing.ports import NetworkState
from billing.states import PaymentState


class EventKind(StrEnum):
    """What may have happened to an invoice."""

    ISSUED = "issued"
    MAILED = "mailed"
    PAID_MAILED = "paid_mailed"
    NOTE_MAILED = "note_mailed"
    CREDIT_APPLIED = "credit_applied"
    CREDIT_NOTE = "credit_note"
    PAYMENT_STARTED = "payment_started"
    PAYMENT_PENDING = "payment_pending"
    PAYMENT_FAILED = "payment_failed"
    PAYMENT_CANCELLED = "payment_cancelled"
    PAYMENT_RECEIVED = "payment_received"
    MONEY_RETURNED = "money_returned"
    PAYMENT_UNMATCHED = "payment_unmatched"
    CARRIED_FORWARD = "carried_forward"
    BROUGHT_FORWARD = "brought_forward"
    LINK_WITHDRAWN = "link_withdrawn"
    EINVOICE_ACCEPTED = "einvoice_accepted"
    EINVOICE_REJECTED = "einvoice_rejected"
    EINVOICE_MAILED = "einvoice_mailed"
    REMINDED = "reminded"
    REMINDER_WAITED = "reminder_waited"
    REMINDER_DROPPED = "reminder_dropped"
    REMINDER_LOST = "reminder_lost"
    REMINDER_PASSED_ON = "reminder_passed_on"
    CALLED = "called"


@dataclass(frozen=True)
class Event:
    """One thing that happened. cents: 0 where no amount belongs to it. who: people, method, or a document's number.

    detail: of a reminder: which one it was, the gate that it waited for, or who got it instead.
    """

    kind: EventKind
    at: datetime
    cents: int = 0
    who: str = ""
    detail: str = ""


_ENTRIES = {
    EntryKind.INVOICE_ISSUED: EventKind.ISSUED,
    EntryKind.CREDIT_APPLIED: EventKind.CREDIT_APPLIED,
    EntryKind.PAYMENT_RECEIVED: EventKind.PAYMENT_RECEIVED,
    EntryKind.SURPLUS_APPLIED: EventKind.PAYMENT_RECEIVED,
    EntryKind.MONEY_RETURNED: EventKind.MONEY_RETURNED,
    EntryKind.MATCH_UNDONE: EventKind.PAYMENT_UNMATCHED,
    EntryKind.CARRIED_FORWARD: EventKind.CARRIED_FORWARD,
    EntryKind.BROUGHT_FORWARD: EventKind.BROUGHT_FORWARD,
}
_ATTEMPTS = {
    PaymentState.CREATED: EventKind.PAYMENT_STARTED,
    PaymentState.PENDING: EventKind.PAYMENT_PENDING,
    PaymentState.FAILED: EventKind.PAYMENT_FAILED,
    PaymentState.REJECTED: EventKind.PAYMENT_FAILED,
    PaymentState.EXPIRED: EventKind.PAYMENT_FAILED,
    PaymentState.CANCELLED: EventKind.PAYMENT_CANCELLED,
}

_SHIPMENTS = {
    NetworkState.ACCEPTED: EventKind.EINVOICE_ACCEPTED,
    NetworkState.REJECTED: EventKind.EINVOICE_REJECTED,
}


def history(work: Work, invoice: Invoice) -> tuple[Event, ...]:
    """All events of an invoice, the first first."""
    # Of what happens at one moment, the cause comes first.
    events = [
        *_money(work, invoice), *_notes(work, invoice), *_attempts(work, invoice), *_shipments(work, invoice),
        *_mails(work, invoice), *_withdrawals(work, invoice),
    ]  # fmt: skip
    return tuple(sorted(events, key=lambda event: event.at))


def _money(work: Work, invoice: Invoice) -> list[Event]:
    return [
        Event(_ENTRIES[posting.kind], posting.at, abs(posting.cents), posting.origin)
        for posting in owed_postings(work, invoice.id or 0)
        if posting.kind in _ENTRIES
    ]


def _notes(work: Work, invoice: Invoice) -> list[Event]:
    notes = select(CreditNote).where(CreditNote.invoice_id == invoice.id).order_by(col(CreditNote.id))
    return [Event(EventKind.CREDIT_NOTE, n.issued_at, n.total_cents, n.number) for n in work.session.exec(notes)]


def _attempts(work: Work, invoice: Invoice) -> list[Event]:
    statement = (
        select(PaymentEvent.state, PaymentEvent.at, Payment.method, PaymentShare.cents)
        .join(Payment, col(Payment.id) == col(PaymentEvent.payment_id))
        .join(PaymentShare, col(PaymentShare.payment_id) == col(Payment.id))
        .where(PaymentShare.invoice_id == invoice.id, col(PaymentEvent.state).in_([s.value for s in _ATTEMPTS]))
        .order_by(col(PaymentEvent.id))
    )
    return [
        Event(_ATTEMPTS[PaymentState(state)], at, cents, method)
        for state, at, method, cents in work.session.exec(statement)
    ]


def _mails(work: Work, invoice: Invoice) -> list[Event]:
    kinds = {
        Task.MAIL_INVOICE: EventKind.MAILED, Task.MAIL_PAID: EventKind.PAID_MAILED,
        Task.MAIL_CREDIT_NOTE: EventKind.NOTE_MAILED, Task.MAIL_EINVOICE: EventKind.EINVOICE_MAILED,
    }  # fmt: skip
    statement = select(OutboxMessage).where(
        OutboxMessage.invoice_id == invoice.id,
        OutboxMessage.state == outbox.DONE,
        col(OutboxMessage.task).in_([task.value for task in kinds]),
    )
    rows = work.session.exec(statement.order_by(col(OutboxMessage.id))).all()
    readers = select(User.id, User.name).where(col(User.id).in_([row.payload["user_id"] for row in rows]))
    names = dict(work.session.exec(readers).all())
    return [
        Event(kinds[Task(row.task)], row.done_at or row.created_at, who=names[row.payload["user_id"]]) for row in rows
    ]


def _shipments(work: Work, invoice: Invoice) -> list[Event]:
    """What the network made of the e-invoice, and of those of its credit notes, each by its number."""
    found = (
        select(EInvoiceDelivery, CreditNote.number)
        .outerjoin(CreditNote, col(CreditNote.id) == col(EInvoiceDelivery.credit_note_id))
        .where(or_(EInvoiceDelivery.invoice_id == invoice.id, CreditNote.invoice_id == invoice.id))
        .order_by(col(EInvoiceDelivery.id))
    )
    return [
        Event(_SHIPMENTS[NetworkState(row.state)], row.ended_at, who=number or invoice.number or "")
        for row, number in work.session.exec(found)
        if row.ended_at is not None
    ]


def _withdrawals(work: Work, invoice: Invoice) -> list[Event]:
    if invoice.pay_link_serial == 1:
        return []
    statement = select(AuditEvent.at, AuditEvent.actor).where(
        AuditEvent.chain == audit.of_account(invoice.account_id),
        AuditEvent.action == WITHDRAWN,
        AuditEvent.subject == invoice.number,
    )
    return [Event(EventKind.LINK_WITHDRAWN, at, who=actor) for at, actor in work.session.exec(statement)]
