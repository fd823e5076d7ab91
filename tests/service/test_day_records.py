"""How each day stood: written down once it is over, again when it changed, and never altered."""

import pytest

from billing.access import Actor
from billing.errors import NotAllowed, NotFound
from billing.lights import days, flows, queries
from billing.lights.tables import DayRecord
from tests.factories import Shop
from tests.lighting import Lit


@pytest.fixture
def lit(shop: Shop) -> Lit:
    return Lit(shop)


def watch(shop: Shop) -> None:
    """What the worker does now and then."""
    flows.watch(shop.billing)


def records(shop: Shop) -> list[tuple[int, int, int, int]]:
    """Of each: version, receipts, red, what was expected."""
    return [(one.version, one.receipts, one.red, one.expected_cents) for one in shop.all(DayRecord)]


def test_a_day_is_written_down_when_it_is_over(shop: Shop, lit: Lit, account: int, owner: Actor) -> None:
    shop.pay(owner, shop.invoice(account))
    lit.keep_books()
    shop.clock.advance(days=1)
    watch(shop)
    [record] = shop.all(DayRecord)
    assert (record.receipts, record.red, record.coming) == (1, 0, 1)
    assert (record.expected_cents, record.gateway_cents, record.books_cents, record.dashboard_cents) == (12_100,) * 4
    assert (record.bank_cents, record.previous_hash) == (0, days.GENESIS)


def test_nothing_new_writes_nothing(shop: Shop, lit: Lit) -> None:
    for _ in range(3):
        watch(shop)
    assert records(shop) == [(1, 0, 0, 0)]


def test_what_was_red_and_is_green_is_written_down_again(
    shop: Shop, lit: Lit, account: int, owner: Actor, first: Actor
) -> None:
    number = shop.invoice(account)
    lit.paid_without_a_push(owner, number)
    lit.look()
    shop.clock.advance(days=1)
    watch(shop)
    assert lit.repair(first, lit.red()[0])
    lit.keep_books()
    watch(shop)
    assert records(shop) == [(1, 1, 1, 12_100), (2, 1, 0, 12_100)]
    assert shop.broken() == []
    [newest, *_] = lit.overview(first).days
    assert (newest.version, newest.red) == (2, 0)


def test_days_on_which_nobody_watched_are_made_up_for(shop: Shop, lit: Lit) -> None:
    watch(shop)
    shop.clock.advance(days=4)
    watch(shop)
    assert [record.version for record in shop.all(DayRecord)] == [1] * 5


def test_days_that_are_long_past_are_left_alone(shop: Shop, lit: Lit) -> None:
    watch(shop)
    shop.clock.advance(days=60)
    watch(shop)
    assert len(shop.all(DayRecord)) == 1 + 36


def test_a_record_can_not_be_changed_or_taken_away(shop: Shop, lit: Lit) -> None:
    watch(shop)
    assert "final" in shop.refusal("UPDATE day_record SET red = 0")
    assert "final" in shop.refusal("DELETE FROM day_record")


def test_two_workers_at_once_write_a_day_once(shop: Shop, lit: Lit) -> None:
    terms = flows.terms(shop.billing)
    shop.overlap(lambda work: days.write_down(work, terms), lambda work: days.write_down(work, terms))
    assert records(shop) == [(1, 0, 0, 0)]


def test_an_altered_record_shows(shop: Shop, lit: Lit) -> None:
    watch(shop)
    forged = (
        "INSERT INTO day_record (id, day, version, receipts, red, coming, expected_cents, bank_cents, gateway_cents,"
        " books_cents, dashboard_cents, content, previous_hash, hash, made_at)"
        " SELECT id + 1, day, {version}, 1, 0, 0, 5, 5, 5, 5, 5, content, '{previous}', 'x', made_at FROM day_record"
    )
    chained = "the records of days are what they were, and all there"
    numbered = "the records of a day are numbered without a gap"
    right = shop.one(DayRecord).hash
    assert shop.broken_after(forged.format(version=2, previous=right)) == [chained]
    assert shop.broken_after(forged.format(version=3, previous=right)) == [numbered, chained]


def test_only_finance_reads_how_a_day_stood(shop: Shop, lit: Lit, first: Actor, owner: Actor) -> None:
    watch(shop)
    day = shop.one(DayRecord).day
    assert shop.ask(queries.sealed_day, first, day).row.version == 1
    with pytest.raises(NotAllowed):
        shop.ask(queries.sealed_day, owner, day)
    with pytest.raises(NotFound):
        shop.ask(queries.sealed_day, first, day.replace(year=1999))
