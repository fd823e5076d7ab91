"""Half a year of a company that lives: new services and prices, cancellations, payments, credits, runs that die."""

import random
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest

from billing.clock import local_day
from billing.invoices.tables import Invoice, InvoiceLine
from billing.products.tables import PriceVersion, Service
from billing.runs import service as runs
from tests.factories import Shop
from tests.fakes.crashing import Crash, CrashingDatabase
from tests.renewals import price, product, run, service

STEPS = 120
PRODUCTS = (("9.99", 1), ("0.07", 3), ("36", 12))


class Company:
    """A shop to which things happen at random, the same for the same seed."""

    def __init__(self, shop: Shop, seed: int) -> None:
        self.shop, self.random = shop, random.Random(seed)
        self.crashing = CrashingDatabase(shop.database.url)
        shop.billing = replace(shop.billing, database=self.crashing)
        self.accounts = [shop.customer() for _ in range(3)]
        self.payers = {account: shop.member(account, mails=True) for account in self.accounts}
        self.products = [product(shop, euros, months=months) for euros, months in PRODUCTS]
        self.newest = [date(2020, 1, 1)] * len(self.products)

    @property
    def today(self) -> date:
        return local_day(self.shop.clock.now())

    def live(self) -> None:
        happenings = (self.start, self.start, self.reprice, self.cancel, self.pay, self.credit, self.invoice, self.wait)
        for _ in range(STEPS):
            self.random.choice(happenings)()
            self.shop.clock.advance(minutes=1)
        self.crashing.survive()
        run(self.shop)
        self.crashing.dispose()

    def start(self) -> None:
        day = self.today + timedelta(days=self.random.randint(-70, 30))
        service(self.shop, self.random.choice(self.accounts), day, self.random.choice(self.products))

    def reprice(self) -> None:
        place = self.random.randrange(len(self.products))
        self.newest[place] = max(self.newest[place] + timedelta(days=1), self.today) + timedelta(
            days=self.random.randint(0, 40)
        )
        price(self.shop, self.products[place], f"{self.random.randint(1, 9_999) / 100:.2f}", self.newest[place])

    def cancel(self) -> None:
        active = [row for row in self.shop.all(Service) if row.state == "active"]
        if active:
            ended = self.random.choice(active).id
            self.shop.sql(f"UPDATE service SET state = 'ending', ends_on = paid_through WHERE id = {ended}")

    def pay(self) -> None:
        still_open = [invoice for invoice in self.shop.all(Invoice) if invoice.open_cents]
        if still_open:
            chosen = self.random.choice(still_open)
            self.shop.pay(self.payers[chosen.account_id], chosen.number or "")

    def credit(self) -> None:
        paid = [i for i in self.shop.all(Invoice) if not i.open_cents and not i.credited_cents and i.net_cents > 200]
        if paid:
            self.shop.credit(self.random.choice(paid).number or "", 200)

    def invoice(self) -> None:
        self.crashing.crash_at(self.random.randint(1, 6), keeps=self.random.random() < 0.5)
        with suppress(Crash):
            run(self.shop, self.today + timedelta(days=self.random.randint(0, 10)))
        self.crashing.survive()

    def wait(self) -> None:
        self.shop.clock.advance(days=self.random.randint(1, 40))


@pytest.mark.parametrize("seed", range(3))
def test_each_day_of_each_service_is_invoiced_once_at_the_price_of_its_period(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(runs, "CHUNK", 2)
    Company(shop, seed).live()

    assert shop.broken() == []
    assert len(shop.all(InvoiceLine)) > 20
    issued = {invoice.id: invoice.issued_at for invoice in shop.all(Invoice)}
    for row in shop.all(Service):
        prices, expected = shop.all(PriceVersion, product_id=row.product_id), row.started_on
        for line in shop.all(InvoiceLine, service_id=row.id):
            known = [p for p in prices if p.created_at <= issued[line.invoice_id] and p.valid_from <= expected]
            price_then = max(known, key=lambda version: version.valid_from).unit_price
            assert (line.period_start, line.unit_price) == (expected, price_then)
            expected = (line.period_end or date.max) + timedelta(days=1)
        assert row.paid_through == expected - timedelta(days=1)
