"""Mails and paper in the look of a host: its name, its blue, and its logo, which nobody has to be asked for."""

from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
import sample_invoices as samples

from billing.adapters.einvoice.writer import XmlWriter
from billing.adapters.mail.logo import LOGO_ID
from billing.adapters.mail.sender import SmtpSender, SmtpSettings
from billing.adapters.mail.writer import LetterWriter
from billing.adapters.pdf.renderer import WeasyPrintRenderer
from billing.brand import Brand, palette, picture
from billing.ports import Attachment, InvoiceMail, Mail
from tests import pdfa

PNG = picture((Path(__file__).parents[2] / "assets" / "icons" / "192.png").read_bytes())
SVG = picture(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><rect width="40" height="30"/></svg>')
HOST = Brand("Hostland", palette("#0b6e4f", "#7a1f5c"), PNG)
SENDER = SmtpSender(SmtpSettings("localhost", 25, "Hostland", "facturen@hostland.test", False, 5), logo=PNG)


def letter(brand: Brand) -> str:
    """The HTML of a mail about a new invoice."""
    mail = InvoiceMail("invoice", "Hanna", samples.UNPAID, "https://hostland.test/pay/x", "https://hostland.test")
    return LetterWriter(samples.SELLER, brand).invoice(mail)[2]


def sent(html: str) -> EmailMessage:
    """The message that a mail server gets."""
    pdf = Attachment("factuur.pdf", "application/pdf", b"%PDF-")
    return SENDER._message(Mail("1@hostland.test", "", "klant@hostland.test", "Factuur", "Tekst", html, (pdf,)))


def test_a_mail_wears_the_blue_and_the_name_of_the_host() -> None:
    html = letter(HOST)
    assert "background-color: #0b6e4f" in html
    assert "#1f4fcf" not in html
    assert ">Hostland</td>" in html
    assert samples.SELLER.name in html, "the law wants the seller's own name somewhere"


def test_a_mail_without_a_brand_is_in_the_name_of_the_seller() -> None:
    html = letter(Brand())
    assert f">{samples.SELLER.name}</td>" in html
    assert "<img" not in html


def test_the_logo_travels_with_the_html_that_shows_it() -> None:
    message = sent(letter(HOST))
    related = message.get_body(("related",))
    assert isinstance(related, EmailMessage)
    html, logo = related.iter_parts()
    assert f'src="cid:{LOGO_ID}"' in html.get_content()
    assert (logo["Content-ID"], logo.get_content()) == (f"<{LOGO_ID}>", PNG.content)
    assert [attachment.get_filename() for attachment in message.iter_attachments()] == ["factuur.pdf"]


def test_a_mail_that_shows_no_logo_brings_none() -> None:
    assert sent("<p>Tekst</p>").get_body(("related",)) is None


def test_mail_programs_know_no_svg_so_the_icon_takes_its_place() -> None:
    assert Brand(logo=SVG).mail_logo is None
    assert "<img" not in letter(Brand(logo=SVG))
    assert Brand(logo=SVG, icon=PNG).mail_logo == PNG


@pytest.mark.parametrize("logo", [PNG, SVG], ids=["PNG", "SVG"])
def test_paper_with_a_logo_is_archivable(logo: object) -> None:
    renderer = WeasyPrintRenderer(XmlWriter(), replace(HOST, logo=logo))
    pdf = renderer.invoice(samples.UNPAID)
    assert pdfa.findings(pdf, XmlWriter().cii(samples.UNPAID)) == []
    assert len(renderer.layout(samples.UNPAID).pages) == 1
    assert 'class="logo"' in renderer.html(samples.UNPAID)


def test_a_logo_can_fetch_nothing_onto_paper() -> None:
    greedy = picture(
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
        b'<image x:href="file:///etc/hostname" width="9" height="9"/></svg>'
    )
    drawn = WeasyPrintRenderer(XmlWriter(), Brand(logo=greedy)).invoice(samples.UNPAID)
    empty = picture(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>')
    assert abs(len(drawn) - len(WeasyPrintRenderer(XmlWriter(), Brand(logo=empty)).invoice(samples.UNPAID))) < 400
