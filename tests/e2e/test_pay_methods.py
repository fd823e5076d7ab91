"""The other methods, by a bookkeeper who works for two customers."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.stack import Demo
from tests.e2e.steps import expect_invoice, expect_status, login, open_from_dashboard, pay

BOOKKEEPER = "boekhouder@demo.test"
CLUB = "Fietsclub Het Wiel"


def switch_to_the_club(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Account wisselen")).click()
    page.get_by_role("group", name="Je accounts").get_by_role("button", name=CLUB).click()
    expect(page.get_by_role("button", name=f"Account wisselen: {CLUB}")).to_be_visible()


def pay_the_first_open_invoice(page: Page, demo: Demo, method: str) -> None:
    number = open_from_dashboard(page, "Onbetaald")
    pay(page, demo, method)
    page.get_by_role("link", name="Naar de factuur").click()
    expect_invoice(page, number)
    expect_status(page, "Betaald")
    expect(page.get_by_role("definition").filter(has_text=method)).to_be_visible()
    page.get_by_role("link", name="Voldaan, naar het dashboard").click()
    expect(page.get_by_role("navigation", name="Hoofdknoppen")).to_be_visible()
    expect(page.get_by_role("link", name=f"Betalen, factuur {number}")).to_have_count(0)


def test_card_and_bancontact_pay_too(demo: Demo, page: Page) -> None:
    login(page, BOOKKEEPER)
    switch_to_the_club(page)
    pay_the_first_open_invoice(page, demo, "Creditcard")
    pay_the_first_open_invoice(page, demo, "Bancontact")
