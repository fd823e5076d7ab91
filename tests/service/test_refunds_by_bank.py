"""What came by bank transfer and was too much goes back by one: asked, made, approved, handed out, seen to leave."""

import pytest

from billing.access import Actor
from billing.bank import worklist
from billing.bank.refunds.queries import files, waiting
from billing.bank.refunds.tables import BankTransfer
from billing.bank.tables import BankLine
from billing.credits import choices
from billing.credits.queries import statement
from billing.credits.tables import Payout
from billing.errors import CheckNeeded, NotAllowed, NotFound, NothingOverpaid, Refused
from billing.payments.queries import overpaid_cents
from billing.states import PaymentState
from tests.banking import PAYER, Bank
from tests.factories import Shop
from tests.refunding import Refunding, told

pytestmark = pytest.mark.usefixtures("sound_books")


@pytest.fixture
def refunding(shop: Shop, account: int, owner: Actor) -> Refunding:
    return Refunding(shop, Bank(shop), account, owner)


def state(shop: Shop) -> str:
    return shop.all(Payout)[0].state


def test_what_was_too_much_goes_back_to_the_account_it_came_from(
    shop: Shop, refunding: Refunding, account: int, owner: Actor, first: Actor
) -> None:
    payout = refunding.ask_back(refunding.overpay())
    assert shop.ask(overpaid_cents, owner, account) == 0
    file = refunding.prepare(first)
    assert refunding.approve(first, file) == 0
    content = refunding.hand_out(first, file)
    assert told(content, "InstdAmt", "CtrlSum") == [["5.00"], ["5.00", "5.00"]]
    assert told(content, "IBAN")[0][1:] == [PAYER]
    assert state(shop) == "pending"
    refunding.leaves()
    assert (state(shop), shop.totals()["bank"], shop.totals().get("payout", 0)) == ("succeeded", 12_100, 0)
    assert shop.ask(statement, owner, account).payouts[0].state is PaymentState.SUCCEEDED
    assert payout.amount_cents == 500


def test_the_customer_sees_it_is_on_its_way_and_can_not_spend_it_meanwhile(
    shop: Shop, refunding: Refunding, account: int, owner: Actor
) -> None:
    payment = refunding.overpay()
    refunding.ask_back(payment)
    assert shop.ask(statement, owner, account).payouts[0].state is PaymentState.CREATED
    with pytest.raises(NothingOverpaid):
        shop.do(choices.keep_as_credits, shop.proven(owner), account, payment)
    with pytest.raises(NothingOverpaid):
        refunding.ask_back(payment)


def test_the_gateway_is_never_asked_to_send_it(shop: Shop, refunding: Refunding) -> None:
    refunding.ask_back(refunding.overpay())
    shop.carry_out()
    assert (shop.gateway.refunded, state(shop)) == ([], "created")


def test_a_transfer_of_which_nobody_knew_whose_it_was_goes_back_too(
    shop: Shop, refunding: Refunding, first: Actor
) -> None:
    number = shop.invoice(refunding.account)
    refunding.bank.pays(12_600, "dank")
    shop.do(worklist.confirm, first, 1, [number])
    refunding.ask_back(1)
    file = refunding.prepare(first)
    refunding.approve(first, file)
    refunding.hand_out(first, file)
    refunding.leaves()
    assert (state(shop), shop.totals()["bank"]) == ("succeeded", 12_100)


def test_from_the_limit_on_two_different_people_approve(refunding: Refunding, first: Actor, second: Actor) -> None:
    refunding.ask_back(refunding.overpay(cents=1_000))
    file = refunding.prepare(first)
    assert refunding.approve(first, file) == 1
    with pytest.raises(Refused, match="approved_before"):
        refunding.approve(first, file)
    with pytest.raises(Refused, match="needs_approval"):
        refunding.hand_out(first, file)
    assert refunding.approve(second, file) == 0
    assert refunding.hand_out(first, file)


def test_without_approval_nothing_is_handed_out(shop: Shop, refunding: Refunding, first: Actor) -> None:
    refunding.ask_back(refunding.overpay())
    with pytest.raises(Refused, match="needs_approval"):
        refunding.hand_out(first, refunding.prepare(first))
    assert state(shop) == "created"


def test_a_file_is_the_same_however_often_it_is_fetched_and_what_is_in_it_is_in_no_other(
    refunding: Refunding, first: Actor
) -> None:
    file = refunding.sent(first)
    assert refunding.hand_out(first, file) == file.content
    with pytest.raises(Refused, match="nothing_to_send"):
        refunding.prepare(first)
    with pytest.raises(Refused, match="handed_out"):
        refunding.drop(first, file)


def test_a_file_that_is_dropped_leaves_what_was_in_it_for_the_next_one(
    shop: Shop, refunding: Refunding, first: Actor
) -> None:
    refunding.ask_back(refunding.overpay())
    file = refunding.prepare(first)
    refunding.drop(first, file)
    with pytest.raises(Refused, match="dropped"):
        refunding.hand_out(first, file)
    assert (len(shop.ask(waiting, first)), refunding.prepare(first).transfers) == (1, 1)


