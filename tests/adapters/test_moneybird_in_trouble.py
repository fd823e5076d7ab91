"""Moneybird in trouble: each bad answer has an end of its own, and none of them makes anything twice."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import httpx
import pytest

from billing.adapters.books import Moneybird, MoneybirdSettings, NoBooks
from billing.adapters.books.settings import parse_ids
from billing.errors import ProviderRefused, ProviderUnclear, SettingsInvalid
from billing.ports import BooksBusy, BooksClosed
from tests.adapters.test_books_contract import CONTACT, INVOICE, LEDGERS, PAID, TAX_RATES
from tests.fakes.clock import FakeClock

SETTINGS = MoneybirdSettings("https://books.test/api/v2", "77", "a token", TAX_RATES, LEDGERS)
FOUND = {"id": "5", "total_price_incl_tax": "131.9", "payments": [], "attachments": [], "reference": "F2026-0001"}

Reply = Callable[[httpx.Request], httpx.Response]


@dataclass
class Line:
    """A network that gives its replies in order, the last one for ever."""

    replies: list[Reply]
    clock: FakeClock = field(default_factory=FakeClock)
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return (self.replies.pop(0) if len(self.replies) > 1 else self.replies[0])(request)

    def books(self, settings: MoneybirdSettings = SETTINGS) -> Moneybird:
        return Moneybird(settings, transport=httpx.MockTransport(self), clock=self.clock)


def says(status: int, content: object = None, **headers: str) -> Reply:
    body = b"" if content is None else content if isinstance(content, bytes) else json.dumps(content).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request: httpx.Response(status, content=body, headers=named)


def fails(error: type[httpx.TransportError]) -> Reply:
    def reply(request: httpx.Request) -> httpx.Response:
        raise error("no luck", request=request)

    return reply


def epoch(moment: datetime) -> str:
    return str(int(moment.timestamp()))


def made(line: Line) -> str:
    return line.books().keep_document(INVOICE, "3", may_exist=False)


def test_our_key_goes_with_every_request_and_into_no_repr() -> None:
    line = Line([says(201, FOUND)])
    assert made(line) == "5"
    [request] = line.requests
    assert (request.headers["Authorization"], "a token" in repr(SETTINGS)) == ("Bearer a token", False)
    assert str(request.url) == "https://books.test/api/v2/77/external_sales_invoices.json"


def test_an_invoice_is_sent_with_our_number_and_each_line_once_at_its_own_rate() -> None:
    line = Line([says(201, FOUND)])
    made(line)
    sent = json.loads(line.requests[0].content)["external_sales_invoice"]
    assert (sent["reference"], sent["contact_id"], sent["prices_are_incl_tax"]) == ("F2026-0001", "3", False)
    details = [(one["price"], one["amount"], one["tax_rate_id"]) for one in sent["details_attributes"]]
    assert details == [("100.00", "1", "2121"), ("10.00", "1", "2109")]


@pytest.mark.parametrize("status", [401, 402, 403])
def test_a_key_that_does_not_fit_is_about_the_connection(status: int) -> None:
    with pytest.raises(BooksClosed):
        made(Line([says(status, {"error": "Authorization required"})]))


def test_a_refusal_names_each_field() -> None:
    error = {"error": {"reference": ["can't be blank"], "details.price": ["is not a number", "is missing"]}}
    with pytest.raises(ProviderRefused) as refused:
        made(Line([says(422, error)]))
    said = "http_422 details.price is not a number, is missing; reference can't be blank"
    assert refused.value.facts["reason"] == said


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"error": null}', b"\xff"])
def test_a_refusal_without_a_reason_is_still_one(body: bytes) -> None:
    with pytest.raises(ProviderRefused):
        made(Line([says(400, body)]))


@pytest.mark.parametrize(
    "reply",
    [says(500), says(502, b"<html>"), says(408), says(301, None, Location="https://elsewhere.test"),
     says(201, b"<html>"), says(201, b"null"), says(201, {}), says(201, {"id": "5", "total_price_incl_tax": "many"}),
     says(201, {"total_price_incl_tax": "131.90"}), fails(httpx.ConnectError), fails(httpx.ReadTimeout)],
)  # fmt: skip
def test_no_clear_answer_says_nothing_about_what_was_made(reply: Reply) -> None:
    with pytest.raises(ProviderUnclear):
        made(Line([reply]))


def test_a_document_of_another_total_is_for_a_person() -> None:
    with pytest.raises(ProviderRefused) as refused:
        made(Line([says(201, FOUND | {"total_price_incl_tax": "131.89"})]))
    assert refused.value.facts["reason"] == "total_differs: 13189 there, 13190 here"


def test_a_rate_without_an_id_is_for_a_person_and_nothing_is_sent() -> None:
    line = Line([says(201, FOUND)])
    with pytest.raises(ProviderRefused):
        line.books(replace(SETTINGS, tax_rates={"21": "1"})).keep_document(INVOICE, "3", may_exist=False)
    assert line.requests == []


def test_a_busy_bookkeeping_says_until_when_as_an_instant() -> None:
    line = Line([says(429, b"Retry later")])
    line.replies = [says(429, b"Retry later", Retry_After=epoch(line.clock.now() + timedelta(minutes=3)))]
    with pytest.raises(BooksBusy) as busy:
        made(line)
    assert busy.value.facts["until"] == line.clock.now() + timedelta(minutes=3)


@pytest.mark.parametrize("header", ["", "0", "30", "-1", "soon", "99999999999", "4102444800"])
def test_an_absurd_moment_to_come_back_is_the_end_of_a_window(header: str) -> None:
    line = Line([says(429, b"Retry later", Retry_After=header)])
    with pytest.raises(BooksBusy) as busy:
        made(line)
    assert busy.value.facts["until"] == line.clock.now() + timedelta(minutes=5)


def test_when_nothing_is_left_the_next_request_is_not_even_sent() -> None:
    line = Line([says(201, FOUND)])
    reset = line.clock.now() + timedelta(minutes=2)
    line.replies = [says(201, FOUND, RateLimit_Remaining="0", RateLimit_Reset=epoch(reset)), says(201, FOUND)]
    books = line.books()
    books.keep_document(INVOICE, "3", may_exist=False)
    with pytest.raises(BooksBusy):
        books.keep_document(INVOICE, "3", may_exist=False)
    assert len(line.requests) == 1
    line.clock.advance(minutes=2, seconds=1)
    books.keep_document(INVOICE, "3", may_exist=False)
    assert len(line.requests) == 2


def test_looking_for_a_document_names_its_day_because_only_this_year_is_listed() -> None:
    line = Line([says(200, [FOUND])])
    assert line.books().keep_document(INVOICE, "3", may_exist=True) == "5"
    [request] = line.requests
    assert request.url.params["filter"] == "period:20260302..20260302,contact_id:3"


def test_looking_for_a_document_goes_on_to_the_next_page() -> None:
    others = [FOUND | {"reference": f"F{number}"} for number in range(100)]
    line = Line([says(200, others), says(200, [FOUND])])
    assert line.books().keep_document(INVOICE, "3", may_exist=True) == "5"
    assert [request.url.params["page"] for request in line.requests] == ["1", "2"]


def test_a_document_that_was_thrown_away_there_is_for_a_person() -> None:
    with pytest.raises(ProviderRefused) as refused:
        Line([says(404, {"error": "record not found"})]).books().settle("5", [PAID])
    assert refused.value.facts["reason"] == "removed_there"


@pytest.mark.parametrize("payments", ["none", [{"price": "x"}], [{}]])
def test_payments_that_make_no_sense_are_unclear(payments: object) -> None:
    with pytest.raises(ProviderUnclear):
        Line([says(200, FOUND | {"payments": payments})]).books().settle("5", [PAID])


def test_settings_name_what_has_no_id() -> None:
    with pytest.raises(SettingsInvalid):
        replace(SETTINGS, ledgers={"revenue": "1"})
    with pytest.raises(SettingsInvalid):
        replace(SETTINGS, tax_rates={})


def test_ids_are_read_from_one_line() -> None:
    assert parse_ids("21=5, reverse_charge=6,") == {"21": "5", "reverse_charge": "6"}
    assert parse_ids("") == {}


@pytest.mark.parametrize("text", ["21", "21=", "=5", "21=x", "21=5,21=6", "21=5;9=6"])
def test_other_ids_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="names with numbers"):
        parse_ids(text)


def test_without_a_bookkeeping_nothing_is_taken_and_nothing_is_lost() -> None:
    assert NoBooks().administration == ""
    with pytest.raises(ProviderUnclear):
        NoBooks().keep_contact(CONTACT)
