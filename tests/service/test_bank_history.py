"""What the finance department looks back at, keeps as credits, and hands in."""

import pytest

from billing.access import SYSTEM, Actor
from billing.bank import choosing, flows, history, worklist
from billing.bank.history import Purpose
from billing.bank.tables import BankLine, Statement
from billing.credits import service as credits
from billing.credits.tables import CreditLot
from billing.errors import NotAllowed, NotFound, Refused
from billing.ports import MOST_BYTES, BankFileRefused
from billing.settlement import Label
from tests.banking import Bank, entry, mt940, received, with_bank
from tests.factories import Shop
from tests.stopping import colleague

pytestmark = pytest.mark.usefixtures("sound_books")


@pytest.fixture
def bank(shop: Shop) -> Bank:
    return Bank(shop)


@pytest.fixture
def fien(shop: Shop) -> Actor:
    """Somebody of the finance department."""
    return colleague(shop, "fien")


def line_id(shop: Shop) -> int:
    return shop.all(BankLine)[-1].id or 0


# Kept as credits


def test_money_for_no_invoice_becomes_credits_that_pay_the_next_one(
    shop: Shop, bank: Bank, account: int, owner: Actor, fien: Actor
) -> None:
    bank.pays(5_000, "vooruit")
    shop.do(worklist.keep, fien, line_id(shop), account)
    number = shop.invoice(account)
    shop.do(credits.settle_with_credits, shop.row(number).id or 0)
    assert shop.open_cents(number) == [7_100]
    assert "unallocated" not in {name for name, cents in shop.totals().items() if cents}


def test_credits_that_nobody_has_used_can_be_taken_back(
    shop: Shop, bank: Bank, account: int, owner: Actor, fien: Actor
) -> None:
    bank.pays(5_000, "vooruit")
    shop.do(worklist.keep, fien, line_id(shop), account)
    shop.do(worklist.undo, fien, line_id(shop))
    assert shop.one(CreditLot, account_id=account).left_cents == 0
    assert [row.line_id for row in shop.ask(worklist.waiting, fien, bank.rules)] == [line_id(shop)]


def test_what_can_not_be_kept_is_refused(shop: Shop, bank: Bank, account: int, owner: Actor, fien: Actor) -> None:
    bank.tell(entry(-500, return_reason="AC04"))
    with pytest.raises(Refused) as refused:
        shop.do(worklist.keep, fien, line_id(shop), account)
    assert refused.value.facts["reason"] == "outgoing"
    bank.pays(5_000, "vooruit")
    with pytest.raises(NotFound):
        shop.do(worklist.keep, fien, line_id(shop), 4711)
    with pytest.raises(NotAllowed):
        shop.do(worklist.keep, owner, line_id(shop), account)
    shop.do(worklist.keep, fien, line_id(shop), account)
    with pytest.raises(Refused):
        shop.do(worklist.keep, fien, line_id(shop), account)


# Choosing, and looking back


def test_a_suggestion_names_the_customer_and_what_is_open(shop: Shop, bank: Bank, account: int, fien: Actor) -> None:
    number = shop.invoice(account)
    bank.pays(10_000, number)
    [line] = shop.ask(worklist.waiting, fien, bank.rules)
    assert (line.account, line.numbers, line.open_cents) == ("Bakkerij Test", (number,), 12_100)
    assert shop.ask(worklist.waiting_sum, fien) == (1, 10_000)


def test_the_work_list_comes_in_parts(shop: Shop, bank: Bank, fien: Actor) -> None:
    bank.tell(entry(100, "een"), entry(200, "twee"), entry(300, "drie"))
    part = shop.ask(worklist.waiting, fien, bank.rules, most=2, after=1)
    assert [line.cents for line in part] == [200, 300]


def test_the_open_invoices_of_a_customer_are_there_to_choose_from(shop: Shop, account: int, fien: Actor) -> None:
    numbers = [shop.invoice(account), shop.invoice(account, "50.00")]
    found = shop.ask(choosing.payer, fien, account)
    assert (found.name, [invoice.number for invoice in found.invoices]) == ("Bakkerij Test", numbers)
    with pytest.raises(NotFound):
        shop.ask(choosing.payer, fien, 4711)


def test_matches_tell_what_they_are_for_and_why(shop: Shop, bank: Bank, account: int, fien: Actor) -> None:
    number = shop.invoice(account)
    bank.tell(entry(12_100, number, end_to_end_id="E-1"), entry(-4_000, "huur"), entry(500, "rente"))
    shop.do(worklist.ignore, fien, line_id(shop))
    bank.tell(entry(-12_100, end_to_end_id="E-1", return_reason="AC04"))
    returned, other, receipt = shop.ask(history.matches, fien).rows
    assert (receipt.purpose, receipt.rule, receipt.account, receipt.numbers) == (
        Purpose.RECEIPT, "number", "Bakkerij Test", (number,),
    )  # fmt: skip
    assert (other.purpose, other.rule, other.matched_by) == (Purpose.OTHER, "person", "fien")
    assert (returned.purpose, returned.cents) == (Purpose.RETURN, -12_100)


