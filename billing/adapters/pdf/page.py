"""Documents as the strings that their template prints: every amount, date and sentence already in words."""

from dataclasses import dataclass

from billing import documents
from billing.adapters.pdf.texts import Words, words
from billing.documents import NO_BREAK, long_date, money
from billing.ports import CreditNoteDocument, DocumentLine, DocumentSettlement, DocumentVat, InvoiceDocument, Party

_TONES = {"credit": "credit", "credit_note": "credit", "carried": "credit", "payment": "paid", "reversal": "late"}


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
class Page:
    """kind: what the document is. facts: label and value beside the buyer. due: label and amount in large type.

    legend: what the law wants said of the VAT; empty when nothing.
    """

    language: str
    words: Words
    kind: str
    title: str
    number: str
    created: str
    seller_name: str
    seller_facts: tuple[str, ...]
    buyer_name: str
    buyer_facts: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    lines: tuple[LineRow, ...]
    sums: tuple[SumRow, ...]
    due: tuple[str, str]
    standing: str
    is_paid: bool
    paid_how: str
    notes: tuple[str, ...]
    legend: str
    transfer: Transfer | None
    foot: str


def invoice_page(document: InvoiceDocument) -> Page:
    """All strings of one printed invoice, in the language of the document."""
    language = document.language
    text = words(language)
    return Page(
        language=language,
        words=text,
        kind=text.invoice,
        title=f"{text.invoice} {document.number}",
        number=document.number,
        created=document.issued_on.isoformat(),
        seller_name=document.seller.name,
        seller_facts=seller_facts(document.seller, buyer=document.buyer, language=language),
        buyer_name=document.buyer.name,
        buyer_facts=buyer_facts(document.buyer, seller=document.seller, language=language),
        facts=(
            (text.issued_on, long_date(document.issued_on, language)),
            (text.due_on, long_date(document.due_on, language)),
            (text.reference, documents.reference_text(document.reference)),
        ),
        lines=_lines(document.lines, language),
        sums=(
            *_totals(document, text.total_untaxed if document.is_untaxed else text.total),
            *(_settlement_row(settlement, language) for settlement in document.settlements),
        ),
        due=(text.open, money(document.open_cents, language)),
        standing=_standing(document),
        is_paid=document.paid_on is not None,
        paid_how=_paid_how(document),
        notes=_notes(document),
        legend=_legend(document),
        transfer=_transfer(document),
        foot=foot(document.seller, language),
    )


def credit_note_page(document: CreditNoteDocument) -> Page:
    """All strings of one printed credit note, in the language of the document."""
    language = document.language
    text = words(language)
    return Page(
        language=language,
        words=text,
        kind=text.credit_note,
        title=f"{text.credit_note} {document.number}",
        number=document.number,
        created=document.issued_on.isoformat(),
        seller_name=document.seller.name,
        seller_facts=seller_facts(document.seller, buyer=document.buyer, language=language),
        buyer_name=document.buyer.name,
        buyer_facts=buyer_facts(document.buyer, seller=document.seller, language=language),
        facts=(
            (text.credited_on, long_date(document.issued_on, language)),
            (text.of_invoice, document.invoice_number),
            (text.issued_on, long_date(document.invoice_issued_on, language)),
        ),
        lines=_lines(document.lines, language),
        sums=(
            *_totals(document, text.credited_total_untaxed if document.is_untaxed else text.credited_total),
            *_destinations(document),
        ),
        due=(text.credited, money(document.total_cents, language)),
        standing="",
        is_paid=False,
        paid_how="",
        notes=tuple(part for part in (document.reason, text.credit_note_explained) if part),
        legend=_legend(document),
        transfer=None,
        foot=foot(document.seller, language),
    )


def _destinations(document: CreditNoteDocument) -> tuple[SumRow, ...]:
    """What happened with the money; the parts add up to the total."""
    text, language = words(document.language), document.language
    parts = (
        (text.offset.format(number=document.invoice_number), document.offset_cents, "paid"),
        (text.as_credits, document.credit_cents, "credit"),
        (text.paid_out, document.payout_cents, "paid"),
    )
    return tuple(SumRow(label, money(cents, language), tone) for label, cents, tone in parts if cents)


def seller_facts(seller: Party, *, buyer: Party, language: str) -> tuple[str, ...]:
    """What stands below the seller's name."""
    text = words(language)
    place = ", ".join(_filled(seller.street, _town(seller), _country_abroad(seller, other=buyer, language=language)))
    registered = _filled(
        f"{text.chamber} {seller.chamber_number}" if seller.chamber_number else "",
        f"{text.vat_number} {seller.vat_number}" if seller.vat_number else "",
    )
    return _filled(place, " · ".join(registered))


def buyer_facts(buyer: Party, *, seller: Party, language: str) -> tuple[str, ...]:
    """What stands below the customer's name."""
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


def _lines(lines: tuple[DocumentLine, ...], language: str) -> tuple[LineRow, ...]:
    return tuple(
        LineRow(
            description=line.description,
            detail=line.detail,
            quantity=documents.quantity(line.quantity, language),
            price=documents.unit_price(line.unit_price, language),
            vat=documents.percentage(line.vat_rate, language),
            amount=money(line.net_cents, language),
        )
        for line in lines
    )


def _totals(document: InvoiceDocument | CreditNoteDocument, total: str) -> tuple[SumRow, ...]:
    text, language = words(document.language), document.language
    pattern = text.vat_untaxed.get(document.vat_treatment, text.vat_over)
    return (
        SumRow(text.net, money(document.net_cents, language)),
        *(_vat_row(group, pattern, language) for group in document.vat),
        SumRow(total, money(document.total_cents, language), "strong"),
    )


def _legend(document: InvoiceDocument | CreditNoteDocument) -> str:
    """What has to be said of the VAT; nothing when it is charged as at home."""
    pattern = words(document.language).legends.get(document.vat_treatment, "")
    return pattern.format(country=documents.country_name(document.buyer.country, document.language))


def _vat_row(group: DocumentVat, pattern: str, language: str) -> SumRow:
    rate, base = documents.percentage(group.vat_rate, language), money(group.base_cents, language)
    return SumRow(pattern.format(rate=rate, base=base), money(group.vat_cents, language))


def _settlement_row(settlement: DocumentSettlement, language: str) -> SumRow:
    label = documents.settlement_label(settlement, language)
    return SumRow(label, money(-settlement.cents, language), _TONES.get(settlement.kind, ""))


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
    if documents.settled_cents(document, "credit"):
        return (text.how_to_pay, text.partly_credited)
    # A payment that was taken back is no part of it.
    is_partly_paid = documents.settled_cents(document, "payment", "reversal") > 0
    return (text.how_to_pay, text.partly_paid) if is_partly_paid else (text.how_to_pay,)


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


def foot(seller: Party, language: str) -> str:
    """The line at the foot of every page."""
    if not seller.iban:
        return seller.name
    return f"IBAN {documents.in_fours(seller.iban)} · {words(language).in_name_of} {seller.name}"


def _filled(*parts: str) -> tuple[str, ...]:
    return tuple(part for part in parts if part)
