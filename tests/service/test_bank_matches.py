"""What a transfer is for: by reference, by number, by account; in part, for several, too much; undone and returned."""

from dataclasses import replace

import pytest

from billing.access import SYSTEM, Actor
from billing.bank import worklist
from billing.bank.tables import BankLine, BankMatch, Purpose
from billing.credits import choices
from billing.credits import service as credits
from billing.errors import NotAllowed, Refused
from billing.payments.queries import overpaid_cents, overpayments
from billing.reminders import facts
from billing.settlement import Label
from tests.banking import PAYER, Bank, entry, rules_of
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


@pytest.fixture
def number(shop: Shop, account: int) -> str:
    """An invoice of € 121."""
    return shop.invoice(account)


def line_id(shop: Shop) -> int:
    return shop.all(BankLine)[-1].id or 0


# By itself


@pytest.mark.parametrize("spaced", ["{0}", "{1}", "betaling {1}, dank"])
def test_our_reference_pays_its_invoice_on_the_value_date(
    shop: Shop, bank: Bank, owner: Actor, number: str, spaced: str
) -> None:
    reference = shop.row(number).reference
    paid = spaced.format(reference, " ".join(reference[at : at + 4] for at in range(0, len(reference), 4)))
    day = shop.clock.now().date().replace(day=20)
    told = bank.pays(12_100, paid, on=day, booked_on=day)
    assert rules_of(told) == ["reference"]
    assert shop.totals()["bank"] == 12_100
    assert "unallocated" not in shop.totals()
    status = shop.status(number)
    assert (status.label, status.on) == (Label.PAID, day)
    view = shop.view(owner, number)
    assert (view.document.paid_with, view.document.paid_on) == ("bank", day)
    assert view.receipt is not None
    assert (view.receipt.method, view.receipt.paid_by) == ("bank", "Bakker")
    shop.carry_out()
    assert shop.writer.asked[-1].document.paid_on == day


@pytest.mark.parametrize("turned", range(5))
def test_payments_may_stand_anywhere_among_other_lines(shop: Shop, bank: Bank, number: str, turned: int) -> None:
    reference = shop.row(number).reference
    lines = [entry(-50), entry(7_000, reference), entry(100, "dank"), entry(5_100, reference), entry(-20)]
    told = bank.tell(*lines[turned:], *lines[:turned])
    assert dict(told.by_rule) == {"reference": 2, "outgoing": 2}
    assert shop.open_cents(number) == [0]
    assert shop.totals()["unallocated"] == -100


@pytest.mark.parametrize(("where", "rule"), [("reference", "reference"), ("end_to_end_id", "end_to_end")])
def test_the_reference_is_found_wherever_a_bank_puts_it(
    shop: Shop, bank: Bank, number: str, where: str, rule: str
) -> None:
    assert rules_of(bank.pays(12_100, "", **{where: shop.row(number).reference})) == [rule]
    assert shop.open_cents(number) == [0]


def test_too_little_with_the_reference_is_a_part(shop: Shop, bank: Bank, number: str) -> None:
    reference = shop.row(number).reference
    bank.pays(10_000, reference)
    assert (shop.open_cents(number), shop.status(number).label) == ([2_100], Label.PARTLY_SETTLED)
    bank.pays(2_100, reference)
    assert shop.open_cents(number) == [0]


def test_too_much_waits_for_the_customer_who_may_keep_it(
    shop: Shop, bank: Bank, account: int, owner: Actor, number: str
) -> None:
    bank.pays(13_000, shop.row(number).reference)
    [row] = shop.ask(overpayments, owner, account)
    assert (row.cents, row.method, row.invoice_numbers) == (900, "bank", (number,))
    shop.do(choices.keep_as_credits, SYSTEM, account, row.payment_id)
    assert shop.ask(overpaid_cents, owner, account) == 0


def test_paid_twice_it_is_too_much(shop: Shop, bank: Bank, account: int, owner: Actor, number: str) -> None:
    reference = shop.row(number).reference
    bank.tell(entry(12_100, reference), entry(12_100, reference))
    assert shop.ask(overpaid_cents, owner, account) == 12_100


def test_a_number_needs_the_exact_amount(shop: Shop, bank: Bank, number: str) -> None:
    assert bank.pays(12_000, f"factuur {number}").waiting == 1
    assert rules_of(bank.pays(12_100, f"factuur {number.replace('-', '')}")) == ["number"]


