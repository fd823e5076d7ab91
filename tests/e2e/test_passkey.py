"""Logging in with something that one has: a passkey of this very device, or the app on a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.newcomers import Newcomer, newcomer, with_app
from tests.e2e.stack import Demo
from tests.e2e.steps import PASSWORD, expect_dashboard, fill_in_login, give_device, log_out, login, overhear

# What a page about one's own log-in has: a form that adds this device, and the button that is pressed when it is added.
ADD_DEVICE = """() => {
  document.querySelector("main").innerHTML = `
    <form data-proof data-then="added" data-trouble="?" action="/auth/passkey/register" method="post">
      <p role="alert" data-proof-error></p>
      <input name="name" value="Deze laptop"><input type="hidden" name="passkey">
      <button type="submit" data-passkey="register">Toevoegen</button>
    </form>
    <button id="added" type="button">Klaar</button>`;
  document.getElementById("added").addEventListener("click", (event) => { event.target.textContent = "Toegevoegd"; });
}"""


@pytest.fixture
def person(demo: Demo) -> Newcomer:
    return newcomer(demo)


def add_device(page: Page) -> None:
    """Make this browser's device a passkey of who is logged in."""
    page.evaluate(ADD_DEVICE)
    page.get_by_role("button", name="Toevoegen").click()
    expect(page.get_by_role("button", name="Toegevoegd")).to_be_visible()


def test_a_passkey_opens_the_dashboard_without_a_password(page: Page, person: Newcomer) -> None:
    give_device(page)
    login(page, person.email)
    add_device(page)
    log_out(page)
    page.goto("/login?next=%2Finvoices")
    page.get_by_role("button", name="Verder met een passkey").click()
    expect(page.get_by_role("heading", name="Facturen", level=1)).to_be_visible()


def test_a_passkey_is_the_second_step_after_the_password(page: Page, person: Newcomer) -> None:
    give_device(page)
    login(page, person.email)
    add_device(page)
    log_out(page)
    fill_in_login(page, person.email, PASSWORD)
    expect(page.get_by_role("heading", name="Nog één stap")).to_be_visible()
    expect(page.get_by_label("Code")).to_have_count(0)
    page.get_by_role("button", name="Verder met een passkey").click()
    expect_dashboard(page)


def test_a_device_that_knows_no_passkey_is_a_friendly_sentence(page: Page) -> None:
    give_device(page)
    page.goto("/login")
    page.get_by_role("button", name="Verder met een passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("Je passkey is niet gebruikt. Er is niets veranderd.")
    expect(page.get_by_label("E-mailadres")).to_be_visible()


def test_without_passkeys_in_the_browser_there_is_no_button_for_one(page: Page) -> None:
    page.add_init_script("delete window.PublicKeyCredential")
    page.goto("/login")
    expect(page.get_by_role("button", name="Inloggen")).to_be_visible()
    expect(page.get_by_role("button", name="passkey")).to_have_count(0)


def test_the_app_on_a_phone_is_the_second_step(page: Page, person: Newcomer) -> None:
    phone, heard = with_app(person), overhear(page)
    fill_in_login(page, person.email, PASSWORD)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Verder", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Deze code werkt niet")
    code = phone.code()
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Verder", exact=True).click()
    expect_dashboard(page)
    assert heard
    assert not [frame for frame in heard if code in frame or PASSWORD in frame]


def test_half_a_log_in_opens_no_page(page: Page, person: Newcomer) -> None:
    with_app(person)
    fill_in_login(page, person.email, PASSWORD)
    expect(page.get_by_role("heading", name="Nog één stap")).to_be_visible()
    page.goto("/invoices")
    expect(page.get_by_role("heading", name="Inloggen", level=1)).to_be_visible()


def test_one_can_begin_again_after_the_password(page: Page, person: Newcomer) -> None:
    with_app(person)
    fill_in_login(page, person.email, PASSWORD)
    page.get_by_role("button", name="Opnieuw beginnen").click()
    expect(page.get_by_role("heading", name="Inloggen", level=1)).to_be_visible()
    page.goto("/login/code")
    expect(page.get_by_role("alert")).to_contain_text("Het inloggen duurde te lang.")
