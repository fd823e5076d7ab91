"""The EInvoiceWriter port, both syntaxes."""

from billing.adapters.einvoice.cii import cii
from billing.adapters.einvoice.model import einvoice
from billing.adapters.einvoice.ubl import ubl
from billing.ports import Document, NetworkAddress


class XmlWriter:
    """Writes e-invoices. Keeps nothing, so one serves all threads; a document takes a fraction of a millisecond."""

    def ubl(self, document: Document, receiver: NetworkAddress | None = None) -> bytes:
        """UBL 2.1 in the narrowest profile that the document's facts are enough for; to a receiver, in Peppol's."""
        return ubl(einvoice(document, receiver))

    def cii(self, document: Document) -> bytes:
        """CII in the profile EN 16931, for inside a PDF."""
        return cii(einvoice(document))
