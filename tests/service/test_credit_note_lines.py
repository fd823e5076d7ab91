"""Credit notes per line of an invoice: what may be taken back, and what happens with the money."""

from decimal import Decimal

import pytest

from billing.access import SYSTEM, Actor
from billing.credits import service
from billing.credits.service import CreditLine, CreditLines, GiveCredits
from billing.credits.tables import CreditLot, CreditNote, CreditNoteLine, CreditNoteVat, Payout
from billing.errors import InvalidAmount, NotFound, Refused
from billing.invoices.service import IssueInvoice
from billing.invoices.tables import InvoiceLine
from billing.ports import Method
from billing.settlement import Label
from tests.factories import SELLER, Shop, line

pytestmark = pytest.mark.usefixtures("sound_books")


@pytest.fixture
def number(shop: Shop, account: int) -> str:
    """An invoice of three lines at two rates: € 120 and € 30 at 21 %, € 50 at 9 %; with VAT € 236."""
    draft_id = shop.draft(account, line("10.00", quantity="12"), line("30.00"), line("50.00", vat="9"))
    return shop.do(service.issue_and_settle, SYSTEM, IssueInvoice(draft_id, SELLER)).number or ""


def lines(shop: Shop, number: str) -> list[int]:
    """The ids of the lines of an invoice."""
    return [found.id or 0 for found in shop.all(InvoiceLine, invoice_id=shop.row(number).id)]


def take_back(shop: Shop, number: str, *parts: CreditLine, payout_cents: int = 0) -> CreditNote:
    command = CreditLines(shop.row(number).id or 0, "Opgezegd", parts, payout_cents)
    return shop.do(service.credit_lines, SYSTEM, command)


def split(note: CreditNote) -> tuple[int, int, int]:
    return note.offset_cents, note.credit_cents, note.payout_cents


def test_a_note_has_lines_of_the_invoice_and_vat_per_rate(shop: Shop, number: str) -> None:
    hosting, _, domain = lines(shop, number)
    note = take_back(shop, number, CreditLine(hosting, quantity=Decimal(5)), CreditLine(domain, net_cents=1_000))
    assert [
        (taken.invoice_line_id, taken.description, taken.quantity, taken.unit_price, taken.net_cents)
        for taken in shop.all(CreditNoteLine)
    ] == [(hosting, "Webhosting", 5, 10, 5_000), (domain, "Webhosting", 1, 10, 1_000)]
    assert [(v.vat_rate, v.base_cents, v.vat_cents) for v in shop.all(CreditNoteVat)] == [
        (21, 5_000, 1_050),
        (9, 1_000, 90),
    ]
    assert (note.net_cents, note.vat_cents, note.total_cents) == (6_000, 1_140, 7_140)
    assert shop.broken() == []


def test_a_note_repeats_the_invoice_and_its_parties_as_they_were(shop: Shop, number: str) -> None:
    shop.sql("UPDATE account SET name = 'Andere naam'")
    note = take_back(shop, number)
    invoice = shop.row(number)
    assert (note.invoice_number, note.invoice_issued_on) == (number, invoice.issued_on)
    assert (note.seller, note.buyer, note.language) == (invoice.seller, invoice.buyer, invoice.language)


def test_without_lines_all_that_is_left_is_taken_back(shop: Shop, number: str) -> None:
    hosting, *_ = lines(shop, number)
    take_back(shop, number, CreditLine(hosting, net_cents=1_234))
    rest = take_back(shop, number)
    assert rest.total_cents == 23_600 - 1_493
    assert (shop.open_cents(number), shop.status(number).label) == ([0], Label.CREDITED)
    with pytest.raises(Refused, match="exceeds_invoice"):
        take_back(shop, number)
    assert shop.broken() == []


def test_a_part_may_say_what_it_is_for(shop: Shop, number: str) -> None:
    hosting, *_ = lines(shop, number)
    take_back(shop, number, CreditLine(hosting, net_cents=100, detail="3 maart tot en met 9 maart"))
    assert shop.one(CreditNoteLine).detail == "3 maart tot en met 9 maart"


