"""The two pages that work without a log-in: the way back from the gateway, and a pay link."""

import pytest

from billing.accounts.tables import Role
from billing.payments import paylinks
from billing.ports import Outcome
from billing.rates import Limit
from dashboard.pages.pay_link import PayLinkState
from dashboard.pages.pay_return import ReturnState
from dashboard.web import limits
from tests.factories import SIGNING_KEY
from tests.states.conftest import Tab


@pytest.fixture
def number(shop, account):
    return shop.invoice(account)


@pytest.fixture
def started(shop, bookkeeper, number):
    return shop.start(bookkeeper, number)


def returned(started):
    return Tab().open(ReturnState, f"/pay/return/{started.token}").outcome


def end(shop, started, outcome):
    shop.gateway.change(shop.payment(started.token).provider_key, outcome)
    shop.hear(shop.payment(started.token).provider_key)


def test_the_way_back_waits_and_asks_for_a_look_up(shop, started, number):
    shop.clock.advance(seconds=30)
    outcome = returned(started)
    assert (outcome.look, outcome.title) == ("waiting", "We controleren je betaling")
    assert (outcome.invoices, outcome.amount, outcome.method) == (number, "€\u00a0121,00", "iDEAL | Wero")
    assert shop.payment(started.token).next_check_at == shop.clock.now()


def test_the_way_back_says_paid(shop, started, number):
    end(shop, started, Outcome.SUCCEEDED)
    outcome = returned(started)
    assert (outcome.look, outcome.title, outcome.stamp) == ("paid", "Betaald, dank je wel", "6 maart 2026")
    assert outcome.url == f"/invoices/{number}"
    assert "betaallink" not in outcome.hint


@pytest.mark.parametrize(
    ("outcome", "title"),
    [
        (Outcome.CANCELLED, "Je hebt de betaling geannuleerd"),
        (Outcome.REJECTED, "De betaling is geweigerd"),
        (Outcome.FAILED, "De betaling is niet gelukt"),
    ],
)
def test_the_way_back_says_how_it_ended_and_that_nothing_was_charged(shop, started, outcome, title):
    end(shop, started, outcome)
    shown = returned(started)
    assert (shown.look, shown.title, shown.stamp) == ("ended", title, "")
    assert "Er is niets afgeschreven" in shown.text
    assert "betaallink uit een mail" in shown.hint


def test_what_the_gateway_adds_to_the_address_is_taken_off(shop, started):
    tab = Tab()
    tab.open(ReturnState, f"/pay/return/{started.token}?brq_statuscode=190&brq_SERVICE_ideal_consumerIBAN=NL00TEST")
    assert tab.went_to == f"/pay/return/{started.token}"
    assert tab.page(ReturnState).outcome.look == "waiting"


def test_a_token_that_is_no_payment_says_so(shop):
    outcome = Tab().open(ReturnState, "/pay/return/made-up").outcome
    assert (outcome.title, outcome.invoices) == ("Deze betaling is niet gevonden", "")
    assert "afgeschreven" not in outcome.text
    assert (outcome.link, outcome.url, outcome.hint) == ("Naar je facturen", "/invoices", "")


def pay_link(shop, number, query=""):
    token = paylinks.sign(shop.row(number).id, SIGNING_KEY)
    return Tab().open(PayLinkState, f"/pay/{token}{query}")


def test_a_pay_link_shows_number_and_amount(shop, number):
    shown = pay_link(shop, number)
    assert (shown.link.look, shown.link.number, shown.link.amount.figures) == ("payable", number, "121,00")
    assert shown.action.startswith("/pay/start/")


def test_a_pay_link_of_a_paid_invoice_says_so(shop, bookkeeper, number):
    shop.pay(bookkeeper, number)
    assert pay_link(shop, number).link.look == "settled"


def test_a_pay_link_tells_of_money_under_way(shop, started, number):
    end(shop, started, Outcome.PENDING)
    assert pay_link(shop, number).link.look == "under_way"


def test_a_pay_link_that_is_not_ours_shows_nothing(shop, number):
    link = Tab().open(PayLinkState, "/pay/made-up").link
    assert (link.look, link.number) == ("missing", "")


@pytest.mark.parametrize(
    ("code", "words"),
    [("provider_unclear", "geen antwoord"), ("too_often", "Wacht een minuut"), ("iets<b>", "niet gelukt")],
)
def test_a_pay_link_says_what_went_wrong(shop, number, code, words):
    assert words in pay_link(shop, number, f"?fout={code}").sorry


def test_a_withdrawn_pay_link_looks_like_one_that_is_not_ours(shop, account, number):
    made_up = Tab().open(PayLinkState, "/pay/made-up").link
    shop.do(paylinks.withdraw, shop.member(account, Role.OWNER), number)
    assert pay_link(shop, number).link == made_up
    assert made_up.title == "Deze betaallink werkt niet meer"


def test_who_opens_very_many_pay_links_has_to_wait_and_is_told_nothing_of_them(shop, number, monkeypatch):
    monkeypatch.setattr(limits, "PAY_PAGES", Limit("pay page", times=2))
    shown = [pay_link(shop, number) for _ in range(3)]
    assert [page.link.number for page in shown] == [number, number, ""]
    assert (shown[2].link.title, shown[2].action) == ("Even wachten", "")
