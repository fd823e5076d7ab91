"""A member of staff does for a customer what the customer asked for on the phone, and the customer can read of it."""

from playwright.sync_api import Page, expect

from tests.e2e.browsers import NewPage
from tests.e2e.stack import Demo
from tests.e2e.steps import BAKERY, OWNER, PASSWORD, expect_dashboard, fill_in_login, login, open_invoice

FINANCE, WHY = "finance@demo.test", "belde met een vraag over een factuur"
SAID = f"Je handelt namens {BAKERY}. Wat je doet staat op jouw naam in hun logboek."


def act_for(page: Page, customer: str, why: str) -> None:
    """From the log-in form to the customer's own dashboard."""
    fill_in_login(page, FINANCE, PASSWORD)
    expect(page.get_by_role("navigation", name="Medewerkers")).to_be_visible()
    page.get_by_role("navigation", name="Medewerkers").get_by_role("link", name="Klanten").click()
    page.get_by_role("searchbox", name="Klanten zoeken").fill(customer)
    page.get_by_role("button", name=f"Handelen namens {customer}").click()
    page.get_by_role("dialog").get_by_label("Waarom").fill(why)
    page.get_by_role("button", name="Handelen namens klant").click()
    expect_dashboard(page)


def test_it_is_marked_can_not_pay_and_is_in_the_customers_log(demo: Demo, page: Page, new_page: NewPage) -> None:
    number = demo.issue(BAKERY, "Domeinnaam, 12 maanden", price="12.00")
    act_for(page, BAKERY, WHY)
    expect(page.get_by_text(SAID)).to_be_visible()
    open_invoice(page, number)
    expect(page.get_by_role("button", name="iDEAL")).to_have_count(0)
    page.goto("/website")
    expect(page.get_by_role("heading", name="Geen toegang")).to_be_visible()
    page.get_by_role("region", name="Meekijken").get_by_role("button").click()
    expect(page.get_by_role("heading", name="Klanten", level=1)).to_be_visible()
    customer = new_page()
    login(customer, OWNER)
    customer.goto("/account/users")
    told = f"opende het dashboard namens jullie. Reden: {WHY}."
    expect(customer.get_by_text(told).first).to_be_visible()
