"""What is kept of an e-invoice on its way over the network. One transaction each."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import select

from billing import locks, outbox
from billing.accounts import queries as account_queries
from billing.accounts import service as accounts
from billing.accounts.tables import MailTopic
from billing.correspondence import credit_notes, service
from billing.correspondence.tables import EInvoiceDelivery
from billing.db import Work
from billing.outbox import OutboxMessage, Task
from billing.ports import Document, Handling, NetworkState

# So long the network may keep silent before the customer gets the e-invoice some other way.
PATIENCE = timedelta(days=3)


@dataclass(frozen=True)
class Planned:
    """A document to be sent. was_begun: it may be on its way already. is_late: nobody waits for the network any more.

    is_over: it was brought, or never will be.
    """

    delivery_id: int
    document_id: str
    document: Document
    was_begun: bool
    is_late: bool
    is_over: bool


def begin(work: Work, message: OutboxMessage) -> Planned:
    """Note that a document is about to be sent, before it is. Raises NotFound."""
    account_id, note_id = message.payload["account_id"], message.payload.get("credit_note_id")
    locks.account(work, account_id)
    document_id = outbox.identity(message.dedup_key)
    row = work.session.exec(select(EInvoiceDelivery).where(EInvoiceDelivery.document_id == document_id)).first()
    was_begun = row is not None
    if row is None:
        row = EInvoiceDelivery(
            account_id=account_id, invoice_id=None if note_id else message.invoice_id, credit_note_id=note_id,
            document_id=document_id, began_at=work.now,
        )  # fmt: skip
        work.session.add(row)
        work.flush()
    return Planned(
        row.id or 0, document_id, document_of(work, message.invoice_id, note_id), was_begun,
        is_late=work.now - row.began_at > PATIENCE, is_over=row.state != NetworkState.PENDING,
    )  # fmt: skip


def end(work: Work, delivery_id: int, handling: Handling) -> None:
    """Keep what became of a document; one that was not brought goes by mail. The first word of the network counts."""
    row = locks.owned(work, EInvoiceDelivery, delivery_id)
    if row.state != NetworkState.PENDING:
        return
    row.state, row.reason, row.ended_at = handling.state.value, handling.reason[:200], work.now
    work.session.add(row)
    accounts.bump_version(work, row.account_id)
    if handling.state is NetworkState.REJECTED:
        _mail(work, row)


def document_of(work: Work, invoice_id: int | None, note_id: int | None) -> Document:
    """A credit note when its id is given, else an invoice. Raises NotFound."""
    if note_id:
        return credit_notes.to_render(work, note_id).document
    return service.to_render(work, invoice_id or 0).document


def _mail(work: Work, row: EInvoiceDelivery) -> None:
    about = {"credit_note_id": row.credit_note_id, "reason": row.reason}
    invoice_id = row.invoice_id or credit_notes.invoice_of(work, row.credit_note_id or 0)
    for user in account_queries.billing_recipients(work, row.account_id, MailTopic.INVOICES):
        key = f"mail_einvoice:{row.id}:{user.id}"
        outbox.put(work, Task.MAIL_EINVOICE, key, invoice_id=invoice_id, user_id=user.id, **about)
