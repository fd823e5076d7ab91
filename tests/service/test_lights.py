"""The four lights: what is red and why, and that it is green again after one repair."""

from datetime import timedelta

import pytest

from billing.access import Actor
from billing.bookkeeping import flows as bookkeeping
from billing.bookkeeping import queue
from billing.bookkeeping.tables import BookEntry
from billing.errors import ProviderUnclear
from billing.lights import flows
from billing.payments.tables import GatewayRecord
from billing.ports import BooksClosed, Method, Outcome, TransactionKind
from tests.banking import GATEWAY
from tests.factories import Shop
from tests.lighting import Lit

pytestmark = pytest.mark.usefixtures("sound_books")


@pytest.fixture
def lit(shop: Shop) -> Lit:
    return Lit(shop)


@pytest.fixture
def paid(shop: Shop, lit: Lit, account: int, owner: Actor) -> str:
    """An invoice of € 121 that was paid through the gateway, and stands in the bookkeeping so."""
    number = shop.invoice(account)
    shop.pay(owner, number)
    lit.keep_books()
    return number


# What a light says


def test_a_payment_is_green_everywhere_but_at_the_bank_that_gets_it_later(lit: Lit, paid: str) -> None:
    lit.look()
    assert lit.lights() == {paid: "cggg"}
    [receipt] = lit.receipts()
    assert receipt.expected_on is not None
    assert receipt.expected_on > receipt.day


def test_nobody_has_looked_yet_is_no_green(lit: Lit, paid: str) -> None:
    assert lit.lights() == {paid: "cccg"}


def test_what_the_gateway_paid_out_is_green_at_the_bank_and_leaves_nothing_on_its_account(
    lit: Lit, paid: str, first: Actor
) -> None:
    lit.look()
    assert (lit.overview(first).clearing.cents, lit.lights()[paid][0]) == (12_100, "c")
    lit.pays(12_100, "Uitbetaling", iban=GATEWAY)
    assert lit.lights() == {paid: "gggg"}
    clearing = lit.overview(first).clearing
    assert (clearing.cents, clearing.since, clearing.paid_out_cents) == (0, None, 12_100)


def test_a_payout_brings_the_oldest_money_first(shop: Shop, lit: Lit, account: int, owner: Actor) -> None:
    numbers = [shop.invoice(account) for _ in range(2)]
    for number in numbers:
        shop.pay(owner, number)
    lit.pays(12_100, iban=GATEWAY)
    assert [lit.lights()[number][0] for number in numbers] == ["g", "c"]


def test_money_that_does_not_come_is_red_in_the_end(shop: Shop, lit: Lit, paid: str) -> None:
    shop.clock.advance(days=21)
    assert (lit.causes(), lit.lights()[paid][0]) == ({paid: ("not_paid_out", "")}, "r")


def test_without_statements_of_the_bank_its_light_is_off(shop: Shop, account: int, owner: Actor) -> None:
    lit = Lit(shop, has_bank=False)
    number = shop.invoice(account)
    shop.pay(owner, number)
    assert lit.lights()[number][0] == "-"


def test_a_transfer_to_our_bank_is_no_matter_of_the_gateway(shop: Shop, lit: Lit, account: int) -> None:
    number = shop.invoice(account)
    lit.pays(12_100, shop.row(number).reference)
    lit.keep_books()
    lit.look()
    assert lit.lights() == {number: "g-gg"}


def test_what_went_back_is_a_receipt_below_zero(shop: Shop, lit: Lit, paid: str) -> None:
    [key] = [record.provider_key for record in shop.all(GatewayRecord)]
    shop.hear(shop.gateway.take_back(key))
    lit.keep_books()
    lit.look()
    assert sorted((one.cents, one.kind) for one in lit.receipts()) == [(-12_100, "reversal"), (12_100, "ideal")]
    assert lit.red() == []


