"""What an e-invoice says, in the words of EN 16931 and free of syntax: the BT numbers are its business terms."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from billing import documents
from billing.adapters.einvoice.parties import Participant, Profile, participant, profile
from billing.adapters.einvoice.text import compact, number, plain
from billing.invoice_rules import VatCategory, category
from billing.ports import CreditNoteDocument, Document, DocumentLine, DocumentVat, InvoiceDocument, NetworkAddress

INVOICE, CREDIT_NOTE = "380", "381"
# SEPA credit transfer and SEPA direct debit, of UNTDID 4461.
CREDIT_TRANSFER, DIRECT_DEBIT = "58", "59"
# One of whatever it is, of UN/ECE recommendation 20.
ONE = "C62"
CURRENCY = "EUR"
# Why a category has no VAT, with its code of the VATEX list (BR-AE-10, BR-G-10).
_CODES = {VatCategory.REVERSE_CHARGE: "VATEX-EU-AE", VatCategory.OUTSIDE: "VATEX-EU-G"}
_REASONS = {
    "nl": {VatCategory.REVERSE_CHARGE: "Btw verlegd", VatCategory.OUTSIDE: "Dienst buiten de EU"},
    "en": {VatCategory.REVERSE_CHARGE: "Reverse charge", VatCategory.OUTSIDE: "Service outside the EU"},
}


@dataclass(frozen=True)
class Days:
    """From the first day to the last."""

    first: date
    last: date


@dataclass(frozen=True)
class Line:
    """BG-25. quantity: below zero on a line that takes back; price: never below zero (BR-27)."""

    name: str
    detail: str
    quantity: str
    price: str
    net_cents: int
    category: VatCategory
    rate: str
    period: Days | None


@dataclass(frozen=True)
class VatGroup:
    """BG-23. exemption: why no VAT is charged, with its code of the VATEX list; both empty where some is."""

    category: VatCategory
    rate: str
    base_cents: int
    vat_cents: int
    exemption: tuple[str, str]


@dataclass(frozen=True)
class Payment:
    """BG-16. reference: what the payer should quote (BT-83).

    mandate: reference of the one by which we collect (BT-89), with our creditor identifier (BT-90); empty when the
    buyer transfers to iban. The debited account (BT-91) is never told: no rule asks for it, the mandate names it to
    whoever gave that, and neither a mask nor a whole account number belongs in a file that goes round.
    """

    iban: str
    holder: str
    reference: str
    mandate: str = ""
    creditor_id: str = ""

    @property
    def means(self) -> str:
        return DIRECT_DEBIT if self.mandate else CREDIT_TRANSFER


@dataclass(frozen=True)
class EInvoice:
    """An invoice or a credit note. corrects: number and date of the invoice that a credit note takes back (BG-3).

    payable_cents: what the printed document asks for (BT-115). prepaid_cents: the difference with the total (BT-113),
    which is below zero when small rests of earlier invoices raise what is to pay; the note names each part of it.
    """

    profile: Profile
    type_code: str
    number: str
    issued_on: date
    due_on: date | None
    note: str
    buyer_reference: str
    period: Days | None
    corrects: tuple[str, date] | None
    seller: Participant
    buyer: Participant
    payment: Payment | None
    lines: tuple[Line, ...]
    vat: tuple[VatGroup, ...]
    net_cents: int
    vat_cents: int
    total_cents: int
    payable_cents: int

    @property
    def prepaid_cents(self) -> int:
        return self.total_cents - self.payable_cents

    @property
    def supplied_on(self) -> date:
        """BT-72: the last day of what was supplied, or the day of issue when it has no period."""
        return self.period.last if self.period else self.issued_on


def einvoice(document: Document, receiver: NetworkAddress | None = None) -> EInvoice:
    """What the e-invoice of a printed document says; payable is what that document says too, so both always agree.

    receiver: where the network brings it, by the network's profile.
    """
    is_note = isinstance(document, CreditNoteDocument)
    lines = tuple(_line(line, document.vat_treatment) for line in document.lines)
    return EInvoice(
        profile=Profile.PEPPOL if receiver else profile(document.seller, document.buyer),
        type_code=CREDIT_NOTE if is_note else INVOICE,
        number=plain(document.number),
        issued_on=document.issued_on,
        due_on=None if isinstance(document, CreditNoteDocument) else document.due_on,
        note=plain(document.reason if isinstance(document, CreditNoteDocument) else _settled(document)),
        buyer_reference=plain(document.buyer.attention),
        period=_whole([line.period for line in lines if line.period]),
        corrects=_corrects(document),
        seller=participant(document.seller),
        buyer=participant(document.buyer, receiver),
        payment=_payment(document),
        lines=lines,
        vat=tuple(_group(group, document) for group in document.vat),
        net_cents=document.net_cents,
        vat_cents=document.vat_cents,
        total_cents=document.total_cents,
        payable_cents=document.total_cents if isinstance(document, CreditNoteDocument) else document.open_cents,
    )


def _line(line: DocumentLine, treatment: str) -> Line:
    quantity, price, rate = Decimal(line.quantity), Decimal(line.unit_price), Decimal(line.vat_rate)
    if price < 0:
        quantity, price = -quantity, -price
    period = Days(line.period_start, line.period_end) if line.period_start and line.period_end else None
    return Line(
        name=plain(line.description), detail=plain(line.detail), quantity=number(quantity), price=number(price),
        net_cents=line.net_cents, category=category(rate, treatment), rate=number(rate), period=period,
    )  # fmt: skip


def _group(group: DocumentVat, document: Document) -> VatGroup:
    rate = Decimal(group.vat_rate)
    found = category(rate, document.vat_treatment)
    reasons = _REASONS.get(document.language, _REASONS["nl"])
    exemption = (reasons.get(found, ""), _CODES.get(found, ""))
    return VatGroup(found, number(rate), group.base_cents, group.vat_cents, exemption)


def _whole(periods: list[Days]) -> Days | None:
    """All periods in one; None when there are none."""
    if not periods:
        return None
    return Days(min(period.first for period in periods), max(period.last for period in periods))


def _settled(document: InvoiceDocument) -> str:
    """What made the amount to pay differ from the total, as it is printed."""
    return "; ".join(
        f"{documents.settlement_label(part, document.language)}: {documents.money(-part.cents, document.language)}"
        for part in document.settlements
    )


def _corrects(document: Document) -> tuple[str, date] | None:
    if not isinstance(document, CreditNoteDocument):
        return None
    return plain(document.invoice_number), document.invoice_issued_on


def _payment(document: Document) -> Payment | None:
    """How an invoice is paid; a credit note asks for nothing."""
    if isinstance(document, CreditNoteDocument) or not (document.seller.iban or document.mandate):
        return None
    return Payment(
        compact(document.seller.iban), plain(document.seller.name), compact(document.reference),
        compact(document.mandate), compact(document.seller.creditor_id) if document.mandate else "",
    )  # fmt: skip
