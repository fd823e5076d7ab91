"""Random stories of services: whatever is changed on whatever day, the documents equal what was shown."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.accounts.tables import Role
from billing.changes.service import keep as _keep
from billing.db import Database
from billing.errors import ChangeRefused
from billing.invoices.tables import Invoice, InvoiceLine
from billing.products.tables import Service
from billing.proration import Proration
from tests.abroad import BELGIAN, number_becomes
from tests.changing import change
from tests.factories import Shop
from tests.renewals import product, run, service

TODAY = date(2026, 3, 6)
cents = st.integers(1, 99_999)
acts = st.tuples(
    st.sampled_from(["cancel", "change", "pay", "credit", "wait", "run", "keep", "renumber"]),
    st.integers(0, 400),
    st.integers(0, 3),
)


@pytest.fixture(params=["sqlite", "postgresql"])
def emptied(request: pytest.FixtureRequest) -> Callable[[], Database]:
    found: Callable[[], Database] = request.getfixturevalue(f"emptied_{request.param}")
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    started_on=st.dates(TODAY - timedelta(days=500), TODAY + timedelta(days=20)), months=st.sampled_from([1, 3, 12]),
    prices=st.lists(cents, min_size=4, max_size=4), policy=st.sampled_from(Proration), story=st.lists(acts, max_size=8),
)  # fmt: skip
def test_whatever_happens_the_documents_equal_the_previews(
    emptied: Callable[[], Database], started_on: date, months: int, prices: list[int], policy: Proration,
    story: list[tuple[str, int, int]],
) -> None:  # fmt: skip
    shop = Shop(emptied())
    teller = _Teller(shop, started_on, months, prices, policy)
    for act, number, place in story:
        getattr(teller, act)(number, place)
    assert shop.broken() == []
    assert teller.refusals <= {"ended", "ending", "beyond", "same_price", "not_offered"}


class _Teller:
    def __init__(self, shop: Shop, started_on: date, months: int, prices: list[int], policy: Proration) -> None:
        self._shop, self._account = shop, shop.customer(country="BE")
        self.refusals: set[str] = set()
        self._owner = shop.member(self._account, Role.OWNER)
        self._products = [
            product(shop, f"{price / 100:.2f}", months=months, proration=policy) for price in prices
        ]  # fmt: skip
        for place in range(2):
            service(shop, self._account, started_on, self._products[place])
        self.run(0, 0)

    def cancel(self, days: int, place: int) -> None:
        self._try(days % 40, place, None)

    def change(self, number: int, place: int) -> None:
        self._try(0, place, self._products[number % len(self._products)])

    def pay(self, number: int, place: int) -> None:
        opened = [i.number or "" for i in self._shop.all(Invoice) if i.open_cents]
        if opened:
            self._shop.pay(self._owner, opened[number % len(opened)])

    def credit(self, number: int, place: int) -> None:
        line = self._shop.all(InvoiceLine)[number % len(self._shop.all(InvoiceLine))] if self._lines() else None
        found = self._shop.one(Invoice, id=line.invoice_id) if line else None
        if line and found and found.total_cents - found.credited_cents > 300 < found.net_cents:
            self._shop.credit(found.number or "", 100, vat=line.vat_rate)

    def wait(self, days: int, place: int) -> None:
        self._shop.clock.advance(days=days % 60)

    def run(self, number: int, place: int) -> None:
        run(self._shop, forced=True)

    def renumber(self, number: int, place: int) -> None:
        """From now on the customer has a VAT number, or none, and so is taxed otherwise."""
        number_becomes(self._shop, self._owner, self._account, BELGIAN if number % 2 else "")

    def keep(self, number: int, place: int) -> None:
        found = self._chosen(place)
        try:
            self._shop.do(_keep, self._shop.proven(self._owner), self._account, found.id)
        except ChangeRefused as refused:
            self.refusals.add(refused.facts["reason"])

    def _try(self, days: int, place: int, product_id: int | None) -> None:
        on = self._today() + timedelta(days=days)
        try:
            change(self._shop, self._owner, self._account, self._chosen(place).id or 0, on, product_id)
        except ChangeRefused as refused:
            self.refusals.add(refused.facts["reason"])

    def _chosen(self, place: int) -> Service:
        found = self._shop.all(Service)
        return found[place % len(found)]

    def _lines(self) -> int:
        return len(self._shop.all(InvoiceLine))

    def _today(self) -> date:
        return self._shop.clock.now().date()
