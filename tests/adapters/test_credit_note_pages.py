"""A credit note on paper and in a mail."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest
import sample_credit_notes as samples
from weasyprint.formatting_structure.boxes import TextBox

from billing.adapters.einvoice.writer import XmlWriter
from billing.adapters.mail.writer import LetterWriter
from billing.adapters.pdf.page import SumRow, credit_note_page
from billing.adapters.pdf.renderer import WeasyPrintRenderer
from billing.ports import CreditNoteDocument, CreditNoteMail

URL = "https://dashboard.example.test/credits"
writer = LetterWriter(samples.SELLER)


@pytest.fixture(scope="module")
def renderer() -> WeasyPrintRenderer:
    return WeasyPrintRenderer(XmlWriter())


def mail(document: CreditNoteDocument) -> CreditNoteMail:
    return CreditNoteMail("Hanna de Graan", document, URL)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def words_of(page: Any) -> str:
    boxes = (box for box in page._page_box.descendants() if isinstance(box, TextBox) and box.text.strip())
    return plain(" ".join(box.text for box in boxes))


def test_the_sums_lead_from_net_to_what_happened_with_the_money() -> None:
    page = credit_note_page(samples.IN_THREE_PARTS)
    assert [SumRow(plain(row.label), plain(row.amount), row.tone) for row in page.sums] == [
        SumRow("Subtotaal exclusief btw", "€ 60,00"),
        SumRow("Btw 21 % over € 50,00", "€ 10,50"),
        SumRow("Btw 9 % over € 10,00", "€ 0,90"),
        SumRow("Totaal te crediteren inclusief btw", "€ 71,40", "strong"),
        SumRow("Verrekend met factuur 2026-0260", "€ 11,40", "paid"),
        SumRow("Toegevoegd aan je credits", "€ 20,00", "credit"),
        SumRow("Terug te betalen", "€ 40,00", "paid"),
    ]
    assert page.due == ("Te crediteren", "€\u00a071,40")


def test_it_names_the_invoice_it_takes_back_and_its_day() -> None:
    page = credit_note_page(samples.AS_CREDITS)
    assert page.title == "Creditnota C2026-0007"
    assert page.facts == (
        ("Creditdatum", "2 november 2026"), ("Bij factuur", "2026-0260"), ("Factuurdatum", "27 juni 2026"),
    )  # fmt: skip


def test_nothing_on_it_asks_for_money(renderer: WeasyPrintRenderer) -> None:
    page = words_of(renderer.layout(samples.AS_CREDITS).pages[0])
    for words in ("Creditnota", "C2026-0007", "Opzegging van Extra opslag", "Te crediteren", "€ 60,50"):
        assert words in page
    for words in ("Nog te betalen", "Zelf overmaken", "Vervaldatum", "VOLDAAN"):
        assert words not in page


def test_the_file_says_what_it_is_and_is_the_same_each_time(renderer: WeasyPrintRenderer) -> None:
    pdf = renderer.credit_note(samples.AS_CREDITS)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.docinfo["/Title"]) == "Creditnota C2026-0007"
    assert renderer.credit_note(samples.AS_CREDITS) == pdf


def test_an_english_note_speaks_english(renderer: WeasyPrintRenderer) -> None:
    page = words_of(renderer.layout(replace(samples.IN_THREE_PARTS, language="en")).pages[0])
    for words in ("Credit note", "For invoice", "Settled with invoice 2026-0260", "Added to your credits", "€71.40"):
        assert words in page


@pytest.mark.parametrize("part", [1, 2], ids=["text", "html"])
def test_a_mail_says_how_much_for_which_invoice_and_where_it_went(part: int) -> None:
    subject, *written = writer.credit_note(mail(samples.IN_THREE_PARTS))
    assert plain(subject) == "Creditnota C2026-0007: je krijgt € 71,40 terug"
    shown = plain(written[part - 1]).replace("&nbsp;", " ")
    for words in (
        "Hanna de Graan", "2026-0260", "27 juni 2026", "Verrekend met factuur 2026-0260", "€ 11,40",
        "Toegevoegd aan je credits", "€ 20,00", "Terug te betalen", "€ 40,00", "Opzegging van Extra opslag", URL,
    ):  # fmt: skip
        assert words in shown


def test_a_mail_does_not_speak_of_what_did_not_happen() -> None:
    _, text, _ = writer.credit_note(mail(samples.AS_CREDITS))
    assert "rekening of kaart" not in text
    assert "Verrekend met factuur" not in text


def test_a_mail_in_english_speaks_english() -> None:
    subject, text, _ = writer.credit_note(mail(replace(samples.AS_CREDITS, language="en")))
    assert subject == "Credit note C2026-0007: you get €60.50 back"
    assert "Your credits are used for your next invoice" in text
