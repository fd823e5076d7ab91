"""What the bookkeeping says happened there: reported to a person, and never believed as money."""

import pytest

from billing.bookkeeping import flows, report
from billing.bookkeeping.tables import BookEntry
from billing.ports import BookNews, NewsRefused
from tests.factories import Shop

pytestmark = pytest.mark.usefixtures("sound_books")


@pytest.fixture
def number(shop: Shop, account: int) -> str:
    """An invoice that was handed over."""
    number = shop.invoice(account)
    flows.plan(shop.billing)
    flows.hand_over(shop.billing)
    return number


def entry(shop: Shop, number: str) -> BookEntry:
    return shop.one(BookEntry, number=number)


def test_money_of_another_is_reported_and_not_believed(shop: Shop, number: str) -> None:
    remote = entry(shop, number).remote_id or ""
    shop.books.news = BookNews("msg_1", remote, 7, 12100, is_gone=False)
    assert flows.receive_news(shop.billing, {}, b"{}")
    [noted] = shop.ask(report.standing, shop.books.administration).noted
    assert (noted.number, noted.foreign_cents) == (number, 12100)
    assert shop.row(number).open_cents == 12100


def test_news_twice_late_or_of_others_changes_nothing(shop: Shop, number: str) -> None:
    remote = entry(shop, number).remote_id or ""
    heard = [("a", remote, 7, 100), ("a", remote, 7, 100), ("b", remote, 6, 900), ("c", "another", 9, 5)]
    answers = []
    for message_id, document_id, version, cents in heard:
        shop.books.news = BookNews(message_id, document_id, version, cents, is_gone=False)
        answers.append(flows.receive_news(shop.billing, {}, b"{}"))
    assert (answers, entry(shop, number).foreign_cents) == ([True, False, False, False], 100)


def test_a_document_that_was_thrown_away_there_is_held_for_a_person(shop: Shop, number: str) -> None:
    shop.books.news = BookNews("a", entry(shop, number).remote_id or "", 9, 0, is_gone=True)
    flows.receive_news(shop.billing, {}, b"{}")
    assert (entry(shop, number).state, entry(shop, number).last_error) == ("held", "removed_there")


def test_forged_news_is_refused(shop: Shop) -> None:
    with pytest.raises(NewsRefused):
        flows.receive_news(shop.billing, {}, b"forged")
