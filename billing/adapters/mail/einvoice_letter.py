"""The mail that brings an e-invoice which the network did not."""

from billing.adapters.mail.account_letter import AccountLetter
from billing.adapters.mail.letter import greeting, imprint
from billing.adapters.mail.texts import account_sentences, sentences
from billing.ports import CreditNoteDocument, EInvoiceMail


def einvoice_letter(mail: EInvoiceMail) -> AccountLetter:
    """The words of one mail, in the language of its document."""
    document, text = mail.document, sentences(mail.document.language)
    is_note = isinstance(document, CreditNoteDocument)
    label = (text.credit_note_label if is_note else text.invoice_label).format(number=document.number)
    return AccountLetter(
        language=document.language,
        subject=text.einvoice_subject.format(label=label),
        greeting=greeting(mail.recipient, document.language),
        intro=(text.einvoice_intro.format(label=label), text.einvoice_reasons.get(mail.reason, text.einvoice_refused)),
        button=text.credits_button if is_note else text.view_button,
        url=mail.dashboard_url,
        notes=(text.einvoice_next,),
        sign_off=text.sign_off,
        imprint=imprint(document.seller, document.language),
        rows=(),
        invoices=(),
        link_hint=account_sentences(document.language).link_hint,
    )