def test_every_act_asks_for_a_fresh_proof_of_somebody_of_finance(
    shop: Shop, refunding: Refunding, first: Actor, owner: Actor
) -> None:
    payout = refunding.ask_back(refunding.overpay())
    with pytest.raises(NotAllowed):
        refunding.prepare(owner)
    file = refunding.prepare(first)
    shop.clock.advance(minutes=11)
    for act in (refunding.approve, refunding.hand_out, refunding.drop):
        with pytest.raises(NotAllowed):
            act(owner, file)
    with pytest.raises(NotAllowed):
        refunding.put_back(owner, payout)
    with pytest.raises(NotAllowed):
        shop.ask(waiting, owner)
    with pytest.raises(NotAllowed):
        shop.ask(files, owner)


def test_an_old_proof_is_not_enough(shop: Shop, refunding: Refunding, first: Actor) -> None:
    from billing.bank.refunds import service

    refunding.ask_back(refunding.overpay())
    file = refunding.prepare(first)
    stale = shop.proven(first)
    shop.clock.advance(minutes=11)
    with pytest.raises(CheckNeeded):
        shop.do(service.approve, stale, file.id or 0)


def test_what_the_bank_refuses_is_the_customer_s_to_choose_about_again(
    shop: Shop, refunding: Refunding, account: int, owner: Actor, first: Actor
) -> None:
    refunding.sent(first)
    refunding.put_back(first, shop.one(Payout))
    assert (state(shop), shop.ask(overpaid_cents, owner, account)) == ("failed", 500)
    with pytest.raises(Refused, match="ended"):
        refunding.put_back(first, shop.one(Payout))


def test_what_was_believed_refused_and_leaves_all_the_same_is_taken_again(
    shop: Shop, refunding: Refunding, account: int, owner: Actor, first: Actor
) -> None:
    refunding.sent(first)
    refunding.put_back(first, shop.one(Payout))
    refunding.leaves()
    assert (state(shop), shop.ask(overpaid_cents, owner, account)) == ("succeeded", 0)


def test_what_left_although_the_customer_has_spent_it_since_waits_for_a_person(
    shop: Shop, refunding: Refunding, account: int, owner: Actor, first: Actor
) -> None:
    refunding.sent(first)
    refunding.put_back(first, shop.one(Payout))
    shop.do(choices.keep_as_credits, shop.proven(owner), account, 1)
    refunding.leaves()
    [line] = shop.ask(worklist.waiting, first, refunding.bank.rules)
    assert (state(shop), line.cents) == ("failed", -500)


def test_what_waits_in_no_file_can_be_put_back_and_what_is_in_one_not(
    shop: Shop, refunding: Refunding, first: Actor
) -> None:
    payout = refunding.ask_back(refunding.overpay())
    file = refunding.prepare(first)
    with pytest.raises(Refused, match="in_file"):
        refunding.put_back(first, payout)
    refunding.drop(first, file)
    refunding.put_back(first, payout)
    assert state(shop) == "cancelled"


@pytest.mark.parametrize("iban", ["", "123456789", "NL03ABNA0123456789"])
def test_a_payer_whose_iban_the_bank_did_not_tell_waits_for_a_person(
    shop: Shop, refunding: Refunding, first: Actor, iban: str
) -> None:
    refunding.ask_back(refunding.overpay(iban=iban))
    with pytest.raises(Refused, match="nothing_to_send"):
        refunding.prepare(first)
    assert [row.iban for row in shop.ask(waiting, first)] == [""]


def test_a_line_with_another_amount_waits_for_a_person(shop: Shop, refunding: Refunding, first: Actor) -> None:
    refunding.sent(first)
    refunding.leaves(499)
    assert (state(shop), len(shop.ask(worklist.waiting, first, refunding.bank.rules))) == ("pending", 1)


def test_a_transfer_that_left_can_not_be_taken_off_its_line(shop: Shop, refunding: Refunding, first: Actor) -> None:
    refunding.sent(first)
    refunding.leaves()
    with pytest.raises(Refused, match="return"):
        shop.do(worklist.undo, first, shop.all(BankLine)[-1].id or 0)


def test_the_same_transfer_never_leaves_twice(shop: Shop, refunding: Refunding, first: Actor) -> None:
    refunding.sent(first)
    refunding.leaves()
    refunding.leaves()
    assert len(shop.ask(worklist.waiting, first, refunding.bank.rules)) == 1


def test_a_file_says_who_agreed_and_how_much_has_left(shop: Shop, refunding: Refunding, first: Actor) -> None:
    refunding.sent(first)
    [row] = shop.ask(files, first)
    assert (row.approved_by, row.cents, row.left) == (("fien",), 500, 0)
    refunding.leaves()
    assert shop.ask(files, first)[0].left == 1


def test_unknown_numbers_are_not_found(shop: Shop, refunding: Refunding, first: Actor) -> None:
    refunding.sent(first)
    payout, file = shop.one(Payout), shop.one(BankTransfer)
    payout.id, file.file_id = 4711, 4711
    with pytest.raises(NotFound):
        refunding.put_back(first, payout)
