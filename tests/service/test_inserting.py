"""Many rows in one statement: what comes out is what went in, on both engines."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from billing.inserting import insert_rows
from billing.invoices.tables import InvoiceLine
from billing.outbox import OutboxMessage
from billing.products.tables import PriceVersion
from tests.factories import Shop
from tests.renewals import product

NOW = datetime(2026, 3, 29, 0, 59, 59, 999_999, tzinfo=UTC)
AWKWARD = 'a\'b"c\\d\n\t {x,"y"} é € 😀 %s %% \u2028 null'


def message(key: str, **other: object) -> dict[str, object]:
    return {
        "task": "mail_account", "dedup_key": key, "invoice_id": None, "urgency": 0, "payload": {}, "created_at": NOW,
        "due_at": NOW, "state": "waiting", "tries": 0, "last_error": "",
    } | other  # fmt: skip


def put(shop: Shop, *rows: dict[str, object], unless_there: str = "") -> None:
    shop.do(insert_rows, OutboxMessage, rows, unless_there=unless_there)


def test_text_and_nested_facts_come_back_as_they_were(shop: Shop) -> None:
    payload = {"b": [1, None, {"c": AWKWARD}], "a": True}
    put(shop, message(AWKWARD, payload=payload), message("", last_error=AWKWARD))
    first, second = shop.all(OutboxMessage)
    assert (first.dedup_key, first.payload, second.dedup_key, second.last_error) == (AWKWARD, payload, "", AWKWARD)


def test_instants_dates_and_decimals_come_back_as_they_were(shop: Shop) -> None:
    sold = product(shop)
    row = {
        "product_id": sold, "valid_from": date(2028, 2, 29), "unit_price": Decimal("12.3450"), "created_by": "x",
        "vat_rate": Decimal("9"), "created_at": NOW,
    }  # fmt: skip
    shop.do(insert_rows, PriceVersion, [row])
    kept = shop.all(PriceVersion)[-1]
    assert (str(kept.unit_price), kept.valid_from, kept.created_at) == ("12.3450", date(2028, 2, 29), NOW)


def test_nothing_is_no_facts_and_not_the_word_null(shop: Shop, account: int) -> None:
    draft = shop.draft(account)
    row = {
        "invoice_id": draft, "position": 2, "description": "x", "detail": "", "quantity": Decimal(1),
        "unit_price": Decimal(1), "vat_rate": Decimal(21), "net_cents": 100, "explanation": None,
    }  # fmt: skip
    shop.do(insert_rows, InvoiceLine, [row])
    shop.sql("UPDATE invoice_line SET detail = 'none' WHERE explanation IS NULL")
    assert [line.detail for line in shop.all(InvoiceLine)] == ["none", "none"]


def test_a_row_that_is_there_already_is_left_out_when_asked_for(shop: Shop) -> None:
    put(shop, message("one"))
    put(shop, message("one", tries=7), message("two"), message("two"), unless_there="dedup_key")
    assert [(row.dedup_key, row.tries) for row in shop.all(OutboxMessage)] == [("one", 0), ("two", 0)]


def test_an_instant_without_a_zone_is_refused_here_too(shop: Shop) -> None:
    with pytest.raises(Exception, match="naive datetime"):
        put(shop, message("one", due_at=NOW.replace(tzinfo=None)))


def test_no_rows_are_no_statement(shop: Shop) -> None:
    put(shop)
    assert shop.all(OutboxMessage) == []