def test_what_was_undone_says_by_whom(shop: Shop, bank: Bank, account: int, fien: Actor) -> None:
    bank.pays(12_100, shop.invoice(account))
    shop.do(worklist.undo, fien, line_id(shop))
    [row] = shop.ask(history.matches, fien, 99).rows
    assert row.undone_by == "fien"


def test_a_gap_is_flagged_until_something_fills_it(shop: Shop, bank: Bank, fien: Actor) -> None:
    bank.tell(entry(100, "een"))
    missing = bank.statement(entry(5_000, "weg"))
    shop.clock.advance(days=1)
    bank.tell(entry(200, "twee"))
    found = shop.ask(history.statements, fien)
    assert (found.gaps, [row.gap_cents for row in found.rows]) == (1, [5_000, 0])
    bank.again(missing)
    assert shop.ask(history.statements, fien).gaps == 0


def test_a_gap_is_flagged_too_when_the_older_one_comes_last(shop: Shop, bank: Bank, fien: Actor) -> None:
    first = bank.statement(entry(100, "een"))
    shop.clock.advance(days=1)
    bank.statement(entry(5_000, "weg"))
    shop.clock.advance(days=1)
    bank.tell(entry(200, "drie"))
    bank.again(first)
    assert shop.ask(history.statements, fien).gaps == 1


def test_a_period_that_begins_within_another_is_no_gap(shop: Shop, bank: Bank, fien: Actor) -> None:
    day = entry(100, "een")
    bank.tell(day)
    bank.balance_cents -= 100
    bank.tell(day, entry(200, "twee"))
    assert shop.ask(history.statements, fien).gaps == 0


def test_only_finance_looks(shop: Shop, bank: Bank, account: int, owner: Actor) -> None:
    for query, given in (
        (history.matches, ()), (history.statements, ()), (worklist.waiting_sum, ()), (choosing.payer, (account,)),
    ):  # fmt: skip
        for stranger in (owner, SYSTEM):
            with pytest.raises(NotAllowed):
                shop.ask(query, stranger, *given)


# Handing in files


def test_a_file_is_booked_for_finance_alone(shop: Shop, account: int, owner: Actor, fien: Actor) -> None:
    number, billing = shop.invoice(account), with_bank(shop.billing)
    file = mt940(*received("121,00", number), closing="C261123EUR221,00").encode()
    with pytest.raises(NotAllowed):
        flows.upload(billing, owner, file)
    assert shop.all(Statement) == []
    [told] = flows.upload(billing, fien, file)
    assert (told.opening_cents, told.sum_cents, told.closing_cents) == (10_000, 12_100, 22_100)
    assert shop.status(number).label is Label.PAID
    assert [again.known for again in flows.upload(billing, fien, file)] == [True]


def test_one_statement_that_is_wrong_keeps_none_of_the_others_out(shop: Shop, fien: Actor) -> None:
    good = mt940(*received("1,00"), closing="C261123EUR101,00")
    wrong = mt940(*received("2,00"), closing="C261123EUR999,00")
    other = mt940(*received("3,00"), closing="C261123EUR103,00", iban="NL02ABNA0123456789")
    told = flows.upload(with_bank(shop.billing), fien, "\n".join((good, wrong, other)).encode())
    assert [one.reason for one in told] == ["", "unbalanced", "foreign_account"]
    assert [line.cents for line in shop.all(BankLine)] == [100]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "unknown_format"),
        (b"datum;bedrag\n2026-11-23;1,00", "unknown_format"),
        (b"%PDF-1.7", "unknown_format"),
        (b"\x00" * (MOST_BYTES + 1), "too_large"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>', "hostile"),
        (b'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><Bk', "malformed"),
        (b'<?xml version="1.0" encoding="UTF-16"?><Document/>', "malformed"),
        (b'<?xml version="1.0"?><html/>', "no_statement"),
    ],
)
def test_what_can_not_be_read_says_why_and_books_nothing(shop: Shop, fien: Actor, content: bytes, reason: str) -> None:
    with pytest.raises(BankFileRefused) as refused:
        flows.upload(with_bank(shop.billing), fien, content)
    assert (refused.value.facts["reason"], shop.all(Statement)) == (reason, [])
