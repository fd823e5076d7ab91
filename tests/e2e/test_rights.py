"""Who may not see invoices, and who is not let in at all."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.stack import Demo
from tests.e2e.steps import BAKERY, OWNER, fill_in_login, login, overhear, pdf_address


@pytest.mark.parametrize(
    ("email", "answer"),
    [("techniek@demo.test", "Geen toegang"), ("penningmeester@demo.test", "Deze factuur is niet gevonden")],
)
def test_who_may_not_see_an_invoice_does_not_see_it(demo: Demo, page: Page, email: str, answer: str) -> None:
    number = demo.issue(BAKERY, "Vertrouwelijk", price="10.00")
    heard = overhear(page)
    login(page, email)
    page.goto(f"/invoices/{number}")
    expect(page.get_by_role("heading", name=answer)).to_be_visible()
    assert heard
    assert not [frame for frame in heard if "Vertrouwelijk" in frame]
    assert page.request.get(pdf_address(number)).status == 404


def test_who_may_not_see_invoices_sees_none(page: Page) -> None:
    login(page, "techniek@demo.test")
    expect(page.get_by_text("Facturen horen niet bij jouw rechten in dit account.")).to_be_visible()
    expect(page.get_by_role("region", name="Openstaande facturen")).to_have_count(0)
    page.get_by_role("navigation", name="Hoofdknoppen").get_by_role("link", name="Facturen").click()
    expect(page.get_by_role("heading", name="Geen toegang")).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(0)


def test_a_wrong_password_is_told_without_blame(page: Page) -> None:
    fill_in_login(page, OWNER, "not the password")
    expect(page.get_by_role("alert")).to_contain_text("Dit e-mailadres en wachtwoord horen niet bij elkaar.")
    expect(page.get_by_label("E-mailadres")).to_be_visible()
