"""Bulk data for measurements are as exact as everything else."""

from billing.accounts.tables import Account
from billing.db import Database
from billing.demo.bulk import seed_bulk
from billing.invoices.tables import Invoice
from tests.factories import Shop
from tests.renewals import run


def test_bulk_data_hold_every_invariant(shop: Shop) -> None:
    seed_bulk(shop.billing, customers=3, invoices=40)
    assert (len(shop.all(Account)), len(shop.all(Invoice))) == (3, 40)
    assert len([invoice for invoice in shop.all(Invoice) if invoice.open_cents]) == 4
    assert shop.broken() == []


def test_work_goes_on_after_bulk_data(shop: Shop) -> None:
    for _ in range(2):
        seed_bulk(shop.billing, customers=2, invoices=5)
    account = shop.customer()
    number = shop.invoice(account)
    shop.pay(shop.member(account), number)
    assert number == "2026-0011"
    assert shop.broken() == []


def test_bulk_data_are_the_same_each_time(sqlite_url: str, shop: Shop) -> None:
    other = Shop(Database(sqlite_url))
    for one in (shop, other):
        seed_bulk(one.billing, customers=2, invoices=7)
    assert [i.model_dump() for i in shop.all(Invoice)] == [i.model_dump() for i in other.all(Invoice)]
    other.database.dispose()


def test_bulk_services_are_all_due_and_a_third_of_their_invoices_meets_credits(shop: Shop) -> None:
    seed_bulk(shop.billing, customers=6, invoices=12, services=3)
    assert shop.broken() == []
    ran = run(shop)
    assert (ran.tally.invoices, ran.tally.lines, ran.tally.skipped) == (6, 18, [])
    assert len([invoice for invoice in shop.all(Invoice, run_id=ran.run_id) if invoice.credits_cents]) == 2
    assert shop.broken() == []
