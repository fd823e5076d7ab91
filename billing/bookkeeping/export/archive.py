"""A period in one file: the journal as CSV or as audit file, or an archive of both with every document and an index.

The same data make the same bytes, so that who keeps the digest of an archive can prove later that nothing changed.
"""

import hashlib
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import select

from billing.bookkeeping.documents import customer_reference, vat_code
from billing.bookkeeping.export.auditfile import audit_file
from billing.bookkeeping.export.formats import Format
from billing.bookkeeping.export.journal import PeriodJournal, period_journal
from billing.bookkeeping.export.sheet import Indexed, index_sheet, journal_sheet
from billing.clock import local_day
from billing.correspondence.flows import ensure_file, ensure_note_file
from billing.credits.tables import CreditNote
from billing.db import Work, table_of
from billing.invoices.tables import ISSUED, Invoice
from billing.ports import CreditNoteDocument, InvoiceDocument
from billing.runtime import Billing

_I, _C = table_of(Invoice).c, table_of(CreditNote).c
# The earliest moment that a zip file can name: when it was made says nothing about what is in it.
_NO_MOMENT = (1980, 1, 1, 0, 0, 0)
JOURNAL, AUDIT_FILE, INDEX = "journaal.csv", "auditfile.xaf", "index.csv"


@dataclass(frozen=True)
class Exported:
    """What went into a file."""

    documents: int
    rows: int


@dataclass(frozen=True)
class _Issued:
    """A document by its id, and whose it is."""

    id: int
    account_id: int
    is_note: bool


def export(billing: Billing, first: date, last: date, path: Path, form: Format = Format.ZIP) -> Exported:
    """Write a period, both days included; a file that is there already is replaced at the end, whole.

    Documents that have not been printed yet are.
    """
    journal, documents = billing.ask(period_journal, first, last), 0
    with _replaced(path) as unfinished:
        match form:
            case Format.CSV:
                unfinished.write_bytes(journal_sheet(journal.rows))
            case Format.XAF:
                unfinished.write_bytes(_audit(billing, journal))
            case Format.ZIP:
                documents = _archive(billing, journal, billing.ask(_documents, first, last), unfinished)
    return Exported(documents, len(journal.rows))


@contextmanager
def _replaced(path: Path) -> Iterator[Path]:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _archive(billing: Billing, journal: PeriodJournal, issued: list[_Issued], path: Path) -> int:
    with zipfile.ZipFile(path, "w") as archive:
        index = [_put_document(billing, archive, document) for document in issued]
        _put(archive, AUDIT_FILE, _audit(billing, journal))
        _put(archive, JOURNAL, journal_sheet(journal.rows))
        _put(archive, INDEX, index_sheet(index))
    return len(index)


def _audit(billing: Billing, journal: PeriodJournal) -> bytes:
    made_on = local_day(billing.clock.now())
    return audit_file(journal, billing.policy.seller, made_on=made_on, version=version("voldaan"))


def _documents(work: Work, first: date, last: date) -> list[_Issued]:
    """What was issued in a period: invoices by their numbers, then credit notes."""
    invoices = (
        select(_I.id, _I.account_id)
        .where(_I.state == ISSUED, _I.issued_on.between(first, last))
        .order_by(_I.year, _I.series, _I.sequence)
    )
    notes = (
        select(_C.id, _C.account_id).where(_C.issued_on.between(first, last)).order_by(_C.year, _C.series, _C.sequence)
    )
    found = [_Issued(row.id, row.account_id, is_note=False) for row in work.plain(invoices)]
    return found + [_Issued(row.id, row.account_id, is_note=True) for row in work.plain(notes)]


def _put_document(billing: Billing, archive: zipfile.ZipFile, issued: _Issued) -> Indexed:
    if issued.is_note:
        note = ensure_note_file(billing, issued.id)
        document: InvoiceDocument | CreditNoteDocument = note.document
        kind, sign, content = "creditnota", -1, note.content or b""
    else:
        invoice = ensure_file(billing, issued.id)
        document, kind, sign, content = invoice.document, "factuur", 1, invoice.content or b""
    name = f"PDF/{document.number}.pdf"
    _put(archive, name, content, packed=True)
    _put(archive, f"UBL/{document.number}.xml", billing.einvoices.ubl(document))
    codes = ((vat_code(v.vat_rate, document.vat_treatment, document.buyer.country), v.base_cents, v.vat_cents)
             for v in document.vat)  # fmt: skip
    return Indexed(
        document.number, kind, document.issued_on, customer_reference(issued.account_id), document.buyer.name,
        sign * document.net_cents, sign * document.vat_cents,
        tuple((code, sign * base, sign * vat) for code, base, vat in codes), name, hashlib.sha256(content).hexdigest(),
    )  # fmt: skip


def _put(archive: zipfile.ZipFile, name: str, content: bytes, *, packed: bool = False) -> None:
    """packed: it is small already, as a PDF is."""
    entry = zipfile.ZipInfo(name, _NO_MOMENT)
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)
