"""The document with all that settled it, and the page of one invoice."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from billing import access
from billing.access import SYSTEM, Actor, Permission
from billing.accounts.einvoices import form_of
from billing.accounts.tables import EInvoiceForm
from billing.clock import local_day
from billing.correspondence.history import Event, history
from billing.correspondence.postings import OwedPosting, owed_postings
from billing.credits.queries import NoteRow, notes_of
from billing.db import Work, table_of
from billing.invoices import service as invoices
from billing.invoices.queries import status_of, visible_invoices
from billing.invoices.tables import Invoice, InvoiceFile, InvoiceVat
from billing.ledger.rules import EntryKind
from billing.ledger.tables import JournalEntry, Posting
from billing.mandates import planning
from billing.payments.tables import Payment, PaymentShare
from billing.ports import DocumentLine, DocumentSettlement, DocumentVat, InvoiceDocument, Party, TransferDetails
from billing.settlement import Label, Status
from billing.states import PaymentState

_F = table_of(InvoiceFile).c
_FILE = sql_select(_F.sha256, _F.content).where(
    _F.invoice_id == bindparam("invoice_id"), _F.version == bindparam("version")
)
_RECEIVED = (EntryKind.PAYMENT_RECEIVED.value, EntryKind.SURPLUS_APPLIED.value)


@dataclass(frozen=True)
class Receipt:
    """The payment that settled an invoice. paid_by: who did it; empty when it was collected. reference: the gateway's
    key of it."""

    method: str
    paid_by: str
    at: datetime
    reference: str


@dataclass(frozen=True)
class InvoiceView:
    """Everything the page of one invoice shows. received_cents: paid in so far, less what went back.

    pending: method of a payment that is on its way. transfer: where to send money for a transfer already ordered.
    file_ready: whether the printed file of this very version is there. may_withdraw: the pay links that were mailed.
    notes: what took it back, in part or in full.
    """

    document: InvoiceDocument
    subject: str
    status: Status
    may_pay: bool
    may_withdraw: bool
    received_cents: int
    history: tuple[Event, ...]
    receipt: Receipt | None
    pending: str
    transfer: TransferDetails | None
    file_ready: bool
    notes: tuple[NoteRow, ...] = ()


def invoice_document(work: Work, invoice: Invoice) -> InvoiceDocument:
    """The document as it stands now: frozen facts, and what has settled it so far."""
    invoice_id = invoice.id or 0
    settlements = _settlements(work, invoice_id)
    paid = invoice.open_cents == 0 and status_of(invoice, local_day(work.now)).label is Label.PAID
    paying = [settlement for settlement in settlements if settlement.kind not in {"carried", "brought"}]
    last = paying[-1] if paying else None
    return InvoiceDocument(
        number=invoice.number or "", issued_on=invoice.issued_on or date.min, due_on=invoice.due_on or date.min,
        reference=invoice.reference, seller=Party(**invoice.seller), buyer=Party(**invoice.buyer),
        lines=_lines(work, invoice_id), vat=_vat(work, invoice_id), net_cents=invoice.net_cents,
        vat_cents=invoice.vat_cents, total_cents=invoice.total_cents, settlements=settlements,
        vat_treatment=invoice.vat_treatment, open_cents=invoice.open_cents,
        paid_on=invoice.settled_on if paid else None,
        paid_with=(last.label if last.kind == "payment" else last.kind) if paid and last else "",
        language=invoice.language, mandate=planning.reference_for(work, invoice),
        is_hybrid=form_of(work, invoice.account_id) is EInvoiceForm.HYBRID,
    )  # fmt: skip


def invoice_view(work: Work, actor: Actor, number: str) -> InvoiceView:
    """The page of one invoice. Raises NotFound, also for somebody else's."""
    invoice = visible_invoices(work, actor, [number])[0]
    document = invoice_document(work, invoice)
    rights = access.permissions(work, actor, invoice.account_id)
    return InvoiceView(
        document=document, subject=invoice.subject, status=status_of(invoice, local_day(work.now)),
        may_pay=Permission.INVOICES_PAY in rights,
        may_withdraw=invoice.open_cents > 0 and Permission.NOTIFICATIONS_MANAGE in rights,
        received_cents=sum(s.cents for s in document.settlements if s.kind in {"payment", "reversal", "correction"}),
        history=history(work, invoice), receipt=_receipt(work, invoice), pending=_pending_method(work, invoice),
        transfer=_transfer(work, invoice), file_ready=current_file(work, invoice) is not None,
        notes=notes_of(work, invoice.id or 0),
    )  # fmt: skip


