"""The pages of the finance department: usable by everybody, on every screen; and a run is started on one of them."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browsers import visits
from tests.e2e.stack import Demo
from tests.e2e.steps import PASSWORD, fill_in_login
from tests.e2e.test_accessibility import SMALL_PHONE, assert_no_violations

PAGES = {"/staff/money": "Ongekoppeld geld", "/staff/stops": "Stopopdrachten", "/staff/runs": "Runs"}
# A window: the page that it lies over, and the button that opens it.
WINDOWS = {
    "choosing": ("/staff/money", re.compile("^Zoeken, ")), "asking": ("/staff/stops", "Bevriezen"),
    "dry run": ("/staff/runs", "Proefrun facturen"),
}  # fmt: skip
OF_NOBODY = {"amount_cents": 1234, "text": "zomaar", "name": "Iemand", "iban": "NL02ABNA0123456789"}


@pytest.fixture(scope="module")
def desk(demo: Demo, chrome: Browser) -> Iterator[Page]:
    """Somebody of the finance department, with a line of the bank that waits."""
    with visits(demo, chrome) as new_page:
        page = new_page(reduced_motion="reduce")
        fill_in_login(page, "finance@demo.test", PASSWORD)
        page.wait_for_url("**/staff")
        order = {"iban": "NL93DEMO0123456789", "transfers": [OF_NOBODY]}
        made = httpx.post(f"{demo.sandbox_url}/control/bank-files", json=order, timeout=5, trust_env=False)
        opened(page, "/staff/money")
        content = made.json()["file"].encode()
        page.get_by_label("Bestanden kiezen").set_input_files(
            [{"name": "afschrift.xml", "mimeType": "application/xml", "buffer": content}]
        )
        expect(page.get_by_text("1 regel wacht op jou.")).to_be_visible()
        yield page


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.get_by_role("heading", name=PAGES[address], level=1)).to_be_visible()
    return page


@pytest.mark.parametrize("address", PAGES)
def test_pages_for_finance_are_accessible(desk: Page, address: str) -> None:
    assert_no_violations(opened(desk, address))


@pytest.mark.parametrize("name", WINDOWS)
def test_windows_for_finance_are_accessible(desk: Page, name: str) -> None:
    address, button = WINDOWS[name]
    opened(desk, address).get_by_role("button", name=button).first.click()
    expect(desk.get_by_role("dialog")).to_be_visible()
    assert_no_violations(desk)


@pytest.mark.parametrize("address", PAGES)
def test_pages_for_finance_do_not_scroll_sideways(desk: Page, address: str) -> None:
    desk.set_viewport_size(SMALL_PHONE)
    assert opened(desk, address).evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE["width"]


def test_a_dry_run_is_started_and_listed(desk: Page) -> None:
    opened(desk, "/staff/runs").get_by_role("button", name="Proefrun facturen").click()
    window = desk.get_by_role("dialog")
    expect(window).to_contain_text("Exclusief btw")
    window.get_by_role("button", name="Factureren").click()
    expect(desk.get_by_text(re.compile("facturen gemaakt, samen"))).to_be_visible()
    expect(desk.get_by_role("region", name="Facturen")).to_contain_text("Fien Financieel")