def test_a_number_one_digit_off_pays_nobody_elses_invoice_of_the_same_price(
    shop: Shop, bank: Bank, fien: Actor, number: str
) -> None:
    meant = shop.invoice(shop.customer("Slagerij Test"))
    assert bank.pays(12_100, number).waiting == 1
    assert shop.open_cents(number, meant) == [12_100, 12_100]
    shop.do(worklist.confirm, fien, line_id(shop), [meant])
    assert bank.pays(12_100, number).waiting == 1


def test_a_number_from_who_paid_before_is_certain(shop: Shop, bank: Bank, account: int, number: str) -> None:
    bank.pays(12_100, number)
    again, _ = shop.invoice(account), shop.invoice(shop.customer("Slagerij Test"))
    assert rules_of(bank.pays(12_100, again)) == ["number"]


def test_one_transfer_pays_several_invoices(shop: Shop, bank: Bank, account: int, number: str) -> None:
    other = shop.invoice(account, "50.00")
    assert rules_of(bank.pays(18_150, f"{number} en {other}")) == ["numbers"]
    assert shop.open_cents(number, other) == [0, 0]


def test_invoices_of_two_customers_are_for_a_person(shop: Shop, bank: Bank, number: str) -> None:
    other = shop.invoice(shop.customer("Een ander"))
    assert bank.pays(24_200, f"{number} {other}").waiting == 1


def test_an_amount_alone_never_decides(shop: Shop, bank: Bank, fien: Actor, number: str) -> None:
    assert bank.pays(12_100, "bedankt").waiting == 1
    [line] = shop.ask(worklist.waiting, fien, bank.rules)
    assert (line.rule, line.numbers, line.iban) == ("amount", (number,), "NL02ABNA…6789")


def test_a_known_account_is_only_a_hint_unless_the_company_wants_more(
    shop: Shop, bank: Bank, account: int, fien: Actor, number: str
) -> None:
    bank.pays(12_100, number)
    other = shop.invoice(account)
    assert bank.pays(12_100, "bedankt").waiting == 1
    [line] = shop.ask(worklist.waiting, fien, bank.rules)
    assert (line.rule, line.numbers) == ("iban", (other,))
    bank.rules = replace(bank.rules, by_iban=True)
    assert rules_of(bank.tell()) == ["iban"]
    assert shop.open_cents(other) == [0]


def test_a_line_from_before_its_invoice_finds_it_later(shop: Shop, bank: Bank, account: int) -> None:
    bank.pays(12_100, "2026-0001")
    number = shop.invoice(account)
    assert (number, rules_of(bank.tell())) == ("2026-0001", ["number"])
    assert shop.totals()["unallocated"] == 0


# By a person


def test_a_person_says_which_invoices_it_pays(shop: Shop, bank: Bank, account: int, fien: Actor, number: str) -> None:
    other = shop.invoice(account, "50.00")
    bank.pays(15_000, "bedankt")
    shop.do(worklist.confirm, fien, line_id(shop), [other, number])
    assert shop.open_cents(number, other) == [0, 3_150]
    assert shop.ask(worklist.waiting, fien, bank.rules) == []


def test_what_a_person_says_twice_or_wrongly_is_refused(shop: Shop, bank: Bank, fien: Actor, number: str) -> None:
    bank.pays(12_100, "bedankt")
    line, other = line_id(shop), shop.invoice(shop.customer("Een ander"))
    for numbers in ([], ["2026-9999"], [number, other]):
        with pytest.raises(Refused):
            shop.do(worklist.confirm, fien, line, numbers)
    shop.do(worklist.confirm, fien, line, [number])
    for again in (worklist.confirm, worklist.ignore):
        with pytest.raises(Refused):
            shop.do(again, fien, line, *([[number]] if again is worklist.confirm else []))


def test_only_finance_says_anything(shop: Shop, bank: Bank, owner: Actor, number: str) -> None:
    bank.pays(12_100, "bedankt")
    for act in (worklist.ignore, worklist.undo):
        with pytest.raises(NotAllowed):
            shop.do(act, owner, line_id(shop))
    with pytest.raises(NotAllowed):
        shop.do(worklist.confirm, owner, line_id(shop), [number])


@pytest.mark.parametrize(("purpose", "where"), [(Purpose.OTHER, "bank_other"), (Purpose.GATEWAY, "gateway_clearing")])
def test_what_is_no_customers_is_put_away_and_can_come_back(
    shop: Shop, bank: Bank, fien: Actor, purpose: Purpose, where: str
) -> None:
    bank.pays(500, "rente")
    shop.do(worklist.ignore, fien, line_id(shop), purpose)
    assert (shop.totals()["unallocated"], shop.totals()[where]) == (0, -500)
    shop.do(worklist.undo, fien, line_id(shop))
    assert (shop.totals()["unallocated"], shop.totals()[where]) == (-500, 0)


