"""The standing mandate through time: given once, invoices pay themselves; and what comes back can simply be paid."""

import re

from playwright.sync_api import Page, expect

from billing.states import CollectionState
from tests.e2e.browsers import NewPage
from tests.e2e.customers import Customer, debit_key, debit_state, let_days_pass, new_customer, start_service
from tests.e2e.stack import Demo, eventually
from tests.e2e.steps import decide, expect_invoice, expect_status, login, open_invoice, pay
from tests.e2e.test_accessibility import assert_no_violations

# A due day at a weekend is collected later, and told of later.
SOON = 4
UNTIL_SUBMITTED, AT_THE_BANK, STORNO_DAY = 20, 10, 40


def test_an_invoice_is_collected_comes_back_on_day_40_and_is_paid(demo: Demo, new_page: NewPage) -> None:
    customer, page = new_customer(demo, "Slagerij Voorbeeld"), new_page()
    start_service(demo, customer, "Webhosting Start")
    first = demo.issue(customer.account, "Verhuizing van een site", price="40.00")
    login(page, customer.email)
    give_mandate_from(page, demo, first)

    assert demo.voldaan("invoices", "run").returncode == 0
    number = the_invoice_of_the_run(page, first)
    announced(demo, customer, number)
    login(page, customer.email)
    open_invoice(page, number)
    expect(page.get_by_text("Deze factuur betaalt zich vanzelf.")).to_be_visible()
    expect(page.get_by_role("button", name="iDEAL")).to_have_count(0)
    assert_no_violations(page)
    page.goto("/account/mandate")
    expect_active(page)
    assert_no_violations(page)

    be_submitted(demo, number)
    login(page, customer.email)
    open_invoice(page, number)
    expect_status(page, "Betaling onderweg")
    expect(page.get_by_text(re.compile("Je hoeft niets te doen")).first).to_be_visible()
    be_collected(demo, page, customer, number)

    demo.move_clock(days=STORNO_DAY)
    demo.control("reversals", key=debit_key(demo, number), reason="MD06")
    login(page, customer.email)
    open_invoice(page, number)
    expect_status(page, "Teruggeboekt")
    expect(page.get_by_text("De afschrijving is bij de bank teruggedraaid.")).to_be_visible()
    expect(page.get_by_text("Er wordt niets uitgezet.").first).to_be_visible()
    expect(page.get_by_label("Dag van afschrijving")).to_be_visible()
    assert_no_violations(page)
    the_service_goes_on(page)

    open_invoice(page, number)
    pay(page, demo, "iDEAL")
    open_invoice(page, number)
    expect_status(page, "Betaald")
    the_books_are_right(demo)


def test_a_first_payment_with_ideal_begins_a_mandate_by_which_the_next_invoice_is_announced(
    demo: Demo, new_page: NewPage
) -> None:
    customer, page = new_customer(demo, "Drukkerij Voorbeeld"), new_page()
    number = demo.issue(customer.account, "Advies over drukwerk", price="25.00")
    login(page, customer.email)
    open_invoice(page, number)
    page.get_by_role("button", name="Doorlopende machtiging").click()
    page.get_by_role("button", name="Betalen en machtigen").click()
    expect(page.get_by_text("Zet eerst het vinkje")).to_be_visible()
    page.get_by_role("checkbox", name="Ja, dit wil ik.").check()
    page.get_by_role("button", name="Betalen en machtigen").click()
    page.wait_for_url(f"{demo.sandbox_url}/**")
    decide(page, "Betaling slaagt")
    expect(page.get_by_role("heading", name="Betaald, dank je wel")).to_be_visible()
    page.goto("/account/mandate")
    expect_active(page)

    follow_up = demo.issue(customer.account, "Nog meer advies", price="30.00")
    announced(demo, customer, follow_up)
    login(page, customer.email)
    page.goto("/account/mandate")
    expect(page.get_by_role("region", name="Komende afschrijvingen").get_by_role("row").filter(has_text=follow_up)
           ).to_contain_text("Aangekondigd")  # fmt: skip
    the_books_are_right(demo)


