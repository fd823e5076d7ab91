"""From a mail into the dashboard: a new password, an invitation, a new address. And everybody can use those pages."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from billing.logins import credentials
from tests.e2e.newcomers import invite, mailed_link, new_address, newcomer, with_app
from tests.e2e.stack import Demo
from tests.e2e.steps import PASSWORD, fill_in_login, overhear

CLUB = "Fietsclub Het Wiel"
GOOD_PASSWORD = "vijf natte olifanten dansen"
SIZES = (ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844), ViewportSize(width=320, height=640))


def test_a_forgotten_password_is_replaced_by_a_link_in_a_mail(demo: Demo, page: Page) -> None:
    person, heard = newcomer(demo), overhear(page)
    page.goto("/login")
    page.get_by_role("link", name="Wachtwoord vergeten?").click()
    # The page before has a field of the same name.
    expect(page.get_by_role("heading", name="Wachtwoord vergeten")).to_be_visible()
    page.get_by_label("E-mailadres").fill(person.email)
    page.get_by_role("button", name="Link aanvragen").click()
    expect(page.get_by_role("heading", name="Kijk in je mail")).to_be_visible()

    page.goto(mailed_link(demo, person.email, "reset"))
    expect(page.get_by_label("E-mailadres")).to_have_value(person.email)
    page.get_by_label("Nieuw wachtwoord").fill("wachtwoord123")
    page.get_by_role("button", name="Wachtwoord opslaan").click()
    expect(page.get_by_role("alert")).to_contain_text("Dit wachtwoord is te makkelijk te raden.")
    page.get_by_label("Nieuw wachtwoord").fill(GOOD_PASSWORD)
    page.get_by_role("button", name="Wachtwoord opslaan").click()
    expect(page.get_by_role("status")).to_contain_text("Je wachtwoord is gewijzigd. Log nu in.")

    fill_in_login(page, person.email, GOOD_PASSWORD)
    expect(page.get_by_role("navigation", name="Hoofdknoppen")).to_be_visible()
    assert heard
    assert not [frame for frame in heard if GOOD_PASSWORD in frame]


def test_somebody_new_accepts_an_invitation_from_a_mail(demo: Demo, page: Page) -> None:
    email = new_address()
    invite(demo, email)
    link = mailed_link(demo, email, "invite")
    page.goto(link)
    expect(page.get_by_role("heading", name="Hanna de Graan nodigt je uit")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Boekhouder of penningmeester")
    expect(page.get_by_role("listitem").filter(has_text="Facturen betalen")).to_be_visible()
    page.get_by_label("Je naam").fill("Nora Anders")
    page.get_by_label("Kies een wachtwoord").fill(GOOD_PASSWORD)
    page.get_by_role("button", name="Accepteren en beginnen").click()
    expect(page.get_by_role("navigation", name="Hoofdknoppen")).to_be_visible()
    expect(page.get_by_role("button", name="Gebruikersmenu van Nora Anders")).to_be_visible()

    page.goto(link)
    expect(page.get_by_role("heading", name="Deze uitnodiging is al gebruikt")).to_be_visible()


def test_somebody_with_a_log_in_accepts_with_one_button(demo: Demo, page: Page) -> None:
    person = newcomer(demo, CLUB)
    invite(demo, person.email)
    page.goto(mailed_link(demo, person.email, "invite"))
    expect(page.get_by_text("Je hebt al een login.")).to_be_visible()
    page.get_by_role("button", name="Uitnodiging accepteren").click()
    expect(page.get_by_role("status")).to_contain_text("Je uitnodiging is geaccepteerd.")
    fill_in_login(page, person.email, PASSWORD)
    expect(page.get_by_role("button", name=f"Account wisselen: {CLUB}")).to_be_visible()


def test_a_new_address_is_confirmed_from_a_mail(demo: Demo, page: Page) -> None:
    person, email = newcomer(demo), new_address()
    demo.billing.do(credentials.ask_email_change, person.actor, email)
    page.goto(mailed_link(demo, email, "confirm"))
    expect(page.get_by_role("main")).to_contain_text(email)
    page.get_by_role("button", name="E-mailadres bevestigen").click()
    expect(page.get_by_role("heading", name="Je nieuwe adres is bevestigd")).to_be_visible()
    fill_in_login(page, email, PASSWORD)
    expect(page.get_by_role("navigation", name="Hoofdknoppen")).to_be_visible()


@pytest.mark.parametrize("page_name", ["invite", "reset", "confirm"])
def test_a_link_that_is_not_ours_says_so(page: Page, page_name: str) -> None:
    page.goto(f"/{page_name}/made-up")
    expect(page.get_by_role("heading", name="werkt niet")).to_be_visible()


@pytest.fixture
def addresses(demo: Demo) -> dict[str, str]:
    """The pages at the door, by their main headings."""
    invited, new, person = new_address(), new_address(), newcomer(demo)
    invite(demo, invited)
    demo.billing.do(credentials.ask_reset, person.email)
    demo.billing.do(credentials.ask_email_change, person.actor, new)
    return {
        "Wachtwoord vergeten": "/login/forgot",
        "Kijk in je mail": "/login/forgot?goed=1",
        "Hanna de Graan nodigt je uit": mailed_link(demo, invited, "invite"),
        "Kies een nieuw wachtwoord": mailed_link(demo, person.email, "reset"),
        "Bevestig je nieuwe adres": mailed_link(demo, new, "confirm"),
        "Deze uitnodiging werkt niet": "/invite/made-up",
        "Deze link werkt niet": "/reset/made-up",
    }


def test_everybody_can_use_the_pages_at_the_door(demo: Demo, page: Page, addresses: dict[str, str]) -> None:
    found = [trouble for heading, address in addresses.items() for trouble in troubles(page, address, heading)]
    person = newcomer(demo)
    with_app(person)
    fill_in_login(page, person.email, PASSWORD)
    found += troubles(page, "/login/code", "Nog één stap")
    assert not found, "\n".join(found)


def troubles(page: Page, address: str, heading: str) -> list[str]:
    """What axe finds on a page in both colours at each size, and whether something runs off the side."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        expect(page.locator("html")).to_have_class(scheme)
        for size in SIZES:
            page.set_viewport_size(size)
            results = Axe().run(page)
            where = f"{heading}, {scheme}, {size['width']} wide"
            if results.violations_count:
                found.append(f"{where}: {results.generate_report()}")
            if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
                found.append(f"{where}: scrolls sideways")
    return found
