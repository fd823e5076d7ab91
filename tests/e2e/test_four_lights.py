"""One lost message, one bank line that comes a day late without a reference, one booking too many: three red lights,
each with its cause, each set right by one press of a button."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Locator, Page, expect

from billing import demo_settings
from tests.e2e.browsers import NewPage
from tests.e2e.stack import Demo, eventually, get
from tests.e2e.steps import BAKERY, choose, fill_in_login, pay

FINANCE, PASSWORD = "finance@demo.test", "voldaan-demo"
ADMINISTRATION = "1001"


def test_three_red_lights_are_set_right(demo: Demo, new_page: NewPage, tmp_path: Path) -> None:
    customer, desk = new_page(), new_page()
    doubled = demo.issue(BAKERY, "Onderhoud", price="108.00")
    customer.goto(demo.pay_link(doubled))
    pay(customer, demo, "Bancontact")
    double_the_booking(demo, doubled)
    shifted = demo.issue(BAKERY, "Advies op maat", price="81.37")
    import_line(demo, tmp_path, 9_846, on=demo.today - timedelta(days=1))
    lost = demo.issue(BAKERY, "Verhuizing website", price="48.00")
    pay_without_a_word(customer, demo, lost)

    fill_in_login(desk, FINANCE, PASSWORD)
    expect(desk.get_by_role("heading", name="Vier lampen", level=1)).to_be_visible()
    desk.get_by_role("button", name="Nu controleren").click()
    expect(desk.get_by_text("Alles is opnieuw nagevraagd")).to_be_visible()
    red = desk.get_by_role("region", name="Wat er rood is")
    expect_red(red, lost, "Eén bericht van Buckaroo kwam niet aan.")
    expect_red(red, shifted, f"Zonder kenmerk. Past bij {shifted}.")
    expect_red(red, doubled, f"Staat dubbel in de boekhouding bij {doubled}.")

    demo.control("push-faults", drop=0)
    repair(desk, red, lost, "Status ophalen")
    repair(desk, red, shifted, "Koppelen")
    repair(desk, red, doubled, "Dubbele weghalen")
    assert len(of_books(demo, doubled)["payments"]) == 1
    for number in (lost, shifted):
        eventually(lambda number=number: of_books(demo, number).get("payments"))
    desk.get_by_role("button", name="Nu controleren").click()
    for number in (lost, shifted, doubled):
        expect(red.get_by_role("row").filter(has_text=number)).to_have_count(0)


def test_a_message_is_found_and_replayed(demo: Demo, new_page: NewPage) -> None:
    customer, desk = new_page(), new_page()
    number = demo.issue(BAKERY, "Certificaat", price="12.00")
    customer.goto(demo.pay_link(number))
    pay(customer, demo, "iDEAL")
    fill_in_login(desk, FINANCE, PASSWORD)
    desk.get_by_role("link", name="Pushrecorder").click()
    desk.get_by_label("Berichten zoeken").fill(number)
    expect(desk.get_by_text(re.compile(r"^[12] bericht"))).to_be_visible()
    desk.get_by_role("button", name=re.compile("^Bericht van .* bekijken$")).first.click()
    window = desk.get_by_role("dialog")
    expect(window).to_contain_text("Status.Code.Code")
    window.get_by_role("button", name="Opnieuw afspelen").click()
    expect(window).to_contain_text("Wat al klopte, is zo gebleven.")


def expect_red(red: Locator, number: str, cause: str) -> None:
    expect(red.get_by_role("row").filter(has_text=cause)).to_have_count(1)


def repair(desk: Page, red: Locator, number: str, action: str) -> None:
    red.get_by_role("row").filter(has_text=number).get_by_role("button", name=action).click()
    expect(desk.get_by_text(f"Hersteld: {number} is weer groen.")).to_be_visible()


def pay_without_a_word(page: Page, demo: Demo, number: str) -> None:
    """The customer pays and closes the browser; the messages of the gateway are lost from now on."""
    page.goto(demo.pay_link(number))
    choose(page, demo, "iDEAL")
    demo.control("push-faults", drop=-1)
    found = get(f"{demo.sandbox_url}/control/transactions?invoice={number}").json()
    [key] = [one["Key"] for one in found["transactions"]]
    demo.control(f"transactions/{key}/outcome", outcome="success")
    page.goto("about:blank")


def import_line(demo: Demo, folder: Path, cents: int, *, on: date) -> None:
    """Our bank tells today of money that came yesterday, of which the payer wrote nothing useful."""
    line = {"amount_cents": cents, "text": "bedankt", "name": "H. de Graan", "value_on": on.isoformat()}
    wanted = {"iban": demo.billing.policy.seller.iban, "transfers": [line]}
    answer = httpx.post(f"{demo.sandbox_url}/control/bank-files", json=wanted, trust_env=False)
    file = folder / "statement.xml"
    file.write_text(answer.json()["file"])
    imported = demo.voldaan("bank", "import", str(file))
    assert imported.returncode == 0, imported.stdout + imported.stderr


def double_the_booking(demo: Demo, number: str) -> None:
    """Somebody's program books our payment in the bookkeeping a second time."""
    invoice = eventually(lambda: of_books(demo, number).get("payments") and of_books(demo, number), seconds=30)
    [payment] = invoice["payments"]
    url = f"{demo.sandbox_url}/books/api/v2/{ADMINISTRATION}/external_sales_invoices/{invoice['id']}"
    names = ("price", "payment_date", "transaction_identifier", "ledger_account_id", "manual_payment_action")
    httpx.post(
        f"{url}/payments.json", json={"payment": {name: payment[name] for name in names}}, trust_env=False,
        headers={"Authorization": f"Bearer {demo_settings.DEMO_BOOKS_TOKEN}"},
    ).raise_for_status()  # fmt: skip


def of_books(demo: Demo, number: str) -> dict[str, Any]:
    """A document as the bookkeeping has it; empty when it has none."""
    invoices: list[dict[str, Any]] = get(f"{demo.sandbox_url}/books.json").json()["invoices"]
    return next((one for one in invoices if one["reference"] == number), {})
