from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain
from threading import Barrier
from typing import Any

import pytest

from billing.access import SYSTEM
from billing.accounts.queries import versions
from billing.db import Work
from billing.errors import InvalidAmount, NotFound, Refused
from billing.invoices import service
from billing.invoices.service import DraftInvoice, IssueInvoice, NewLine
from billing.invoices.tables import Invoice, InvoiceLine, InvoiceVat
from billing.ledger.tables import Posting
from billing.ports import Party
from tests.factories import SELLER, Shop, line


def issue(work: Work, draft_id: int) -> str:
    return service.issue_invoice(work, SYSTEM, IssueInvoice(draft_id, SELLER)).number or ""


def test_numbers_run_without_a_gap(shop: Shop, account: int) -> None:
    assert [shop.invoice(account) for _ in range(3)] == ["2026-0001", "2026-0002", "2026-0003"]


def test_an_issue_that_fails_leaves_no_gap(shop: Shop, account: int) -> None:
    shop.invoice(account)
    draft_id = shop.draft(account)

    def issue_and_fail(work: Work) -> None:
        issue(work, draft_id)
        raise RuntimeError("the power went out")

    with pytest.raises(RuntimeError):
        shop.do(issue_and_fail)

    assert shop.invoice(account) == "2026-0002"
    assert shop.broken() == []


def test_invoices_issued_by_many_threads_have_numbers_without_a_gap(shop: Shop, account: int) -> None:
    shop.invoice(account)
    drafts = [shop.draft(customer) for customer in [account, shop.customer(), shop.customer()] for _ in range(3)]
    together = Barrier(3)

    def issue_mine(mine: list[int]) -> list[str]:
        together.wait(timeout=30)
        return [shop.do(issue, draft_id) for draft_id in mine]

    with ThreadPoolExecutor(3) as threads:
        issued = list(threads.map(issue_mine, [drafts[0::3], drafts[1::3], drafts[2::3]]))

    assert sorted(chain(*issued)) == [f"2026-{sequence:04d}" for sequence in range(2, 11)]
    assert shop.broken() == []


def test_the_first_two_invoices_of_a_year_may_be_issued_at_one_moment(shop: Shop, account: int) -> None:
    mine, theirs = shop.draft(account), shop.draft(shop.customer())

    second = shop.overlap(lambda work: issue(work, mine), lambda work: issue(work, theirs))

    assert second == "2026-0002"


def test_two_drafts_for_one_customer_may_be_written_at_one_moment(shop: Shop, account: int) -> None:
    def draft(work: Work) -> int:
        return service.draft_invoice(work, SYSTEM, DraftInvoice(account, "Webhosting", [line()]))

    shop.overlap(draft, draft)

    assert len(shop.all(Invoice)) == 2
    assert shop.broken() == []


def test_a_draft_is_issued_once_also_when_two_people_do_it_at_one_moment(shop: Shop, account: int) -> None:
    draft_id = shop.draft(account)

    with pytest.raises(Refused):
        shop.overlap(lambda work: issue(work, draft_id), lambda work: issue(work, draft_id))

    assert shop.one(Invoice).number == "2026-0001"


def test_each_year_counts_from_one(shop: Shop, account: int) -> None:
    shop.clock.time = datetime(2026, 12, 31, 22, 59, tzinfo=UTC)
    last = shop.invoice(account)
    shop.clock.advance(minutes=1)
    first = shop.invoice(account)

    assert (last, first) == ("2026-0001", "2027-0001")
    assert shop.row(first).issued_on == date(2027, 1, 1)


def test_a_draft_has_no_number(shop: Shop, account: int) -> None:
    shop.draft(account)
    draft = shop.one(Invoice)
    assert (draft.state, draft.number, draft.sequence) == ("draft", None, None)


def test_an_invoice_is_due_after_a_fortnight_unless_agreed_otherwise(shop: Shop, account: int) -> None:
    assert shop.row(shop.invoice(account)).due_on == date(2026, 3, 20)
    assert shop.row(shop.invoice(account, due_on=date(2026, 4, 1))).due_on == date(2026, 4, 1)


def test_seller_and_buyer_are_copied_at_issue(shop: Shop, account: int) -> None:
    number = shop.invoice(account)
    shop.sql("UPDATE account SET name = 'Nieuwe naam'")
    invoice = shop.row(number)
    assert (invoice.seller["name"], invoice.buyer["name"]) == ("Verkoper B.V.", "Bakkerij Test")


