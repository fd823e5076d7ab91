"""Days pass in the running demo, in every process at once: what was open becomes late, and can still be paid."""

from playwright.sync_api import Page, expect
from sqlmodel import select

from billing.accounts.tables import Account
from billing.db import Work
from billing.deliveries.service import addresses_in_trouble
from billing.documents import long_date
from tests.e2e.pdf_text import words
from tests.e2e.stack import Demo, eventually
from tests.e2e.steps import (
    BAKERY,
    OWNER,
    expect_dashboard,
    expect_login,
    expect_status,
    login,
    open_invoice,
    pay,
    pdf_address,
)


def test_an_invoice_becomes_late_without_a_restart_and_is_paid_then(demo: Demo, page: Page) -> None:
    number = demo.issue(BAKERY, "Advies over een langzame site", price="10.00")
    before = demo.today
    login(page, OWNER)
    expect_row(page, number, "Onbetaald")

    demo.move_clock(days=15)
    assert (demo.today - before).days == 15
    page.goto("/")
    expect_login(page)
    login(page, OWNER)
    expect_row(page, number, "Te laat")

    open_invoice(page, number)
    pay(page, demo, "iDEAL")
    open_invoice(page, number)
    expect_status(page, "Betaald")
    the_papers_say_the_day_in_the_demo(demo, page, number)
    assert demo.voldaan("check").returncode == 0


def expect_row(page: Page, number: str, status: str) -> None:
    expect_dashboard(page)
    row = page.get_by_role("region", name="Openstaande facturen").get_by_role("row").filter(has_text=number)
    expect(row.first).to_contain_text(status)


def the_papers_say_the_day_in_the_demo(demo: Demo, page: Page, number: str) -> None:
    subject = f"Betaald: factuur {number}"
    eventually(lambda: any(mail["subject"] == subject for mail in demo.mails()))
    answer = page.request.get(pdf_address(number))
    assert f"Betaald op {long_date(demo.today, 'nl')}" in words(answer.body())


def test_a_mail_that_comes_back_is_known_whatever_day_it_is_in_the_demo(demo: Demo) -> None:
    demo.move_clock(days=2)
    demo.control("mail-faults", bounce=1)
    demo.issue(BAKERY, "Advies over een volle mailbox", price="10.00")
    assert eventually(lambda: demo.billing.ask(_in_trouble, BAKERY)) != ()


def _in_trouble(work: Work, account: str) -> tuple[str, ...]:
    account_id = work.session.exec(select(Account.id).where(Account.name == account)).one()
    return addresses_in_trouble(work, account_id or 0)
