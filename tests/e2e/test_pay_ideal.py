"""The journey it is all about: see what is open, pay it with iDEAL, and have it settled everywhere."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from billing.clock import SystemClock, local_day
from billing.documents import long_date
from tests.e2e.conftest import Demo, eventually, login
from tests.e2e.pdf_text import words

OWNER = "eigenaar@demo.test"


def open_the_plainly_unpaid_invoice(page: Page) -> str:
    """From the dashboard to the page of an invoice with nothing settled yet; returns its number."""
    row = page.get_by_role("region", name="Openstaande facturen").get_by_role("row").filter(has_text="Onbetaald")
    link = row.first.get_by_role("link", name=re.compile("^Betalen"))
    number = str(link.get_attribute("aria-label")).rpartition(" ")[2]
    link.click()
    expect(page.get_by_role("heading", name=f"Factuur {number}", level=1)).to_be_visible()
    return number


def test_an_invoice_is_paid_with_ideal_and_settled_on_every_screen(demo: Demo, new_page: Callable[[], Page]) -> None:
    page, other = new_page(), new_page()
    login(page, OWNER)
    number = open_the_plainly_unpaid_invoice(page)
    login(other, OWNER)
    other.goto(f"/invoices/{number}")
    expect(other.get_by_role("main").get_by_text("Onbetaald")).to_be_visible()
    other.evaluate("window.neverReloaded = true")

    page.get_by_role("region", name="Betaalmethodes").get_by_role("button", name="iDEAL").click()
    page.wait_for_url(f"{demo.sandbox_url}/**")
    page.get_by_role("button", name="Betaling slaagt").click()
    expect(page.get_by_role("heading", name="Betaald, dank je wel")).to_be_visible()
    assert "?" not in page.url

    expect(other.get_by_role("main").get_by_text(re.compile("^Betaald")).first).to_be_visible()
    expect(other.get_by_role("button", name="iDEAL")).to_have_count(0)
    assert other.evaluate("window.neverReloaded") is True
    mail_with_the_paid_invoice_arrives(demo, number)
    the_download_carries_the_day_of_payment(page, number)


def mail_with_the_paid_invoice_arrives(demo: Demo, number: str) -> None:
    subject = f"Betaald: factuur {number}"
    mail = eventually(lambda: next((m for m in demo.mails() if m["subject"] == subject and m["to"] == OWNER), None))
    assert [attachment["filename"] for attachment in mail["attachments"]] == [f"factuur-{number}.pdf"]


def the_download_carries_the_day_of_payment(page: Page, number: str) -> None:
    page.goto(f"/invoices/{number}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Betaalde factuur downloaden").click()
    assert download.value.suggested_filename == f"factuur-{number}.pdf"
    paid_on = long_date(local_day(SystemClock().now()), "nl")
    assert f"Betaald op {paid_on}" in words(download.value.path().read_bytes())
