"""All that stands on a document, and the port to whatever writes it for machines."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from billing.ports.network import NetworkAddress
from billing.vat_treatment import VatTreatment, is_untaxed


@dataclass(frozen=True)
class Party:
    """A seller or buyer as it stands on a document. creditor_id: by which banks know who collects by direct debit."""

    name: str
    attention: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "NL"
    vat_number: str = ""
    chamber_number: str = ""
    iban: str = ""
    email: str = ""
    creditor_id: str = ""


@dataclass(frozen=True)
class DocumentLine:
    """One line. quantity and unit_price: decimal text as stored; vat_rate: per cent, as text ("21").

    period_start, period_end: the first and last day that it is for, of a service.
    """

    description: str
    detail: str
    quantity: str
    unit_price: str
    vat_rate: str
    net_cents: int
    period_start: date | None = None
    period_end: date | None = None


@dataclass(frozen=True)
class DocumentVat:
    vat_rate: str
    base_cents: int
    vat_cents: int


@dataclass(frozen=True)
class DocumentSettlement:
    """Something that lowered what is to pay, or (negative) raised it.

    kind: credit, payment, credit_note, reversal, carried (a small rest that goes on to another invoice), brought (one
    that came from there). label: the credit note's or the other invoice's number, or the method. cents: above zero
    lowers what is to pay.
    """

    kind: str
    label: str
    on: date
    cents: int


@dataclass(frozen=True)
class InvoiceDocument:
    """All a printed invoice shows. paid_on: set only when nothing is open and money or credits made it so.

    vat_treatment: who owes the VAT (`VatTreatment`), which the document has to say when it is not the seller at home.
    mandate: reference of the one by which what is open is collected; empty when the buyer pays. is_hybrid: its
    e-invoice is to be inside the PDF.
    """

    number: str
    issued_on: date
    due_on: date
    reference: str
    seller: Party
    buyer: Party
    lines: tuple[DocumentLine, ...]
    vat: tuple[DocumentVat, ...]
    net_cents: int
    vat_cents: int
    total_cents: int
    vat_treatment: str = VatTreatment.DOMESTIC.value
    settlements: tuple[DocumentSettlement, ...] = ()
    open_cents: int = 0
    paid_on: date | None = None
    paid_with: str = ""
    language: str = "nl"
    mandate: str = ""
    is_hybrid: bool = True

    @property
    def is_untaxed(self) -> bool:
        """Whether there is no VAT on it, at whatever rate it is priced."""
        return is_untaxed(self.vat_treatment)


@dataclass(frozen=True)
class CreditNoteDocument:
    """All a printed credit note shows; amounts are above zero and go to the buyer.

    offset_cents: taken off what was open on the invoice. credit_cents: added to the credits. payout_cents: paid out.
    vat_treatment, is_hybrid: as of the invoice.
    """

    number: str
    issued_on: date
    invoice_number: str
    invoice_issued_on: date
    reason: str
    seller: Party
    buyer: Party
    lines: tuple[DocumentLine, ...]
    vat: tuple[DocumentVat, ...]
    net_cents: int
    vat_cents: int
    total_cents: int
    vat_treatment: str = VatTreatment.DOMESTIC.value
    offset_cents: int = 0
    credit_cents: int = 0
    payout_cents: int = 0
    language: str = "nl"
    is_hybrid: bool = True

    @property
    def is_untaxed(self) -> bool:
        """Whether there is no VAT on it, at whatever rate it is priced."""
        return is_untaxed(self.vat_treatment)


Document = InvoiceDocument | CreditNoteDocument


class EInvoiceWriter(Protocol):
    """Writes documents for machines, by EN 16931. The same document gives the same bytes.

    receiver: where the network is to bring it; the document then follows the network's rules.
    """

    def ubl(self, document: Document, receiver: NetworkAddress | None = None) -> bytes: ...

    def cii(self, document: Document) -> bytes: ...