def current_file(work: Work, invoice: Any) -> Any | None:
    """The stored file of this very version, never of an older one, as a plain row of sha256 and content.

    invoice: as an object or a plain row.
    """
    return work.plain(_FILE, invoice_id=invoice.id, version=invoice.version).first()


def _settlements(work: Work, invoice_id: int) -> tuple[DocumentSettlement, ...]:
    return tuple(
        DocumentSettlement(_settlement_kind(posting), posting.origin, posting.on, -posting.cents)
        for posting in owed_postings(work, invoice_id)
        if posting.kind is not EntryKind.INVOICE_ISSUED
    )


def _settlement_kind(posting: OwedPosting) -> str:
    kinds = {
        EntryKind.CREDIT_NOTE_ISSUED: "credit_note", EntryKind.CREDIT_APPLIED: "credit",
        EntryKind.CARRIED_FORWARD: "carried", EntryKind.BROUGHT_FORWARD: "brought",
        EntryKind.MATCH_UNDONE: "correction",
    }  # fmt: skip
    return kinds.get(posting.kind, "payment" if posting.cents < 0 else "reversal")


def _lines(work: Work, invoice_id: int) -> tuple[DocumentLine, ...]:
    return tuple(
        DocumentLine(
            description=line.description, detail=line.detail, quantity=format(line.quantity, "f"),
            unit_price=format(line.unit_price, "f"), vat_rate=format(line.vat_rate, "f"), net_cents=line.net_cents,
            period_start=line.period_start, period_end=line.period_end,
        )
        for line in invoices.lines_of(work, invoice_id)
    )  # fmt: skip


def _vat(work: Work, invoice_id: int) -> tuple[DocumentVat, ...]:
    statement = select(InvoiceVat).where(InvoiceVat.invoice_id == invoice_id).order_by(col(InvoiceVat.id))
    return tuple(DocumentVat(format(v.vat_rate, "f"), v.base_cents, v.vat_cents) for v in work.session.exec(statement))


def _receipt(work: Work, invoice: Invoice) -> Receipt | None:
    if invoice.open_cents:
        return None
    statement = (
        select(Payment, JournalEntry.booked_at)
        .join(Posting, col(Posting.payment_id) == col(Payment.id))
        .join(JournalEntry, col(JournalEntry.id) == col(Posting.entry_id))
        .where(Posting.invoice_id == invoice.id, col(JournalEntry.kind).in_(_RECEIVED))
        .order_by(col(Posting.id).desc())
    )
    row = work.session.exec(statement).first()
    if row is None:
        return None
    payment, at = row
    paid_by = "" if payment.started_by_name == SYSTEM.name else payment.started_by_name
    return Receipt(payment.method, paid_by, at, payment.provider_key or "")


def _pending_method(work: Work, invoice: Invoice) -> str:
    if invoice.expected_on is None:
        return ""
    statement = (
        select(Payment.method)
        .join(PaymentShare, col(PaymentShare.payment_id) == col(Payment.id))
        .where(PaymentShare.invoice_id == invoice.id, Payment.state == PaymentState.PENDING.value)
        .order_by(col(Payment.id).desc())
    )
    return work.session.exec(statement).first() or ""


def _transfer(work: Work, invoice: Invoice) -> TransferDetails | None:
    statement = (
        select(Payment.transfer)
        .join(PaymentShare, col(PaymentShare.payment_id) == col(Payment.id))
        .where(
            PaymentShare.invoice_id == invoice.id,
            Payment.state == PaymentState.AWAITING.value,
            col(Payment.transfer).is_not(None),
            col(PaymentShare.collecting),
        )
        .order_by(col(Payment.id).desc())
    )
    details = work.session.exec(statement).first()
    return TransferDetails(**details) if details else None
