"""Moneybird by its public description: only fields that it has room for, and answers in the shape that it gives."""

from collections.abc import Callable
from datetime import date
from typing import Any

import httpx
import pytest

from billing.adapters.books import Moneybird, MoneybirdSettings
from billing.errors import ProviderRefused
from billing.ports import (
    BookContact,
    BookDocument,
    BookJournal,
    BookLine,
    BookMove,
    BookSettlement,
    BookStanding,
    Contra,
)
from billing.sandbox.booksfields import FIELDS, require_known
from tests.adapters.test_books_contract import LEDGERS, TAX_RATES

CONTACT = BookContact("K3", "Voorbeeld B.V.", "A. Tester", "Dorpsstraat 1", "1234 AB", "Teststad", "NL", "")
DAY = date(2026, 8, 21)
DOCUMENT = BookDocument("30052", DAY, DAY, (BookLine("Schommelstoel", 12_995, "21"),), 15_724)
PAID = BookSettlement("payment:1", DAY, 12_100, Contra.PAYMENTS)
# What an invoice looks like there: amounts are text with as many decimals as it likes, ids text, and much is null.
INVOICE = {
    "id": "496081458207654972", "administration_id": 123, "contact_id": "496081458176197690", "state": "open",
    "date": "2026-08-21", "due_date": None, "reference": "30052", "source": None, "version": 1787320167,
    "details": [{"id": "496081458208703549", "amount": None, "amount_decimal": "1.0", "price": "129.95"}],
    "payments": [], "total_paid": "0.0", "total_unpaid": "157.24", "total_price_excl_tax": "129.95",
    "total_price_incl_tax": "157.24", "attachments": [], "events": [],
}  # fmt: skip
PAYMENT = {
    "id": "496081451967579833", "invoice_id": INVOICE["id"], "transaction_identifier": None, "price": "121.0",
    "payment_date": "2026-08-21", "manual_payment_action": None, "ledger_account_id": "496081347379463299",
}  # fmt: skip
MISSING = httpx.Response(404, json={"error": "record not found", "symbolic": {"customer_id": "not_found"}})

Answer = Callable[[httpx.Request], httpx.Response]


def moneybird(answer: Answer) -> Moneybird:
    settings = MoneybirdSettings("https://moneybird.test/api/v2", "123", "token", TAX_RATES, LEDGERS)
    return Moneybird(settings, transport=httpx.MockTransport(answer))


def always(status: int, content: Any) -> Moneybird:
    return moneybird(lambda request: httpx.Response(status, json=content))


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("contact", {"company_name": "Voorbeeld B.V.", "attention": "A. Tester"}),
        ("external_sales_invoice", {"details_attributes": [{"price": "1", "vat": "21"}]}),
        ("general_journal_document", {"general_journal_document_entries_attributes": [{"amount": "1"}]}),
    ],
)
def test_the_sandbox_has_no_room_for_other_fields_either(name: str, body: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"^({'|'.join(FIELDS)})[.](attention|vat|amount)$"):
        require_known(name, body)


def test_a_customer_that_is_not_there_is_made_and_known_by_the_id_in_the_answer() -> None:
    made = httpx.Response(201, json={"id": "496081410950432183", "customer_id": "K3", "attention": "", "notes": []})
    books = moneybird(lambda request: MISSING if request.method == "GET" else made)
    assert books.keep_contact(CONTACT) == "496081410950432183"


def test_a_document_in_its_answer_comes_to_the_cent() -> None:
    assert always(201, INVOICE).keep_document(DOCUMENT, "1", may_exist=False) == INVOICE["id"]


def test_a_document_that_was_made_before_is_recognised_in_a_list() -> None:
    books = moneybird(lambda request: httpx.Response(200, json=[INVOICE | {"reference": "30051", "id": "7"}, INVOICE]))
    assert books.keep_document(DOCUMENT, "1", may_exist=True) == INVOICE["id"]


def test_a_payment_that_somebody_else_booked_has_no_identifier() -> None:
    [standing] = always(200, [INVOICE | {"payments": [PAYMENT]}]).standing(DAY, DAY)
    assert standing == BookStanding(str(INVOICE["id"]), "30052", ())
    assert always(200, INVOICE | {"payments": [PAYMENT]}).settle(str(INVOICE["id"]), []) == 12_100


def test_a_settlement_is_sent_as_one_that_needs_no_bank_there() -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json=INVOICE) if request.method == "GET" else httpx.Response(201, json=PAYMENT)

    moneybird(answer).settle(str(INVOICE["id"]), [PAID])
    assert sent[1].url.path == f"/api/v2/123/external_sales_invoices/{INVOICE['id']}/payments.json"
    assert b'"manual_payment_action":"balance_settlement"' in sent[1].content


def test_an_entry_of_no_document_is_known_by_the_id_in_the_answer() -> None:
    entry = {"id": "496081488503112717", "reference": "bank:1", "date": "2026-08-21", "journal_type": None}
    moves = (BookMove(Contra.BANK, 100), BookMove(Contra.FEES, -100))
    journal = BookJournal("bank:1", DAY, "Kosten", moves)
    assert always(201, entry).keep_journal(journal, may_exist=False) == entry["id"]


def test_a_refusal_is_told_field_by_field() -> None:
    error = {"details.project_id": ["is not found"], "reference": ["can't be blank"]}
    details = {"reference": [{"error": "blank"}]}
    with pytest.raises(ProviderRefused) as refused:
        always(422, {"error": error, "details": details}).keep_document(DOCUMENT, "1", may_exist=False)
    assert refused.value.facts["reason"] == "http_422 details.project_id is not found; reference can't be blank"
