"""Everything that the product is about, by pressing keys: log in, pay an invoice with iDEAL, download it."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.e2e.browsers import NewPage
from tests.e2e.keyboard import Keyboard
from tests.e2e.stack import Demo
from tests.e2e.steps import BAKERY, OWNER, PASSWORD, expect_dashboard, expect_invoice, expect_status, login

PHONE = ViewportSize(width=390, height=844)


def test_an_invoice_is_paid_and_downloaded_without_a_mouse(demo: Demo, new_page: NewPage) -> None:
    number = demo.issue(BAKERY, "Domeinnaam, 12 maanden", price="12.00")
    page = new_page()
    keys = Keyboard(page)
    log_in(keys)
    keys.tab_to(f"Betalen, factuur {number}")
    keys.press("Enter")
    expect_invoice(page, number)
    keys.expect_kept()

    keys.tab_to("iDEAL")
    keys.press("Enter")
    page.wait_for_url(f"{demo.sandbox_url}/**")
    page.get_by_role("button", name="Betaling slaagt").press("Enter")
    expect(page.get_by_role("heading", name="Betaald, dank je wel")).to_be_visible()

    page.goto(f"/invoices/{number}")
    expect_status(page, "Betaald")
    keys.tab_to("Betaalde factuur downloaden")
    with page.expect_download() as download:
        keys.press("Enter")
    assert download.value.suggested_filename == f"factuur-{number}.pdf"


def test_the_first_key_leads_past_the_bar_to_the_content(page: Page) -> None:
    login(page, OWNER)
    page.goto("/invoices")
    expect(page.get_by_role("heading", name="Facturen", level=1)).to_be_visible()
    keys = Keyboard(page)
    keys.tab_to("Naar de inhoud")
    keys.press("Enter")
    expect(page.locator("#inhoud")).to_be_focused()


@pytest.mark.parametrize("width", [PHONE["width"], 1280])
def test_the_focus_goes_with_the_page(new_page: NewPage, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 844})
    login(page, OWNER)
    keys = Keyboard(page)
    for name, heading in (("Facturen", "Facturen"), ("Dashboard", "Goede")):
        keys.tab_to(name)
        keys.press("Enter")
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        keys.expect_kept()


def test_a_window_keeps_the_focus_and_gives_it_back(page: Page) -> None:
    login(page, OWNER)
    page.goto("/products")
    keys = Keyboard(page)
    expect(page.get_by_role("button", name="Opzeggen").first).to_be_visible()
    keys.tab_to("Opzeggen")
    keys.press("Enter")
    window = page.get_by_role("dialog")
    expect(window).to_be_visible()
    for _ in range(12):
        keys.press("Tab")
        focus = keys.focus()
        assert focus is None or window.locator(":focus").count() == 1, f"{focus} lies behind the window"
    keys.press("Escape")
    expect(window).to_have_count(0)
    keys.expect_kept()


def test_the_menu_of_the_person_opens_and_closes(page: Page) -> None:
    login(page, OWNER)
    keys = Keyboard(page)
    keys.tab_to("Gebruikersmenu")
    keys.press("Enter")
    keys.tab_to("Account")
    keys.press("Escape")
    expect(page.get_by_role("button", name="Uitloggen")).to_be_hidden()
    keys.expect_kept()


def log_in(keys: Keyboard) -> None:
    keys.page.goto("/login")
    expect(keys.page.get_by_role("heading", name="Inloggen", level=1)).to_be_visible()
    for label, text in (("E-mailadres", OWNER), ("Wachtwoord", PASSWORD)):
        keys.tab_to(label, tag="INPUT")
        keys.write(text)
    keys.press("Enter")
    expect_dashboard(keys.page)
