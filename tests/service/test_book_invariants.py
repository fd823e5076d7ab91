"""What `voldaan check` says of the bookkeeping, and what the database itself refuses."""

import pytest

from billing.access import SYSTEM, Actor
from billing.bookkeeping import flows
from billing.bookkeeping.planning import LATE
from billing.credits.service import GiveCredits, give_credits
from tests.factories import Shop


def look(shop: Shop) -> None:
    """Have the journal looked at for good."""
    flows.plan(shop.billing)
    shop.clock.advance(seconds=LATE.total_seconds() + 1)
    flows.plan(shop.billing)


@pytest.fixture
def number(shop: Shop, account: int) -> str:
    """An invoice that was handed over, and that the journal has been looked at for."""
    number = shop.invoice(account)
    flows.plan(shop.billing)
    flows.hand_over(shop.billing)
    look(shop)
    assert shop.broken() == []
    return number


@pytest.mark.parametrize(
    ("damage", "broken"),
    [
        ("DELETE FROM book_entry", "every invoice since the books were connected was handed over or waits for it"),
        (
            "UPDATE book_entry SET number = 'X'",
            "a document in the books is the one of that number, of that customer",
        ),
        (
            "INSERT INTO book_entry (administration, kind, invoice_id, account_id, number, journal_id, has_file, state,"
            " tries, due_at, last_error, foreign_cents, heard_version) SELECT administration, kind, invoice_id,"
            " account_id, 'again', journal_id, has_file, 'waiting', 0, due_at, '', 0, 0 FROM book_entry",
            "no document stands in the books twice",
        ),
    ],
)
def test_damage_is_found(shop: Shop, number: str, damage: str, broken: str) -> None:
    assert broken in shop.broken_after(damage)


def test_news_that_was_missed_is_found(shop: Shop, number: str) -> None:
    shop.credit(number, 100)
    look(shop)
    missed = "whatever the journal says of a document in the books makes it wait again"
    assert shop.broken_after("UPDATE book_entry SET journal_id = 1 WHERE kind = 'invoice'") == [missed]


def test_a_credit_note_that_is_missing_is_found(shop: Shop, number: str) -> None:
    shop.credit(number, 100)
    look(shop)
    missing = "every credit note since the books were connected was handed over or waits for it"
    assert shop.broken_after("DELETE FROM book_entry WHERE kind = 'credit_note'") == [missing]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE book_entry SET remote_id = NULL",
        "UPDATE book_entry SET has_file = false",
        "UPDATE book_entry SET state = 'lost'",
        "UPDATE book_entry SET state = 'held', last_error = ''",
        "UPDATE book_entry SET kind = 'credit_note'",
        "UPDATE book_entry SET foreign_cents = 'many'",
        "INSERT INTO book_contact SELECT administration, 99, remote_id, digest FROM book_contact",
    ],
)
def test_what_can_not_be_is_refused_by_the_database(shop: Shop, number: str, statement: str) -> None:
    assert shop.refusal(statement) != ""


def test_an_entry_that_no_document_tells_of_and_that_is_missing_is_found(shop: Shop, number: str, account: int) -> None:
    shop.do(give_credits, SYSTEM, GiveCredits(account, 500, "storing"))
    look(shop)
    missing = "every entry since then that no document is about was handed over or waits for it"
    assert shop.broken_after("DELETE FROM book_entry WHERE kind = 'journal'") == [missing]


def test_a_payment_of_an_invoice_from_before_that_is_missing_is_found(shop: Shop, account: int, owner: Actor) -> None:
    older = shop.invoice(account)
    shop.clock.advance(days=1)
    flows.plan(shop.billing)
    shop.pay(owner, older)
    look(shop)
    assert shop.broken() == []
    missing = "what settles an invoice from before the books were connected was handed over or waits for it"
    assert shop.broken_after("DELETE FROM book_entry") == [missing]
