"""Cancelling and changing products: what is shown first is what happens, on every screen, in the mails and on paper."""

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from playwright.sync_api import Locator, Page, expect

from billing.access import SYSTEM
from billing.accounts import service as accounts
from billing.accounts.service import OpenAccount
from billing.accounts.tables import Role
from billing.clock import local_day
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.db import Work
from billing.documents import money
from billing.invoices import service as invoices
from billing.invoices.service import DraftInvoice, IssueInvoice, NewLine
from billing.ports import Party
from billing.products import service as products
from billing.products.service import AddProduct, StartService
from billing.products.tables import ProductKind, Service
from billing.proration import Proration, next_period, split
from billing.vat import vat_cents
from tests.e2e.atelier import person
from tests.e2e.pdf_text import words
from tests.e2e.stack import Demo, eventually
from tests.e2e.steps import expect_status, login, open_invoice, pay, pdf_address

VAT = Decimal(21)
NEXT_CENTS = 10_890


@dataclass(frozen=True)
class Studio:
    """An account of one journey alone, with a yearly product of € 120 half-way, which is paid, and a monthly one of
    € 90 that is due. left_cents: what the rest of the year is worth without VAT, when it is cancelled; rest_cents: the
    same for a product of € 36,50."""

    owner: str
    product: str
    left_cents: int
    rest_cents: int


def test_a_yearly_package_is_cancelled_half_way_and_the_credits_pay_a_part_of_the_next_invoice(
    demo: Demo, page: Page
) -> None:
    studio = open_studio(demo, Proration.LINEAR)
    back_cents = with_vat(studio.left_cents)
    open_products(page, studio)
    page.get_by_role("button", name=f"Opzeggen: {studio.product}").click()
    window = page.get_by_role("dialog", name=f"{studio.product} opzeggen")
    expect(window.get_by_label("Vandaag")).to_be_checked()
    window.get_by_text(re.compile(f"^{studio.product}, factuur")).click()
    expect(window.get_by_text("Naar het aantal dagen dat over is.")).to_be_visible()
    note = say_yes(page, window, f"Opzeggen, {euros(back_cents)} terug")
    expect(page.get_by_role("heading", name=studio.product)).to_have_count(0)
    the_note_is_printed_and_mailed(demo, page, studio, note, back_cents)
    page.goto("/credits")
    expect(page.get_by_text(f"Creditnota {note}").first).to_be_visible()
    the_next_invoice_is_settled_in_part_and_the_rest_is_paid(demo, page, studio, back_cents)


def test_a_downgrade_gives_back_the_difference(demo: Demo, page: Page) -> None:
    studio = open_studio(demo, Proration.LINEAR)
    back_cents = with_vat(studio.left_cents - studio.rest_cents)
    open_products(page, studio)
    page.get_by_role("button", name=f"Downgraden: {studio.product}").click()
    window = page.get_by_role("dialog", name=f"{studio.product} downgraden")
    window.get_by_label("Webshop Start").click()
    expect(window.get_by_label("Webshop Start")).to_be_checked()
    note = say_yes(page, window, f"Downgraden, {euros(back_cents)} terug")
    expect(page.get_by_role("heading", name="Webshop Start")).to_be_visible()
    the_note_is_printed_and_mailed(demo, page, studio, note, back_cents)
    the_next_invoice_is_settled_in_part_and_the_rest_is_paid(demo, page, studio, back_cents)


def test_of_a_domain_half_of_the_price_is_used_at_once(demo: Demo, page: Page) -> None:
    studio = open_studio(demo, Proration.DOMAIN)
    back_cents = with_vat(studio.left_cents)
    open_products(page, studio)
    page.get_by_role("button", name=f"Opzeggen: {studio.product}").click()
    window = page.get_by_role("dialog", name=f"{studio.product} opzeggen")
    window.get_by_text(re.compile(f"^{studio.product}, factuur")).click()
    expect(window.get_by_text("De helft van de prijs is direct besteed")).to_be_visible()
    note = say_yes(page, window, f"Opzeggen, {euros(back_cents)} terug")
    the_note_is_printed_and_mailed(demo, page, studio, note, back_cents)
    the_next_invoice_is_settled_in_part_and_the_rest_is_paid(demo, page, studio, back_cents)


def open_products(page: Page, studio: Studio) -> None:
    login(page, studio.owner)
    page.goto("/products")
    expect(page.get_by_role("heading", name=studio.product)).to_be_visible()


