"""Who works on the website sets it here, and the hosting panel hears of it; who pays can't come near it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsers import NewPage
from tests.e2e.stack import Demo, eventually, get
from tests.e2e.steps import OWNER, login

TECHNICIAN, BOOKKEEPER = "techniek@demo.test", "boekhouder@demo.test"
DOMAIN = "bakkerij-de-korenaar.test"
HANDED = "Doorgegeven aan het controlepaneel op"


def panel(demo: Demo, area: str) -> dict[str, Any]:
    """How the hosting panel of the sandbox has set this part of the bakery's package."""
    domains = get(f"{demo.sandbox_url}/panel.json").json()["domains"]
    settings: dict[str, Any] = domains.get(DOMAIN, {}).get(area, {}).get("settings", {})
    return settings


def open_settings(page: Page, name: str) -> None:
    """From the dashboard to one of the two pages."""
    page.goto("/")
    page.get_by_role("navigation", name="Hoofdknoppen").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def test_a_technician_sets_website_and_mail_and_the_panel_follows(demo: Demo, page: Page) -> None:
    login(page, TECHNICIAN)
    open_settings(page, "Website")
    page.get_by_label("PHP-versie").select_option("8.4")
    page.get_by_role("button", name="Opslaan").click()
    card = page.get_by_role("region", name=DOMAIN)
    expect(card.get_by_text("Opgeslagen.")).to_be_visible()
    expect(card.get_by_text("Gewijzigd door Tom Techniek op")).to_be_visible()
    assert eventually(lambda: panel(demo, "website"))["php_version"] == "8.4"
    expect(card.get_by_text(HANDED)).to_be_visible()

    open_settings(page, "E-mail")
    mailbox = page.get_by_role("switch", name=f"hanna@{DOMAIN}")
    mailbox.click()
    expect(mailbox).not_to_be_checked()
    expect(page.get_by_text(f"hanna@{DOMAIN} staat uit.")).to_be_visible()
    boxes = eventually(lambda: panel(demo, "email"))["mailboxes"]
    assert {"address": f"hanna@{DOMAIN}", "active": False} in boxes
    expect(page.get_by_text(HANDED)).to_be_visible()
    page.goto(f"{demo.sandbox_url}/panel")
    expect(page.get_by_role("region", name=DOMAIN)).to_contain_text("8.4")


def test_a_panel_that_is_down_hears_of_it_later(demo: Demo, page: Page) -> None:
    demo.control("panel-faults", down=1)
    login(page, OWNER)
    open_settings(page, "Website")
    page.get_by_label("Webmap").fill("public_html/later")
    page.get_by_label("Webmap").press("Enter")
    expect(page.get_by_text("Wordt doorgegeven")).to_be_visible()
    expect(page.get_by_text(HANDED)).to_be_visible()
    assert panel(demo, "website")["web_root"] == "public_html/later"


def test_who_is_overtaken_keeps_what_was_typed_and_decides(new_page: NewPage) -> None:
    slow, fast = new_page(), new_page()
    for page, who in ((slow, TECHNICIAN), (fast, OWNER)):
        login(page, who)
        open_settings(page, "Website")
    slow.get_by_label("Webmap").fill("public_html/langzaam")
    fast.get_by_label("Webmap").fill("public_html/snel")
    fast.get_by_role("button", name="Opslaan").click()
    expect(fast.get_by_text("Opgeslagen.")).to_be_visible()
    expect(slow.get_by_text("Hanna de Graan heeft dit gewijzigd")).to_contain_text("webmap public_html/snel")
    slow.get_by_role("button", name="Opslaan").click()
    expect(slow.get_by_role("alert").filter(has_text="Er is niets opgeslagen")).to_be_visible()
    expect(slow.get_by_label("Webmap")).to_have_value("public_html/langzaam")
    slow.get_by_role("button", name="Overnemen wat nu geldt").click()
    expect(slow.get_by_label("Webmap")).to_have_value("public_html/snel")


@pytest.mark.parametrize("name", ["Website", "E-mail"])
def test_who_pays_has_no_access(page: Page, name: str) -> None:
    login(page, BOOKKEEPER)
    page.get_by_role("navigation", name="Hoofdknoppen").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name="Geen toegang")).to_be_visible()
    expect(page.get_by_text(DOMAIN)).to_have_count(0)
