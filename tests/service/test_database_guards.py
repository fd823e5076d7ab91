"""What the database itself refuses, whoever asks."""

import pytest
from sqlalchemy.exc import DBAPIError, StatementError

from billing.access import Actor
from billing.accounts.tables import Role
from billing.db import Database
from billing.invoices.tables import InvoiceLine, InvoiceVat
from tests.factories import Shop

FINAL = {
    "invoice_line": "net_cents = net_cents + 1",
    "invoice_vat": "vat_cents = vat_cents + 1",
    "journal_entry": "occurred_on = '2020-01-01'",
    "posting": "cents = cents + 1",
    "audit_event": "actor = 'somebody else'",
    "payment_event": "note = 'something else'",
    "credit_note": "reason = 'something else'",
    "credit_note_line": "net_cents = net_cents + 1",
    "credit_note_vat": "vat_cents = vat_cents + 1",
    "credit_note_file": "sha256 = 'something else'",
    "invoice_file": "version = version + 1",
}
FROZEN = {
    "number": "'2026-9999'",
    "sequence": "9999",
    "year": "2020",
    "account_id": "account_id + 1",
    "issued_on": "'2020-01-01'",
    "due_on": "'2030-01-01'",
    "reference": "'RF00'",
    "net_cents": "net_cents + 1",
    "total_cents": "total_cents + 1",
    "seller": """'{"name": "X"}'""",
    "buyer": """'{"name": "X"}'""",
    "state": "'draft'",
    "language": "'en'",
    "vat_treatment": "'reverse_charge'",
}


@pytest.fixture
def paid(shop: Shop, account: int, owner: Actor) -> str:
    """A paid, printed and partly credited invoice: something in every table that is final."""
    number = shop.invoice(account)
    shop.pay(owner, number)
    shop.credit(number, 1_000)
    shop.carry_out()
    return number


def test_a_final_row_can_not_be_changed(shop: Shop, paid: str) -> None:
    refusals = {table: shop.refusal(f"UPDATE {table} SET {change}") for table, change in FINAL.items()}
    assert {table: f"{table} is final" in refusal for table, refusal in refusals.items()} == dict.fromkeys(FINAL, True)


def test_a_final_row_can_not_be_deleted(shop: Shop, paid: str) -> None:
    refusals = {table: shop.refusal(f"DELETE FROM {table}") for table in [*FINAL, "invoice"]}
    assert [table for table, refusal in refusals.items() if f"{table} is final" not in refusal] == []


def test_the_document_of_an_issued_invoice_is_frozen(shop: Shop, paid: str) -> None:
    refusals = {column: shop.refusal(f"UPDATE invoice SET {column} = {value}") for column, value in FROZEN.items()}
    assert [column for column, refusal in refusals.items() if "invoice is final" not in refusal] == []


def test_an_issued_invoice_gets_no_more_lines(shop: Shop, paid: str) -> None:
    assert "invoice_line is final" in shop.refusal(
        "INSERT INTO invoice_line"
        " (invoice_id, position, description, detail, quantity, unit_price, vat_rate, net_cents)"
        " SELECT id, 9, 'Meer', '', '1', '1', '21', 100 FROM invoice"
    )


def test_a_line_of_a_draft_can_not_be_moved_into_an_issued_invoice(shop: Shop, account: int, paid: str) -> None:
    shop.draft(account)
    issued = shop.row(paid).id
    moves = {"invoice_line": "position = 9", "invoice_vat": "vat_rate = '9'"}
    refusals = [
        shop.refusal(f"UPDATE {table} SET {also}, invoice_id = {issued} WHERE invoice_id <> {issued}")
        for table, also in moves.items()
    ]
    assert ["is final" in refusal for refusal in refusals] == [True, True]


def test_a_draft_may_still_be_changed(shop: Shop, account: int) -> None:
    draft_id = shop.draft(account)
    shop.sql("UPDATE invoice_line SET description = 'Anders'", "UPDATE invoice_vat SET base_cents = 1")
    assert shop.one(InvoiceLine, invoice_id=draft_id).description == "Anders"
    assert shop.one(InvoiceVat, invoice_id=draft_id).base_cents == 1


def test_a_draft_may_still_be_thrown_away(shop: Shop, account: int) -> None:
    shop.draft(account)
    shop.sql("DELETE FROM invoice_line", "DELETE FROM invoice_vat", "DELETE FROM invoice")


