"""The gateway's payouts: its reports tell what it kept and what it sent, and our bank what arrived."""

import pytest

from billing.access import Actor
from billing.bank import worklist
from billing.bank.tables import BankLine, Purpose
from billing.clearing.tables import GatewayLine, GatewayReport
from billing.errors import NotAllowed
from billing.ports import Method
from tests.banking import GATEWAY, IBAN, Bank, entry
from tests.clearing import FEE_CENTS, Gateway, arrives, identity
from tests.factories import Shop

pytestmark = pytest.mark.usefixtures("sound_books")

PAYOUT = identity(7)
ALL_CENTS = 12_100 - FEE_CENTS


@pytest.fixture
def gateway(shop: Shop) -> Gateway:
    return Gateway(shop)


@pytest.fixture
def bank(shop: Shop) -> Bank:
    return Bank(shop)


@pytest.fixture
def key(shop: Shop, account: int, owner: Actor) -> str:
    """A payment of € 121 that the gateway has."""
    return shop.pay(owner, shop.invoice(account))


def clearing(shop: Shop) -> int:
    return shop.totals().get("gateway_clearing", 0)


def test_what_was_collected_less_the_fees_arrives_and_nothing_is_left_with_the_gateway(
    shop: Shop, gateway: Gateway, bank: Bank, key: str, first: Actor
) -> None:
    assert gateway.day(key, payout=PAYOUT) == ALL_CENTS
    assert clearing(shop) == ALL_CENTS
    arrives(bank, ALL_CENTS, f"Uitbetaling xid.: {PAYOUT}")
    assert gateway.look() == 1
    assert (clearing(shop), shop.totals()["gateway_fees"], shop.totals()["bank"]) == (0, FEE_CENTS, ALL_CENTS)
    shop.clock.advance(days=30)
    assert gateway.differences(first) == []


def test_the_bank_may_tell_before_the_report_does(shop: Shop, gateway: Gateway, bank: Bank, key: str) -> None:
    arrives(bank, ALL_CENTS, f"Uitbetaling xid.: {PAYOUT}")
    assert clearing(shop) == FEE_CENTS
    gateway.day(key, payout=PAYOUT)
    assert clearing(shop) == 0
    assert shop.one(GatewayLine, kind="payout").bank_line_id == shop.one(BankLine).id


def test_a_bank_that_leaves_the_identity_out_is_understood_by_the_amount_of_these_days(
    gateway: Gateway, bank: Bank, shop: Shop, key: str
) -> None:
    gateway.day(key, payout=PAYOUT)
    arrives(bank, ALL_CENTS, "Buckaroo", after_days=2)
    assert gateway.look() == 1
    assert shop.one(GatewayLine, kind="payout").bank_line_id is not None


def test_a_report_that_comes_again_changes_nothing(shop: Shop, gateway: Gateway, key: str) -> None:
    gateway.day(key, payout=PAYOUT)
    before = shop.totals()
    gateway.told, gateway.balance_cents = 0, 0
    gateway.day(key, payout=PAYOUT)
    assert (shop.totals(), len(shop.all(GatewayReport))) == (before, 1)


def test_a_line_that_overlapping_reports_both_have_counts_once(shop: Shop, gateway: Gateway) -> None:
    fee = gateway.line(-50, "Transactiekosten", identity(1))
    gateway.report(fee)
    gateway.balance_cents = 0
    again = gateway.report(fee, gateway.line(-20, "Transactiekosten", identity(2)))
    assert (again.new_lines, again.fee_cents, shop.totals()["gateway_fees"]) == (1, 20, 70)


def test_refunds_and_reversals_are_taken_off_the_next_payout(
    shop: Shop, gateway: Gateway, bank: Bank, key: str, account: int, owner: Actor
) -> None:
    second = shop.pay(owner, shop.invoice(account, "200.00"), method=Method.CARD)
    back = shop.gateway.take_back(key)
    shop.hear(back)
    cents = gateway.day(key, second, back, payout=PAYOUT)
    assert cents == 24_200 - FEE_CENTS
    arrives(bank, cents, f"xid.: {PAYOUT}")
    assert clearing(shop) == 0


def test_a_payout_that_no_report_tells_of_is_shown_after_some_bank_days(
    shop: Shop, gateway: Gateway, bank: Bank, key: str, first: Actor
) -> None:
    arrives(bank, 5_000, "xid.: " + PAYOUT)
    assert gateway.differences(first) == []
    shop.clock.advance(days=14)
    assert gateway.differences(first) == ["payout_unexplained"]


