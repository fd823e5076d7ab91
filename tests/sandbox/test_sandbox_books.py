"""The bookkeeping of the sandbox, over real HTTP."""

import hashlib
import hmac
import json
from dataclasses import replace

import httpx
import pytest

from billing.sandbox import RunningSandbox
from billing.sandbox.world import BOOKS_REQUESTS
from tests.sandbox.conftest import SETTINGS

HEADERS = {"Authorization": f"Bearer {SETTINGS.books_token}"}
CONTACT = {"company_name": "Bakkerij", "customer_id": "K7"}
LINES = [{"price": "100.00", "tax_rate_id": "2121"}, {"price": "10.00", "tax_rate_id": "2109"}]


class Accountant:
    """Calls the interface with the right key."""

    def __init__(self, sandbox):
        self.base = f"{sandbox.url}/books/api/v2/{SETTINGS.books_administration}"

    def call(self, method, path, headers=HEADERS, **sent):
        return httpx.request(method, f"{self.base}/{path}.json", headers=headers, timeout=5, **sent)

    def contact(self):
        return self.call("POST", "contacts", json={"contact": CONTACT}).json()["id"]

    def invoice(self, contact_id=None, **changes):
        data = {"contact_id": contact_id or self.contact(), "reference": "F1", "date": "2026-03-02",
                "due_date": "2026-03-16", "details_attributes": LINES}  # fmt: skip
        return self.call("POST", "external_sales_invoices", json={"external_sales_invoice": data | changes})

    def pay(self, invoice_id, price):
        payment = {"payment": {"price": price, "payment_date": "2026-03-03"}}
        return self.call("POST", f"external_sales_invoices/{invoice_id}/payments", json=payment)


@pytest.fixture
def accountant(sandbox):
    return Accountant(sandbox)


def test_an_invoice_is_summed_by_rate_and_paid_when_payments_reach_its_total(accountant):
    made = accountant.invoice()
    assert (made.status_code, made.json()["total_price_incl_tax"], made.json()["state"]) == (201, "131.90", "open")
    accountant.pay(made.json()["id"], "131.90")
    shown = accountant.call("GET", f"external_sales_invoices/{made.json()['id']}").json()
    assert (shown["state"], shown["total_unpaid"], shown["version"]) == ("paid", "0.00", 2)


def test_who_sends_twice_has_two(accountant):
    contact_id = accountant.contact()
    assert [accountant.invoice(contact_id).status_code for _ in range(2)] == [201, 201]
    listed = accountant.call("GET", "external_sales_invoices", params={"filter": "period:20260302..20260302"}).json()
    assert [one["reference"] for one in listed] == ["F1", "F1"]


def test_another_day_or_page_lists_nothing(accountant):
    accountant.invoice()
    for query in ({"filter": "period:20250101..20251231"}, {"page": 2}):
        assert accountant.call("GET", "external_sales_invoices", params=query).json() == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reference": ""}, "reference"),
        ({"date": "soon"}, "date"),
        ({"contact_id": "1"}, "contact_id"),
        ({"details_attributes": []}, "details"),
        ({"details_attributes": [{"price": "x", "tax_rate_id": "2121"}]}, "price"),
        ({"details_attributes": [{"price": "1", "tax_rate_id": "0"}]}, "details.tax_rate_id"),
    ],
)
def test_a_wrong_field_is_named(accountant, changes, field):
    answer = accountant.invoice(**changes)
    assert (answer.status_code, list(answer.json()["error"])) == (422, [field])


def test_a_customer_is_there_once(accountant):
    accountant.contact()
    again = accountant.call("POST", "contacts", json={"contact": CONTACT})
    assert (again.status_code, list(again.json()["error"])) == (422, ["customer_id"])
    assert accountant.call("GET", "contacts/customer_id/K7").json()["company_name"] == "Bakkerij"
    assert accountant.call("GET", "contacts/customer_id/K8").status_code == 404


def test_a_wrong_key_or_administration_opens_nothing(accountant, sandbox):
    assert accountant.call("GET", "tax_rates", headers={"Authorization": "Bearer another"}).status_code == 401
    other = f"{sandbox.url}/books/api/v2/1/tax_rates.json"
    assert httpx.get(other, headers=HEADERS).status_code == 404


def test_so_many_requests_and_no_more_until_an_instant(accountant, merchant):
    answers = [accountant.call("GET", "tax_rates") for _ in range(BOOKS_REQUESTS + 1)]
    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert (answers[-2].headers["RateLimit-Remaining"], answers[-1].text) == ("0", "Retry later")
    assert int(answers[-1].headers["Retry-After"]) > 1_000_000_000
    merchant.control("clock", advance="6m")
    assert accountant.call("GET", "tax_rates").status_code == 200


@pytest.mark.parametrize("status", [401, 422, 429, 500])
def test_a_fault_strikes_as_often_as_asked(accountant, merchant, status):
    merchant.control("books-faults", what=str(status), match="tax_rates")
    assert [accountant.call("GET", "tax_rates").status_code for _ in range(2)] == [status, 200]


def test_a_fault_may_come_after_the_work_was_done(accountant, merchant):
    contact_id = accountant.contact()
    merchant.control("books-faults", what="hang_after", seconds=0.01, match="POST")
    assert accountant.invoice(contact_id).status_code == 201


def test_an_unknown_fault_is_refused(accountant, sandbox):
    assert httpx.post(f"{sandbox.url}/control/books-faults", json={"what": "fire"}).status_code == 400


@pytest.fixture
def telling(receiver):
    """A sandbox that tells the receiver what happens in its bookkeeping."""
    with RunningSandbox(replace(SETTINGS, books_news_url=receiver.url)) as running:
        yield running


def test_what_somebody_books_by_hand_is_told_signed(telling, receiver):
    made = Accountant(telling).invoice().json()
    assert httpx.post(f"{telling.url}/books/{made['id']}/pay").status_code == 303
    [heard] = receiver.wait_for(1)
    message = json.loads(heard.body)
    assert (message["action"], message["entity"]["payments"][0]["price"]) == ("payment_registered", "131.90")
    sent, _, signature = heard.headers["Moneybird-Signature"].removeprefix("t=").partition(",v1=")
    key = SETTINGS.books_news_secret.encode()
    assert hmac.new(key, f"{sent}.".encode() + heard.body, hashlib.sha256).hexdigest() == signature


def test_what_is_thrown_away_is_told_and_gone(telling, receiver):
    made = Accountant(telling).invoice().json()
    httpx.post(f"{telling.url}/books/{made['id']}/remove")
    assert json.loads(receiver.wait_for(1)[0].body)["action"] == "external_sales_invoice_destroyed"
    assert httpx.get(f"{telling.url}/books.json").json()["invoices"] == []


def test_the_page_shows_documents_and_what_settled_them(accountant, sandbox):
    accountant.pay(accountant.invoice().json()["id"], "131.90")
    shown = httpx.get(f"{sandbox.url}/books").text
    assert [word in shown for word in ("F1", "Bakkerij", "voldaan", "met de hand")] == [True] * 4


def test_an_unknown_document_is_not_there(sandbox):
    for act in ("pay", "remove"):
        assert httpx.post(f"{sandbox.url}/books/1/{act}").status_code == 404


def test_the_administration_survives_a_restart(tmp_path):
    settings = replace(SETTINGS, state_file=str(tmp_path / "state.json"))
    with RunningSandbox(settings) as first:
        Accountant(first).invoice()
    with RunningSandbox(settings) as second:
        assert [one["reference"] for one in httpx.get(f"{second.url}/books.json").json()["invoices"]] == ["F1"]
