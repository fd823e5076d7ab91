"""The API over HTTP: what a host's systems do all day."""

from billing.access import SYSTEM
from billing.accounts.tables import Account
from billing.correspondence import flows as correspondence
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.invoices.tables import Invoice
from tests import machines
from tests.fakes.house import PDF
from tests.web.asking import HOOK, LINE, count, draft, problem

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
