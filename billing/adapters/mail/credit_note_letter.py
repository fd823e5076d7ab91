"""The mail about a credit note, in the same form as those about invoices."""

from billing.adapters.mail.invoice_letter import DocumentLetter, SumRow, vat_note
from billing.adapters.mail.letter import greeting, imprint
from billing.adapters.mail.texts import sentences
from billing.documents import long_date, money
from billing.ports import CreditNoteDocument, CreditNoteMail


def credit_note_letter(mail: CreditNoteMail) -> DocumentLetter:
    """The words of one mail, in the language of its document."""
    document, text = mail.document, sentences(mail.document.language)
    amount = money(document.total_cents, document.language)
    return DocumentLetter(
        language=document.language,
        subject=text.credit_note_subject.format(number=document.number, amount=amount),
        label=text.credit_note_label.format(number=document.number),
        greeting=greeting(mail.recipient, document.language),
        intro=(text.credit_note_intro.format(number=document.invoice_number),),
        to_pay=text.credited,
        amount=amount,
        standing=text.credited_for.format(
            number=document.invoice_number, date=long_date(document.invoice_issued_on, document.language)
        ),
        is_paid=False,
        sums=_destinations(document),
        notes=tuple(
            note for note in (document.reason, *_what_next(document), *vat_note(document), _attached(mail)) if note
        ),
        button=text.credits_button,
        url=mail.dashboard_url,
        transfer_heading="",
        transfer_hint="",
        facts=(),
        dashboard=text.dashboard,
        dashboard_url=mail.dashboard_url,
        sign_off=text.sign_off,
        imprint=imprint(document.seller, document.language),
    )


def _attached(mail: CreditNoteMail) -> str:
    text = sentences(mail.document.language)
    return text.credit_note_attached_both if mail.has_xml else text.credit_note_attached


def _destinations(document: CreditNoteDocument) -> tuple[SumRow, ...]:
    text, language = sentences(document.language), document.language
    parts = (
        (text.offset.format(number=document.invoice_number), document.offset_cents, "paid"),
        (text.as_credits, document.credit_cents, "credit"),
        (text.paid_out, document.payout_cents, "paid"),
    )
    return tuple(SumRow(label, money(cents, language), tone) for label, cents, tone in parts if cents)


def _what_next(document: CreditNoteDocument) -> tuple[str, ...]:
    text = sentences(document.language)
    told = ((document.credit_cents, text.credits_wait), (document.payout_cents, text.payout_follows))
    return tuple(sentence for cents, sentence in told if cents)
