"""Dutch and English at one press, without a reload, and remembered."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.browsers import NewPage
from tests.e2e.stack import Demo
from tests.e2e.steps import BAKERY, OWNER, PASSWORD, login
from tests.e2e.test_accessibility import assert_no_violations


def test_a_page_changes_its_language_without_a_reload_and_remembers_it(demo: Demo, new_page: NewPage) -> None:
    number = demo.issue(BAKERY, "Advies over talen", price="10.00")
    page = new_page()
    login(page, OWNER)
    page.evaluate("window.stays = true")
    page.get_by_role("button", name="EN: in English").click()
    expect(page.get_by_role("region", name="Open invoices").get_by_role("row").filter(has_text=number)).to_contain_text(
        "Unpaid"
    )
    assert page.evaluate("window.stays")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert_no_violations(page)

    page.get_by_role("link", name=re.compile(f"Pay.*{number}")).click()
    expect(page.get_by_role("heading", name=f"Invoice {number}", level=1)).to_be_visible()
    for said in ("Pay now with", "Pay automatically with", "Transfer it yourself"):
        expect(page.get_by_role("region", name="Payment methods")).to_contain_text(said)
    assert_no_violations(page)

    elsewhere = new_page()
    login_in_dutch(elsewhere)
    expect(elsewhere.get_by_role("navigation", name="Main buttons")).to_be_visible()
    elsewhere.get_by_role("button", name="NL: in het Nederlands").click()
    expect(elsewhere.get_by_role("navigation", name="Hoofdknoppen")).to_be_visible()


def test_the_door_opens_in_the_language_of_the_browser_and_stays_in_the_one_that_was_chosen(new_page: NewPage) -> None:
    page = new_page(locale="en-GB")
    page.goto("/login")
    expect(page.get_by_role("heading", name="Log in", level=1)).to_be_visible()
    assert_no_violations(page)
    page.get_by_role("button", name="NL: in het Nederlands").click()
    expect(page.get_by_role("heading", name="Inloggen", level=1)).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Inloggen", level=1)).to_be_visible()


def login_in_dutch(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("E-mailadres").fill(OWNER)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
