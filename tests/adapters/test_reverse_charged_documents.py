"""What documents and mails say when the VAT is reversed, in Dutch and English."""

from dataclasses import replace
from typing import Any

import pytest
import sample_credit_notes
import sample_invoices as samples
from weasyprint.formatting_structure.boxes import TextBox

from billing.adapters.einvoice.writer import XmlWriter
from billing.adapters.mail.writer import LetterWriter
from billing.adapters.pdf.page import credit_note_page, invoice_page
from billing.adapters.pdf.renderer import WeasyPrintRenderer
from billing.ports import CreditNoteDocument, CreditNoteMail, DocumentVat, InvoiceDocument, InvoiceMail

URL = "https://dashboard.example.test"
BUYER = replace(samples.BUYER, name="Chocolaterie Voorbeeld", country="BE", vat_number="BE0000000097")
LINE = replace(samples.line("Webhosting", price="36.00", net_cents=3600), vat_rate="0")
REVERSED: dict[str, Any] = {
    "buyer": BUYER, "lines": (LINE,), "vat": (DocumentVat("0", 3600, 0),), "net_cents": 3600, "vat_cents": 0,
    "total_cents": 3600, "vat_treatment": "reverse_charge",
}  # fmt: skip
OPEN = replace(samples.UNPAID, **REVERSED, open_cents=3600)
PAID = replace(samples.PAID, **REVERSED, open_cents=0, settlements=())
NOTE = replace(sample_credit_notes.AS_CREDITS, **REVERSED, credit_cents=3600)

writer = LetterWriter(samples.SELLER)


@pytest.fixture(scope="module")
def renderer() -> WeasyPrintRenderer:
    return WeasyPrintRenderer(XmlWriter())


def printed(renderer: WeasyPrintRenderer, document: InvoiceDocument | CreditNoteDocument) -> str:
    [page] = renderer.layout(document).pages
    boxes = (box for box in page._page_box.descendants() if isinstance(box, TextBox) and box.text.strip())
    return " ".join(box.text for box in boxes).replace("\u00a0", " ")


def mailed(document: InvoiceDocument | CreditNoteDocument) -> tuple[str, str]:
    """The mail about it, as text and as HTML."""
    if isinstance(document, CreditNoteDocument):
        _, text, html = writer.credit_note(CreditNoteMail("Hanna", document, URL))
    else:
        kind = "paid" if document.paid_on else "invoice"
        _, text, html = writer.invoice(InvoiceMail(kind, "Hanna", document, pay_url=URL, dashboard_url=URL))
    return text, html


@pytest.mark.parametrize("document", [OPEN, PAID, NOTE], ids=["open", "paid", "credit note"])
def test_the_document_names_both_numbers_and_who_owes_the_vat(
    renderer: WeasyPrintRenderer, document: InvoiceDocument | CreditNoteDocument
) -> None:
    words = printed(renderer, document)
    for said in ("btw BE0000000097", "btw NL000000000B00", "0 % – btw verlegd, over € 36,00", "België", "Nederland",
                 "Btw verlegd: je draagt de btw zelf af"):  # fmt: skip
        assert said in words
    assert "inclusief btw" not in words


@pytest.mark.parametrize("document", [OPEN, NOTE], ids=["invoice", "credit note"])
def test_in_english_too(renderer: WeasyPrintRenderer, document: InvoiceDocument | CreditNoteDocument) -> None:
    english = replace(document, language="en")
    words = printed(renderer, english)
    for said in ("0% – VAT reverse-charged, on €36.00", "Reverse charge: you account for the VAT yourself"):
        assert said in words
    assert "including VAT" not in words
    assert all("Reverse charge: no VAT has been charged" in part for part in mailed(english))


@pytest.mark.parametrize("document", [OPEN, PAID, NOTE], ids=["open", "paid", "credit note"])
def test_the_mail_says_it(document: InvoiceDocument | CreditNoteDocument) -> None:
    assert all("Btw verlegd: er is geen btw berekend" in part for part in mailed(document))


def test_a_document_with_vat_says_nothing_of_the_kind() -> None:
    pages = (invoice_page(samples.UNPAID), credit_note_page(sample_credit_notes.AS_CREDITS))
    assert [page.legend for page in pages] == ["", ""]
    mails = [*mailed(samples.UNPAID), *mailed(sample_credit_notes.AS_CREDITS)]
    assert not any("verlegd" in part for part in mails)
