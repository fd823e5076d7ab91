"""Runs that die, meet each other, or are far from what is usual: nothing is lost, nothing is done twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import text

from billing import locks
from billing.access import SYSTEM
from billing.db import Work
from billing.errors import RunHeld
from billing.invoices.tables import Invoice, InvoiceLine, InvoiceRun
from billing.runs import service as runs
from billing.runs.flows import run_invoices
from billing.runs.rules import RunRules
from tests.factories import Shop
from tests.fakes.crashing import Crash, CrashingDatabase
from tests.renewals import price, product, run, service

pytestmark = pytest.mark.usefixtures("sound_books")

TODAY = date(2026, 3, 6)
CUSTOMERS = 5


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two accounts a transaction, so that a handful of customers is a run of several."""
    monkeypatch.setattr(runs, "CHUNK", 2)


def customers(shop: Shop, count: int = CUSTOMERS, started_on: date = TODAY) -> list[int]:
    """The services of new customers with one each."""
    sold = product(shop)
    return [service(shop, shop.customer(), started_on, sold) for _ in range(count)]


def outcome(shop: Shop) -> list[tuple[object, ...]]:
    """What was invoiced: number, account, period and amounts."""
    lines = {line.invoice_id: line for line in shop.all(InvoiceLine)}
    return [
        (i.number, i.account_id, i.open_cents, lines[i.id or 0].service_id, lines[i.id or 0].period_start)
        for i in shop.all(Invoice)
    ]


def crashing(shop: Shop) -> CrashingDatabase:
    """The shop on a database that can die."""
    database = CrashingDatabase(shop.database.url)
    shop.billing = replace(shop.billing, database=database)
    return database


# A run of five customers commits five times: the beginning, three chunks, the end.
@pytest.mark.parametrize("keeps", [False, True])
@pytest.mark.parametrize("commit", [1, 2, 3, 4, 5])
def test_a_run_that_dies_goes_on_where_it_was_and_ends_like_an_undisturbed_one(
    shop: Shop, commit: int, keeps: bool
) -> None:
    customers(shop)
    database = crashing(shop)
    database.crash_at(commit, keeps=keeps)
    with pytest.raises(Crash):
        run(shop)
    assert shop.broken() == []
    database.survive()
    run(shop)
    database.dispose()
    assert outcome(shop) == [
        (f"2026-000{n}", n, 1_210, n, TODAY) for n in range(1, CUSTOMERS + 1)
    ]  # fmt: skip
    ran = shop.one(InvoiceRun)
    assert (ran.state, ran.invoices, ran.lines, ran.net_cents, ran.vat_cents) == ("finished", 5, 5, 5_000, 1_050)
    assert shop.broken() == []


def test_a_run_that_died_is_finished_by_one_for_a_later_day(shop: Shop) -> None:
    customers(shop)
    database = crashing(shop)
    database.crash_at(3, keeps=True)
    with pytest.raises(Crash):
        run(shop)
    database.survive()
    run(shop, TODAY + timedelta(days=1))
    database.dispose()
    assert [(ran.state, ran.invoices) for ran in shop.all(InvoiceRun)] == [("finished", 4), ("finished", 1)]
    assert len({line.service_id for line in shop.all(InvoiceLine)}) == CUSTOMERS
    assert shop.broken() == []


def test_two_runs_at_one_moment_invoice_everything_once(shop: Shop) -> None:
    customers(shop, 12)
    together = Barrier(2)

    def one_of_them() -> int:
        together.wait(timeout=30)
        return run_invoices(shop.billing, SYSTEM).tally.invoices

    with ThreadPoolExecutor(2) as threads:
        shares = [future.result() for future in [threads.submit(one_of_them) for _ in range(2)]]

    assert sum(shares) == 12
    assert [number for number, *_ in outcome(shop)] == [f"2026-{n:04d}" for n in range(1, 13)]
    assert shop.one(InvoiceRun).invoices == 12
    assert shop.broken() == []


def test_a_chunk_waits_for_another_that_holds_the_same_customers_and_then_finds_nothing(shop: Shop) -> None:
    customers(shop, 2)
    begun = shop.do(runs.begin, SYSTEM, TODAY, RunRules(), forced=False)
    assert begun is not None

    def chunk(work: Work) -> int:
        tally = runs.Tally()
        runs.invoice_chunk(work, SYSTEM, begun, 0, shop.billing.policy.seller, tally)
        work.flush()
        return tally.invoices

    assert shop.overlap(chunk, chunk) == 0
    assert len(shop.all(Invoice)) == 2
    assert shop.broken() == []


