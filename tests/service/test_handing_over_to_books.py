"""Documents on their way to the bookkeeping: each once, as it stands by the journal, whatever goes wrong there."""

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import date, timedelta

import pytest

from billing.access import SYSTEM, Actor
from billing.bookkeeping import documents, flows, planning, queue, report
from billing.bookkeeping.planning import LATE
from billing.bookkeeping.tables import BookEntry, BookLink
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.db import Database, Work
from billing.errors import ProviderRefused, ProviderUnclear
from billing.invoices import service as invoices
from billing.invoices.service import IssueInvoice
from billing.ports import (
    BookDocument,
    BooksBusy,
    BooksClosed,
    Contra,
    RefundOrder,
    TransactionKind,
)
from tests.banking import Bank
from tests.factories import SELLER, Shop, line

pytestmark = pytest.mark.usefixtures("sound_books")

UNCLEAR = ProviderUnclear(reason="ReadTimeout")


def hand_over(shop: Shop) -> None:
    """What the worker does, until nothing is due."""
    while flows.plan(shop.billing):
        pass
    while flows.hand_over(shop.billing):
        pass


def entry(shop: Shop, number: str) -> BookEntry:
    return shop.one(BookEntry, number=number)


def wanted(shop: Shop, taken: BookEntry) -> BookDocument:
    return shop.ask(documents.wanted, taken).document


def settled(shop: Shop, number: str) -> list[tuple[int, Contra]]:
    return [(one.cents, one.contra) for one in shop.books.of(number).settlements]


def test_an_invoice_is_handed_over_with_its_customer_its_lines_and_its_pdf(shop: Shop, account: int) -> None:
    number = shop.invoice(account)
    hand_over(shop)
    kept = shop.books.of(number)
    assert shop.books.contacts[f"K{account}"].name == "Bakkerij Test"
    assert (kept.document.total_cents, kept.contact_id) == (12100, f"contact K{account}")
    assert [(one.net_cents, one.vat_code) for one in kept.document.lines] == [(10000, "21")]
    assert kept.file != b""
    assert entry(shop, number).state == "handed_over"


def test_nothing_waits_while_no_bookkeeping_is_connected(shop: Shop, account: int) -> None:
    shop.books.administration = ""
    shop.invoice(account)
    hand_over(shop)
    assert (shop.all(BookLink), shop.all(BookEntry), shop.books.calls) == ([], [], [])


def test_on_connecting_only_documents_of_that_day_on_are_handed_over(shop: Shop, account: int) -> None:
    old = shop.invoice(account)
    shop.clock.advance(days=1)
    new = shop.invoice(account)
    hand_over(shop)
    assert (shop.books.numbers(), old in shop.books.numbers()) == ([new], False)


def test_two_workers_that_see_an_administration_for_the_first_time_at_once_both_go_on(shop: Shop) -> None:
    with ThreadPoolExecutor() as other, shop.database.session(writes=True) as session:
        planning.plan(Work(session, shop.clock.now()), "1001", None)
        second = other.submit(shop.do, planning.plan, "1001", None)
        assert wait([second], timeout=0.5).not_done
        session.commit()
        second.result(timeout=30)
    assert len(shop.all(BookLink)) == 1


def test_older_documents_are_brought_in_by_an_earlier_day(shop: Shop, account: int) -> None:
    old = shop.invoice(account)
    shop.clock.advance(days=1)
    new = shop.invoice(account)
    hand_over(shop)
    shop.billing = replace(shop.billing, policy=replace(shop.billing.policy, books_since=date(2020, 1, 1)))
    hand_over(shop)
    assert shop.books.numbers() == [new, old]


