"""What goes on round the pages: installing them, losing the line, and a second tab."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.browsers import NewPage
from tests.e2e.steps import OWNER, expect_dashboard, fill_in_login, log_out, login

BOOKKEEPER, PASSWORD = "boekhouder@demo.test", "voldaan-demo"


def test_a_browser_offers_to_install_it(page: Page) -> None:
    login(page, OWNER)
    chromium = page.context.new_cdp_session(page)
    manifest = chromium.send("Page.getAppManifest")
    assert (manifest["errors"], manifest["url"].endswith("/manifest.webmanifest")) == ([], True)
    # Each page of a test is private, and those can't be installed at all.
    errors = [found["errorId"] for found in chromium.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    assert errors == ["in-incognito"]


def test_a_lost_line_is_said_and_the_page_goes_on_by_itself(page: Page) -> None:
    login(page, OWNER)
    lost = page.get_by_text("Er is even geen verbinding")
    expect(lost).to_be_hidden()
    page.context.set_offline(True)
    expect(lost).to_be_visible()
    page.context.set_offline(False)
    expect(lost).to_be_hidden()
    page.get_by_role("link", name="Facturen").first.click()
    expect(page.get_by_role("heading", name="Facturen", level=1)).to_be_visible()


def test_logging_out_in_one_tab_empties_the_other(new_page: NewPage) -> None:
    page = new_page()
    login(page, OWNER)
    other = page.context.new_page()
    other.goto("/")
    expect_dashboard(other)
    log_out(page)
    other.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(other.get_by_role("heading", name="Je bent uitgelogd")).to_be_visible()
    expect(other.get_by_role("button", name="Gebruikersmenu")).to_have_count(0)


def test_choosing_another_account_in_one_tab_is_told_in_the_other(new_page: NewPage) -> None:
    page = new_page()
    fill_in_login(page, BOOKKEEPER, PASSWORD)
    page.wait_for_url(re.compile(r"/(inbox)?/?$"))
    page.goto("/")
    expect_dashboard(page)
    other = page.context.new_page()
    other.goto("/invoices")
    expect(other.get_by_role("heading", name="Facturen", level=1)).to_be_visible()
    page.get_by_role("button", name="Account wisselen").click()
    chosen = page.locator("#account-menu [aria-current=false]").first
    name = chosen.inner_text()
    chosen.click()
    expect(page.get_by_role("button", name=f"Account wisselen: {name}")).to_be_visible()
    other.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(other.get_by_role("heading", name="Je koos een ander account")).to_be_visible()
    other.get_by_role("link", name="Verder met dit account").click()
    expect(other.get_by_role("heading", name="Facturen", level=1)).to_be_visible()


def test_an_address_that_leads_nowhere_still_has_name_and_way_back(page: Page) -> None:
    login(page, OWNER)
    # Of its own, because a browser writes each 404 on its console.
    lost = page.context.new_page()
    lost.goto("/nergens/te/vinden")
    expect(lost.get_by_role("heading", name="Deze pagina bestaat niet")).to_be_visible()
    expect(lost).to_have_title("Deze pagina bestaat niet · Voldaan")
    lost.get_by_role("link", name="Naar het dashboard", exact=True).click()
    expect_dashboard(lost)