def test_a_run_waits_for_who_is_changing_a_customer_and_sees_the_change(shop: Shop) -> None:
    [started] = customers(shop, 1)
    begun = shop.do(runs.begin, SYSTEM, TODAY, RunRules(), forced=False)
    assert begun is not None

    def cancel(work: Work) -> None:
        locks.account(work, 1)
        work.session.execute(text(f"UPDATE service SET state = 'ending', ends_on = paid_through WHERE id = {started}"))

    def chunk(work: Work) -> int:
        tally = runs.Tally()
        runs.invoice_chunk(work, SYSTEM, begun, 0, shop.billing.policy.seller, tally)
        return tally.invoices

    assert shop.overlap(cancel, chunk) == 0
    assert shop.all(Invoice) == []


# The circuit breaker


def held(shop: Shop, factor: int = 3, small: int = 0) -> Shop:
    """The shop with these limits."""
    shop.billing = replace(shop.billing, policy=replace(shop.billing.policy, runs=RunRules(14, factor, small)))
    return shop


def test_the_first_run_has_nothing_to_be_compared_with(shop: Shop) -> None:
    customers(held(shop))
    assert run(shop).tally.invoices == CUSTOMERS


@pytest.mark.parametrize(("count", "is_held"), [(3, False), (4, True)])
def test_a_run_of_many_more_invoices_than_usual_is_held_and_nothing_is_written(
    shop: Shop, count: int, is_held: bool
) -> None:
    customers(held(shop), 1)
    run(shop)
    customers(shop, count)
    if is_held:
        with pytest.raises(RunHeld) as refusal:
            run(shop)
        assert refusal.value.facts == {
            "invoices": 4, "total_cents": 4_840, "alike_invoices": 1, "alike_cents": 1_210,
        }  # fmt: skip
    else:
        run(shop)
    assert len(shop.all(Invoice)) == (1 if is_held else 4)
    assert len(shop.all(InvoiceRun)) == (1 if is_held else 2)


def test_a_price_with_two_zeros_too_many_is_held(shop: Shop) -> None:
    sold = product(held(shop))
    service(shop, shop.customer(), TODAY, sold)
    run(shop)
    price(shop, sold, "1000.00", TODAY + timedelta(days=1))
    service(shop, shop.customer(), TODAY + timedelta(days=1), sold)
    with pytest.raises(RunHeld):
        run(shop)


def test_services_that_seem_years_behind_are_held(shop: Shop) -> None:
    customers(held(shop), 1)
    run(shop)
    customers(shop, 1, date(2016, 1, 1))
    with pytest.raises(RunHeld):
        run(shop)


def test_a_run_far_below_what_is_usual_is_held(shop: Shop) -> None:
    customers(held(shop), 4)
    run(shop)
    customers(shop, 1)
    with pytest.raises(RunHeld):
        run(shop)


def test_a_large_run_that_comes_round_each_month_is_not_held_again(shop: Shop) -> None:
    for count in (1, 4, 1):
        customers(held(shop), count)
        run(shop, forced=True)
    customers(shop, 5)
    assert run(shop).tally.invoices == 5


def test_who_has_looked_can_force_it(shop: Shop) -> None:
    customers(held(shop), 1)
    run(shop)
    customers(shop, 4)
    assert run(shop, forced=True).tally.invoices == 4
    assert [ran.forced for ran in shop.all(InvoiceRun)] == [False, True]


def test_a_run_that_had_begun_goes_on_without_being_held(shop: Shop) -> None:
    customers(held(shop), 4)
    run(shop)
    customers(shop, 4)
    database = crashing(shop)
    database.crash_at(2, keeps=True)
    with pytest.raises(Crash):
        run(shop)
    database.survive()
    assert run(shop).tally.invoices == 2
    database.dispose()


def test_a_small_run_is_never_held(shop: Shop) -> None:
    customers(held(shop, small=5), 1)
    run(shop)
    customers(shop, 4)
    assert run(shop).tally.invoices == 4