def say_yes(page: Page, window: Locator, button: str) -> str:
    """Press the button that names the amount; returns the number of the credit note that came of it."""
    window.get_by_role("button", name=button).click()
    link = page.get_by_role("link", name=re.compile(r"^Creditnota C.* \(pdf\)$"))
    expect(link).to_be_visible()
    expect(window).to_have_count(0)
    return link.inner_text().split()[1]


def the_note_is_printed_and_mailed(demo: Demo, page: Page, studio: Studio, note: str, cents: int) -> None:
    mail = eventually(lambda: mail_to(demo, studio.owner, note))
    assert [attachment["filename"] for attachment in mail["attachments"]] == [f"creditnota-{note}.pdf"]
    printed = words(page.request.get(f"/files/credit-notes/{note}.pdf").body())
    assert plain(money(cents, "nl")) in printed
    assert studio.product in printed


def the_next_invoice_is_settled_in_part_and_the_rest_is_paid(
    demo: Demo, page: Page, studio: Studio, credits_cents: int
) -> None:
    assert demo.voldaan("invoices", "run").returncode == 0
    mail = eventually(lambda: mail_to(demo, studio.owner, "Factuur "))
    number, rest = mail["subject"].split()[1].rstrip(":"), euros(NEXT_CENTS - credits_cents)
    assert rest in plain(mail["text"])
    open_invoice(page, number)
    expect_status(page, "Deels verrekend")
    expect(page.get_by_role("main").get_by_text("Nog te betalen").first).to_be_visible()
    expect(page.get_by_role("main").get_by_text(rest).first).to_be_visible()
    assert f"Nog te betalen {rest}" in words(page.request.get(pdf_address(number)).body())
    pay(page, demo, "iDEAL")
    open_invoice(page, number)
    expect_status(page, "Betaald")


def mail_to(demo: Demo, owner: str, subject: str) -> Any:
    """The newest mail to somebody with this in its subject."""
    found = [mail for mail in demo.mails() if mail["to"] == owner and subject in mail["subject"]]
    return found[-1] if found else None


def euros(cents: int) -> str:
    return plain(money(cents, "nl"))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def with_vat(net_cents: int) -> int:
    return net_cents + vat_cents(net_cents, VAT)


def open_studio(demo: Demo, policy: Proration) -> Studio:
    """A new account with its owner, who gets the mails."""
    account_id = demo.billing.do(accounts.open_account, SYSTEM, OpenAccount(name=f"Studio {policy.value}"))
    owner = person(demo, account_id, Role.OWNER, "Stella Studio", mails=True)
    return demo.billing.do(_furnish, account_id, owner, policy, demo.billing.policy.seller)


def _furnish(work: Work, account_id: int, owner: str, policy: Proration, seller: Party) -> Studio:
    today, name = local_day(work.now), f"Pakket {account_id}"
    yearly = _product(work, name, 12, "120.00", policy)
    start = StartService(account_id, yearly, "studio.test", today - timedelta(days=182))
    service = work.session.get_one(Service, products.start_service(work, SYSTEM, start))
    period = next_period(service.anchor_day, service.paid_through, 12)
    service.paid_through = period.last
    work.session.add(service)
    line = NewLine(name, "studio.test", Decimal(1), Decimal(120), VAT, service.id, period.start, period.last)
    draft_id = invoices.draft_invoice(work, SYSTEM, DraftInvoice(account_id, f"{name}, 12 maanden", (line,)))
    invoices.issue_invoice(work, SYSTEM, IssueInvoice(draft_id, seller, mails=False))
    credits.give_credits(work, SYSTEM, GiveCredits(account_id, 14_520, "Vooruitbetaald"))
    credits.settle_with_credits(work, draft_id)
    monthly = _product(work, f"Per maand {account_id}", 1, "90.00", Proration.LINEAR)
    start = StartService(account_id, monthly, "maand.test", today + timedelta(days=5))
    products.start_service(work, SYSTEM, start)
    left, rest = (split(policy, cents, period, today).unused_cents for cents in (12_000, 3_650))
    return Studio(owner, name, left, rest)


def _product(work: Work, name: str, months: int, price: str, policy: Proration) -> int:
    since = local_day(work.now) - timedelta(days=400)
    command = AddProduct(name, name, ProductKind.ADDON, months, Decimal(price), VAT, since, policy, on_offer=False)
    return products.add_product(work, SYSTEM, command)