def test_an_issued_invoice_is_owed_in_full(shop: Shop, account: int) -> None:
    invoice = shop.row(shop.invoice(account, "100.00"))
    assert (invoice.net_cents, invoice.vat_cents, invoice.total_cents, invoice.open_cents) == (
        10_000,
        2_100,
        12_100,
        12_100,
    )
    assert sorted((p.ledger_account, p.cents) for p in shop.all(Posting, invoice_id=invoice.id)) == [
        ("deferred_revenue", -10_000), ("receivable", 12_100), ("vat", -2_100),
    ]  # fmt: skip


def test_vat_is_computed_per_rate(shop: Shop, account: int) -> None:
    draft_id = shop.draft(account, *[line("0.12")] * 3, line("10.00", vat="9"), line("5.00", vat="0"))
    totals = [(v.vat_rate, v.base_cents, v.vat_cents) for v in shop.all(InvoiceVat, invoice_id=draft_id)]
    assert sorted(totals) == [(Decimal(0), 500, 0), (Decimal(9), 1000, 90), (Decimal(21), 36, 8)]


def test_prices_keep_every_decimal(shop: Shop, account: int) -> None:
    draft_id = shop.draft(account, line("0.03571", quantity="28.5"))
    kept = shop.one(InvoiceLine, invoice_id=draft_id)
    assert (kept.quantity, kept.unit_price, kept.net_cents) == (Decimal("28.5"), Decimal("0.03571"), 102)


def test_a_discount_is_a_line_below_zero(shop: Shop, account: int) -> None:
    draft_id = shop.draft(account, line("10.00"), line("-4.00"))
    assert shop.one(Invoice, id=draft_id).total_cents == 726


def test_an_invoice_of_nothing_or_of_too_much_is_refused(shop: Shop, account: int) -> None:
    for euros in ("0", "-0.01", "-100", "8264462.82", "99999999999"):
        with pytest.raises(InvalidAmount):
            shop.draft(account, line(euros))
    assert shop.all(Invoice) == []


def test_a_price_that_is_no_number_is_refused(shop: Shop, account: int) -> None:
    for euros in ("NaN", "Infinity", "1E+40"):
        with pytest.raises(InvalidAmount):
            shop.draft(account, line(euros))


def test_the_largest_invoice_is_ten_million_euro(shop: Shop, account: int) -> None:
    draft_id = shop.draft(account, line("8264462.81"))
    assert shop.one(Invoice, id=draft_id).total_cents == 1_000_000_000


def test_an_amount_given_as_text_is_refused(shop: Shop, account: int) -> None:
    textual = NewLine("Webhosting", "", "1", "100.00", "21")  # type: ignore[arg-type]  # what a caller may do wrong
    with pytest.raises((TypeError, InvalidAmount)):
        shop.draft(account, textual)
    assert shop.all(Invoice) == []


def test_an_invoice_without_lines_is_refused(shop: Shop, account: int) -> None:
    with pytest.raises(Refused, match="no_lines"):
        shop.do(service.draft_invoice, SYSTEM, DraftInvoice(account, "Niets", []))


def test_an_unknown_draft_can_not_be_issued(shop: Shop) -> None:
    with pytest.raises(NotFound):
        shop.do(issue, 17)


def test_an_invoice_is_issued_only_once(shop: Shop, account: int) -> None:
    draft_id = shop.draft(account)
    shop.do(issue, draft_id)
    with pytest.raises(Refused, match="issued_before"):
        shop.do(issue, draft_id)


def test_every_change_lets_open_screens_look_again(shop: Shop, account: int) -> None:
    before = shop.ask(versions, [account])[account]
    shop.invoice(account)
    assert shop.ask(versions, [account])[account] > before


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [({"description": "\x00 \u202e"}, "line_without_text"), ({"vat_rate": Decimal("0.2")}, "line_vat_rate")],
)
def test_a_line_that_no_valid_invoice_can_have_is_refused(
    shop: Shop, account: int, wrong: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        shop.draft(account, line(), replace(line(), **wrong))
    assert shop.all(Invoice) == []


@pytest.mark.parametrize(
    ("changed", "seller", "reason"),
    [
        ("name = ' '", SELLER, "buyer_name"),
        # No country at all is taxed otherwise than the draft was.
        ("country = 'Nederland'", SELLER, "vat_treatment_changed"),
        ("vat_number = 'n.v.t.'", SELLER, "buyer_vat_number"),
        ("name = name", replace(SELLER, vat_number=""), "seller_vat_number"),
    ],
)
def test_an_invoice_that_can_not_be_valid_gets_no_number(
    shop: Shop, account: int, changed: str, seller: Party, reason: str
) -> None:
    draft_id = shop.draft(account)
    shop.sql(f"UPDATE account SET {changed}")
    with pytest.raises(Refused, match=reason):
        shop.do(service.issue_invoice, SYSTEM, IssueInvoice(draft_id, seller))
    assert (shop.one(Invoice).state, shop.one(Invoice).number) == ("draft", None)