def test_postgresql_refuses_postings_that_do_not_balance(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    shop = Shop(database)
    shop.sql("INSERT INTO journal_entry (kind, source_key, occurred_on, booked_at) VALUES ('x', 'x', now(), now())")
    with pytest.raises(DBAPIError, match="unbalanced journal entry"):
        shop.sql("INSERT INTO posting (entry_id, ledger_account, cents) SELECT id, 'bank', 100 FROM journal_entry")
    database.dispose()


def test_nothing_is_booked_twice(shop: Shop, paid: str) -> None:
    assert (
        "unique"
        in shop.refusal(
            "INSERT INTO journal_entry (kind, source_key, occurred_on, booked_at)"
            " SELECT kind, source_key, occurred_on, booked_at FROM journal_entry"
        ).lower()
    )


@pytest.fixture
def started(shop: Shop, account: int, owner: Actor) -> str:
    """An invoice with a payment that has begun, beside a draft and a credit lot."""
    first = shop.invoice(account)
    shop.pay(owner, first)
    shop.credit(first, 1_000)
    number = shop.invoice(account)
    shop.start(owner, number)
    shop.draft(account)
    return number


def accepted(shop: Shop, statement: str, amounts: list[str]) -> list[str]:
    """The amounts that the database lets into `{}` of a statement."""
    if shop.database.url.startswith("postgresql"):
        # This engine rounds a broken number to a whole one before it looks at it.
        amounts = [amount for amount in amounts if amount != "1.5"]
    return [amount for amount in amounts if not shop.refusal(statement.format(amount))]


@pytest.mark.parametrize("column", ["payment.amount_cents", "payment_share.cents", "credit_lot.original_cents"])
def test_an_amount_is_whole_and_above_zero_and_within_the_limit(shop: Shop, started: str, column: str) -> None:
    table, name = column.split(".")
    assert accepted(shop, f"UPDATE {table} SET {name} = {{}}", ["0", "-1", "1000000001", "'a lot'", "1.5"]) == []


def test_a_draft_takes_no_impossible_total(shop: Shop, started: str) -> None:
    update = "UPDATE invoice SET net_cents = {0}, vat_cents = 0, total_cents = {0} WHERE state = 'draft'"
    assert accepted(shop, update, ["-1", "1000000001", "'a lot'", "1.5"]) == []


def test_no_more_and_no_less_is_open_than_can_be(shop: Shop, started: str) -> None:
    update = f"UPDATE invoice SET open_cents = {{}} WHERE number = '{started}'"
    assert accepted(shop, update, ["-1", "total_cents + 1", "'a lot'", "1.5"]) == []


def test_a_posting_has_a_whole_amount(shop: Shop, started: str) -> None:
    insert = "INSERT INTO posting (entry_id, ledger_account, cents) SELECT max(id), 'bank', {} FROM journal_entry"
    assert accepted(shop, insert, ["0", "'a lot'", "1.5", "9999999999999999999999"]) == []


def test_one_attempt_collects_for_an_invoice(shop: Shop, started: str, owner: Actor) -> None:
    shop.start(owner, started)
    assert "unique" in shop.refusal("UPDATE payment_share SET collecting = (1 = 1)").lower()


def test_an_account_has_one_owner(shop: Shop, account: int, owner: Actor) -> None:
    shop.member(account, Role.ADMINISTRATOR)
    assert "unique" in shop.refusal("UPDATE membership SET role = 'owner'").lower()


def test_a_payment_takes_nothing_unheard_of(shop: Shop, started: str) -> None:
    changes = ["account_id = 4711", "state = 'paid'", "method = 'cheque'", "currency = 'USD'", "token = 'same'"]
    assert [change for change in changes if not shop.refusal(f"UPDATE payment SET {change}")] == []


def test_a_gateway_transaction_is_known_once(shop: Shop, account: int, owner: Actor) -> None:
    for _ in range(2):
        shop.pay(owner, shop.invoice(account))
    assert "unique" in shop.refusal("UPDATE gateway_record SET provider_key = 'the same'").lower()


def test_an_instant_without_a_zone_is_a_bug_and_is_refused(shop: Shop) -> None:
    shop.clock.time = shop.clock.time.replace(tzinfo=None)
    with pytest.raises(StatementError, match="naive datetime"):
        shop.customer()