# Taken back


def test_undone_a_match_leaves_the_invoice_open_and_the_line_waiting(
    shop: Shop, bank: Bank, owner: Actor, fien: Actor, number: str
) -> None:
    bank.pays(12_100, number)
    shop.do(worklist.undo, fien, line_id(shop))
    assert (shop.open_cents(number), shop.status(number).label) == ([12_100], Label.UNPAID)
    assert shop.totals()["unallocated"] == -12_100
    assert [event.kind for event in shop.view(owner, number).history][-1] == "payment_unmatched"
    assert bank.tell().by_rule == ()
    shop.do(worklist.confirm, fien, line_id(shop), [number])
    assert shop.open_cents(number) == [0]
    assert len(shop.all(BankMatch)) == 2
    shop.do(worklist.undo, fien, line_id(shop))
    with pytest.raises(Refused) as refused:
        shop.do(worklist.undo, fien, line_id(shop))
    assert refused.value.facts["reason"] == "not_matched"


def test_what_was_spent_since_can_not_be_undone(
    shop: Shop, bank: Bank, account: int, owner: Actor, fien: Actor, number: str
) -> None:
    bank.pays(13_000, shop.row(number).reference)
    [row] = shop.ask(overpayments, owner, account)
    shop.do(choices.keep_as_credits, SYSTEM, account, row.payment_id)
    other = shop.invoice(account)
    shop.do(credits.settle_with_credits, shop.row(other).id or 0)
    with pytest.raises(Refused) as refused:
        shop.do(worklist.undo, fien, line_id(shop))
    assert refused.value.facts["reason"] == "used"


@pytest.mark.parametrize("how", [{"return_reason": "AC04"}, {"is_reversal": True}])
def test_a_transfer_that_goes_back_reopens_its_invoice(
    shop: Shop, bank: Bank, number: str, how: dict[str, object]
) -> None:
    bank.pays(12_100, number, end_to_end_id="E-1")
    told = bank.tell(entry(-12_100, "terug", end_to_end_id="E-1", **how))
    assert rules_of(told) == ["return"]
    assert (shop.open_cents(number), shop.status(number).label) == ([12_100], Label.RETURNED)
    assert shop.totals()["bank"] == 0


def test_a_return_of_nothing_that_is_known_waits(bank: Bank, number: str) -> None:
    bank.pays(12_100, number, end_to_end_id="E-1")
    assert bank.tell(entry(-12_000, end_to_end_id="E-1", return_reason="AC04")).waiting == 1


# What others make of it


def test_a_line_that_may_be_theirs_keeps_reminders_waiting(
    shop: Shop, bank: Bank, account: int, fien: Actor, number: str
) -> None:
    def receipts() -> list[str]:
        return shop.ask(facts._at_bank, account, [shop.row(number)])

    assert receipts() == []
    bank.pays(12_050, "bedankt", iban=PAYER)
    assert receipts() == [f"bank:{line_id(shop)}"]
    shop.do(worklist.ignore, fien, line_id(shop))
    assert receipts() == []
    bank.pays(5, f"deel van {number}")
    assert receipts() == [f"bank:{line_id(shop)}"]
    both = (shop.row(number).reference, shop.row(shop.invoice(account)).reference)
    bank.pays(5, f"deel van {' en '.join(both)}")
    assert receipts() == [f"bank:{line_id(shop) - 1}", f"bank:{line_id(shop)}"]


def test_a_line_from_an_account_that_they_paid_from_keeps_reminders_waiting(
    shop: Shop, bank: Bank, account: int, number: str
) -> None:
    bank.pays(12_100, number)
    other, stranger = shop.row(shop.invoice(account)), shop.row(shop.invoice(shop.customer("Slagerij Test")))
    bank.pays(5_000, "alvast een deel")
    assert shop.ask(facts._at_bank, account, [other]) == [f"bank:{line_id(shop)}"]
    assert shop.ask(facts._at_bank, stranger.account_id, [stranger]) == []


def test_the_money_is_on_no_other_payment(shop: Shop, bank: Bank, owner: Actor, number: str) -> None:
    bank.pays(12_100, number)
    key = shop.start_key(owner, shop.invoice(shop.row(number).account_id))
    shop.succeed(key)
    assert shop.totals()["bank"] == 12_100
    assert shop.totals()["gateway_clearing"] == 12_100