def test_who_pays_while_a_debit_is_on_its_way_is_not_debited_for_it_too(demo: Demo, new_page: NewPage) -> None:
    customer, page = new_customer(demo, "Fietsenmaker Voorbeeld"), new_page()
    number = demo.issue(customer.account, "Advies over een haperende site", price="60.00")
    login(page, customer.email)
    give_mandate_from(page, demo, number)
    be_submitted(demo, number)
    login(page, customer.email)
    open_invoice(page, number)
    expect_status(page, "Betaling onderweg")
    page.get_by_role("button", name="Toch nu zelf betalen").click()
    pay(page, demo, "iDEAL")
    # The gateway gives it up as long as the day has not come.
    eventually(lambda: debit_state(demo, number) == CollectionState.RECALLED, seconds=60)

    be_collected(demo, page, customer, number)
    page.goto("/credits")
    expect(page.get_by_role("heading", name="Credits", level=1)).to_be_visible()
    # So nothing is too much.
    expect(page.get_by_text("te veel betaald")).to_have_count(0)
    the_books_are_right(demo)


def give_mandate_from(page: Page, demo: Demo, number: str) -> None:
    """Sign at the bank, beginning at an invoice; another page of the same person goes on by itself."""
    open_invoice(page, number)
    page.get_by_role("button", name="Doorlopende machtiging").click()
    page.get_by_role("button", name="Naar je bank").click()
    page.wait_for_url(f"{demo.sandbox_url}/**")
    other = page.context.new_page()
    other.goto("/account/mandate")
    expect(other.get_by_role("heading", name="We wachten op je bank")).to_be_visible()
    decide(page, "Machtiging ondertekenen")
    expect_active(other)
    expect_active(page)
    other.close()


def expect_active(page: Page) -> None:
    """The mandate lives."""
    card = page.get_by_role("region", name="Doorlopende machtiging")
    expect(card.get_by_text("Actief")).to_be_visible()
    expect(card.get_by_text("6789")).to_be_visible()


def the_invoice_of_the_run(page: Page, other: str) -> str:
    """The newest open invoice of the customer on screen."""
    page.goto("/invoices")
    rows = page.get_by_role("region", name="Alle facturen").get_by_role("row")
    link = rows.filter(has_not_text=other).get_by_role("link", name=re.compile(r"^\d{4}-\d+$")).first
    number = str(link.text_content())
    link.click()
    expect_invoice(page, number)
    return number


def announced(demo: Demo, customer: Customer, number: str) -> None:
    """The customer was mailed about the collection of an invoice."""
    let_days_pass(demo, SOON)

    def told() -> bool:
        return any(
            mail["to"] == customer.email and "afschrijving van" in mail["subject"] and number in mail["text"]
            for mail in demo.mails()
        )

    eventually(told)


def be_submitted(demo: Demo, number: str) -> None:
    """Days pass until the gateway has the collection of an invoice."""
    for _ in range(UNTIL_SUBMITTED):
        if debit_key(demo, number):
            return
        let_days_pass(demo, 1)
    raise AssertionError(f"invoice {number} was not submitted")


def be_collected(demo: Demo, page: Page, customer: Customer, number: str) -> None:
    """Days pass until the bank has collected an invoice, and its page says that it is paid."""
    let_days_pass(demo, AT_THE_BANK)
    login(page, customer.email)
    open_invoice(page, number)
    expect_status(page, "Betaald")


def the_service_goes_on(page: Page) -> None:
    """Nothing says that a service stops, or has stopped."""
    page.goto("/products")
    card = page.get_by_role("article").filter(has_text="Webhosting Start")
    expect(card).to_contain_text("Betaald t/m")
    expect(card).not_to_contain_text("Loopt af")


def the_books_are_right(demo: Demo) -> None:
    checked = demo.voldaan("check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
