from decimal import Decimal

import pytest

from billing.access import SYSTEM, Actor
from billing.credits import service
from billing.credits.service import IssueCreditNote
from billing.credits.tables import CreditLot, CreditNote
from billing.errors import InvalidAmount, NotFound, Refused
from billing.invoices.service import IssueInvoice
from billing.ledger.tables import Posting
from billing.outbox import OutboxMessage
from billing.settlement import Label, status
from tests.factories import SELLER, Shop

pytestmark = pytest.mark.usefixtures("sound_books")


def settle_with_credits(shop: Shop, number: str) -> int:
    return shop.do(service.settle_with_credits, shop.row(number).id or 0)


def test_a_credit_note_on_an_open_invoice_lowers_what_is_open(shop: Shop, account: int) -> None:
    number = shop.invoice(account)
    note = shop.credit(number, 1_000)

    assert (note.number, note.total_cents, note.offset_cents, note.credit_cents) == ("C2026-0001", 1_210, 1_210, 0)
    assert shop.open_cents(number) == [10_890]
    assert shop.ask(service.balance_cents, account) == 0


def test_a_credit_note_on_a_paid_invoice_becomes_credit(shop: Shop, account: int, owner: Actor) -> None:
    number = shop.invoice(account)
    shop.pay(owner, number)
    shop.credit(number, 1_000)

    assert shop.ask(service.balance_cents, account) == 1_210
    assert shop.row(number).open_cents == 0
    assert shop.broken() == []


def test_credits_settle_the_next_invoice_oldest_lot_first(shop: Shop, account: int, owner: Actor) -> None:
    paid = shop.invoice(account)
    shop.pay(owner, paid)
    for net_cents in (1_000, 2_000):
        shop.credit(paid, net_cents)
    number = shop.invoice(account, "20.00")

    used = settle_with_credits(shop, number)

    assert used == 2_420
    assert [lot.left_cents for lot in shop.all(CreditLot)] == [0, 1_210]
    assert shop.row(number).credits_cents == 2_420
    assert shop.broken() == []


def test_credits_larger_than_the_invoice_settle_it_and_the_rest_stays(shop: Shop, account: int, owner: Actor) -> None:
    paid = shop.invoice(account)
    shop.pay(owner, paid)
    shop.credit(paid, 10_000)
    number = shop.invoice(account, "20.00")

    assert settle_with_credits(shop, number) == 2_420
    assert (shop.open_cents(number), shop.one(CreditLot).left_cents) == ([0], 9_680)
    assert settle_with_credits(shop, number) == 0


def test_credits_that_do_not_suffice_leave_the_rest_open(shop: Shop, account: int, owner: Actor) -> None:
    paid = shop.invoice(account)
    shop.pay(owner, paid)
    shop.credit(paid, 1_000)
    number = shop.invoice(account)

    assert settle_with_credits(shop, number) == 1_210
    assert shop.open_cents(number) == [10_890]
    assert settle_with_credits(shop, number) == 0


def test_using_credits_touches_neither_turnover_nor_vat(shop: Shop, account: int, owner: Actor) -> None:
    paid = shop.invoice(account)
    shop.pay(owner, paid)
    shop.credit(paid, 1_000)
    before = {(p.ledger_account, p.cents) for p in shop.all(Posting) if p.ledger_account in {"vat", "deferred_revenue"}}

    settle_with_credits(shop, shop.invoice(account))

    taxed = [(p.ledger_account, p.cents) for p in shop.all(Posting) if p.ledger_account in {"vat", "deferred_revenue"}]
    assert set(taxed) - before == set()


def test_an_invoice_credited_in_full_says_so(shop: Shop, account: int) -> None:
    number = shop.invoice(account)
    shop.credit(number, 10_000)
    invoice = shop.row(number)
    label = status(
        total_cents=invoice.total_cents, open_cents=invoice.open_cents, credited_cents=invoice.credited_cents,
        settled_on=invoice.settled_on, expected_on=None, returned_on=None, due_on=shop.clock.now().date(),
        today=shop.clock.now().date(),
    ).label  # fmt: skip
    assert label is Label.CREDITED


def test_credit_notes_never_exceed_their_invoice(shop: Shop, account: int) -> None:
    number = shop.invoice(account)
    shop.credit(number, 9_000)
    with pytest.raises(Refused, match="exceeds_invoice"):
        shop.credit(number, 1_001)
    assert len(shop.all(CreditNote)) == 1


@pytest.mark.parametrize("net_cents", [0, -1, -10_000])
def test_a_credit_note_of_nothing_or_less_is_refused(shop: Shop, account: int, net_cents: int) -> None:
    with pytest.raises(InvalidAmount):
        shop.credit(shop.invoice(account), net_cents)


def test_a_full_credit_in_parts_takes_back_exactly_the_invoice(shop: Shop, account: int) -> None:
    # 21 % of 3 cents rounds up, of 6 cents it rounds down: by themselves two halves have a cent too much VAT.
    number = shop.invoice(account, "0.06")
    halves = [shop.credit(number, 3) for _ in range(2)]
    assert [note.vat_cents for note in halves] == [1, 0]
    assert (shop.row(number).credited_cents, shop.status(number).label) == (7, Label.CREDITED)
    assert shop.broken() == []


def test_a_draft_can_not_be_credited(shop: Shop, account: int) -> None:
    draft_id = shop.draft(account)
    with pytest.raises(Refused):
        shop.do(service.issue_credit_note, SYSTEM, IssueCreditNote(draft_id, 100, Decimal(21), "Opgezegd"))


def test_an_unknown_invoice_can_not_be_credited(shop: Shop) -> None:
    with pytest.raises(NotFound):
        shop.do(service.issue_credit_note, SYSTEM, IssueCreditNote(17, 100, Decimal(21), "Opgezegd"))


def test_the_same_credit_is_not_spent_twice_at_one_moment(shop: Shop, account: int, owner: Actor) -> None:
    paid = shop.invoice(account)
    shop.pay(owner, paid)
    shop.credit(paid, 1_000)
    first, second = (shop.row(shop.invoice(account)).id or 0 for _ in range(2))

    used = shop.overlap(
        lambda work: service.settle_with_credits(work, first), lambda work: service.settle_with_credits(work, second)
    )

    assert used == 0
    assert shop.broken() == []


def test_an_invoice_that_credits_could_settle_at_once_is_printed_anew_when_it_is_paid(
    shop: Shop, account: int, owner: Actor
) -> None:
    issued = shop.do(service.issue_and_settle, SYSTEM, IssueInvoice(shop.draft(account), SELLER))
    shop.pay(owner, issued.number or "")
    printed = [message.dedup_key for message in shop.all(OutboxMessage, task="render_invoice")]
    assert printed == [f"render:{issued.id}:1", f"render:{issued.id}:2"]
