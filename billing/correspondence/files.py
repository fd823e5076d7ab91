"""Handing out documents, printed or to be written as e-invoices: only to who may see them, and only as true now."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from billing.access import Actor
from billing.correspondence.credit_notes import file_of, note_document
from billing.correspondence.queries import current_file, invoice_document
from billing.credits.queries import note_numbers, visible_notes
from billing.db import Work
from billing.invoices.queries import visible_invoices, visible_rows
from billing.ports import CreditNoteDocument, InvoiceDocument


@dataclass(frozen=True)
class PrintedDocument:
    """A PDF with the digest of its bytes. is_note: a credit note, else an invoice."""

    number: str
    sha256: str
    content: bytes = field(repr=False)
    is_note: bool = False


def printed_invoices(work: Work, actor: Actor, numbers: Sequence[str]) -> tuple[PrintedDocument, ...] | None:
    """The PDFs of these invoices; None when one of them has yet to be printed. Raises NotFound or NotAllowed."""
    printed = []
    for invoice in visible_rows(work, actor, numbers):
        file = current_file(work, invoice)
        if file is None:
            return None
        printed.append(PrintedDocument(invoice.number, file.sha256, file.content))
    return tuple(printed)


def printed_notes(work: Work, actor: Actor, numbers: Sequence[str]) -> tuple[PrintedDocument, ...] | None:
    """The PDFs of these credit notes; None when one of them has yet to be printed. Raises NotFound or NotAllowed."""
    printed = []
    for note in visible_notes(work, actor, numbers):
        file = file_of(work, note.id or 0)
        if file is None:
            return None
        printed.append(PrintedDocument(note.number, file.sha256, file.content, is_note=True))
    return tuple(printed)


def printed_documents(work: Work, actor: Actor, numbers: Sequence[str]) -> tuple[PrintedDocument, ...] | None:
    """The PDFs of these invoices and credit notes, in the order asked; None, and raises, as the two above."""
    of_notes = note_numbers(work, numbers)
    invoices = printed_invoices(work, actor, [number for number in numbers if number not in of_notes])
    notes = printed_notes(work, actor, [number for number in numbers if number in of_notes])
    if invoices is None or notes is None:
        return None
    by_number = {printed.number: printed for printed in (*invoices, *notes)}
    return tuple(by_number[number] for number in numbers)


def invoice_documents(work: Work, actor: Actor, numbers: Sequence[str]) -> tuple[InvoiceDocument, ...]:
    """These invoices as they stand now. Raises NotFound or NotAllowed."""
    return tuple(invoice_document(work, invoice) for invoice in visible_invoices(work, actor, numbers))


def note_documents(work: Work, actor: Actor, numbers: Sequence[str]) -> tuple[CreditNoteDocument, ...]:
    """These credit notes. Raises NotFound or NotAllowed."""
    return tuple(note_document(work, note) for note in visible_notes(work, actor, numbers))
