import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.errors import Unbalanced
from billing.ledger import rules
from billing.ledger.rules import LedgerAccount, Line, balanced

amount = st.integers(min_value=1, max_value=10**9)
maybe = st.integers(min_value=0, max_value=10**9)
shares = st.lists(st.tuples(st.integers(1, 99), amount), max_size=10)


def total(lines: tuple[Line, ...], account: LedgerAccount) -> int:
    return sum(line.cents for line in lines if line.ledger_account is account)


@given(net=amount, vat=maybe)
def test_issuing_an_invoice_makes_the_customer_owe_its_total(net: int, vat: int) -> None:
    lines = rules.invoice_issued(account_id=1, invoice_id=2, net_cents=net, vat_cents=vat)
    assert total(lines, LedgerAccount.RECEIVABLE) == net + vat
    assert (total(lines, LedgerAccount.DEFERRED_REVENUE), total(lines, LedgerAccount.VAT)) == (-net, -vat)


@given(paid=shares, rest=amount)
def test_a_receipt_settles_its_invoices_and_keeps_the_rest_for_the_customer(
    paid: list[tuple[int, int]], rest: int
) -> None:
    lines = rules.payment_received(account_id=1, payment_id=3, shares=paid, rest_cents=rest)
    settled = sum(cents for _, cents in paid)
    assert total(lines, LedgerAccount.GATEWAY_CLEARING) == settled + rest
    assert (total(lines, LedgerAccount.RECEIVABLE), total(lines, LedgerAccount.UNALLOCATED)) == (-settled, -rest)


@given(paid=shares, rest=amount)
def test_a_full_return_is_the_receipt_with_the_signs_turned(paid: list[tuple[int, int]], rest: int) -> None:
    came = rules.payment_received(account_id=1, payment_id=3, shares=paid, rest_cents=rest)
    went = rules.money_returned(account_id=1, payment_id=3, shares=paid, unallocated_cents=rest)
    assert all(total(came, account) == -total(went, account) for account in LedgerAccount)


@given(net=amount, vat=maybe, data=st.data())
def test_a_credit_note_takes_back_turnover_and_vat(net: int, vat: int, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, net + vat))
    back = data.draw(st.integers(0, net + vat - offset))
    lines = rules.credit_note_issued(
        account_id=1, invoice_id=2, net_cents=net, vat_cents=vat, offset_cents=offset, given_back=[(3, back)],
        new_lot=(4, net + vat - offset - back),
    )  # fmt: skip
    assert (total(lines, LedgerAccount.DEFERRED_REVENUE), total(lines, LedgerAccount.VAT)) == (net, vat)
    assert total(lines, LedgerAccount.RECEIVABLE) + total(lines, LedgerAccount.CUSTOMER_CREDIT) == -net - vat


@given(amount)
def test_using_credits_touches_neither_turnover_nor_vat(cents: int) -> None:
    lines = rules.credit_applied(account_id=1, invoice_id=2, credit_lot_id=4, cents=cents)
    assert {line.ledger_account for line in lines} == {LedgerAccount.CUSTOMER_CREDIT, LedgerAccount.RECEIVABLE}


@given(amount, st.sampled_from([None, 4]))
def test_a_payout_that_is_undone_leaves_nothing(cents: int, lot: int | None) -> None:
    asked = rules.payout_asked(account_id=1, payment_id=3, credit_lot_id=lot, cents=cents)
    undone = rules.mirrored(asked)
    assert all(total(asked, account) == -total(undone, account) for account in LedgerAccount)


@given(amount, st.sampled_from([None, 4]))
def test_a_payout_that_is_made_takes_what_was_set_apart(cents: int, lot: int | None) -> None:
    asked = rules.payout_asked(account_id=1, payment_id=3, credit_lot_id=lot, cents=cents)
    made = rules.payout_made(account_id=1, payment_id=3, cents=cents)
    source = LedgerAccount.UNALLOCATED if lot is None else LedgerAccount.CUSTOMER_CREDIT
    assert total(asked, LedgerAccount.PAYOUT) + total(made, LedgerAccount.PAYOUT) == 0
    assert (total(asked, source), total(made, LedgerAccount.GATEWAY_CLEARING)) == (cents, -cents)


@given(amount)
def test_keeping_or_giving_credits_touches_neither_turnover_nor_vat(cents: int) -> None:
    kept = rules.overpayment_kept(account_id=1, payment_id=3, credit_lot_id=4, cents=cents)
    given_away = rules.credits_given(account_id=1, credit_lot_id=4, cents=cents)
    assert {line.ledger_account for line in (*kept, *given_away)} == {
        LedgerAccount.UNALLOCATED, LedgerAccount.GOODWILL, LedgerAccount.CUSTOMER_CREDIT,
    }  # fmt: skip


def test_lines_of_nothing_are_left_out() -> None:
    assert len(rules.payment_received(account_id=1, payment_id=3, shares=[(2, 100)], rest_cents=0)) == 2


@pytest.mark.parametrize("cents", [[], [0], [1], [100, -99], [5, 5, -9]])
def test_an_entry_that_does_not_add_up_is_refused(cents: list[int]) -> None:
    with pytest.raises(Unbalanced):
        balanced([Line(LedgerAccount.BANK, amount) for amount in cents])


def test_an_entry_of_nothing_is_refused() -> None:
    with pytest.raises(Unbalanced):
        rules.payment_received(account_id=1, payment_id=3, shares=[], rest_cents=0)
