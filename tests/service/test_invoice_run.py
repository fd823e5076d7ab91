"""The invoice run: what is due becomes invoices, once, to the cent."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from billing.access import Actor
from billing.accounts.tables import Account
from billing.credits.tables import CreditLot
from billing.invoices.tables import Invoice, InvoiceLine, InvoiceRun, InvoiceVat
from billing.ledger.tables import Posting
from billing.outbox import OutboxMessage, Task
from billing.products.tables import Service
from billing.runs.due import Skipped
from billing.runs.flows import preview
from tests.factories import Shop
from tests.renewals import price, product, run, service

TODAY = date(2026, 3, 6)
HORIZON = date(2026, 3, 20)


def periods(shop: Shop, service_id: int) -> list[tuple[date | None, date | None, int]]:
    """The lines of a service: first day, last day, net cents."""
    lines = shop.all(InvoiceLine, service_id=service_id)
    return [(line.period_start, line.period_end, line.net_cents) for line in lines]


def everything(shop: Shop) -> dict[str, list[dict[str, object]]]:
    """All rows that a run may touch."""
    tables = (Account, Invoice, InvoiceLine, InvoiceVat, InvoiceRun, Service, CreditLot, Posting, OutboxMessage)
    return {table.__name__: [row.model_dump() for row in shop.all(table)] for table in tables}


def test_a_due_period_becomes_an_issued_invoice(shop: Shop, account: int, owner: Actor) -> None:
    service(shop, account, TODAY)
    ran = run(shop)
    invoice = shop.one(Invoice)
    assert (invoice.number, invoice.state, invoice.subject) == ("2026-0001", "issued", "Webhosting, 1 maand")
    assert (invoice.net_cents, invoice.vat_cents, invoice.total_cents, invoice.open_cents) == (1_000, 210, 1_210, 1_210)
    assert (invoice.issued_on, invoice.due_on) == (TODAY, HORIZON)
    assert (invoice.buyer["name"], invoice.seller["name"]) == ("Bakkerij Test", "Verkoper B.V.")
    assert (ran.tally.invoices, ran.tally.lines, ran.tally.total_cents) == (1, 1, 1_210)
    assert ran.tally.vat == {Decimal(21): (1_000, 210)}
    assert shop.broken() == []


def test_it_is_the_document_that_would_have_been_made_by_hand(shop: Shop, account: int, owner: Actor) -> None:
    service(shop, account, TODAY)
    run(shop)
    shop.invoice(account, "10.00")
    by_run, by_hand = (row.model_dump() for row in shop.all(Invoice))
    differs = {name for name in by_run if by_run[name] != by_hand[name]}
    assert differs == {"id", "number", "sequence", "reference", "run_id", "subject"}


def test_the_line_says_what_it_is_for_and_why(shop: Shop, account: int) -> None:
    sold = product(shop, "10.00", months=3)
    started = service(shop, account, TODAY, sold)
    run(shop)
    line = shop.one(InvoiceLine)
    assert (line.description, line.detail) == ("Webhosting", "voorbeeld.test, 6 maart 2026 t/m 5 juni 2026")
    assert (line.service_id, line.period_start, line.period_end) == (started, TODAY, date(2026, 6, 5))
    assert line.explanation == {
        "months": 3, "anchor_day": 6, "days": 92, "policy": "linear", "price_version": 1, "price_from": "2020-01-01",
        "quantity": "1", "unit_price": "10.00", "vat_rate": "21",
    }  # fmt: skip


def test_all_that_is_due_of_a_customer_is_one_invoice(shop: Shop, account: int) -> None:
    other = shop.customer()
    for customer, euros, vat in ((account, "10.00", "21"), (other, "7.00", "21"), (account, "5.00", "9")):
        service(shop, customer, TODAY, product(shop, euros, vat=vat))
    ran = run(shop)
    assert [(i.account_id, i.net_cents, i.vat_cents) for i in shop.all(Invoice)] == [
        (account, 1_500, 255), (other, 700, 147),
    ]  # fmt: skip
    assert shop.all(Invoice)[0].subject == "Webhosting en 1 andere"
    assert ran.tally.vat == {Decimal(21): (1_700, 357), Decimal(9): (500, 45)}
    assert shop.broken() == []


def test_vat_is_rounded_once_an_invoice_and_rate(shop: Shop, account: int) -> None:
    for _ in range(3):
        service(shop, account, TODAY, product(shop, "0.12"))
    run(shop)
    assert shop.one(Invoice).vat_cents == 8


@pytest.mark.parametrize(("days", "is_due"), [(14, True), (15, False)])
def test_a_period_is_invoiced_a_fortnight_before_it_begins(shop: Shop, account: int, days: int, is_due: bool) -> None:
    service(shop, account, TODAY + timedelta(days=days))
    run(shop)
    assert bool(shop.all(Invoice)) == is_due


def test_a_run_for_a_later_day_invoices_today_what_is_due_then(shop: Shop, account: int) -> None:
    service(shop, account, date(2026, 5, 1))
    run(shop, date(2026, 4, 20))
    assert shop.one(Invoice).issued_on == TODAY


def test_every_period_that_was_missed_is_a_line_of_its_own(shop: Shop, account: int) -> None:
    started = service(shop, account, date(2026, 1, 31))
    run(shop)
    assert periods(shop, started) == [
        (date(2026, 1, 31), date(2026, 2, 27), 1_000), (date(2026, 2, 28), date(2026, 3, 30), 1_000),
    ]  # fmt: skip
    run(shop, date(2026, 4, 30))
    assert [start for start, _, _ in periods(shop, started)][2:] == [date(2026, 3, 31), date(2026, 4, 30)]
    assert shop.broken() == []


def test_the_price_is_that_of_the_first_day_of_the_period(shop: Shop, account: int) -> None:
    sold = product(shop, "10.00")
    price(shop, sold, "12.00", date(2026, 3, 7))
    early, late = service(shop, account, TODAY, sold), service(shop, account, date(2026, 3, 7), sold)
    run(shop)
    assert [net for _, _, net in periods(shop, early) + periods(shop, late)] == [1_000, 1_200]
    run(shop, date(2026, 3, 24))
    assert periods(shop, early)[1] == (date(2026, 4, 6), date(2026, 5, 5), 1_200)
    assert shop.broken() == []


def test_a_new_price_leaves_the_explanation_of_old_lines_right(shop: Shop, account: int) -> None:
    sold = product(shop, "10.00")
    service(shop, account, TODAY, sold)
    run(shop)
    price(shop, sold, "12.00", TODAY)
    assert shop.broken() == []


def test_the_service_is_paid_through_what_has_been_invoiced(shop: Shop, account: int) -> None:
    started = service(shop, account, TODAY)
    run(shop)
    assert shop.one(Service, id=started).paid_through == date(2026, 4, 5)


@pytest.mark.parametrize("state", ["ending", "ended"])
def test_a_service_that_ends_is_invoiced_no_further(shop: Shop, account: int, state: str) -> None:
    service(shop, account, TODAY)
    shop.sql(f"UPDATE service SET state = '{state}', ends_on = paid_through")
    run(shop)
    assert shop.all(Invoice) == []


def test_a_service_that_ends_later_is_invoiced_until_then(shop: Shop, account: int) -> None:
    started = service(shop, account, date(2026, 1, 6))
    shop.sql("UPDATE service SET state = 'ending', ends_on = '2026-03-05'")
    run(shop)
    assert [start for start, _, _ in periods(shop, started)] == [date(2026, 1, 6), date(2026, 2, 6)]


# Credits


def credits_of(shop: Shop, account: int, *cents: int) -> None:
    """Credit lots of these amounts, the oldest first, each left by an invoice that was paid and taken back."""
    payer = shop.member(account)
    for amount in cents:
        number = shop.invoice(account, f"{amount / 121:.2f}")
        shop.pay(payer, number)
        shop.credit(number, round(amount / 1.21))


def test_credits_settle_a_new_invoice_at_once(shop: Shop, account: int) -> None:
    credits_of(shop, account, 6_050)
    service(shop, account, TODAY)
    ran = run(shop)
    invoice = shop.one(Invoice, run_id=ran.run_id)
    assert (invoice.open_cents, invoice.credits_cents, invoice.settled_on) == (0, 1_210, TODAY)
    assert shop.one(CreditLot).left_cents == 6_050 - 1_210
    assert ran.tally.credits_cents == 1_210
    assert shop.broken() == []


def test_credits_settle_a_part_oldest_lot_first(shop: Shop, account: int) -> None:
    credits_of(shop, account, 605, 484, 242)
    service(shop, account, TODAY)
    ran = run(shop)
    invoice = shop.one(Invoice, run_id=ran.run_id)
    assert (invoice.open_cents, invoice.credits_cents, invoice.settled_on) == (0, 1_210, TODAY)
    assert [lot.left_cents for lot in shop.all(CreditLot)] == [0, 0, 121]
    service(shop, account, TODAY)
    second = run(shop)
    rest = shop.one(Invoice, run_id=second.run_id)
    assert (rest.open_cents, rest.credits_cents, rest.settled_on) == (1_089, 121, None)
    assert shop.broken() == []


# What belongs to it


def test_everybody_who_wants_invoices_is_mailed_and_the_invoice_is_printed(
    shop: Shop, account: int, owner: Actor
) -> None:
    shop.member(account, mails=True)
    shop.member(account)
    service(shop, account, TODAY)
    run(shop)
    asked = [message.task for message in shop.all(OutboxMessage, invoice_id=shop.one(Invoice).id)]
    assert sorted(asked) == [Task.MAIL_INVOICE, Task.MAIL_INVOICE, Task.RENDER_INVOICE]
    shop.carry_out()
    assert len(shop.mail.sent) == 2


def test_it_is_written_in_the_log_of_the_customer_and_open_screens_look_again(shop: Shop, account: int) -> None:
    service(shop, account, TODAY)
    before = shop.one(Account).version
    run(shop)
    assert [event.subject for event in shop.audit() if event.action == "invoice.issued"] == ["2026-0001"]
    assert shop.one(Account).version > before


def test_an_invoice_of_a_run_is_final(shop: Shop, account: int) -> None:
    service(shop, account, TODAY)
    run(shop)
    for change in ("invoice SET run_id = NULL", "invoice_line SET explanation = NULL", "invoice SET net_cents = 1"):
        assert "is final" in shop.refusal(f"UPDATE {change}")


def test_no_period_can_be_invoiced_twice_whatever_a_program_does(shop: Shop, account: int) -> None:
    service(shop, account, TODAY)
    run(shop)
    draft = shop.draft(account)
    columns = "description, detail, quantity, unit_price, vat_rate, net_cents, service_id, period_start, period_end"
    copied = f"SELECT {draft}, 2, {columns} FROM invoice_line WHERE service_id IS NOT NULL"
    assert "unique" in shop.refusal(f"INSERT INTO invoice_line (invoice_id, position, {columns}) {copied}").lower()


# Again, and looking ahead


def test_a_run_that_is_repeated_changes_nothing(shop: Shop, account: int) -> None:
    service(shop, account, TODAY)
    run(shop)
    before = everything(shop)
    again = run(shop)
    assert (again.run_id, again.tally.invoices) == (None, 0)
    assert everything(shop) == before


def test_a_preview_tells_what_the_run_does_and_changes_nothing(shop: Shop, account: int) -> None:
    credits_of(shop, account, 605)
    for customer in (account, shop.customer()):
        for vat in ("21", "9"):
            service(shop, customer, date(2026, 1, 31), product(shop, "0.12", vat=vat))
    before = everything(shop)
    looked = preview(shop.billing)
    assert everything(shop) == before
    assert looked.tally == run(shop).tally


# What can't be invoiced


def test_a_product_without_a_price_yet_is_named_and_the_rest_is_invoiced(shop: Shop, account: int) -> None:
    unpriced = service(shop, account, TODAY, product(shop, valid_from=date(2026, 3, 7)))
    service(shop, account, TODAY)
    ran = run(shop)
    assert ran.tally.skipped == [Skipped(unpriced, "no_price")]
    assert shop.one(Invoice).net_cents == 1_000
    assert shop.one(Service, id=unpriced).paid_through == date(2026, 3, 5)
    assert run(shop).tally.skipped == [Skipped(unpriced, "no_price")]
    assert shop.broken() == []


def test_an_invoice_of_more_than_can_be_is_named_and_those_of_others_are_made(shop: Shop, account: int) -> None:
    dear = product(shop, "999999.00")
    services = [service(shop, account, TODAY, dear) for _ in range(9)]
    service(shop, shop.customer(), TODAY)
    ran = run(shop)
    assert ran.tally.skipped == [Skipped(service_id, "too_large") for service_id in services]
    assert shop.one(Invoice).net_cents == 1_000
    assert shop.broken() == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("UPDATE account SET name = '' WHERE id = 1", "buyer_name"),
        ("UPDATE account SET country = 'nl' WHERE id = 1", "buyer_country"),
        ("UPDATE product SET name = ' ' WHERE id = 1", "line_without_text"),
    ],
)
def test_an_invoice_that_can_not_be_valid_is_named_and_those_of_others_are_made(
    shop: Shop, account: int, change: str, reason: str
) -> None:
    wrong = service(shop, account, TODAY)
    other = shop.customer()
    service(shop, other, TODAY, product(shop))
    shop.sql(change)
    assert preview(shop.billing).tally.skipped == [Skipped(wrong, reason)]
    assert run(shop).tally.skipped == [Skipped(wrong, reason)]
    assert shop.one(Invoice).account_id == other
    assert shop.one(Service, id=wrong).paid_through == date(2026, 3, 5)
    assert shop.broken() == []