def test_without_a_bookkeeping_its_light_is_off(shop: Shop, lit: Lit, account: int, owner: Actor) -> None:
    shop.books.administration = ""
    number = shop.invoice(account)
    shop.pay(owner, number)
    assert lit.look() == ()
    assert lit.lights() == {number: "cg-g"}


def test_who_does_not_answer_is_named_and_the_others_are_heard(lit: Lit, shop: Shop, paid: str) -> None:
    shop.books.before["standing"] = [BooksClosed(reason="http_401")]
    assert lit.look() == ("books",)
    assert lit.lights() == {paid: "cgcg"}


def test_what_was_booked_a_moment_ago_is_on_its_way_to_the_bookkeeping(
    shop: Shop, lit: Lit, account: int, owner: Actor
) -> None:
    number = shop.invoice(account)
    lit.keep_books()
    shop.pay(owner, number)
    lit.look()
    assert lit.lights() == {number: "cgcg"}
    lit.keep_books()
    lit.look()
    assert lit.lights() == {number: "cggg"}


# The three of one day


def test_a_lost_push_a_shifted_line_and_a_double_booking_are_red_with_their_cause_and_then_all_is_green(
    shop: Shop, lit: Lit, account: int, owner: Actor, first: Actor
) -> None:
    lost, shifted, doubled = (shop.invoice(account, euros) for euros in ("48.00", "80.00", "108.00"))
    lit.paid_without_a_push(owner, lost)
    lit.pays(9_680, "dank u wel", on=lit.today - timedelta(days=1), booked_on=lit.today)
    shop.pay(owner, doubled)
    lit.keep_books()
    lit.double(doubled)
    lit.look()

    assert lit.lights() == {lost: "cg-r", shifted: "g-rr", doubled: "cgrg"}
    assert lit.causes() == {
        lost: ("push_missed", "ask"),
        shifted: ("unmatched", "match"),
        doubled: ("books_double", "undouble"),
    }
    [late] = [one for one in lit.red() if one.numbers == (shifted,)]
    assert (late.day, late.booked_on) == (lit.today - timedelta(days=1), lit.today)

    for receipt in lit.red():
        assert lit.repair(first, receipt)
    lit.keep_books()
    lit.look()
    assert lit.lights() == {lost: "cggg", shifted: "g-gg", doubled: "cggg"}
    assert shop.open_cents(lost, shifted, doubled) == [0, 0, 0]
    assert [len(shop.books.of(number).settlements) for number in (lost, shifted, doubled)] == [1, 1, 1]
    assert [event.facts["repair"] for event in shop.audit() if event.action == "receipt.repaired"] != []


# Each cause


def test_a_parked_payment_is_judged_anew(shop: Shop, lit: Lit, account: int, owner: Actor, first: Actor) -> None:
    number = shop.invoice(account)
    key = shop.start_key(owner, number)
    shop.succeed(key, is_test=False)
    lit.look()
    assert lit.causes() == {number: ("parked", "replay")}
    shop.gateway.change(key, Outcome.SUCCEEDED, is_test=True)
    assert lit.repair(first, lit.red()[0])
    assert (shop.record(key).verdict, shop.open_cents(number)) == ("booked", [0])


def test_what_stays_wrong_stays_parked(shop: Shop, lit: Lit, account: int, owner: Actor, first: Actor) -> None:
    number = shop.invoice(account)
    shop.succeed(shop.start_key(owner, number), currency="USD")
    assert lit.repair(first, lit.red()[0])
    assert lit.causes() == {number: ("parked", "replay")}


def test_a_document_that_stands_there_twice_loses_its_double(shop: Shop, lit: Lit, paid: str, first: Actor) -> None:
    original = shop.one(BookEntry, number=paid).remote_id
    shop.books.documents["by hand"] = shop.books.of(paid)
    lit.look()
    assert lit.causes() == {paid: ("books_double", "undouble")}
    assert lit.repair(first, lit.red()[0])
    assert list(shop.books.documents) == [original]
    assert lit.lights() == {paid: "cggg"}