@pytest.mark.parametrize("part", [{"quantity": Decimal(13)}, {"net_cents": 12_001}], ids=["quantity", "amount"])
def test_more_than_a_line_is_refused(shop: Shop, number: str, part: dict[str, object]) -> None:
    hosting, *_ = lines(shop, number)
    with pytest.raises(Refused, match="exceeds_line"):
        take_back(shop, number, CreditLine(hosting, **part))  # type: ignore[arg-type]  # one of two fields


def test_more_than_is_left_of_a_line_is_refused(shop: Shop, number: str) -> None:
    hosting, *_ = lines(shop, number)
    take_back(shop, number, CreditLine(hosting, quantity=Decimal(7)))
    with pytest.raises(Refused, match="exceeds_line"):
        take_back(shop, number, CreditLine(hosting, quantity=Decimal(6)))
    assert len(shop.all(CreditNote)) == 1


def test_nothing_of_a_line_is_refused(shop: Shop, number: str) -> None:
    hosting, *_ = lines(shop, number)
    with pytest.raises(InvalidAmount):
        take_back(shop, number, CreditLine(hosting, net_cents=0))


def test_a_line_of_another_invoice_or_one_named_twice_is_refused(shop: Shop, account: int, number: str) -> None:
    hosting, *_ = lines(shop, number)
    [foreign] = lines(shop, shop.invoice(account))
    for parts in ([CreditLine(foreign)], [CreditLine(hosting, net_cents=1), CreditLine(hosting, net_cents=1)]):
        with pytest.raises(Refused, match="unknown_line"):
            take_back(shop, number, *parts)


def test_a_credit_note_can_not_be_credited_itself(shop: Shop, number: str) -> None:
    note = take_back(shop, number)
    with pytest.raises(Refused, match="is_credit_note"):
        shop.do(service.invoice_to_credit, note.number)
    assert shop.do(service.invoice_to_credit, number) == shop.row(number).id
    with pytest.raises(NotFound):
        shop.do(service.invoice_to_credit, "2026-9999")


def test_what_is_open_goes_first_then_the_rest_becomes_credit(shop: Shop, owner: Actor, number: str) -> None:
    key = shop.start_key(owner, number, method=Method.TRANSFER)
    shop.hear(shop.gateway.copy(key, amount_cents=20_000))
    note = take_back(shop, number, CreditLine(lines(shop, number)[0]))
    assert split(note) == (3_600, 10_920, 0)
    assert shop.ask(service.balance_cents, note.account_id) == 10_920
    assert shop.broken() == []


def test_a_note_may_be_kept_in_part_and_paid_out_in_part(shop: Shop, owner: Actor, number: str) -> None:
    shop.pay(owner, number)
    note = take_back(shop, number, CreditLine(lines(shop, number)[1]), payout_cents=2_000)
    assert split(note) == (0, 1_630, 2_000)
    assert shop.one(Payout).amount_cents == 2_000
    shop.carry_out()
    assert [order.amount_cents for order in shop.gateway.refunded] == [2_000]
    assert shop.ask(service.balance_cents, note.account_id) == 1_630
    assert shop.broken() == []


@pytest.mark.parametrize("payout_cents", [3_631, -1])
def test_more_than_the_note_can_not_be_paid_out(shop: Shop, owner: Actor, number: str, payout_cents: int) -> None:
    shop.pay(owner, number)
    with pytest.raises(Refused, match="payout_exceeds"):
        take_back(shop, number, CreditLine(lines(shop, number)[1]), payout_cents=payout_cents)


def test_what_was_never_paid_can_not_be_paid_out(shop: Shop, account: int, number: str) -> None:
    shop.do(service.give_credits, SYSTEM, GiveCredits(account, 23_600, "Excuus"))
    shop.do(service.settle_with_credits, shop.row(number).id or 0)
    with pytest.raises(Refused, match="payout_exceeds"):
        take_back(shop, number, payout_cents=100)


# Credits that settled the invoice that is now taken back


def credited(shop: Shop, account: int, owner: Actor, *nets: int) -> None:
    """Credits of this net, each from a note on a paid invoice."""
    paid = shop.invoice(account)
    shop.pay(owner, paid)
    for net_cents in nets:
        shop.credit(paid, net_cents)


def left(shop: Shop) -> list[int]:
    return [lot.left_cents for lot in shop.all(CreditLot)]


