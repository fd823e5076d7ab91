"""Mails with an e-invoice: they say that it is there, and why it did not come over the network."""

import pytest
import sample_credit_notes
import sample_invoices

from billing.adapters.mail.writer import LetterWriter
from billing.ports import CreditNoteMail, EInvoiceMail, InvoiceMail

WRITER = LetterWriter(sample_invoices.SELLER)
PAGE = "https://billing.test/invoices/2026-0441"


def einvoice(reason: str) -> tuple[str, str, str]:
    return WRITER.einvoice(EInvoiceMail("Hanna", sample_invoices.UNPAID, reason, PAGE))


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("unknown", "vinden we je niet"), ("silent", "dagenlang"), ("number", "KvK-nummer"),
        ("address", "volledige adres"), ("reference", "ter attentie van"), ("http_422", "nam de e-factuur niet aan"),
    ],
)  # fmt: skip
def test_it_says_in_plain_words_why_it_comes_by_mail(reason: str, words: str) -> None:
    subject, text, html = einvoice(reason)
    assert subject == "Factuur 2026-0441: je e-factuur per mail"
    assert words in " ".join(text.split())
    assert PAGE in html


def test_about_a_credit_note_it_leads_to_the_credits() -> None:
    note = sample_credit_notes.AS_CREDITS
    subject, _, html = WRITER.einvoice(EInvoiceMail("Hanna", note, "unknown", "https://billing.test/credits"))
    assert subject.startswith(f"Creditnota {note.number}")
    assert "https://billing.test/credits" in html


def test_other_mails_say_so_when_it_goes_along() -> None:
    invoice = InvoiceMail("invoice", "Hanna", sample_invoices.UNPAID, f"{PAGE}/pay", PAGE, has_xml=True)
    assert "als e-factuur (XML) bij deze mail" in WRITER.invoice(invoice)[1]
    note = CreditNoteMail("Hanna", sample_credit_notes.AS_CREDITS, PAGE, has_xml=True)
    assert "als e-factuur (XML) bij deze mail" in WRITER.credit_note(note)[1]
