"""The printed credit note: its document, and the file of it, made once."""

import hashlib
from dataclasses import dataclass, field

from sqlmodel import col, select

from billing.accounts import service as accounts
from billing.accounts.einvoices import form_of
from billing.accounts.tables import EInvoiceForm
from billing.credits import notes
from billing.credits.tables import CreditNote, CreditNoteFile, CreditNoteVat
from billing.db import Work
from billing.errors import NotFound
from billing.ports import CreditNoteDocument, DocumentLine, DocumentVat, Party


@dataclass(frozen=True)
class NoteToRender:
    """A document, and its file when that was made before. einvoice: how the customer wants it for programs."""

    note_id: int
    document: CreditNoteDocument
    einvoice: EInvoiceForm
    content: bytes | None = field(default=None, repr=False)


def to_render(work: Work, note_id: int) -> NoteToRender:
    """What has to be printed of a credit note. Raises NotFound."""
    note = work.session.get(CreditNote, note_id)
    if note is None:
        raise NotFound()
    stored = file_of(work, note_id)
    form = form_of(work, note.account_id)
    return NoteToRender(note_id, note_document(work, note), form, stored.content if stored else None)


def store_file(work: Work, rendered: NoteToRender, content: bytes) -> None:
    """Keep the file, unless somebody stored it first."""
    if file_of(work, rendered.note_id) is not None:
        return
    digest = hashlib.sha256(content).hexdigest()
    work.session.add(
        CreditNoteFile(credit_note_id=rendered.note_id, sha256=digest, content=content, rendered_at=work.now)
    )
    accounts.bump_version(work, work.session.get_one(CreditNote, rendered.note_id).account_id)


def invoice_of(work: Work, note_id: int) -> int:
    """The invoice that a credit note takes back. Raises NotFound."""
    note = work.session.get(CreditNote, note_id)
    if note is None:
        raise NotFound()
    return note.invoice_id


def file_of(work: Work, note_id: int) -> CreditNoteFile | None:
    """The printed file; None until it has been printed."""
    return work.session.exec(select(CreditNoteFile).where(CreditNoteFile.credit_note_id == note_id)).first()


def note_document(work: Work, note: CreditNote) -> CreditNoteDocument:
    """The document as it was issued."""
    note_id = note.id or 0
    return CreditNoteDocument(
        number=note.number, issued_on=note.issued_on, invoice_number=note.invoice_number,
        invoice_issued_on=note.invoice_issued_on, reason=note.reason, seller=Party(**note.seller),
        buyer=Party(**note.buyer), lines=_lines(work, note_id), vat=_vat(work, note_id), net_cents=note.net_cents,
        vat_cents=note.vat_cents, total_cents=note.total_cents, offset_cents=note.offset_cents,
        credit_cents=note.credit_cents, payout_cents=note.payout_cents, language=note.language,
        vat_treatment=note.vat_treatment,
        is_hybrid=form_of(work, note.account_id) is EInvoiceForm.HYBRID,
    )  # fmt: skip


def _lines(work: Work, note_id: int) -> tuple[DocumentLine, ...]:
    return tuple(
        DocumentLine(
            description=line.description, detail=line.detail, quantity=format(line.quantity, "f"),
            unit_price=format(line.unit_price, "f"), vat_rate=format(line.vat_rate, "f"), net_cents=line.net_cents,
        )
        for line in notes.lines_of(work, note_id)
    )  # fmt: skip


def _vat(work: Work, note_id: int) -> tuple[DocumentVat, ...]:
    statement = select(CreditNoteVat).where(CreditNoteVat.credit_note_id == note_id).order_by(col(CreditNoteVat.id))
    return tuple(DocumentVat(format(v.vat_rate, "f"), v.base_cents, v.vat_cents) for v in work.session.exec(statement))
