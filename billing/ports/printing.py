"""The port to whatever prints."""

from typing import Protocol

from billing.ports.documents import CreditNoteDocument, InvoiceDocument
from billing.ports.statements import AccountStatement


class PdfRenderer(Protocol):
    """Makes printed documents. The same document gives the same bytes; nothing is fetched from anywhere."""

    def invoice(self, document: InvoiceDocument) -> bytes: ...

    def credit_note(self, document: CreditNoteDocument) -> bytes: ...

    def statement(self, document: AccountStatement) -> bytes: ...
