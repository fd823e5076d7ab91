"""Paying from a mail."""

from playwright.sync_api import Page, expect

from tests.e2e.browsers import NewPage
from tests.e2e.stack import Demo
from tests.e2e.steps import BAKERY, OWNER, login, open_invoice, overhear, pay

SUBJECT = "Logo-ontwerp"
PRIVATE = (SUBJECT, BAKERY, "Hanna de Graan", "Molenpad", "@demo.test")


def test_a_pay_link_from_a_mail_works_without_logging_in(demo: Demo, page: Page) -> None:
    number = demo.issue(BAKERY, SUBJECT, price="70.00")
    link, heard = demo.pay_link(number), overhear(page)
    page.goto(link)
    expect(page.get_by_role("heading", name=f"Factuur {number}")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("€\u00a084,70")

    pay(page, demo, "iDEAL")
    page.goto(link)
    expect(page.get_by_role("heading", name="Deze factuur is al betaald")).to_be_visible()
    assert any(number in frame for frame in heard)
    assert not [(word, frame) for frame in heard for word in PRIVATE if word in frame]


def test_a_pay_link_that_was_taken_back_opens_nothing(demo: Demo, new_page: NewPage) -> None:
    number = demo.issue(BAKERY, SUBJECT, price="71.00")
    link, owner, stranger = demo.pay_link(number), new_page(), new_page()
    login(owner, OWNER)
    open_invoice(owner, number)
    owner.get_by_role("button", name="Betaallink intrekken").click()
    question = owner.get_by_role("dialog", name="Betaallink intrekken?")
    expect(question).to_contain_text("Links in eerder verstuurde mails werken niet meer.")
    question.get_by_role("button", name="Intrekken").click()
    expect(owner.get_by_text("heeft de betaallink ingetrokken")).to_be_visible()

    stranger.goto(link)
    expect(stranger.get_by_role("heading", name="Deze betaallink werkt niet meer")).to_be_visible()
    expect(stranger.get_by_role("main")).not_to_contain_text(number)
