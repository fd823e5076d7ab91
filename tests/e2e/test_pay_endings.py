"""Payments that come to nothing: the customer reads what happened, loses nothing, and can pay after all."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.stack import Demo
from tests.e2e.steps import (
    BAKERY,
    OWNER,
    choose,
    decide,
    expect_invoice,
    expect_status,
    login,
    open_from_dashboard,
    open_invoice,
    pay,
)

NOTHING_CHARGED = "Er is niets afgeschreven"
OVERDUE = "E-mail: 4 extra mailboxen"


@pytest.mark.parametrize(
    ("button", "title"),
    [
        ("Annuleren", "Je hebt de betaling geannuleerd"),
        ("Geweigerd", "De betaling is geweigerd"),
        ("Mislukt", "De betaling is niet gelukt"),
    ],
)
def test_each_other_ending_is_true_and_friendly(demo: Demo, page: Page, button: str, title: str) -> None:
    number = demo.issue(BAKERY, "Adviesgesprek", price="40.00")
    login(page, OWNER)
    open_invoice(page, number)
    choose(page, demo, "iDEAL")
    decide(page, button)
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_text(NOTHING_CHARGED)).to_be_visible()

    page.get_by_role("link", name="Terug naar de factuur").click()
    expect_invoice(page, number)
    expect_status(page, "Onbetaald")
    pay(page, demo, "iDEAL")


def test_a_closed_window_leaves_the_overdue_invoice_as_it_was(demo: Demo, page: Page) -> None:
    login(page, OWNER)
    number = open_from_dashboard(page, OVERDUE)
    expect_status(page, "Te laat")
    choose(page, demo, "iDEAL")
    decide(page, "Venster sluiten")
    expect(page.get_by_text("Er is niets betaald.")).to_be_visible()

    open_invoice(page, number)
    expect_status(page, "Te laat")
    pay(page, demo, "Creditcard")


def test_a_gateway_that_is_away_is_named_and_nothing_is_said_to_have_failed(demo: Demo, page: Page) -> None:
    number = demo.issue(BAKERY, "Spoedklus", price="60.00")
    login(page, OWNER)
    open_invoice(page, number)
    demo.control("outage", kind="503", count=-1)
    try:
        page.get_by_role("region", name="Betaalmethodes").get_by_role("button", name="iDEAL").click()
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("De betaaldienst geeft nu geen antwoord")
        expect(alert).to_contain_text(NOTHING_CHARGED)
        expect(page.get_by_role("main")).not_to_contain_text("mislukt")
        expect_status(page, "Onbetaald")
    finally:
        demo.control("outage", kind="")
    pay(page, demo, "iDEAL")
