"""A writer of e-invoices that writes a line of text."""

from billing.ports import CreditNoteDocument, Document, NetworkAddress


class FakeEInvoiceWriter:
    """Writes the number, and what is open or credited."""

    def ubl(self, document: Document, receiver: NetworkAddress | None = None) -> bytes:
        to = f" to {receiver}" if receiver else ""
        return f"<ubl {_facts(document)}{to}/>".encode()

    def cii(self, document: Document) -> bytes:
        return f"<cii {_facts(document)}/>".encode()


def _facts(document: Document) -> str:
    if isinstance(document, CreditNoteDocument):
        return f"{document.number} credits {document.total_cents}"
    return f"{document.number} open {document.open_cents}"
