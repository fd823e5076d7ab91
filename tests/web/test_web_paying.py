"""Paying without a session: from the link in a mail, and back from the gateway."""

import pytest
from sqlmodel import select

from billing.access import SYSTEM
from billing.invoices.queries import visible_invoices
from billing.payments import paylinks
from billing.payments.flows import check_payments, start_payment
from billing.payments.service import StartPayment
from billing.payments.tables import Payment
from billing.ports import Method, Outcome
from tests.fakes.house import PUBLIC_URL, SIGNING_KEY

FOREIGN = {"Origin": "https://gateway.test", "Sec-Fetch-Site": "cross-site"}


@pytest.fixture
def number(house):
    """An invoice of € 121 that is open."""
    account_id = house.customer("Bakkerij")
    house.person("owner@demo.test", account_id)
    return house.invoice(account_id)


@pytest.fixture
def link(house, number):
    """The token in the mail about it."""
    return paylinks.sign(house.billing.ask(visible_invoices, SYSTEM, [number])[0].id, SIGNING_KEY)


def pay(browser, link, **fields):
    return browser.post(f"/pay/start/{link}", data={"method": "ideal", **fields})


def payments(house):
    return house.billing.ask(lambda work: list(work.session.exec(select(Payment))))


def test_the_bearer_of_a_link_is_sent_to_the_gateway(browser, house, link):
    answer = pay(browser, link)
    order = house.billing.gateway.started[0]
    assert (answer.status_code, answer.headers["location"]) == (303, f"https://gateway.test/pay/{1:032X}")
    assert (order.amount_cents, order.method) == (12100, Method.IDEAL)
    assert order.return_url == f"{PUBLIC_URL}/pay/return/{order.attempt}"


def test_who_transfers_by_hand_goes_to_the_page_of_the_attempt(browser, house, link):
    answer = pay(browser, link, method="transfer")
    assert answer.headers["location"] == f"/pay/return/{payments(house)[0].token}"


@pytest.mark.parametrize("method", ["", "cash", "IDEAL", "ideal\0x"])
def test_a_method_that_does_not_exist_starts_nothing(browser, house, link, method):
    assert pay(browser, link, method=method).headers["location"] == f"/pay/{link}?fout=method_unavailable"
    assert payments(house) == []


def test_a_forged_link_starts_nothing(browser, house, link):
    forged = link[:-1] + ("A" if link[-1] != "A" else "B")
    assert pay(browser, forged).headers["location"] == f"/pay/{forged}?fout=not_found"
    assert pay(browser, "MQ.x").headers["location"] == "/pay/MQ.x?fout=not_found"
    assert payments(house) == []


@pytest.mark.parametrize("token", ["é", "a'b", "a%0d%0ab", "x" * 301])
def test_what_can_not_be_a_link_is_not_found(browser, house, token):
    assert browser.post(f"/pay/start/{token}", data={"method": "ideal"}).status_code == 404


def test_money_that_is_under_way_is_a_warning_and_not_an_end(browser, house, link):
    pay(browser, link)
    key = next(iter(house.billing.gateway.known))
    house.billing.gateway.change(key, Outcome.PENDING)
    house.clock.forward(minutes=5)
    check_payments(house.billing)
    assert pay(browser, link).headers["location"] == f"/pay/{link}?fout=payment_under_way"
    assert pay(browser, link, despite_pending="1").headers["location"].startswith("https://gateway.test/")


def test_when_the_gateway_is_away_the_page_says_so(browser, house, link):
    house.billing.gateway.down = True
    assert pay(browser, link).headers["location"] == f"/pay/{link}?fout=provider_unclear"
    assert [payment.state for payment in payments(house)] == ["unknown"]


def test_a_button_on_another_site_starts_nothing(browser, house, link):
    answer = browser.post(f"/pay/start/{link}", data={"method": "ideal"}, headers=FOREIGN)
    assert answer.status_code == 403
    assert payments(house) == []


def test_too_many_starts_from_one_address_have_to_wait(browser, house, link):
    places = [pay(browser, link).headers["location"] for _ in range(11)]
    assert places[-1] == f"/pay/{link}?fout=too_often"
    assert len(house.billing.gateway.started) == 10


def test_coming_back_by_a_form_of_the_gateway_asks_it_at_once_and_shows_the_page(browser, house, number):
    command = StartPayment((number,), method=Method.IDEAL, client_ip="192.0.2.1")
    token = start_payment(house.billing, SYSTEM, command).token
    house.clock.forward(seconds=10)
    form = {"brq_statuscode": "190", "brq_transactions": "0" * 32, "brq_signature": "made up"}
    answer = browser.post(f"/pay/return/{token}", data=form, headers=FOREIGN)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/pay/return/{token}")
    attempt = payments(house)[0]
    assert (attempt.next_check_at, attempt.state) == (house.clock.now(), "awaiting")


def test_a_made_up_success_on_the_way_back_pays_nothing(browser, house, number):
    command = StartPayment((number,), method=Method.IDEAL, client_ip="192.0.2.1")
    token = start_payment(house.billing, SYSTEM, command).token
    browser.post(f"/pay/return/{token}", data={"brq_statuscode": "190", "brq_amount": "121.00"})
    check_payments(house.billing)
    assert house.billing.ask(visible_invoices, SYSTEM, [number])[0].open_cents == 12100


def test_an_unknown_attempt_and_a_huge_body_change_nothing(browser, house):
    answer = browser.post("/pay/return/unknown", content=b"x" * 1_000_000)
    assert answer.headers["location"] == "/pay/return/unknown"
    assert browser.post("/pay/return/%0d%0aX", content=b"").status_code == 404


def test_back_from_signing_a_mandate_nothing_that_the_gateway_added_stays_in_the_address(browser):
    said = {"brq_statuscode": "190", "brq_payeriban": "NL00TEST0123456789"}
    address = "/account/mandate/return"
    for answer in (browser.get(address, params=said), browser.post(address, data=said, headers=FOREIGN)):
        assert (answer.status_code, answer.headers["location"]) == (303, "/account/mandate")
