"""The invoice document as it is printed."""

from dataclasses import dataclass

from billing import documents
from billing.documents import NO_BREAK
from billing.ports import DocumentLine, DocumentSettlement, InvoiceDocument, Party
from billing.settlement import Label
from dashboard.rows.common import cents, day
from dashboard.texts.languages import SAID, language

_TONES = {"credit": "cred", "credit_note": "cred", "carried": "cred", "payment": "green", "reversal": "late"}


@dataclass(frozen=True)
class Line:
    """One line of the document. compact: quantity, price and VAT in one text, for a phone."""

    description: str
    detail: str
    compact: str
    quantity: str
    price: str
    vat: str
    amount: str


@dataclass(frozen=True)
class Sum:
    """A label and its amount; tone: CSS class."""

    label: str
    amount: str
    tone: str = ""


@dataclass(frozen=True)
class Paper:
    """Everything on the sheet. stamp: when and how it was settled, empty while it is not. legend: what the law wants
    said of the VAT."""

    name: str = ""
    number: str = ""
    seller: str = ""
    seller_facts: tuple[str, ...] = ()
    buyer: str = ""
    buyer_facts: tuple[str, ...] = ()
    issued_on: str = ""
    due_on: str = ""
    reference: str = ""
    lines: tuple[Line, ...] = ()
    sums: tuple[Sum, ...] = ()
    open: str = ""
    notes: tuple[str, ...] = ()
    legend: str = ""
    stamp: str = ""
    foot: str = ""


def paper(document: InvoiceDocument, label: Label) -> Paper:
    """The sheet of one invoice."""
    return Paper(
        name=SAID.paper.as_printed.format(number=document.number),
        number=document.number,
        seller=document.seller.name,
        seller_facts=_seller_facts(document.seller, buyer=document.buyer),
        buyer=document.buyer.name,
        buyer_facts=_buyer_facts(document.buyer, seller=document.seller),
        issued_on=day(document.issued_on),
        due_on=day(document.due_on),
        reference=documents.reference_text(document.reference),
        lines=tuple(_line(line) for line in document.lines),
        sums=_sums(document),
        open=cents(document.open_cents),
        notes=_notes(document, label),
        legend=SAID.paper.legends.get(document.vat_treatment, "").format(
            country=documents.country_name(document.buyer.country, language())
        ),
        stamp=_stamp(document),
        foot=_foot(document.seller),
    )


def _seller_facts(seller: Party, *, buyer: Party) -> tuple[str, ...]:
    registered = _filled(
        SAID.paper.chamber.format(number=seller.chamber_number) if seller.chamber_number else "",
        SAID.paper.vat_number.format(number=seller.vat_number) if seller.vat_number else "",
    )
    place = _filled(seller.street, _town(seller), _country_abroad(seller, other=buyer))
    return _filled(", ".join(place), " · ".join(registered))


def _buyer_facts(buyer: Party, *, seller: Party) -> tuple[str, ...]:
    return _filled(
        SAID.paper.attention.format(name=buyer.attention) if buyer.attention else "",
        buyer.street,
        _town(buyer),
        _country_abroad(buyer, other=seller),
        SAID.paper.vat_number.format(number=buyer.vat_number) if buyer.vat_number else "",
    )


def _line(line: DocumentLine) -> Line:
    quantity = documents.quantity(line.quantity, language())
    price = documents.unit_price(line.unit_price, language())
    vat = documents.percentage(line.vat_rate, language())
    return Line(
        description=line.description,
        detail=line.detail,
        compact=SAID.paper.vat_at.format(quantity=quantity, price=price, rate=vat),
        quantity=quantity,
        price=price,
        vat=vat,
        amount=cents(line.net_cents),
    )


def _sums(document: InvoiceDocument) -> tuple[Sum, ...]:
    texts = SAID.paper
    pattern = texts.vat_untaxed.get(document.vat_treatment, texts.vat_over)
    vat = (
        Sum(
            pattern.format(rate=documents.percentage(group.vat_rate, language()), base=cents(group.base_cents)),
            cents(group.vat_cents),
        )
        for group in document.vat
    )
    return (
        Sum(texts.net, cents(document.net_cents)),
        *vat,
        Sum(texts.total_untaxed if document.is_untaxed else texts.total, cents(document.total_cents), "b"),
        *(_settlement(settlement) for settlement in document.settlements),
    )


def _settlement(settlement: DocumentSettlement) -> Sum:
    label = documents.settlement_label(settlement, language())
    return Sum(label, cents(-settlement.cents), _TONES.get(settlement.kind, ""))


def _notes(document: InvoiceDocument, label: Label) -> tuple[str, ...]:
    if document.open_cents <= 0:
        return (SAID.paper.nothing_to_pay,)
    if label is Label.UNDER_WAY:
        return (SAID.paper.under_way,)
    if documents.settled_cents(document, "credit"):
        return (SAID.paper.how_to_pay, SAID.paper.partly_credited)
    # A payment that was taken back is no part of it.
    is_partly_paid = documents.settled_cents(document, "payment", "reversal") > 0
    return (SAID.paper.how_to_pay, SAID.paper.partly_paid) if is_partly_paid else (SAID.paper.how_to_pay,)


def _stamp(document: InvoiceDocument) -> str:
    if document.paid_on is None:
        return ""
    how = documents.method_phrase(_method(document.paid_with), language()) if document.paid_with else ""
    return ", ".join(_filled(day(document.paid_on), how))


def _method(paid_with: str) -> str:
    return "credits" if paid_with == "credit" else paid_with


def _foot(seller: Party) -> str:
    if not seller.iban:
        return seller.name
    return SAID.paper.in_name_of.format(iban=documents.in_fours(seller.iban), name=seller.name)


def _town(party: Party) -> str:
    return " ".join(_filled(party.postal_code.replace(" ", NO_BREAK), party.city))


def _country_abroad(party: Party, *, other: Party) -> str:
    return "" if party.country == other.country else documents.country_name(party.country, language())


def _filled(*parts: str) -> tuple[str, ...]:
    return tuple(part for part in parts if part)
