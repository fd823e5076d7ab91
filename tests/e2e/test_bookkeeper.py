"""The journey of whoever pays: invited by the owner, safe with two factors, and nowhere near website and e-mail."""

import re

import pytest
from passlib.totp import TOTP
from playwright.sync_api import Page, expect
from sqlmodel import select

from billing.access import SYSTEM
from billing.hosting import service as hosting
from billing.hosting.service import AddPackage
from billing.hosting.settings import EmailSettings, Mailbox, WebsiteSettings
from billing.hosting.tables import HostingVersion
from tests.e2e.atelier import Atelier, invite, open_atelier, open_users
from tests.e2e.browsers import NewPage
from tests.e2e.newcomers import mailed_link
from tests.e2e.phone import Phone
from tests.e2e.raw_socket import RawTab, cookie_of, full_name
from tests.e2e.stack import Demo, eventually
from tests.e2e.steps import expect_dashboard, fill_in_login, log_out, open_invoice, pay, pdf_address

NAME, PASSWORD = "Bea Balans", "vijf natte olifanten dansen"


@pytest.fixture
def atelier(demo: Demo) -> Atelier:
    """An account with a website."""
    return open_atelier(demo)


def test_a_bookkeeper_is_invited_pays_and_never_gets_at_the_website(
    demo: Demo, new_page: NewPage, atelier: Atelier
) -> None:
    email = f"bea-{atelier.account_id}@atelier.test"
    package = add_website(demo, atelier)
    owner, page = new_page(), new_page()
    open_users(owner, atelier.owner)
    invite(owner, NAME, email)

    join(page, mailed_link(demo, email, "invite"))
    phone = switch_on_two_factors(page)
    log_out(page)
    log_in_in_two_steps(page, email, phone)

    number = demo.issue(atelier.name, "Canvas, 12 maanden", price="40.00")
    the_payment_mail_arrives(demo, email, number)
    open_invoice(page, number)
    pay(page, demo, "iDEAL")
    open_invoice(page, number)
    assert page.request.get(pdf_address(number)).status == 200
    the_paid_invoice_arrives(demo, email, number)

    the_pages_stay_closed(page)
    no_event_by_hand_gets_through(demo, page, atelier, package)


def add_website(demo: Demo, atelier: Atelier) -> int:
    domain = domain_of(atelier)
    website = WebsiteSettings("8.3", force_https=True, web_root="public_html")
    email = EmailSettings(mailboxes=(Mailbox(f"info@{domain}", active=True),), forwards=())
    return demo.billing.do(hosting.add_package, SYSTEM, AddPackage(atelier.account_id, domain, website, email))


def join(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Je naam").fill(NAME)
    page.get_by_label("Kies een wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Accepteren en beginnen").click()
    expect_dashboard(page)


def switch_on_two_factors(page: Page) -> Phone:
    page.goto("/account/security")
    card = page.get_by_role("region", name="Inloggen in twee stappen")
    card.get_by_role("button", name="Aanzetten").click()
    expect(card.get_by_role("img", name="QR-code voor je app")).to_be_visible()
    phone = Phone(TOTP(re.sub(r"\W", "", page.locator("#app-secret").inner_text())))
    card.get_by_label("Code").fill(phone.code())
    card.get_by_role("button", name="Aanzetten").click()
    card.get_by_role("button", name="Ik heb ze bewaard").click()
    return phone


def log_in_in_two_steps(page: Page, email: str, phone: Phone) -> None:
    fill_in_login(page, email, PASSWORD)
    page.get_by_label("Code").fill(phone.code())
    page.get_by_role("button", name="Verder", exact=True).click()
    expect_dashboard(page)


def the_payment_mail_arrives(demo: Demo, email: str, number: str) -> None:
    subject = f"Factuur {number}: "
    assert eventually(lambda: [m for m in demo.mails() if m["to"] == email and m["subject"].startswith(subject)])


def the_paid_invoice_arrives(demo: Demo, email: str, number: str) -> None:
    subject = f"Betaald: factuur {number}"
    assert eventually(lambda: [m for m in demo.mails() if m["to"] == email and m["subject"] == subject])


def the_pages_stay_closed(page: Page) -> None:
    for address in ("/website", "/email", "/account/users"):
        page.goto(address)
        expect(page.get_by_role("heading", name="Geen toegang")).to_be_visible()


def no_event_by_hand_gets_through(demo: Demo, page: Page, atelier: Atelier, package: int) -> None:
    """The very events by which the owner changes both, with the bookkeeper's own cookie."""
    before, domain = versions(demo, package), domain_of(atelier)
    [cookie] = [f"{c['name']}={c['value']}" for c in page.context.cookies() if c["name"] == "voldaan_session"]
    assert domain not in send_by_hand(demo, cookie, atelier, package)
    assert versions(demo, package) == before
    assert domain in send_by_hand(demo, cookie_of(demo, atelier.owner), atelier, package)
    assert versions(demo, package) == before + 2


def send_by_hand(demo: Demo, cookie: str, atelier: Atelier, package: int) -> str:
    """Open both pages and change something on each; all that the server told of it."""
    form = {"package": str(package), "php_version": "8.4", "web_root": "elsewhere"}
    box = {"package_id": str(package), "address": f"info@{domain_of(atelier)}"}
    with RawTab(demo, cookie) as tab:
        for address, event, payload in (
            ("/website", "WebsiteState.load", {}), ("/website", "WebsiteState.save", {"sent": form}),
            ("/email", "EmailState.load", {}), ("/email", "EmailState.switch", box),
        ):  # fmt: skip
            tab.send(full_name(event), payload, at=address)
        return "".join(tab.settled(patience=1))


def domain_of(atelier: Atelier) -> str:
    return f"atelier-{atelier.account_id}.test"


def versions(demo: Demo, package: int) -> int:
    kept = select(HostingVersion).where(HostingVersion.package_id == package)
    return len(demo.billing.ask(lambda work: work.session.exec(kept).all()))
