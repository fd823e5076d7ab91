"""Every page can be used by everybody: no violations that axe knows of, and nothing hidden off a small screen."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.e2e.browsers import visits
from tests.e2e.stack import Demo
from tests.e2e.steps import BAKERY, OWNER, login, open_invoice, pay

DESKTOP, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
SMALL_PHONE = ViewportSize(width=320, height=640)
PAGES = (
    "login", "dashboard", "invoices", "unpaid invoice", "paid invoice", "return page", "pay link", "website", "email",
    "profile", "billing details", "own data", "safety", "products", "credits", "users", "mandate", "inbox",
)  # fmt: skip
# A window: the page that it lies over, and the button that opens it.
WINDOWS = {"cancelling": ("products", "Opzeggen"), "inviting": ("users", "Gebruiker uitnodigen")}


@dataclass(frozen=True)
class Tour:
    """A browser that is logged in, and where each page is: address and main heading."""

    page: Page
    stops: dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def tour(demo: Demo, chrome: Browser) -> Iterator[Tour]:
    unpaid, paid = (demo.issue(BAKERY, "Domeinnaam, 12 maanden", price="12.00") for _ in range(2))
    with visits(demo, chrome) as new_page:
        page = new_page(reduced_motion="reduce")
        login(page, OWNER)
        open_invoice(page, paid)
        pay(page, demo, "iDEAL")
        addresses = ("/login", "/", "/invoices", f"/invoices/{unpaid}", f"/invoices/{paid}", page.url,
                     demo.pay_link(unpaid), "/website", "/email", "/account", "/account/billing", "/account/data",
                     "/account/security", "/products", "/credits", "/account/users", "/account/mandate",
                     "/inbox")  # fmt: skip
        headings = ("Inloggen", "Goede", "Facturen", f"Factuur {unpaid}", f"Factuur {paid}", "Betaald, dank je wel",
                    f"Factuur {unpaid}", "Website", "E-mail", "Profiel", "Factuurgegevens", "Je gegevens",
                    "Beveiliging", "Producten", "Credits", "Beheer gebruikers",
                    "Machtiging", "Postvak")  # fmt: skip
        yield Tour(page, dict(zip(PAGES, zip(addresses, headings, strict=True), strict=True)))


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible(tour: Tour, name: str) -> None:
    assert_no_violations(open_stop(tour, name))


@pytest.mark.parametrize("name", WINDOWS)
def test_windows_are_accessible(tour: Tour, name: str) -> None:
    stop, button = WINDOWS[name]
    page = open_stop(tour, stop)
    page.get_by_role("button", name=button).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_no_violations(page)


@pytest.mark.parametrize("name", PAGES)
def test_pages_do_not_scroll_sideways_on_a_small_phone(tour: Tour, name: str) -> None:
    tour.page.set_viewport_size(SMALL_PHONE)
    page = open_stop(tour, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE["width"]


def open_stop(tour: Tour, name: str) -> Page:
    address, heading = tour.stops[name]
    tour.page.goto(address)
    expect(tour.page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    return tour.page


def assert_no_violations(page: Page) -> None:
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        expect(page.locator("html")).to_have_class(scheme)
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            results = Axe().run(page)
            if results.violations_count:
                found.append(f"{scheme}, {size['width']} wide: {results.generate_report()}")
    assert not found, "\n".join(found)
