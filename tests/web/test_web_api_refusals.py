"""The API over HTTP, asked wrongly: each wrong has a problem of its own, and nothing comes of it."""

import json

import pytest

from billing.access import Scope
from billing.accounts.tables import Account
from billing.config import Settings
from billing.invoices.tables import Invoice
from dashboard import wiring
from dashboard.web import limits
from tests import machines
from tests.fakes.house import PUBLIC_URL
from tests.machines import Machine
from tests.web.asking import HOOK, count, problem


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer vdk_made-up", "Basic dm9sZGFhbjo=", "Bearer " + "x" * 5_000])
def test_without_a_key_that_works_nothing_is_told(browser, machine, header):
    headers = {"Authorization": header} if header else {}
    for path in ("/customers", "/customers/1", "/customers/word", "/invoices?wrong=1"):
        answer = browser.get(f"/api/v1{path}", headers=headers)
        assert problem(answer, 401)["code"] == "key_refused"
        assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"name": ""},
        {"name": "x" * 101},
        {"name": "a\x00b"},
        {"name": "a\nb"},
        {"name": 5},
        {"name": None},
        {"name": ["Bakkerij"]},
        {"name": "Bakkerij", "country": "Nederland"},
        {"name": "Bakkerij", "is_staff": True},
        {"name": "Bakkerij", "id": 1},
        {"name": "Bakkerij", "owner": {"name": "Hanna"}},
        [],
        "Bakkerij",
    ],
)
def test_what_is_not_as_the_document_says_is_refused_by_field(house, machine, content):
    assert problem(machine.post("/customers", content), 422)["errors"]
    assert count(house, Account) == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"name": " "}, "invalid_name"),
        ({"name": "Bakkerij", "vat_number": "NL1"}, "invalid_vat_number"),
        ({"name": "Bakkerij", "country": "BE", "vat_number": "NL004495445B01"}, "vat_number_abroad"),
        ({"name": "Bakkerij", "chamber_number": "12"}, "invalid_chamber_number"),
        ({"name": "Bakkerij", "country": "XX"}, "refused"),
        ({"name": "Bakkerij", "owner": {"name": "Hanna", "email": "hanna"}}, "invalid_email"),
    ],
)
def test_what_a_rule_refuses_says_which(house, machine, content, code):
    assert problem(machine.post("/customers", content), 422)["code"] == code
    assert count(house, Account) == 0


@pytest.mark.parametrize(
    "line",
    [
        {"description": "x", "unit_price_cents": 1.5},
        {"description": "x", "unit_price_cents": "100"},
        {"description": "x", "unit_price_cents": True},
        {"description": "x", "unit_price_cents": 10**12},
        {"description": "x", "unit_price_cents": 100, "quantity": "1e9"},
        {"description": "x", "unit_price_cents": 100, "quantity": "-1"},
        {"description": "x", "unit_price_cents": 100, "vat_rate": "NaN"},
        {"description": "x", "unit_price_cents": 100, "vat_rate": "0.5"},
        {"description": "x", "unit_price_cents": -100},
        {"description": "x", "unit_price_cents": 0},
        {"description": "x", "unit_price_cents": 10**9, "quantity": "999999"},
    ],
)
def test_amounts_that_can_not_be_are_refused(house, machine, customer, line):
    problem(machine.post("/invoices", {"customer_id": customer, "subject": "Werk", "lines": [line]}), 422)
    assert count(house, Invoice) == 0


def test_amounts_that_take_each_other_back_have_to_fit_all_the_same(house, machine, customer):
    much = {"description": "x", "unit_price_cents": 10**9}
    lines = [much, much, much, {**much, "unit_price_cents": -(10**9)}, {**much, "unit_price_cents": -(10**9)}]
    problem(machine.post("/invoices", {"customer_id": customer, "subject": "Werk", "lines": lines}), 422)
    assert count(house, Invoice) == 0


@pytest.mark.parametrize(
    "path",
    [
        "/customers/0",
        "/customers/-1",
        "/customers/01",
        "/customers/word",
        "/customers/9999999999",
        "/customers/1%00",
        "/customers/%D9%A1",
        "/nothing",
        "/",
    ],
)
def test_what_can_be_no_address_is_not_there(machine, customer, path):
    problem(machine.get(path), 404)


