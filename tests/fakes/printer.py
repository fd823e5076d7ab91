"""A renderer that prints a line of text."""

from collections.abc import Callable

from billing.ports import AccountStatement, CreditNoteDocument, InvoiceDocument


class FakePrinter:
    """Keeps what it printed. `meanwhile` happens once, during the next print."""

    def __init__(self) -> None:
        self.printed: list[InvoiceDocument] = []
        self.notes: list[CreditNoteDocument] = []
        self.meanwhile: Callable[[], object] | None = None

    def invoice(self, document: InvoiceDocument) -> bytes:
        self.printed.append(document)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        return f"%PDF {document.number} open {document.open_cents}".encode()

    def credit_note(self, document: CreditNoteDocument) -> bytes:
        self.notes.append(document)
        return f"%PDF {document.number} credits {document.total_cents}".encode()

    def statement(self, document: AccountStatement) -> bytes:
        return f"%PDF balance {document.closing_cents}".encode()