def test_a_payment_settles_the_invoice_there_too(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    hand_over(shop)
    shop.pay(owner, number)
    hand_over(shop)
    assert settled(shop, number) == [(12100, Contra.PAYMENTS)]
    assert shop.books.numbers() == [number]


def test_a_credit_note_is_a_document_of_its_own_and_settles_its_invoice(shop: Shop, account: int) -> None:
    number = shop.invoice(account)
    note = shop.credit(number, 10_000)
    hand_over(shop)
    assert shop.books.of(note.number).document.total_cents == -12100
    assert settled(shop, number) == [(12100, Contra.NOTES)]
    assert settled(shop, note.number) == [(-12100, Contra.NOTES)]


def test_a_credit_note_on_a_paid_invoice_becomes_credits_there(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    shop.pay(owner, number)
    note = shop.credit(number, 10_000)
    hand_over(shop)
    assert settled(shop, number) == [(12100, Contra.PAYMENTS)]
    assert settled(shop, note.number) == [(-12100, Contra.CREDITS)]


def test_whatever_is_repeated_is_not_made_again(shop: Shop, account: int) -> None:
    number = shop.invoice(account)
    hand_over(shop)
    calls = len(shop.books.calls)
    shop.clock.advance(minutes=1)
    hand_over(shop)
    assert (shop.books.numbers(), len(shop.books.calls)) == ([number], calls)


@pytest.mark.parametrize("call", ["keep_contact", "keep_document", "keep_file"])
def test_after_a_time_out_what_was_made_is_found_and_not_made_twice(shop: Shop, account: int, call: str) -> None:
    number = shop.invoice(account)
    shop.books.after[call] = [UNCLEAR]
    hand_over(shop)
    assert (entry(shop, number).state, entry(shop, number).last_error) == ("waiting", "ReadTimeout")
    shop.clock.advance(minutes=1)
    hand_over(shop)
    assert (shop.books.numbers(), entry(shop, number).state) == ([number], "handed_over")


def test_a_payment_that_comes_between_two_tries_does_not_make_the_document_twice(
    shop: Shop, account: int, owner: Actor
) -> None:
    number = shop.invoice(account)
    shop.books.after["keep_document"] = [UNCLEAR]
    hand_over(shop)
    shop.pay(owner, number)
    shop.clock.advance(minutes=1)
    hand_over(shop)
    assert (shop.books.numbers(), settled(shop, number)) == ([number], [(12100, Contra.PAYMENTS)])


def test_a_payment_that_comes_while_a_document_is_under_way_is_handed_over_after_it(
    shop: Shop, account: int, owner: Actor
) -> None:
    number = shop.invoice(account)
    flows.plan(shop.billing)
    taken = shop.do(queue.claim, shop.books.administration)
    assert taken is not None
    shop.do(queue.has_place, taken, shop.books.keep_document(wanted(shop, taken), "c", may_exist=False))
    shop.do(queue.has_file, taken)
    shop.pay(owner, number)
    flows.plan(shop.billing)
    shop.do(queue.finish, taken, 0)
    assert entry(shop, number).state == "waiting"
    hand_over(shop)
    assert (entry(shop, number).state, settled(shop, number)) == ("handed_over", [(12100, Contra.PAYMENTS)])


def test_one_that_is_in_somebodys_hands_is_nobody_elses(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    flows.plan(shop.billing)
    shop.do(queue.claim, shop.books.administration)
    shop.pay(owner, number)
    flows.plan(shop.billing)
    assert shop.do(queue.claim, shop.books.administration) is None


def test_a_busy_bookkeeping_pauses_everything_until_the_time_it_says(shop: Shop, account: int) -> None:
    first, second = shop.invoice(account), shop.invoice(account)
    until = shop.clock.now() + timedelta(minutes=4)
    shop.books.before["keep_document"] = [BooksBusy(reason="rate_limit", until=until)]
    hand_over(shop)
    assert shop.books.numbers() == []
    shop.clock.advance(minutes=3)
    hand_over(shop)
    assert shop.books.numbers() == []
    shop.clock.advance(minutes=2)
    hand_over(shop)
    assert sorted(shop.books.numbers()) == [first, second]
    assert shop.one(BookLink).trouble == ""


def test_a_key_that_no_longer_fits_is_shown_and_holds_no_document(shop: Shop, account: int) -> None:
    number = shop.invoice(account)
    shop.books.before["keep_contact"] = [BooksClosed(reason="http_401")]
    hand_over(shop)
    found = shop.ask(report.standing, shop.books.administration)
    assert (found.trouble, found.needs_a_person, entry(shop, number).state) == ("http_401", True, "waiting")
    shop.clock.advance(hours=1)
    hand_over(shop)
    assert entry(shop, number).state == "handed_over"


def test_a_document_that_is_refused_waits_for_a_person_and_nothing_waits_for_it(shop: Shop, account: int) -> None:
    first, second = shop.invoice(account), shop.invoice(account)
    shop.books.before["keep_document"] = [ProviderRefused(reason="http_422 reference is blank")]
    hand_over(shop)
    assert (entry(shop, first).state, entry(shop, second).state) == ("held", "handed_over")
    [noted] = shop.ask(report.standing, shop.books.administration).noted
    assert (noted.number, noted.problem) == (first, "http_422 reference is blank")


def test_a_person_can_have_it_tried_again(shop: Shop, account: int) -> None:
    number = shop.invoice(account)
    shop.books.after["keep_document"] = [ProviderRefused(reason="total_differs")]
    hand_over(shop)
    assert shop.do(queue.retry, shop.books.administration, number) == 1
    hand_over(shop)
    assert (entry(shop, number).state, shop.books.numbers()) == ("handed_over", [number])


def test_a_known_customer_is_described_again_only_when_something_changed(shop: Shop, account: int) -> None:
    shop.invoice(account)
    hand_over(shop)
    shop.invoice(account)
    hand_over(shop)
    assert shop.books.calls.count("keep_contact") == 1
    shop.sql("UPDATE account SET city = 'Elders'")
    shop.invoice(account)
    hand_over(shop)
    assert (shop.books.calls.count("keep_contact"), shop.books.contacts[f"K{account}"].city) == (2, "Elders")


def test_money_from_the_bank_settles_over_against_the_bank(shop: Shop, account: int) -> None:
    number = shop.invoice(account)
    Bank(shop).pays(12_100, number, on=date(2026, 3, 6))
    hand_over(shop)
    assert settled(shop, number) == [(12100, Contra.BANK)]


def test_a_part_of_a_payment_that_goes_back_lowers_it_there(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    key = shop.pay(owner, number)
    order = RefundOrder("", key, "ideal", 2_100, "", "", "")
    shop.hear(shop.gateway.refund(order).key)
    hand_over(shop)
    assert settled(shop, number) == [(10000, Contra.PAYMENTS)]


def test_credits_and_a_small_rest_settle_an_invoice_there_as_here(database: Database) -> None:
    shop = Shop(database, floor_cents=100)
    account = shop.customer()
    shop.do(credits.give_credits, SYSTEM, GiveCredits(account, 12_090, "Storing"))
    first = shop.do(credits.issue_and_settle, SYSTEM, IssueInvoice(shop.draft(account), SELLER)).number or ""
    second = shop.do(credits.issue_and_settle, SYSTEM, IssueInvoice(shop.draft(account), SELLER)).number or ""
    hand_over(shop)
    assert sorted(settled(shop, first)) == [(10, Contra.CARRIED), (12090, Contra.CREDITS)]
    assert settled(shop, second) == [(-10, Contra.CARRIED)]
    assert shop.broken() == []


def test_money_that_goes_back_takes_the_payment_there_away(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    key = shop.pay(owner, number)
    hand_over(shop)
    shop.hear(shop.gateway.take_back(key, reason_code="AM04", kind=TransactionKind.REVERSAL))
    hand_over(shop)
    assert settled(shop, number) == []


def test_the_journal_is_looked_at_once_and_again_only_where_it_is_young(shop: Shop, account: int) -> None:
    shop.invoice(account)
    hand_over(shop)
    assert shop.one(BookLink).planned_through == 0
    shop.clock.advance(seconds=LATE.total_seconds() + 1)
    hand_over(shop)
    assert shop.one(BookLink).planned_through > 0
    assert flows.plan(shop.billing) == 0


def test_an_invoice_of_two_rates_keeps_both_codes(shop: Shop, account: int) -> None:
    draft_id = shop.draft(account, line("10.00"), line("5.50", vat="9.0"))
    number = shop.do(invoices.issue_invoice, SYSTEM, IssueInvoice(draft_id, SELLER)).number or ""
    hand_over(shop)
    assert [one.vat_code for one in shop.books.of(number).document.lines] == ["21", "9"]


def test_a_reverse_charged_invoice_says_so_by_its_code(shop: Shop, belgian: int) -> None:
    number = shop.invoice(belgian)
    hand_over(shop)
    assert shop.books.of(number).document.total_cents == 10000
    assert {one.vat_code for one in shop.books.of(number).document.lines} == {"reverse_charge"}