def test_a_document_that_was_thrown_away_there_is_made_again(shop: Shop, lit: Lit, paid: str, first: Actor) -> None:
    shop.books.documents.clear()
    lit.look()
    assert lit.causes() == {paid: ("books_gone", "book")}
    assert lit.repair(first, lit.red()[0])
    assert (shop.books.numbers(), lit.lights()) == ([paid], {paid: "cggg"})


def test_a_payment_that_was_taken_away_there_is_made_again(shop: Shop, lit: Lit, paid: str, first: Actor) -> None:
    shop.books.of(paid).settlements = ()
    lit.look()
    assert lit.causes() == {paid: ("books_missing", "book")}
    assert lit.repair(first, lit.red()[0])
    assert lit.lights() == {paid: "cggg"}


def test_a_bookkeeping_that_did_not_answer_is_asked_again_at_once(
    shop: Shop, lit: Lit, account: int, owner: Actor, first: Actor
) -> None:
    number = shop.invoice(account)
    shop.pay(owner, number)
    shop.books.after["keep_document"] = [ProviderUnclear(reason="ReadTimeout")]
    lit.keep_books()
    assert lit.causes() == {number: ("books_silent", "book")}
    assert lit.repair(first, lit.red()[0])
    lit.look()
    assert (lit.lights(), shop.books.numbers()) == ({number: "cggg"}, [number])


def test_what_a_worker_has_in_its_hands_is_not_handed_over_a_second_time(shop: Shop, lit: Lit, paid: str) -> None:
    entry_id = shop.one(BookEntry, number=paid).id or 0
    shop.do(queue.again, entry_id)
    assert shop.do(queue.claim, "admin-1") is not None
    shop.books.calls.clear()
    bookkeeping.set_right(shop.billing, entry_id)
    assert shop.books.calls == ["standing"]


def test_a_line_that_fits_nothing_can_not_be_matched_by_a_press(lit: Lit, first: Actor) -> None:
    lit.pays(7_777, "wie weet")
    [red] = lit.red()
    assert (red.cause, red.repair) == ("unmatched", None)
    assert not flows.repair(lit.shop.billing, first, red.key, "match", red.numbers)


def test_money_that_a_bank_took_back_without_a_message_is_found(
    shop: Shop, lit: Lit, account: int, owner: Actor, first: Actor
) -> None:
    number = shop.invoice(account)
    key = shop.pay(owner, number, method=Method.CARD)
    lit.keep_books()
    back = shop.gateway.take_back(key, kind=TransactionKind.CHARGEBACK)
    lit.look()
    [red] = lit.red()
    assert (red.key, red.cents, red.cause, red.repair) == (f"gateway:{back}", -12_100, "push_missed", "ask")
    assert lit.repair(first, red)
    lit.keep_books()
    lit.look()
    assert (lit.red(), shop.open_cents(number)) == ([], [12_100])


def test_a_repair_that_is_pressed_twice_or_by_two_people_is_done_once(
    shop: Shop, lit: Lit, account: int, first: Actor, second: Actor
) -> None:
    number = shop.invoice(account)
    lit.pays(12_100, "zonder kenmerk")
    [red] = lit.red()
    assert (lit.repair(first, red), lit.repair(second, red)) == (True, False)
    assert shop.open_cents(number) == [0]


def test_a_gateway_that_does_not_answer_leaves_everything_as_it_was(
    shop: Shop, lit: Lit, account: int, owner: Actor, first: Actor
) -> None:
    number = shop.invoice(account)
    lit.paid_without_a_push(owner, number)
    lit.look()
    [red] = lit.red()
    shop.gateway.down = True
    with pytest.raises(ProviderUnclear):
        lit.repair(first, red)
    shop.gateway.down = False
    assert lit.causes() == {number: ("push_missed", "ask")}
