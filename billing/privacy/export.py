"""The data and documents of an account in one archive, with the digest of every file in it."""

import hashlib
import json
import zipfile
from dataclasses import dataclass, field
from typing import IO, Any

from billing.access import Actor
from billing.correspondence.flows import ensure_file, ensure_note_file
from billing.ports import CreditNoteDocument, InvoiceDocument
from billing.privacy import personal
from billing.runtime import Billing

DATA, DIGESTS = "data.json", "sha256.txt"


@dataclass
class _Archive:
    """A zip that is being written. digests: a line for each file."""

    zip: zipfile.ZipFile
    digests: list[str] = field(default_factory=list)

    def put(self, name: str, content: bytes, *, packed: bool = False) -> None:
        """packed: it is small already."""
        self.zip.writestr(name, content, zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED)
        self.digests.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")


def export(billing: Billing, actor: Actor, account_id: int, target: IO[bytes]) -> int:
    """Write everything of an account; returns how many documents are in it.

    Documents that have not been printed yet are. Raises NotFound, NotAllowed or CheckNeeded.
    """
    data = billing.ask(personal.of_account, actor, account_id)
    invoices, notes = billing.ask(personal.documents_of, account_id)
    with zipfile.ZipFile(target, "w") as opened:
        archive = _Archive(opened)
        archive.put(DATA, as_json(data))
        for invoice_id in invoices:
            printed = ensure_file(billing, invoice_id)
            _put_document(billing, archive, printed.document, printed.content or b"")
        for note_id in notes:
            note = ensure_note_file(billing, note_id)
            _put_document(billing, archive, note.document, note.content or b"")
        opened.writestr(DIGESTS, "".join(archive.digests))
    billing.do(personal.note_export, actor, account_id)
    return len(invoices) + len(notes)


def as_json(data: dict[str, Any]) -> bytes:
    """Data as a file for people and programs; what JSON has no word for, such as days and decimals, as text."""
    return json.dumps(data, default=str, ensure_ascii=False, indent=1).encode()


def _put_document(
    billing: Billing, archive: _Archive, document: InvoiceDocument | CreditNoteDocument, pdf: bytes
) -> None:
    archive.put(f"documents/{document.number}.pdf", pdf, packed=True)
    archive.put(f"documents/{document.number}.xml", billing.einvoices.ubl(document))
