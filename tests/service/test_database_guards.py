"""What the database itself refuses, whoever asks."""

import pytest
from sqlalchemy.exc import DBAPIError

from billing.access import Actor
from billing.accounts.tables import Role
from billing.db import Database
from billing.ledger.tables import JournalEntry
from billing.ports import Method, Outcome
from tests.factories import Shop

FINAL = "invoice_line invoice_vat journal_entry posting audit_event payment_event credit_note invoice_file".split()
CHANGES = {
    "invoice_line": "net_cents = net_cents + 1",
    "invoice_vat": "vat_cents = vat_cents + 1",
    "journal_entry": "occurred_on = '2020-01-01'",
    "posting": "cents = cents + 1",
    "audit_event": "actor = 'somebody else'",
    "payment_event": "note = 'something else'",
    "credit_note": "reason = 'something else'",
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
}


@pytest.fixture
def paid(shop: Shop, account: int, owner: Actor) -> str:
    """A paid, printed and partly credited invoice: something in every table that is final."""
    number = shop.invoice(account)
    shop.pay(owner, number)
    shop.carry_out()
    shop.credit(number, 1_000)
    return number


@pytest.mark.parametrize("table", FINAL)
def test_a_final_row_can_not_be_changed(shop: Shop, paid: str, table: str) -> None:
    with pytest.raises(DBAPIError, match=f"{table} is final"):
        shop.sql(f"UPDATE {table} SET {CHANGES[table]}")


@pytest.mark.parametrize("table", FINAL)
def test_a_final_row_can_not_be_deleted(shop: Shop, paid: str, table: str) -> None:
    with pytest.raises(DBAPIError, match=f"{table} is final"):
        shop.sql(f"DELETE FROM {table}")


def test_an_issued_invoice_can_not_be_deleted(shop: Shop, paid: str) -> None:
    with pytest.raises(DBAPIError, match="invoice is final"):
        shop.sql("DELETE FROM invoice")


@pytest.mark.parametrize("column", FROZEN)
def test_a_column_of_an_issued_invoice_is_frozen(shop: Shop, paid: str, column: str) -> None:
    with pytest.raises(DBAPIError, match="invoice is final"):
        shop.sql(f"UPDATE invoice SET {column} = {FROZEN[column]}")


def test_an_issued_invoice_gets_no_more_lines(shop: Shop, paid: str) -> None:
    with pytest.raises(DBAPIError, match="invoice_line is final"):
        shop.sql("INSERT INTO invoice_line (invoice_id, position, description, detail, quantity, unit_price, vat_rate,"
                 " net_cents) SELECT id, 9, 'Meer', '', '1', '1', '21', 100 FROM invoice")  # fmt: skip


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
    entry = shop.all(JournalEntry)[0]
    with pytest.raises(DBAPIError, match=r"(?i)unique"):
        shop.sql("INSERT INTO journal_entry (kind, source_key, occurred_on, booked_at)"
                 " SELECT kind, source_key, occurred_on, booked_at FROM journal_entry WHERE id = :id", id=entry.id or 0)  # fmt: skip


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


BAD_AMOUNTS = ["0", "-1", "1000000001", "'a lot'", "1.5"]


@pytest.mark.parametrize("cents", BAD_AMOUNTS)
@pytest.mark.parametrize(
    ("table", "column"), [("payment", "amount_cents"), ("payment_share", "cents"), ("credit_lot", "original_cents")]
)
def test_a_column_takes_only_whole_amounts_above_zero_within_the_limit(
    shop: Shop, started: str, table: str, column: str, cents: str
) -> None:
    if cents == "1.5" and shop.database.url.startswith("postgresql"):
        cents = "'1.5'"  # as text, because this engine rounds the number itself to a whole one
    with pytest.raises(DBAPIError):
        shop.sql(f"UPDATE {table} SET {column} = {cents}")


@pytest.mark.parametrize("cents", ["-1", "1000000001", "'a lot'"])
def test_a_draft_takes_no_impossible_total(shop: Shop, started: str, cents: str) -> None:
    with pytest.raises(DBAPIError):
        shop.sql(f"UPDATE invoice SET net_cents = {cents}, vat_cents = 0, total_cents = {cents} WHERE state = 'draft'")


@pytest.mark.parametrize("cents", ["-1", "open_cents + 1", "'a lot'"])
def test_no_more_and_no_less_is_open_than_can_be(shop: Shop, started: str, cents: str) -> None:
    with pytest.raises(DBAPIError):
        shop.sql(f"UPDATE invoice SET open_cents = {cents} WHERE open_cents = total_cents AND state = 'issued'")


@pytest.mark.parametrize("cents", ["0", "'a lot'"])
def test_a_posting_of_no_amount_is_refused(shop: Shop, started: str, cents: str) -> None:
    with pytest.raises(DBAPIError):
        shop.sql(f"INSERT INTO posting (entry_id, ledger_account, cents) SELECT max(id), 'bank', {cents} FROM journal_entry")


def test_one_attempt_collects_for_an_invoice(shop: Shop, started: str, owner: Actor) -> None:
    shop.start(owner, started)
    with pytest.raises(DBAPIError, match=r"(?i)unique"):
        shop.sql("UPDATE payment_share SET collecting = (1 = 1)")


def test_an_account_has_one_owner(shop: Shop, account: int, owner: Actor) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)unique"):
        shop.member(account, Role.OWNER)


def test_a_payment_names_what_exists(shop: Shop, started: str) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        shop.sql("UPDATE payment SET account_id = 4711")


@pytest.mark.parametrize(("column", "value"), [("state", "paid"), ("method", "cheque"), ("currency", "USD")])
def test_a_payment_takes_no_unheard_of_words(shop: Shop, started: str, column: str, value: str) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)check"):
        shop.sql(f"UPDATE payment SET {column} = :value", value=value)


def test_a_gateway_transaction_is_known_once(shop: Shop, account: int, owner: Actor) -> None:
    keys = [shop.start_key(owner, shop.invoice(account), method=Method.IDEAL) for _ in range(2)]
    for key in keys:
        shop.gateway.change(key, Outcome.PENDING)
        shop.hear(key)
    with pytest.raises(DBAPIError, match=r"(?i)unique"):
        shop.sql("UPDATE gateway_record SET provider_key = 'THE SAME'")
