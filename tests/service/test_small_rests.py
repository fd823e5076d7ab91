"""A rest of an invoice that is too small to ask for goes on to the next one, and nothing of it is lost."""

import pytest

from billing.access import SYSTEM
from billing.correspondence.queries import InvoiceView
from billing.credits import service as credits
from billing.credits.service import CreditLines, GiveCredits
from billing.db import Database
from billing.invoices.service import IssueInvoice
from billing.settlement import Label
from tests.factories import SELLER, Shop, line


@pytest.fixture
def shop(database: Database) -> Shop:
    """A company that doesn't ask for less than a euro."""
    return Shop(database, floor_cents=100)


def issue(shop: Shop, account_id: int, euros: str = "12.40") -> str:
    """The number of a new invoice that credits settle as far as they go; the default comes to € 15,00 with its VAT."""
    draft_id = shop.draft(account_id, line(euros))
    return shop.do(credits.issue_and_settle, SYSTEM, IssueInvoice(draft_id, SELLER)).number or ""


def give(shop: Shop, account_id: int, cents: int) -> None:
    shop.do(credits.give_credits, SYSTEM, GiveCredits(account_id, cents, "Storing"))


def carried_on(shop: Shop, account_id: int) -> str:
    """An invoice of € 15,00 that credits of € 14,90 settled."""
    give(shop, account_id, 1490)
    return issue(shop, account_id)


def credits_of(shop: Shop, account_id: int) -> int:
    return shop.ask(credits.balance_cents, account_id)


def settled_by(view: InvoiceView) -> list[tuple[str, str, int]]:
    return [(settlement.kind, settlement.label, settlement.cents) for settlement in view.document.settlements]


def test_an_invoice_with_a_small_rest_counts_as_settled(shop: Shop) -> None:
    account_id = shop.customer()
    number = carried_on(shop, account_id)
    assert shop.status(number).label is Label.PAID
    assert (shop.row(number).open_cents, shop.row(number).carried_cents) == (0, 10)
    assert shop.broken() == []


def test_the_next_invoice_asks_for_it_below_its_own_total(shop: Shop) -> None:
    account_id = shop.customer()
    first = carried_on(shop, account_id)
    second = issue(shop, account_id, "100.00")
    assert (shop.row(second).total_cents, shop.row(second).open_cents) == (12_100, 12_110)
    assert shop.status(second).label is Label.UNPAID
    reader = shop.member(account_id)
    assert settled_by(shop.view(reader, second)) == [("brought", first, -10)]
    assert settled_by(shop.view(reader, first)) == [("credit", "", 1490), ("carried", second, 10)]
    assert shop.broken() == []


def test_it_is_paid_with_the_next_invoice(shop: Shop) -> None:
    account_id = shop.customer()
    carried_on(shop, account_id)
    second = issue(shop, account_id, "100.00")
    payer = shop.member(account_id)
    shop.pay(payer, second)
    assert shop.open_cents(second) == [0]
    assert credits_of(shop, account_id) == 0
    assert shop.broken() == []


def test_a_rest_of_just_the_floor_is_asked_for(shop: Shop) -> None:
    account_id = shop.customer()
    give(shop, account_id, 1400)
    number = issue(shop, account_id)
    assert shop.open_cents(number) == [100]


def test_a_small_invoice_that_nothing_has_settled_is_asked_for(shop: Shop) -> None:
    number = issue(shop, shop.customer(), "0.50")
    assert shop.open_cents(number) == [61]


def test_several_lots_are_used_up_before_a_rest_is_small(shop: Shop) -> None:
    account_id = shop.customer()
    give(shop, account_id, 1490)
    give(shop, account_id, 500)
    number = issue(shop, account_id)
    assert (shop.open_cents(number), shop.row(number).carried_cents, credits_of(shop, account_id)) == ([0], 0, 490)


def test_credits_pay_the_rest_together_with_the_next_invoice(shop: Shop) -> None:
    account_id = shop.customer()
    carried_on(shop, account_id)
    give(shop, account_id, 20_000)
    second = issue(shop, account_id, "100.00")
    assert (shop.open_cents(second), credits_of(shop, account_id)) == ([0], 20_000 - 12_110)
    assert shop.broken() == []


def test_a_rest_may_go_on_more_than_once(shop: Shop) -> None:
    account_id = shop.customer()
    carried_on(shop, account_id)
    give(shop, account_id, 1450)
    second = issue(shop, account_id)
    assert (shop.open_cents(second), shop.row(second).carried_cents) == ([0], 60)
    third = issue(shop, account_id)
    assert shop.open_cents(third) == [1560]
    assert shop.broken() == []


def test_a_credit_note_takes_a_waiting_rest_off_first(shop: Shop) -> None:
    account_id = shop.customer()
    number = carried_on(shop, account_id)
    note = shop.do(credits.credit_lines, SYSTEM, CreditLines(shop.row(number).id or 0, "Vergissing"))
    assert (note.offset_cents, note.credit_cents) == (10, 1490)
    assert (shop.status(number).label, shop.row(number).carried_cents) == (Label.CREDITED, 0)
    issue(shop, account_id)
    assert credits_of(shop, account_id) == 0
    assert shop.broken() == []


def test_a_credit_note_after_the_next_invoice_gives_the_rest_back_as_credits(shop: Shop) -> None:
    account_id = shop.customer()
    first = carried_on(shop, account_id)
    issue(shop, account_id, "100.00")
    note = shop.do(credits.credit_lines, SYSTEM, CreditLines(shop.row(first).id or 0, "Vergissing"))
    assert (note.offset_cents, note.credit_cents) == (0, 1500)
    assert credits_of(shop, account_id) == 1500
    assert shop.broken() == []


def test_a_credit_note_that_leaves_little_lets_it_go_on(shop: Shop) -> None:
    account_id = shop.customer()
    number = issue(shop, account_id, "100.00")
    shop.credit(number, 9950)
    assert (shop.open_cents(number), shop.row(number).carried_cents) == ([0], 60)
    assert shop.broken() == []


def test_money_that_the_bank_takes_back_leaves_the_rest_where_it_went(shop: Shop) -> None:
    account_id = shop.customer()
    carried_on(shop, account_id)
    second = issue(shop, account_id, "100.00")
    payer = shop.member(account_id)
    shop.hear(shop.gateway.take_back(shop.pay(payer, second)))
    assert (shop.open_cents(second), shop.status(second).label) == ([12_110], Label.RETURNED)
    assert shop.broken() == []


def test_where_every_cent_is_asked_for_nothing_goes_on(database: Database) -> None:
    shop = Shop(database)
    number = carried_on(shop, shop.customer())
    assert (shop.open_cents(number), shop.row(number).carried_cents) == ([10], 0)
