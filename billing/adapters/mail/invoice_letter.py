"""An invoice mail as the strings that its two templates, HTML and plain text, both print."""

from dataclasses import dataclass

from billing import documents
from billing.adapters.mail.letter import Letter, greeting, imprint
from billing.adapters.mail.texts import sentences
from billing.documents import country_name, long_date, money
from billing.ports import CreditNoteDocument, InvoiceDocument, InvoiceMail

_TONES = {"credit": "credit", "credit_note": "credit", "carried": "credit", "payment": "paid", "reversal": "late"}


@dataclass(frozen=True)
class SumRow:
    """A label and its amount; tone is the CSS class that colours it. url: where the label leads, empty for nowhere."""

    label: str
    amount: str
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class DocumentLetter(Letter):
    """A letter about a document. standing: the sentence under the large amount.

    facts: what a bank transfer needs, label and value.
    """

    label: str
    to_pay: str
    amount: str
    standing: str
    is_paid: bool
    sums: tuple[SumRow, ...]
    transfer_heading: str
    transfer_hint: str
    facts: tuple[tuple[str, str], ...]
    dashboard: str
    dashboard_url: str


def invoice_letter(mail: InvoiceMail) -> DocumentLetter:
    """The words of one mail, in the language of its document. Raises ValueError for a kind that does not exist."""
    match mail.kind:
        case "paid":
            return _paid(mail)
        case "invoice" if mail.document.open_cents > 0:
            return _payment_request(mail)
        case "invoice":
            return _settled(mail)
        case _:
            raise ValueError(f"no mail of the kind {mail.kind!r}")


def vat_note(document: InvoiceDocument | CreditNoteDocument) -> tuple[str, ...]:
    """What has to be said of the VAT of a document; nothing when it is charged."""
    pattern = sentences(document.language).vat_notes.get(document.vat_treatment)
    return (pattern.format(country=country_name(document.buyer.country, document.language)),) if pattern else ()


def _payment_request(mail: InvoiceMail) -> DocumentLetter:
    document, text = mail.document, sentences(mail.document.language)
    amount = money(document.open_cents, document.language)
    due = long_date(document.due_on, document.language)
    return _letter(
        mail,
        subject=text.invoice_subject.format(number=document.number, amount=amount, due=due),
        intro=text.invoice_intro,
        standing=text.due.format(due=due),
        notes=(*_credits_note(document), *vat_note(document), _attached(mail), text.paid_already),
        button=text.pay_button,
        url=mail.pay_url,
        facts=_transfer_facts(document),
    )


def _settled(mail: InvoiceMail) -> DocumentLetter:
    text = sentences(mail.document.language)
    return _letter(
        mail,
        subject=text.settled_subject.format(number=mail.document.number),
        intro=text.settled_intro,
        standing="",
        notes=(
            *_credits_note(mail.document),
            *_carried_note(mail.document),
            *vat_note(mail.document),
            _attached(mail),
        ),
        button=text.view_button,
        url=mail.dashboard_url,
        facts=(),
    )


def _paid(mail: InvoiceMail) -> DocumentLetter:
    text = sentences(mail.document.language)
    return _letter(
        mail,
        subject=text.paid_subject.format(number=mail.document.number),
        intro=text.paid_intro.format(number=mail.document.number),
        standing=_paid_standing(mail.document),
        notes=(*_carried_note(mail.document), *vat_note(mail.document), text.paid_attached),
        button=text.view_button,
        url=mail.dashboard_url,
        facts=(),
    )


def _letter(
    mail: InvoiceMail,
    *,
    subject: str,
    intro: str,
    standing: str,
    notes: tuple[str, ...],
    button: str,
    url: str,
    facts: tuple[tuple[str, str], ...],
) -> DocumentLetter:
    document, text = mail.document, sentences(mail.document.language)
    return DocumentLetter(
        language=document.language,
        subject=subject,
        label=text.invoice_label.format(number=document.number),
        greeting=greeting(mail.recipient, document.language),
        intro=(intro,),
        to_pay=text.to_pay,
        amount=money(document.open_cents, document.language),
        standing=standing,
        is_paid=mail.kind == "paid",
        sums=_sums(document),
        notes=notes,
        button=button,
        url=url,
        transfer_heading=text.transfer_heading,
        transfer_hint=text.transfer_hint,
        facts=facts,
        dashboard=text.dashboard,
        dashboard_url=mail.dashboard_url,
        sign_off=text.sign_off,
        imprint=imprint(document.seller, document.language),
    )


def _attached(mail: InvoiceMail) -> str:
    text = sentences(mail.document.language)
    return text.attached_both if mail.has_xml else text.attached


def _sums(document: InvoiceDocument) -> tuple[SumRow, ...]:
    language = document.language
    total = SumRow(sentences(language).total, money(document.total_cents, language))
    settled = (
        SumRow(
            documents.settlement_label(settlement, language),
            money(-settlement.cents, language),
            _TONES.get(settlement.kind, ""),
        )
        for settlement in document.settlements
    )
    return (total, *settled)


def _credits_note(document: InvoiceDocument) -> tuple[str, ...]:
    used = documents.settled_cents(document, "credit")
    if used <= 0:
        return ()
    return (sentences(document.language).credits_used.format(amount=money(used, document.language)),)


def _carried_note(document: InvoiceDocument) -> tuple[str, ...]:
    carried = documents.settled_cents(document, "carried")
    if not carried:
        return ()
    return (sentences(document.language).carried_on.format(amount=money(carried, document.language)),)


def _paid_standing(document: InvoiceDocument) -> str:
    if document.paid_on is None:
        raise ValueError("a mail about a payment needs the day of it")
    day = long_date(document.paid_on, document.language)
    how = documents.method_phrase(document.paid_with, document.language) if document.paid_with else ""
    return sentences(document.language).paid_on.format(when=", ".join(part for part in (day, how) if part))


def _transfer_facts(document: InvoiceDocument) -> tuple[tuple[str, str], ...]:
    if not document.seller.iban:
        return ()
    text = sentences(document.language)
    return (
        (text.iban, documents.in_fours(document.seller.iban)),
        (text.holder, document.seller.name),
        (text.reference, documents.reference_text(document.reference)),
        (text.amount, money(document.open_cents, document.language)),
    )