def test_a_payout_that_never_arrives_is_shown_after_some_bank_days(
    shop: Shop, gateway: Gateway, key: str, first: Actor
) -> None:
    gateway.day(key, payout=PAYOUT)
    assert gateway.differences(first) == []
    shop.clock.advance(days=14)
    assert gateway.differences(first) == ["payout_missing"]


def test_a_payout_with_another_amount_is_shown_at_once(
    shop: Shop, gateway: Gateway, bank: Bank, key: str, first: Actor
) -> None:
    gateway.day(key, payout=PAYOUT)
    arrives(bank, ALL_CENTS - 1, f"xid.: {PAYOUT}")
    assert gateway.look() == 0
    assert gateway.differences(first) == ["payout_differs"]


def test_a_transaction_that_we_do_not_know_is_shown(gateway: Gateway, first: Actor) -> None:
    gateway.report(gateway.line(500, "iDEAL", identity(99)))
    assert gateway.differences(first) == ["unknown_transaction"]


def test_a_transaction_that_was_booked_for_another_amount_is_shown(gateway: Gateway, key: str, first: Actor) -> None:
    gateway.report(gateway.line(12_000, "iDEAL", key))
    assert gateway.differences(first) == ["amount_differs"]


def test_money_that_no_report_tells_of_is_shown_when_it_should_have_been_there(
    shop: Shop, gateway: Gateway, key: str, first: Actor
) -> None:
    gateway.report(gateway.line(-50, "Transactiekosten", identity(501)))
    shop.clock.advance(days=14)
    gateway.report(gateway.line(-50, "Transactiekosten", identity(502)))
    assert gateway.differences(first) == ["not_reported"]


@pytest.mark.parametrize(("reason", "account", "keys", "closing"), [
    ("unbalanced", "103000029", [1], 5),
    ("bank_statement", IBAN, [1], None),
    ("told_twice", "103000029", [1, 1], None),
])  # fmt: skip
def test_a_report_that_can_not_be_right_is_set_aside_whole(
    shop: Shop, gateway: Gateway, first: Actor, reason: str, account: str, keys: list[int], closing: int | None
) -> None:
    lines = [gateway.line(-29, "Transactiekosten", identity(number)) for number in keys]
    assert gateway.report(*lines, account=account, closing=closing).reason == reason
    assert (shop.all(GatewayLine), gateway.differences(first)) == ([], ["set_aside"])


def test_a_line_without_an_identity_is_not_guessed(gateway: Gateway) -> None:
    assert gateway.report(entry(-29, "Transactiekosten")).reason == "no_identity"


def test_a_line_that_is_told_otherwise_later_is_not_believed(gateway: Gateway, shop: Shop) -> None:
    gateway.report(gateway.line(-29, "Transactiekosten", identity(1)))
    assert gateway.report(gateway.line(-30, "Transactiekosten", identity(1))).reason == "contradicts"
    assert shop.totals()["gateway_fees"] == 29


def test_a_payout_is_never_taken_for_a_payment_of_an_invoice(
    shop: Shop, gateway: Gateway, bank: Bank, account: int
) -> None:
    number = shop.invoice(account)
    bank.tell(entry(12_100, number, iban=GATEWAY, name="Stg Derdengelden"))
    assert shop.open_cents(number) == [12_100]


def test_a_payout_that_a_person_takes_back_waits_again_and_may_be_said_anew(
    shop: Shop, gateway: Gateway, bank: Bank, key: str, first: Actor
) -> None:
    gateway.day(key, payout=PAYOUT)
    arrives(bank, ALL_CENTS, f"xid.: {PAYOUT}")
    gateway.look()
    shop.do(worklist.undo, first, shop.one(BankLine).id or 0)
    assert clearing(shop) == ALL_CENTS


def test_a_payout_whose_line_turns_out_to_be_another_is_missing_until_it_arrives(
    shop: Shop, gateway: Gateway, bank: Bank, key: str, first: Actor
) -> None:
    gateway.day(key, payout=PAYOUT)
    arrives(bank, ALL_CENTS)
    assert gateway.look() == 1
    line = shop.one(BankLine).id or 0
    shop.do(worklist.undo, first, line)
    shop.do(worklist.ignore, first, line, Purpose.OTHER)
    shop.clock.advance(days=14)
    assert gateway.differences(first) == ["payout_missing"]
    arrives(bank, ALL_CENTS, f"xid.: {PAYOUT}")
    assert gateway.look() == 1
    assert (gateway.differences(first), clearing(shop)) == ([], 0)


def test_only_finance_sees_what_does_not_fit(gateway: Gateway, owner: Actor) -> None:
    with pytest.raises(NotAllowed):
        gateway.differences(owner)