def settled(shop: Shop, account: int, euros: str) -> str:
    draft_id = shop.draft(account, line(euros))
    return shop.do(service.issue_and_settle, SYSTEM, IssueInvoice(draft_id, SELLER)).number or ""


def test_credits_come_back_when_the_invoice_they_settled_is_taken_back(shop: Shop, account: int, owner: Actor) -> None:
    credited(shop, account, owner, 1_000, 2_000)
    number = settled(shop, account, "30.00")
    assert (left(shop), shop.open_cents(number)) == ([0, 0], [0])
    note = take_back(shop, number)
    assert (left(shop), split(note)) == ([1_210, 2_420], (0, 3_630, 0))
    assert shop.broken() == []


def test_the_credits_used_last_come_back_first(shop: Shop, account: int, owner: Actor) -> None:
    credited(shop, account, owner, 1_000, 2_000)
    number = settled(shop, account, "30.00")
    take_back(shop, number, CreditLine(lines(shop, number)[0], net_cents=500))
    assert left(shop) == [0, 605]
    take_back(shop, number)
    assert left(shop) == [1_210, 2_420]
    assert shop.broken() == []


def test_what_is_open_is_lowered_before_credits_come_back(shop: Shop, account: int, owner: Actor) -> None:
    credited(shop, account, owner, 1_000)
    number = settled(shop, account, "30.00")
    note = take_back(shop, number, CreditLine(lines(shop, number)[0], net_cents=2_500))
    assert (split(note), left(shop), shop.open_cents(number)) == ((2_420, 605, 0), [605], [0])
    assert shop.broken() == []


def test_only_what_was_paid_becomes_new_credit(shop: Shop, account: int, owner: Actor) -> None:
    credited(shop, account, owner, 1_000)
    number = settled(shop, account, "30.00")
    shop.pay(owner, number)
    note = take_back(shop, number)
    assert (split(note), left(shop)) == ((0, 3_630, 0), [1_210, 2_420])
    assert shop.broken() == []


def test_credits_that_came_back_can_be_used_again_also_for_the_same_invoice(
    shop: Shop, account: int, owner: Actor
) -> None:
    credited(shop, account, owner, 5_000)
    number = settled(shop, account, "60.00")
    key = shop.pay(owner, number)
    take_back(shop, number, CreditLine(lines(shop, number)[0], net_cents=2_000))
    shop.hear(shop.gateway.take_back(key))
    assert shop.do(service.settle_with_credits, shop.row(number).id or 0) == 1_210
    assert shop.broken() == []


def test_credits_wait_while_money_is_on_its_way(shop: Shop, account: int, owner: Actor) -> None:
    credited(shop, account, owner, 1_000)
    number = shop.invoice(account)
    shop.sql("UPDATE invoice SET expected_on = '2026-03-09' WHERE open_cents > 0")
    assert shop.do(service.settle_with_credits, shop.row(number).id or 0) == 0
    assert left(shop) == [1_210]


def test_a_gesture_is_credit_without_a_document(shop: Shop, account: int) -> None:
    shop.do(service.give_credits, SYSTEM, GiveCredits(account, 500, "Excuus voor de storing"))
    assert [(lot.source, lot.label, lot.reason) for lot in shop.all(CreditLot)] == [
        ("goodwill", "", "Excuus voor de storing")
    ]
    assert (shop.totals(), shop.broken()) == ({"goodwill": 500, "customer_credit": -500}, [])


@pytest.mark.parametrize("cents", [0, -1])
def test_a_gesture_of_nothing_is_refused(shop: Shop, account: int, cents: int) -> None:
    with pytest.raises(InvalidAmount):
        shop.do(service.give_credits, SYSTEM, GiveCredits(account, cents, "Excuus"))


def test_two_notes_at_one_moment_do_not_take_back_the_same(shop: Shop, number: str) -> None:
    command = CreditLines(shop.row(number).id or 0, "Opgezegd")
    with pytest.raises(Refused, match="exceeds_invoice"):
        shop.overlap(
            lambda work: service.credit_lines(work, SYSTEM, command),
            lambda work: service.credit_lines(work, SYSTEM, command),
        )
    assert (len(shop.all(CreditNote)), shop.broken()) == (1, [])