def test_methods_that_are_not_offered_are_refused_with_those_that_are(machine):
    answer = machine.send("DELETE", "/customers")
    problem(answer, 405)
    assert {"GET", "POST"} <= set(answer.headers["allow"].split(", "))


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=x",
        "limit=1&limit=2",
        "customer_id=0",
        "status=open&status=paid",
        "status=unknown",
        "cursor=%00",
        "limit=%F0%28",
        "what=1",
    ],
)
def test_parameters_that_are_not_in_the_document_are_refused(machine, query):
    problem(machine.send("GET", f"/invoices?{query}"), 422)


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"", "application/json", 400),
        (b'{"name": "\xff"}', "application/json", 400),
        (b'{"name": "\\ud800"}', "application/json", 400),
        (b"[" * 50_000, "application/json", 400),
        (b'{"name": "Bakkerij"}', "text/plain", 415),
        (b"name=Bakkerij", "application/x-www-form-urlencoded", 415),
        (b'{"name": "' + b"x" * 70_000 + b'"}', "application/json", 413),
    ],
)
def test_bodies_that_can_not_be_read_are_refused(machine, content, media_type, status):
    headers = {"Content-Type": media_type, "Idempotency-Key": "one"}
    problem(machine.send("POST", "/customers", content=content, headers=headers), status)


@pytest.mark.parametrize(
    "url",
    ["http://host.example/", "ftp://host.example/", "javascript:alert(1)", "https://", "not an address"],
)
def test_addresses_that_nothing_is_sent_to_make_no_webhook(machine, url):
    problem(machine.post("/webhooks", HOOK | {"url": url}), 422)
    assert machine.get("/webhooks").json()["data"] == []


def test_a_webhook_for_what_the_key_can_not_read_is_refused(house, browser, machine):
    only = Machine(browser, machines.key(house.billing, Scope.WEBHOOKS_MANAGE))
    assert problem(only.post("/webhooks", HOOK), 403)["scope"] == "invoices:read"


def test_too_many_requests_are_told_to_wait(house, machine):
    wiring.use(house.billing, Settings(public_url=PUBLIC_URL, api_requests_per_minute=3))
    answers = [machine.get("/customers") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert problem(answers[-1], 429)["code"] == "too_many_requests"
    assert 0 < int(answers[-1].headers["retry-after"]) <= 61


def test_two_web_processes_keep_one_limit_together(house, machine):
    wiring.use(house.billing, Settings(public_url=PUBLIC_URL, api_requests_per_minute=120))
    asked = 0
    while machine.get("/products").status_code == 200:
        asked += 1
        # The next one comes to a process that has counted nothing ahead.
        limits._ahead.clear()
    assert asked == 60


def test_guessing_keys_is_slowed_down_by_address(house, browser, machine):
    wiring.use(house.billing, Settings(public_url=PUBLIC_URL, api_requests_per_minute=2))
    guesses = [browser.get("/api/v1/customers", headers={"Authorization": f"Bearer {n}"}) for n in range(5)]
    assert [answer.status_code for answer in guesses] == [401, 401, 401, 401, 429]


def test_a_log_in_is_no_key(door):
    door.log_in()
    assert door.browser.get("/api/v1/customers").status_code == 401


def test_a_bug_is_told_by_its_number_alone(monkeypatch, caplog, machine):
    def broken(*given: object, **named: object) -> None:
        raise RuntimeError("the inner workings")

    monkeypatch.setattr("billing.api.customers.part", broken)
    answer = machine.get("/customers")
    said = problem(answer, 503)
    assert "inner workings" not in answer.text
    assert any(record.message.removeprefix("problem ") in said["detail"] for record in caplog.records)
    assert machine.token not in caplog.text


def test_answers_are_kept_by_no_cache_and_say_no_more_than_they_must(machine, customer):
    answer = machine.get("/customers")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert json.loads(answer.content)["next"] is None
