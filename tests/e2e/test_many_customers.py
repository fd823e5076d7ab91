"""One bookkeeper, two customers: what is open at both, paying at either, and the papers of a period."""

import csv
import zipfile
from datetime import timedelta
from io import StringIO
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, ViewportSize, expect

from billing.clock import SystemClock, local_day
from tests.e2e.browsers import NewPage
from tests.e2e.pdf_text import words
from tests.e2e.stack import Demo, eventually
from tests.e2e.steps import BAKERY, expect_invoice, login, pay, pdf_address

BOOKKEEPER = "boekhouder@demo.test"
CLUB = "Fietsclub Het Wiel"
SIZES = [ViewportSize(width=width, height=900) for width in (1280, 768, 390, 320)]


def test_what_is_open_at_both_customers_stands_in_one_list_and_is_paid_from_there(
    demo: Demo, new_page: NewPage
) -> None:
    page, other = new_page(), new_page()
    ours, theirs = (demo.issue(account, "Inrichten", price="20.00") for account in (BAKERY, CLUB))
    login(page, BOOKKEEPER)
    expect(page.get_by_role("banner")).to_contain_text(BAKERY)
    page.get_by_role("main").get_by_role("link", name="Alle accounts: openstaand").click()
    expect(page.get_by_role("heading", name="Postvak", level=1)).to_be_visible()
    for account, number in ((BAKERY, ours), (CLUB, theirs)):
        expect(row_of(page, account, number)).to_contain_text(account)
    login(other, BOOKKEEPER)
    other.goto("/inbox")
    on_the_other_screen = row_of(other, CLUB, theirs)
    expect(on_the_other_screen).to_contain_text("€\u00a024,20")

    row_of(page, CLUB, theirs).get_by_role("link", name=f"Betalen, factuur {theirs} van {CLUB}").click()
    expect_invoice(page, theirs)
    expect(page.get_by_role("banner")).to_contain_text(CLUB)
    pay(page, demo, "iDEAL")

    expect(on_the_other_screen).to_have_count(0)
    page.goto("/inbox")
    choose_customer(page, CLUB)
    expect(page.get_by_role("main").get_by_text(theirs)).to_have_count(0)


def test_the_papers_of_a_period_come_with_an_index_that_matches(demo: Demo, page: Page, tmp_path: Path) -> None:
    number = demo.issue(CLUB, "Fietsenrek", price="1000.00")
    login(page, BOOKKEEPER)
    eventually(lambda: page.request.get(pdf_address(number)).status == 200)
    page.goto("/inbox")
    choose_customer(page, CLUB)
    path = tmp_path / "period.zip"
    download_period(page, days=60, to=path)

    with zipfile.ZipFile(path) as archive:
        text = archive.read("index.csv").decode("utf-8-sig")
        rows = list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))
        printed = {name: words(archive.read(name)) for name in archive.namelist() if name.endswith(".pdf")}
    assert [row["Bestand"] for row in rows] == list(printed)
    assert len(rows) > 2
    for row in rows:
        assert row["Klant"] == CLUB
        assert row["Factuurnummer"] in printed[row["Bestand"]]
        assert row["Factuurbedrag"] in printed[row["Bestand"]].replace(".", "")
    [mine] = [row for row in rows if row["Factuurnummer"] == number]
    assert (mine["Bedrag excl. btw"], mine["Btw"], mine["Nog te betalen"]) == ("1000,00", "210,00", "1210,00")


def test_the_inbox_can_be_used_by_everybody(demo: Demo, new_page: NewPage) -> None:
    page = new_page(reduced_motion="reduce")
    login(page, BOOKKEEPER)
    page.goto("/inbox")
    expect(page.get_by_role("table")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        expect(page.locator("html")).to_have_class(scheme)
        for size in SIZES:
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
            assert_accessible(page)
            page.get_by_role("button", name="Periode downloaden").click()
            expect(page.get_by_role("dialog", name="Periode downloaden")).to_be_visible()
            assert_accessible(page)
            page.keyboard.press("Escape")


def choose_customer(page: Page, name: str) -> None:
    button = page.get_by_role("group", name="Klanten").get_by_role("button", name=name)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def row_of(page: Page, account: str, number: str) -> Locator:
    """The row of the newest invoice of a customer, which is due last and so stands on the last page."""
    choose_customer(page, account)
    onward = page.get_by_role("button", name="Volgende")
    for _ in range(20):
        if onward.is_disabled():
            break
        spread = page.get_by_role("status").filter(has_text="tot en met").inner_text()
        onward.click()
        expect(page.get_by_role("status").filter(has_text="tot en met")).not_to_have_text(spread)
    return page.get_by_role("row").filter(has_text=number)


def download_period(page: Page, *, days: int, to: Path) -> None:
    """Download what was invoiced in the last days to the customer that is on screen."""
    page.get_by_role("button", name="Periode downloaden").click()
    form = page.get_by_role("dialog", name="Periode downloaden")
    today = local_day(SystemClock().now())
    form.get_by_label("Van", exact=True).fill((today - timedelta(days=days)).isoformat())
    form.get_by_label("Tot en met").fill(today.isoformat())
    with page.expect_download() as download:
        form.get_by_role("button", name="Downloaden (zip)").click()
    assert download.value.suggested_filename.startswith("facturen-fietsclub-het-wiel-")
    download.value.save_as(to)


def assert_accessible(page: Page) -> None:
    results = Axe().run(page)
    assert not results.violations_count, results.generate_report()
