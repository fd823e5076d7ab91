"""Managing users: an owner lets somebody in, looks through their eyes, changes their rights, and takes them back."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from billing.accounts.tables import Role
from billing.clock import SystemClock, local_day
from billing.documents import long_date
from billing.logins import mailed
from billing.logins.sessions import Visitor
from tests.e2e.atelier import USERS, Atelier, choose, invite, open_atelier, open_users, person, row
from tests.e2e.browsers import NewPage
from tests.e2e.stack import Demo, eventually

DESKTOP, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
SMALL_PHONE = ViewportSize(width=320, height=640)


@pytest.fixture
def atelier(demo: Demo) -> Atelier:
    return open_atelier(demo)


def mail_to(demo: Demo, email: str) -> str:
    """The text of the newest mail to this address, as soon as there is one."""
    mail = eventually(lambda: next((mail for mail in reversed(demo.mails()) if mail["to"] == email), None))
    return str(mail["text"])


def accept(demo: Demo, email: str, name: str) -> None:
    """Become a member by the link in the mail."""
    found = re.search(r"/invite/([\w.-]+)", mail_to(demo, email))
    assert found
    mailed.accept_invitation(demo.billing, found[1], name, "verf op het doek 12", Visitor())


def test_a_bookkeeper_is_invited_and_joins_and_is_changed_and_goes(demo: Demo, page: Page, atelier: Atelier) -> None:
    email = f"bram-{atelier.account_id}@atelier.test"
    open_users(page, atelier.owner)
    invite(page, "Bram Balans", email)
    expect(page.get_by_text("Je hebt Bram Balans uitgenodigd: boekhouder.")).to_be_visible()

    accept(demo, email, "Bram Balans")
    # The page shows it by itself.
    expect(row(page, "Bram Balans")).to_contain_text("Laatst ingelogd: vandaag")
    expect(row(page, "Bram Balans")).to_contain_text("Betalen: ja")

    choose(page, "Bram Balans", "Wijzigen")
    dialog = page.get_by_role("dialog", name="Toegang van Bram Balans")
    pays = dialog.get_by_role("checkbox", name="Facturen betalen")
    pays.click()
    expect(pays).not_to_be_checked()
    dialog.get_by_role("button", name="Bewaren").click()
    expect(row(page, "Bram Balans")).to_contain_text("Betalen: nee")

    choose(page, "Bram Balans", "Verwijderen")
    sure = page.get_by_role("dialog", name="Bram Balans verwijderen")
    expect(sure.get_by_role("button", name="Annuleren")).to_be_focused()
    sure.get_by_role("button", name="Verwijderen").click()
    expect(row(page, "Bram Balans")).to_have_count(0)
    expect(page.get_by_text("Je hebt Bram Balans verwijderd.")).to_be_visible()


def test_looking_shows_what_somebody_sees_and_lets_nothing_be_done(demo: Demo, page: Page, atelier: Atelier) -> None:
    person(demo, atelier.account_id, Role.BOOKKEEPER, "Bas Kasboek")
    person(demo, atelier.account_id, Role.TECHNICIAN, "Tes Techniek")
    number = demo.issue(atelier.name, "Schildersdoek", price="30.00")
    open_users(page, atelier.owner)
    page.get_by_role("button", name="Bekijk als Bas Kasboek").click()
    bar = page.get_by_role("region", name="Meekijken")
    expect(bar).to_contain_text("Je kijkt als Bas Kasboek (boekhouder). Je kunt alleen kijken.")
    page.goto(f"/invoices/{number}")
    page.get_by_role("region", name="Betaalmethodes").get_by_role("button", name="iDEAL").click()
    expect(page.get_by_role("alert")).to_contain_text("Er is niets veranderd")
    page.goto(USERS)
    expect(page.get_by_role("heading", name="Geen toegang")).to_be_visible()

    bar.get_by_role("button", name="Stoppen").click()
    page.get_by_role("button", name="Bekijk als Tes Techniek").click()
    expect(page.get_by_text("Facturen horen niet bij jouw rechten in dit account.")).to_be_visible()
    expect(page.get_by_role("region", name="Openstaande facturen")).to_have_count(0)
    bar.get_by_role("button", name="Stoppen").click()
    expect(page.get_by_role("heading", name="Beheer gebruikers", level=1)).to_be_visible()
    expect(bar).to_have_count(0)


def test_one_can_look_before_inviting(page: Page, atelier: Atelier) -> None:
    open_users(page, atelier.owner)
    page.get_by_role("button", name="Gebruiker uitnodigen").click()
    dialog = page.get_by_role("dialog", name="Gebruiker uitnodigen")
    dialog.get_by_label("Naam").fill("Tijs Toekomst")
    dialog.get_by_role("radio", name=re.compile("^Alleen lezen")).click()
    dialog.get_by_role("button", name="Bekijk als Tijs").click()
    expect(page.get_by_role("region", name="Meekijken")).to_contain_text("Je kijkt als Tijs Toekomst (alleen lezen).")


def test_a_treasurer_hands_over_until_a_day(demo: Demo, page: Page, atelier: Atelier) -> None:
    person(demo, atelier.account_id, Role.BOOKKEEPER, "Petra Pot", mails=True)
    today = local_day(SystemClock().now())
    last_day, ends_on = today + timedelta(days=30), today + timedelta(days=365)
    email = f"nico-{atelier.account_id}@atelier.test"
    open_users(page, atelier.owner)
    choose(page, "Petra Pot", "Overdragen aan opvolger")
    dialog = page.get_by_role("dialog", name="Overdragen aan opvolger")
    expect(dialog.get_by_label("Laatste dag van wie stopt")).to_have_value(today.isoformat())
    dialog.get_by_label("Naam van de opvolger").fill("Nico Nieuw")
    dialog.get_by_label("E-mailadres van de opvolger").fill(email)
    dialog.get_by_label("Laatste dag van wie stopt").fill(last_day.isoformat())
    dialog.get_by_label("Toegang van de opvolger tot en met").fill(ends_on.isoformat())
    dialog.get_by_role("button", name="Verder").click()
    expect(dialog.get_by_role("group", name="Kijk het na")).to_be_focused()
    expect(dialog).to_contain_text(f"Petra Pot kan tot en met {long_date(last_day, 'nl')} alles wat nu kan.")
    expect(dialog).to_contain_text("Er verandert niets totdat Nico Nieuw de uitnodiging aanneemt.")
    dialog.get_by_role("button", name="Uitnodiging sturen").click()
    expect(row(page, "Opvolger van Petra Pot")).to_contain_text("Uitgenodigd, wacht op reactie")
    expect(row(page, "Petra Pot").first).to_contain_text("Geen einddatum")

    accept(demo, email, "Nico Nieuw")
    expect(row(page, "Opvolger van Petra Pot")).to_have_count(0)
    expect(row(page, "Nico Nieuw")).to_contain_text(f"t/m {long_date(ends_on, 'nl')}")
    expect(row(page, "Nico Nieuw")).to_contain_text("Mails: ja")
    expect(row(page, "Petra Pot")).to_contain_text(f"t/m {long_date(last_day, 'nl')}")
    expect(row(page, "Petra Pot")).to_contain_text("Mails: nee")


def test_the_page_and_its_dialogs_are_accessible(demo: Demo, new_page: NewPage, atelier: Atelier) -> None:
    person(demo, atelier.account_id, Role.BOOKKEEPER, "Petra Pot")
    page = new_page(reduced_motion="reduce")
    open_users(page, atelier.owner)
    expect_accessible(page)
    page.get_by_role("button", name="Gebruiker uitnodigen").click()
    page.get_by_role("button", name="Uitnodigen", exact=True).click()
    expect(page.get_by_text("Vul een naam in")).to_be_visible()
    expect_accessible(page)
    page.keyboard.press("Escape")
    choose(page, "Petra Pot", "Overdragen aan opvolger")
    page.get_by_label("Naam van de opvolger").fill("Nico Nieuw")
    page.get_by_label("E-mailadres van de opvolger").fill("nico@atelier.test")
    expect_accessible(page)
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("heading", name="Kijk het na")).to_be_visible()
    expect_accessible(page)


def expect_accessible(page: Page) -> None:
    """Nothing that axe knows of, by day and by night, and nothing off the side of a small screen."""
    for scheme, size in (("light", DESKTOP), ("dark", DESKTOP), ("light", PHONE), ("dark", SMALL_PHONE)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        expect(page.locator("html")).to_have_class(scheme)
        results = Axe().run(page)
        assert not results.violations_count, f"{scheme}, {size['width']} wide: {results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_dialogs_keep_the_focus_and_close_with_escape(page: Page, atelier: Atelier) -> None:
    open_users(page, atelier.owner)
    button = page.get_by_role("button", name="Gebruiker uitnodigen")
    button.click()
    dialog = page.get_by_role("dialog", name="Gebruiker uitnodigen")
    expect(dialog.get_by_label("Naam")).to_be_focused()
    for _ in range(30):
        page.keyboard.press("Tab")
        assert dialog.evaluate("dialog => dialog.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()
