"""An invoice document as the strings that its template prints: every amount, date and sentence already in words."""

from dataclasses import dataclass

from billing import documents
from billing.adapters.pdf.texts import Words, words
from billing.documents import NO_BREAK, long_date, money
from billing.ports import DocumentSettlement, InvoiceDocument, Party

_TONES = {"credit": "credit", "credit_note": "credit", "payment": "paid", "reversal": "late"}


@dataclass(frozen=True)
class LineRow:
    description: str
    detail: str
    quantity: str
    price: str
    vat: str
    amount: str


@dataclass(frozen=True)
class SumRow:
    """A label and its amount; tone is the CSS class that colours it."""

    label: str
    amount: str
    tone: str = ""


@dataclass(frozen=True)
class Transfer:
    """Where to send the money, and the same as a payment code (SVG)."""

    iban: str
    holder: str
    reference: str
    qr_svg: str


@dataclass(frozen=True)
class InvoicePage:
    language: str
    words: Words
    title: str
    number: str
    created: str
    seller_name: str
    seller_facts: tuple[str, ...]
    buyer_name: str
    buyer_facts: tuple[str, ...]
    issued_on: str
    due_on: str
    reference: str
    lines: tuple[LineRow, ...]
    sums: tuple[SumRow, ...]
    open_amount: str
    standing: str
    is_paid: bool
    paid_how: str
    notes: tuple[str, ...]
    transfer: Transfer | None
    foot: str


def invoice_page(document: InvoiceDocument) -> InvoicePage:
    """All strings of one printed invoice, in the language of the document."""
    language = document.language
    text = words(language)
    return InvoicePage(
        language=language,
        words=text,
        title=f"{text.invoice} {document.number}",
        number=document.number,
        created=document.issued_on.isoformat(),
        seller_name=document.seller.name,
        seller_facts=_seller_facts(document.seller, buyer=document.buyer, language=language),
        buyer_name=document.buyer.name,
        buyer_facts=_buyer_facts(document.buyer, seller=document.seller, language=language),
        issued_on=long_date(document.issued_on, language),
        due_on=long_date(document.due_on, language),
        reference=documents.reference_text(document.reference),
        lines=_lines(document),
        sums=_sums(document),
        open_amount=money(document.open_cents, language),
        standing=_standing(document),
        is_paid=document.paid_on is not None,
        paid_how=_paid_how(document),
        notes=_notes(document),
        transfer=_transfer(document),
        foot=_foot(document),
    )


def _seller_facts(seller: Party, *, buyer: Party, language: str) -> tuple[str, ...]:
    text = words(language)
    place = ", ".join(_filled(seller.street, _town(seller), _country_abroad(seller, other=buyer, language=language)))
    registered = _filled(
        f"{text.chamber} {seller.chamber_number}" if seller.chamber_number else "",
        f"{text.vat_number} {seller.vat_number}" if seller.vat_number else "",
    )
    return _filled(place, " · ".join(registered))


def _buyer_facts(buyer: Party, *, seller: Party, language: str) -> tuple[str, ...]:
    text = words(language)
    return _filled(
        text.attention.format(name=buyer.attention) if buyer.attention else "",
        buyer.street,
        _town(buyer),
        _country_abroad(buyer, other=seller, language=language),
        f"{text.vat_number} {buyer.vat_number}" if buyer.vat_number else "",
    )


def _town(party: Party) -> str:
    return " ".join(_filled(party.postal_code.replace(" ", NO_BREAK), party.city))


def _country_abroad(party: Party, *, other: Party, language: str) -> str:
    return "" if party.country == other.country else documents.country_name(party.country, language)


def _lines(document: InvoiceDocument) -> tuple[LineRow, ...]:
    language = document.language
    return tuple(
        LineRow(
            description=line.description,
            detail=line.detail,
            quantity=documents.quantity(line.quantity, language),
            price=documents.unit_price(line.unit_price, language),
            vat=documents.percentage(line.vat_rate, language),
            amount=money(line.net_cents, language),
        )
        for line in document.lines
    )


def _sums(document: InvoiceDocument) -> tuple[SumRow, ...]:
    language = document.language
    text = words(language)
    vat = (
        SumRow(
            text.vat_over.format(
                rate=documents.percentage(group.vat_rate, language), base=money(group.base_cents, language)
            ),
            money(group.vat_cents, language),
        )
        for group in document.vat
    )
    return (
        SumRow(text.net, money(document.net_cents, language)),
        *vat,
        SumRow(text.total, money(document.total_cents, language), "strong"),
        *(_settlement_row(settlement, language) for settlement in document.settlements),
    )


def _settlement_row(settlement: DocumentSettlement, language: str) -> SumRow:
    label = documents.settlement_label(settlement, language)
    return SumRow(label, money(-settlement.cents, language), _TONES[settlement.kind])


def _standing(document: InvoiceDocument) -> str:
    text = words(document.language)
    if document.paid_on:
        return text.paid_on.format(date=long_date(document.paid_on, document.language))
    if document.open_cents > 0:
        return text.pay_by.format(date=long_date(document.due_on, document.language))
    return ""


def _paid_how(document: InvoiceDocument) -> str:
    if document.paid_on is None:
        return ""
    day = long_date(document.paid_on, document.language)
    return f"{day}, {documents.method_phrase(document.paid_with, document.language)}" if document.paid_with else day


def _notes(document: InvoiceDocument) -> tuple[str, ...]:
    text = words(document.language)
    if document.open_cents <= 0:
        return (text.nothing_to_pay,)
    kinds = {settlement.kind for settlement in document.settlements}
    if "credit" in kinds:
        return (text.how_to_pay, text.partly_credited)
    return (text.how_to_pay, text.partly_paid) if "payment" in kinds else (text.how_to_pay,)


def _transfer(document: InvoiceDocument) -> Transfer | None:
    if document.open_cents <= 0 or not document.seller.iban:
        return None
    qr_svg = documents.payment_qr_svg(
        holder=document.seller.name,
        iban=document.seller.iban,
        cents=document.open_cents,
        reference=document.reference,
    )
    iban, reference = documents.in_fours(document.seller.iban), documents.reference_text(document.reference)
    return Transfer(iban=iban, holder=document.seller.name, reference=reference, qr_svg=qr_svg)


def _foot(document: InvoiceDocument) -> str:
    text = words(document.language)
    if not document.seller.iban:
        return document.seller.name
    return f"IBAN {documents.in_fours(document.seller.iban)} · {text.in_name_of} {document.seller.name}"


def _filled(*parts: str) -> tuple[str, ...]:
    return tuple(part for part in parts if part)
