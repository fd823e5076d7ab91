"""Money that comes back: credit notes, what was paid too much, and credits that settle the next invoice."""

import re
from decimal import Decimal

from playwright.sync_api import Page, expect
from sqlmodel import select

from billing.access import SYSTEM
from billing.accounts.tables import Account
from billing.credits import service as credits
from billing.credits.service import CreditLines
from billing.db import Work
from billing.demo.story import VAT
from billing.invoices import service as invoices
from billing.invoices.queries import visible_invoices
from billing.invoices.service import DraftInvoice, IssueInvoice, NewLine
from billing.ports import Party
from tests.e2e.pdf_text import words
from tests.e2e.stack import Demo, eventually
from tests.e2e.steps import BAKERY, OWNER, expect_status, login, open_invoice, pay, pdf_address


def test_credits_come_from_a_note_and_an_overpayment_and_settle_a_part_of_the_next_invoice(
    demo: Demo, page: Page
) -> None:
    login(page, OWNER)
    balance_is(page, "0,00")
    paid = pay_new_invoice(demo, page, "Proefpakket", price="50.00")
    note = demo.billing.do(_take_back, paid)
    the_note_is_on_the_page_of_credits(page, note, paid)
    the_note_can_be_downloaded(page, note, paid)
    the_note_is_in_the_mailbox(demo, note)
    the_note_is_among_the_documents(page, note)
    open_invoice(page, paid)
    expect_status(page, "Gecrediteerd")
    expect(page.get_by_role("link", name=f"Creditnota {note} (pdf)")).to_be_visible()

    overpay(demo, page, "Domeinnaam", price="100.00", amount_cents=13_100)
    page.goto("/credits")
    page.get_by_role("button", name="Bewaren als credits").click()
    expect(page.get_by_text(re.compile("10,00 is bewaard als credits"))).to_be_visible()
    expect(page.get_by_role("main").get_by_text("70,50").first).to_be_visible()

    number = demo.billing.do(_issue_and_settle, "Webhosting XL", demo.billing.policy.seller)
    open_invoice(page, number)
    expect_status(page, "Deels verrekend")
    expect(page.get_by_role("region", name="Bedrag")).to_contain_text(re.compile(r"Nog te betalen\s*€\s171,50"))
    the_mail_and_the_pdf_name_the_rest(demo, page, number, note)
    pay(page, demo, "iDEAL")
    open_invoice(page, number)
    expect_status(page, "Betaald")
    balance_is(page, "0,00")


def test_what_was_paid_too_much_is_sent_back(demo: Demo, page: Page) -> None:
    login(page, OWNER)
    overpay(demo, page, "Nieuwsbrief", price="20.00", amount_cents=3_000)
    page.goto("/")
    page.get_by_role("link", name="Kies of je het bewaart als credits of laat terugstorten").click()
    page.get_by_role("button", name="Terugstorten").click()
    sure = page.get_by_role("dialog", name=re.compile("5,80 terugstorten"))
    sure.get_by_role("button", name="Terugstorten").click()
    expect(page.get_by_text(re.compile("5,80 wordt teruggestort"))).to_be_visible()
    expect(page.get_by_role("region", name="Terugstorten").get_by_text("Teruggestort")).to_be_visible()
    eventually(lambda: [mail for mail in demo.mails() if "wordt teruggestort" in mail["subject"]])
    checked = demo.voldaan("check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def balance_is(page: Page, figures: str) -> None:
    page.goto("/credits")
    expect(page.get_by_role("main").get_by_text(figures).first).to_be_visible()


def pay_new_invoice(demo: Demo, page: Page, subject: str, *, price: str) -> str:
    """Issue an invoice, pay it with iDEAL, and return its number."""
    number = demo.issue(BAKERY, subject, price=price)
    open_invoice(page, number)
    pay(page, demo, "iDEAL")
    return number


def overpay(demo: Demo, page: Page, subject: str, *, price: str, amount_cents: int) -> None:
    """More comes in than was asked."""
    demo.control("next-success", count=1, amount_cents=amount_cents)
    pay_new_invoice(demo, page, subject, price=price)
    page.goto("/")
    expect(page.get_by_text("te veel betaald")).to_be_visible()


def the_note_is_on_the_page_of_credits(page: Page, note: str, invoice: str) -> None:
    page.goto("/credits")
    row = page.get_by_role("region", name="Creditnota's").get_by_role("row").filter(has_text=note)
    expect(row).to_contain_text("Opgezegd")
    expect(row.get_by_role("link", name=f"Factuur {invoice}")).to_be_visible()
    expect(page.get_by_role("region", name="Hoe het saldo ontstond").get_by_role("link", name=note)).to_be_visible()
    expect(page.get_by_role("main").get_by_text("60,50").first).to_be_visible()


def the_note_can_be_downloaded(page: Page, note: str, invoice: str) -> None:
    link = page.get_by_role("link", name=f"Creditnota {note} (pdf)")
    answer = page.request.get(str(link.get_attribute("href")))
    text = words(answer.body())
    for said in (note, invoice, "Btw 21 % over € 50,00", "Toegevoegd aan je credits", "€ 60,50"):
        assert said in text
    assert "Nog te betalen" not in text


def the_note_is_in_the_mailbox(demo: Demo, note: str) -> None:
    subject = f"Creditnota {note}: "
    mail = eventually(
        lambda: next((m for m in demo.mails() if m["subject"].startswith(subject) and m["to"] == OWNER), None)
    )
    assert [attachment["filename"] for attachment in mail["attachments"]] == [f"creditnota-{note}.pdf"]


def the_note_is_among_the_documents(page: Page, note: str) -> None:
    page.goto("/invoices")
    page.get_by_role("group", name="Filter").get_by_role("button", name="Credit").click()
    rows = page.get_by_role("region", name="Alle facturen").get_by_role("row")
    expect(rows.filter(has_text=note)).to_contain_text("60,50")
    expect(rows.filter(has_text="Onbetaald")).to_have_count(0)


def the_mail_and_the_pdf_name_the_rest(demo: Demo, page: Page, number: str, note: str) -> None:
    subject = f"Factuur {number}: "
    mail = eventually(lambda: next((m for m in demo.mails() if m["subject"].startswith(subject)), None))
    text = mail["text"].replace("\u00a0", " ")
    for said in ("Nog te betalen: € 171,50", f"Verrekend met credits, {note}"):
        assert said in text
    assert [attachment["filename"] for attachment in mail["attachments"]] == [f"factuur-{number}.pdf"]
    text = words(page.request.get(pdf_address(number)).body())
    for said in ("Nog te betalen", "€ 171,50", f"Verrekend met credits, {note}"):
        assert said in text


def _take_back(work: Work, number: str) -> str:
    [invoice] = visible_invoices(work, SYSTEM, [number])
    return credits.credit_lines(work, SYSTEM, CreditLines(invoice.id or 0, "Opgezegd")).number


def _issue_and_settle(work: Work, subject: str, seller: Party) -> str:
    account_id = work.session.exec(select(Account.id).where(Account.name == BAKERY)).one()
    line = NewLine(subject, "", Decimal(1), Decimal(200), VAT)
    invoice_id = invoices.draft_invoice(work, SYSTEM, DraftInvoice(account_id or 0, subject, (line,)))
    return credits.issue_and_settle(work, SYSTEM, IssueInvoice(invoice_id, seller)).number or ""
