"""The API over HTTP: what a host's systems do all day, and what they get for asking wrongly."""

import json

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from billing.access import SYSTEM, Scope
from billing.accounts.tables import Account
from billing.correspondence import flows as correspondence
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.invoices.tables import Invoice
from dashboard.api import reading
from tests import machines
from tests.fakes.house import PDF, House
from tests.machines import Machine

LINE = {"description": "Onderhoud", "unit_price_cents": 12_345}
HOOK = {"url": "https://host.example/hook", "events": ["invoice.issued", "invoice.paid"]}


@pytest.fixture
def machine(house: House, browser: TestClient) -> Machine:
    """A system of the host that may do everything."""
    machines.forget_limits()
    return Machine(browser, machines.key(house.billing))


@pytest.fixture
def customer(machine: Machine) -> int:
    """The id of a customer."""
    return int(machine.post("/customers", {"name": "Bakkerij Test"}).json()["id"])


def count(house: House, table: type) -> int:
    return house.billing.ask(lambda work: len(work.session.exec(select(table)).all()))


def draft(machine: Machine, customer: int, **other: object) -> int:
    content = {"customer_id": customer, "subject": "Werk", "lines": [LINE], **other}
    return int(machine.post("/invoices", content).json()["id"])


def problem(answer, status: int) -> dict:
    """The problem that an answer is about."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    content = answer.json()
    assert content["status"] == status
    return content


# What is billed


def test_a_customer_is_made_read_and_changed(machine):
    made = machine.post("/customers", {"name": "Bakkerij Test", "city": "Ede", "vat_number": "NL004495445B01"})
    assert made.status_code == 201
    path = f"/customers/{made.json()['id']}"
    assert machine.get(path).json() == made.json()
    changed = machine.patch(path, {"city": "Zwolle"}).json()
    assert changed == made.json() | {"city": "Zwolle"}
    assert machine.get(path).json() == changed


def test_a_customer_may_come_with_an_owner_who_gets_the_mails(house, machine):
    owner = {"name": "Hanna de Graan", "email": "Hanna@Graan.example"}
    first, second = (machine.post("/customers", {"name": name, "owner": owner}).json() for name in ("Een", "Twee"))
    for made in (first, second):
        machine.post(f"/invoices/{draft(machine, made['id'])}/issue", {})
    while correspondence.carry_out(house.billing):
        pass
    assert [mail.to_address for mail in house.billing.mail.sent if mail.text] == ["hanna@graan.example"] * 2


def test_a_service_is_given_from_the_catalogue_and_taken_back(house, machine, customer):
    product_id = machines.product(house.billing, code="web", euros=120)
    [offer] = machine.get("/products").json()["data"]
    assert (offer["id"], offer["code"], offer["net_cents"], offer["vat_rate"]) == (product_id, "web", 12_000, "21")
    new = {"customer_id": customer, "product_id": product_id, "label": "voorbeeld.test", "started_on": "2026-03-02"}
    made = machine.post("/services", new)
    assert made.status_code == 201
    assert (made.json()["state"], made.json()["invoiced_through"]) == ("active", "2026-03-01")
    path = f"/services/{made.json()['id']}"
    assert machine.get(path).json() == made.json()
    assert machine.post(f"{path}/cancel", {"last_day": "2026-03-01"}).json()["last_day"] == "2026-03-01"
    assert machine.get(path).json()["ends_on"] == "2026-03-01"


def test_an_invoice_is_drafted_issued_printed_and_listed(house, machine, customer):
    made = machine.post("/invoices", {"customer_id": customer, "subject": "Werk", "lines": [LINE]}).json()
    assert (made["state"], made["number"], made["pdf"], made["total_cents"]) == ("draft", None, None, 14_937)
    issued = machine.post(f"/invoices/{made['id']}/issue", {"due_on": "2026-04-01"}).json()
    assert (issued["status"], issued["due_on"], issued["open_cents"]) == ("unpaid", "2026-04-01", 14_937)
    waits = problem(machine.get(f"/invoices/{made['id']}/pdf"), 409)
    assert waits["code"] == "not_printed"
    correspondence.ensure_file(house.billing, made["id"])
    assert machine.send("GET", issued["pdf"].removeprefix("/api/v1")).content == PDF + issued["number"].encode()
    later = draft(machine, customer)
    listed = {status: [row["id"] for row in machine.get("/invoices", status=status).json()["data"]]
              for status in ("draft", "open", "overdue", "paid", "credited")}  # fmt: skip
    assert listed == {"draft": [later], "open": [made["id"]], "overdue": [], "paid": [], "credited": []}


def test_credits_settle_an_invoice_that_is_issued_here_too(house, machine, customer):
    house.billing.do(credits.give_credits, SYSTEM, GiveCredits(customer, 20_000, "Gebaar"))
    issued = machine.post(f"/invoices/{draft(machine, customer)}/issue", {}).json()
    assert (issued["status"], issued["credits_cents"]) == ("paid", 14_937)
    told = machine.get(f"/customers/{customer}/credits").json()
    assert (told["balance_cents"], [move["cents"] for move in told["moves"]]) == (5_063, [-14_937, 20_000])


def test_a_webhook_is_told_and_its_secret_shown_once(house, machine, customer):
    made = machine.post("/webhooks", HOOK, repeat="hook").json()
    assert made["secret"].startswith("whsec_")
    assert machine.post("/webhooks", HOOK, repeat="hook").json() == made
    [listed] = machine.get("/webhooks").json()["data"]
    assert "secret" not in listed
    issued = machine.post(f"/invoices/{draft(machine, customer)}/issue", {}).json()
    [message] = machines.tell(house.billing)
    assert message["data"] == {"customer_id": customer, "id": issued["id"], "number": issued["number"]}
    assert machine.delete(f"/webhooks/{made['id']}").status_code == 204
    problem(machine.delete(f"/webhooks/{made['id']}"), 404)


# Lists


def test_a_list_read_in_parts_is_the_whole_list_whatever_comes_in_between(machine):
    names = [f"Klant {number}" for number in range(5)]
    for name in names:
        machine.post("/customers", {"name": name})
    found = []
    for row in machine.all("/customers", limit=2):
        found.append(row["name"])
        if len(found) == 3:
            machine.post("/customers", {"name": "Nieuw"})
    assert found == [*names, "Nieuw"]


def test_a_cursor_that_is_not_ours_or_for_something_else_is_refused(house, machine, customer):
    machine.post("/customers", {"name": "Nog een"})
    cursor = machine.get("/customers", limit=1).json()["next"]
    altered = cursor[:-1] + ("A" if cursor[-1] != "A" else "B")
    for wrong in ("5", "WzVd", altered):
        assert problem(machine.get("/customers", cursor=wrong), 422)["errors"] == [{"field": "cursor"}]


# Asked again


def test_a_change_without_an_idempotency_key_is_not_made(house, machine):
    answer = machine.send("POST", "/customers", json={"name": "Bakkerij"})
    assert problem(answer, 400)["code"] == "idempotency_key_missing"
    assert count(house, Account) == 0


def test_a_request_sent_twice_is_answered_the_same_and_done_once(house, machine, customer):
    content = {"customer_id": customer, "subject": "Werk", "lines": [LINE]}
    first, second = (machine.post("/invoices", content, repeat="once") for _ in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert count(house, Invoice) == 1
    reused = problem(machine.post("/invoices", content | {"subject": "Anders"}, repeat="once"), 422)
    assert reused["code"] == "idempotency_key_reused"


def test_a_key_used_for_another_address_is_refused_too(machine, customer):
    first, second = draft(machine, customer), draft(machine, customer)
    machine.post(f"/invoices/{first}/issue", {}, repeat="same")
    assert problem(machine.post(f"/invoices/{second}/issue", {}, repeat="same"), 422)


# Asked wrongly


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


def test_too_many_requests_are_told_to_wait(monkeypatch, machine):
    monkeypatch.setattr(reading.limits().of_key, "times", 3)
    answers = [machine.get("/customers") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert problem(answers[-1], 429)["code"] == "too_many_requests"
    assert answers[-1].headers["retry-after"] == "60"


def test_guessing_keys_is_slowed_down_by_address(monkeypatch, browser, machine):
    monkeypatch.setattr(reading.limits().of_address, "times", 3)
    guesses = [browser.get("/api/v1/customers", headers={"Authorization": f"Bearer {n}"}) for n in range(4)]
    assert [answer.status_code for answer in guesses] == [401, 401, 401, 429]


def test_a_log_in_is_no_key(door):
    machines.forget_limits()
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
