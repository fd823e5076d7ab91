"""The journey it is all about: see what is open, pay it with iDEAL, and have it settled everywhere."""

from playwright.sync_api import Page, expect

from billing.clock import SystemClock, local_day
from billing.documents import long_date
from tests.e2e.browsers import NewPage
from tests.e2e.pdf_text import words
from tests.e2e.stack import Demo, eventually
from tests.e2e.steps import OWNER, expect_status, login, open_from_dashboard, open_invoice, pay, pdf_address


def test_an_invoice_is_paid_with_ideal_and_settled_on_every_screen(demo: Demo, new_page: NewPage) -> None:
    page, other = new_page(), new_page()
    login(page, OWNER)
    number = open_from_dashboard(page, "Onbetaald")
    login(other, OWNER)
    open_invoice(other, number)
    expect_status(other, "Onbetaald")
    other.evaluate("window.neverReloaded = true")

    pay(page, demo, "iDEAL")
    assert "?" not in page.url

    expect_status(other, "Betaald")
    expect(other.get_by_role("button", name="iDEAL")).to_have_count(0)
    assert other.evaluate("window.neverReloaded") is True
    mail_with_the_paid_invoice_arrives(demo, number)
    open_invoice(page, number)
    the_download_carries_the_day_of_payment(page, number)
    the_print_is_the_paper_alone_with_the_day_of_payment(page, number)


def mail_with_the_paid_invoice_arrives(demo: Demo, number: str) -> None:
    subject = f"Betaald: factuur {number}"
    mail = eventually(lambda: next((m for m in demo.mails() if m["subject"] == subject and m["to"] == OWNER), None))
    assert [attachment["filename"] for attachment in mail["attachments"]] == [f"factuur-{number}.pdf"]


def the_download_carries_the_day_of_payment(page: Page, number: str) -> None:
    link = page.get_by_role("link", name="Betaalde factuur downloaden")
    assert str(link.get_attribute("href")).startswith(pdf_address(number))
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == f"factuur-{number}.pdf"
    assert f"Betaald op {today()}" in words(download.value.path().read_bytes())


def the_print_is_the_paper_alone_with_the_day_of_payment(page: Page, number: str) -> None:
    page.emulate_media(media="print")
    paper = page.get_by_role("article", name=f"Factuur {number} zoals gedrukt")
    expect(paper.get_by_text(f"{today()}, met iDEAL")).to_be_visible()
    expect(page.locator("body")).to_have_text(paper.inner_text(), use_inner_text=True)


def today() -> str:
    return long_date(local_day(SystemClock().now()), "nl")
