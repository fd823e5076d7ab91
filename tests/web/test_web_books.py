"""Messages of the bookkeeping over HTTP: written down when genuine, refused without a word when not."""

from dataclasses import replace

import pytest
from sqlmodel import select

from billing.adapters.books import NoBooks
from billing.bookkeeping import flows
from billing.bookkeeping.tables import BookEntry
from billing.db import Database
from billing.ports import BookNews
from dashboard import wiring
from dashboard.web.hooks import MAX_BYTES

PATH = "/hooks/books"


@pytest.fixture
def entry(house):
    """An invoice that was handed over."""
    house.invoice(house.customer("Bakkerij"))
    flows.plan(house.billing)
    flows.hand_over(house.billing)
    return one(house)


def one(house):
    return house.billing.ask(lambda work: work.session.exec(select(BookEntry)).one())


def test_what_somebody_booked_there_is_written_down_once(browser, house, entry):
    house.billing.books.news = BookNews("key-1", entry.remote_id, 5, 12100, is_gone=False)
    assert [browser.post(PATH, content=b"{}").status_code for _ in range(2)] == [200, 200]
    assert one(house).foreign_cents == 12100


def test_what_is_of_no_interest_is_answered_all_the_same(browser, house):
    assert browser.post(PATH, content=b"{}").status_code == 200


def test_what_is_forged_is_refused_without_a_word(browser, house):
    answer = browser.post(PATH, content=b"forged")
    assert (answer.status_code, answer.content) == (401, b"")


def test_a_body_that_is_too_large_is_refused(browser, house):
    assert browser.post(PATH, content=b" " * (MAX_BYTES + 1)).status_code == 413


def test_without_a_bookkeeping_nothing_is_taken(browser, house):
    wiring.use(replace(house.billing, books=NoBooks()), wiring.settings())
    assert browser.post(PATH, content=b"{}").status_code == 404


def test_while_the_database_is_away_it_has_to_come_again(browser, house, entry, tmp_path):
    house.billing.books.news = BookNews("key-1", entry.remote_id, 5, 1, is_gone=False)
    away = replace(house.billing, database=Database(f"sqlite:///{tmp_path}/not-migrated.sqlite"))
    wiring.use(away, wiring.settings())
    assert browser.post(PATH, content=b"{}").status_code == 503
