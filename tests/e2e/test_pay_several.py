"""Several invoices in one payment."""

from playwright.sync_api import Page, expect

from tests.e2e.stack import Demo
from tests.e2e.steps import BAKERY, OWNER, decide, login


def test_several_invoices_are_paid_together(demo: Demo, page: Page) -> None:
    numbers = [demo.issue(BAKERY, subject, price="50.00") for subject in ("Opslag", "Back-up")]
    login(page, OWNER)
    page.goto("/invoices")
    for number in numbers:
        box = page.get_by_role("checkbox", name=f"Factuur {number} kiezen")
        box.click()
        expect(box).to_be_checked()
    chosen = page.get_by_role("region", name="Gekozen facturen")
    expect(chosen).to_contain_text("2 facturen gekozen")
    expect(chosen).to_contain_text("€\u00a0121,00")
    chosen.get_by_role("button", name="Samen betalen").click()
    page.get_by_role("dialog", name="Samen betalen").get_by_role("button", name="iDEAL").click()
    page.wait_for_url(f"{demo.sandbox_url}/**")
    decide(page, "Betaling slaagt")
    expect(page.get_by_role("heading", name="Betaald, dank je wel")).to_be_visible()

    page.goto("/invoices")
    for number in numbers:
        expect(page.get_by_role("row").filter(has_text=number)).to_contain_text("Betaald")
