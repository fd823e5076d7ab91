"""What somebody does about an own log-in, from a name to a second step, and everybody can use those pages."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from passlib.totp import TOTP
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import update
from sqlmodel import col

from billing.logins.tables import LoginSession
from tests.e2e.browsers import NewPage
from tests.e2e.customers import new_customer
from tests.e2e.newcomers import NAME, Newcomer, mailed_link, new_address, newcomer
from tests.e2e.phone import Phone
from tests.e2e.stack import Demo
from tests.e2e.steps import PASSWORD, expect_dashboard, fill_in_login, give_device, log_out, login, overhear

NEW_PASSWORD = "vijf natte olifanten dansen"


@pytest.fixture
def person(demo: Demo) -> Newcomer:
    return newcomer(demo)


def region(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def open_safety(page: Page) -> None:
    """By the menu at the side, from the profile."""
    page.goto("/account")
    page.get_by_role("navigation", name="Onderdelen van je account").get_by_role("link", name="Beveiliging").click()
    expect(page.get_by_role("heading", name="Beveiliging", level=1)).to_be_visible()


def proof_gets_old(person: Newcomer) -> None:
    mine = col(LoginSession.user_id) == person.user_id
    person.demo.billing.do(lambda work: work.session.execute(update(LoginSession).where(mine).values(checked_at=None)))


def give_code(page: Page, person: Newcomer, code: Callable[[], str]) -> None:
    fill_in_login(page, person.email, PASSWORD)
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Verder", exact=True).click()
    expect_dashboard(page)


def expect_accessible(page: Page) -> None:
    results = Axe().run(page)
    assert not results.violations_count, results.generate_report()


def test_another_name_stands_in_the_top_bar_at_once(page: Page, person: Newcomer) -> None:
    login(page, person.email)
    page.get_by_role("button", name=f"Gebruikersmenu van {NAME}").click()
    page.get_by_role("link", name="Account", exact=True).click()
    page.get_by_label("Naam").fill("Nora van Nu")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("button", name="Gebruikersmenu van Nora van Nu")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Je naam is bewaard.")


def test_a_second_step_is_switched_on_and_used(page: Page, person: Newcomer) -> None:
    heard = overhear(page)
    login(page, person.email)
    open_safety(page)
    card = region(page, "Inloggen in twee stappen")
    card.get_by_role("button", name="Aanzetten").click()
    expect(card.get_by_role("img", name="QR-code voor je app")).to_be_visible()
    expect_accessible(page)
    key = re.sub(r"\W", "", page.locator("#app-secret").inner_text())
    phone = Phone(TOTP(key))
    card.get_by_label("Code").fill(phone.code())
    card.get_by_role("button", name="Aanzetten").click()

    expect(card.get_by_role("heading", name="Bewaar deze reservecodes")).to_be_focused()
    expect_accessible(page)
    codes = card.get_by_role("listitem").filter(has_text=re.compile(r"^\w{4}(-\w{4}){5}$")).all_inner_texts()
    assert len(codes) == 10
    card.get_by_role("button", name="Ik heb ze bewaard").click()
    expect(card).to_contain_text("Nog 10 reservecodes over")
    assert key not in re.sub(r"\W", "", page.content())
    assert codes[0] not in page.content()
    assert heard
    assert not [frame for frame in heard if codes[0] in frame or key in re.sub(r"\W", "", frame)]

    log_out(page)
    give_code(page, person, phone.code)
    log_out(page)
    give_code(page, person, lambda: codes[0])
    open_safety(page)
    expect(card).to_contain_text("Nog 9 reservecodes over")
    card.get_by_role("button", name="Uitzetten").click()
    card.get_by_role("button", name="Uitzetten").click()
    expect(card.get_by_role("status")).to_contain_text("Inloggen in twee stappen staat uit.")


def test_another_session_is_seen_and_ended(new_page: NewPage, person: Newcomer) -> None:
    here, elsewhere = new_page(), new_page()
    login(elsewhere, person.email)
    login(here, person.email)
    open_safety(here)
    rows = region(here, "Waar je bent ingelogd").get_by_role("listitem")
    expect(rows.filter(has_text="deze sessie")).to_have_count(1)
    rows.get_by_role("button", name="Uitloggen, Chrome op Linux").click()
    expect(rows).to_have_count(1)
    elsewhere.goto("/invoices")
    expect(elsewhere.get_by_role("heading", name="Inloggen", level=1)).to_be_visible()


def test_a_new_password_asks_first_who_one_is(new_page: NewPage, person: Newcomer) -> None:
    here, elsewhere = new_page(), new_page()
    heard = overhear(here)
    login(elsewhere, person.email)
    login(here, person.email)
    open_safety(here)
    proof_gets_old(person)
    card = region(here, "Wachtwoord")
    card.get_by_role("button", name="Wachtwoord wijzigen").click()
    here.get_by_label("Je wachtwoord").fill(PASSWORD)
    here.get_by_role("button", name="Bevestigen").click()
    card.get_by_label("Nieuw wachtwoord").fill(NEW_PASSWORD)
    card.get_by_role("button", name="Wachtwoord bewaren").click()
    expect(card.get_by_role("status")).to_contain_text("Op alle andere plekken ben je uitgelogd.")
    expect(region(here, "Waar je bent ingelogd").get_by_role("listitem")).to_have_count(1)
    assert heard
    assert not [frame for frame in heard if NEW_PASSWORD in frame or PASSWORD in frame]

    fill_in_login(elsewhere, person.email, NEW_PASSWORD)
    expect_dashboard(elsewhere)


def test_a_passkey_is_added_and_removed(page: Page, person: Newcomer) -> None:
    give_device(page)
    login(page, person.email)
    open_safety(page)
    card = region(page, "Passkeys")
    card.get_by_role("button", name="Passkey toevoegen").click()
    card.get_by_label("Naam van dit apparaat").fill("Laptop op kantoor")
    card.get_by_label("Naam van dit apparaat").press("Enter")
    expect(card.get_by_role("status")).to_contain_text("De passkey is toegevoegd.")
    expect(card.get_by_role("listitem")).to_contain_text("Laptop op kantoor")
    card.get_by_role("button", name="Verwijderen, Laptop op kantoor").click()
    card.get_by_role("button", name="Verwijderen, Laptop op kantoor").click()
    expect(card.get_by_role("listitem")).to_have_count(0)


def test_a_new_address_counts_once_its_mail_is_opened(demo: Demo, page: Page, person: Newcomer) -> None:
    login(page, person.email)
    page.goto("/account")
    page.get_by_role("button", name="Wijzigen").click()
    email = new_address()
    page.get_by_label("Nieuw e-mailadres").fill("nergens")
    page.get_by_role("button", name="Mail versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("Dit is geen compleet e-mailadres.")
    expect(page.get_by_label("Nieuw e-mailadres")).to_have_value("nergens")
    page.get_by_label("Nieuw e-mailadres").fill(email)
    page.get_by_role("button", name="Mail versturen").click()
    expect(page.get_by_role("status")).to_contain_text(f"gestuurd naar {email}; tot je die bevestigt, log je in met")
    expect_accessible(page)
    assert mailed_link(demo, email, "confirm")


def test_billing_details_are_kept_as_they_were_typed_and_chosen(demo: Demo, page: Page) -> None:
    login(page, new_customer(demo, "Drukkerij Het Zetsel").email)
    page.goto("/account/billing")
    street, language = page.get_by_label("Straat en huisnummer"), page.get_by_label("Taal van facturen")
    expect(language).to_have_value("nl")
    street.fill("Inktlaan 3")
    language.select_option("English")
    page.get_by_role("button", name="Bewaren", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("De factuurgegevens zijn bewaard.")
    page.reload()
    expect(street).to_have_value("Inktlaan 3")
    expect(language).to_have_value("en")


def test_who_may_only_see_the_billing_details_reads_them(page: Page, person: Newcomer) -> None:
    login(page, person.email)
    page.goto("/account/billing")
    expect(page.get_by_role("main")).to_contain_text("Molenpad 12")
    expect(page.get_by_role("textbox")).to_have_count(0)
    expect_accessible(page)
