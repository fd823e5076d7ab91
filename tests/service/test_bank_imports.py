"""Importing statements: whole or not at all, once, and with every line kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.bank import flows
from billing.bank import statements as judging
from billing.bank.tables import BankLine, Statement
from billing.feeds import service as feeds
from billing.feeds.tables import Feed
from billing.ports import MOST_BYTES, BankFileRefused
from tests.banking import GATEWAY, IBAN, RULES, Bank, entry
from tests.factories import Shop

# The bank day before the one on which a shop begins.
YESTERDAY = date(2026, 3, 5)
OTHER = "NL39RABO0300065264"

pytestmark = pytest.mark.usefixtures("sound_books")


@pytest.fixture
def bank(shop: Shop) -> Bank:
    return Bank(shop)


def test_a_line_that_nobody_knows_waits_as_money_without_a_purpose(shop: Shop, bank: Bank) -> None:
    told = bank.pays(12_100, "dank")
    assert (told.new_lines, told.waiting, told.reason) == (1, 1, "")
    assert shop.totals() == {"bank": 12_100, "unallocated": -12_100}


def test_importing_again_adds_nothing(shop: Shop, bank: Bank) -> None:
    statement = bank.statement(entry(100), entry(200), entry(-50))
    bank.again(statement)
    before = shop.totals()
    again = bank.again(statement)
    assert (again.known, again.new_lines, shop.totals()) == (True, 0, before)


def test_the_same_statement_in_another_format_adds_nothing(shop: Shop, bank: Bank) -> None:
    statement = bank.statement(entry(100, "factuur"), entry(-30))
    bank.again(statement)
    entries = tuple(replace(line, text="FACTUUR") for line in statement.entries)
    # Some formats date the first balance to the day before, on which it was the last one.
    other = replace(statement, statement_id="x", opened_on=YESTERDAY, entries=entries)
    assert bank.again(other).known
    assert shop.totals()["bank"] == 70


def test_equal_amounts_on_one_day_are_both_kept(shop: Shop, bank: Bank) -> None:
    bank.tell(entry(100, "x"), entry(100, "x"))
    assert [line.cents for line in shop.all(BankLine)] == [100, 100]


def test_a_statement_over_two_files_keeps_equal_lines_of_both(shop: Shop, bank: Bank) -> None:
    first, second = bank.statement(entry(100, "x")), bank.statement(entry(100, "x"))
    bank.again(first)
    bank.again(second)
    assert bank.again(first).known
    assert bank.again(second).known
    assert shop.totals()["bank"] == 200


def test_a_period_that_overlaps_another_brings_only_what_is_new(shop: Shop, bank: Bank) -> None:
    one, two, three = entry(100, "x"), entry(200, "y"), entry(100, "x")
    bank.tell(one, two)
    told = bank.again(replace(bank.statement(three), opening_cents=100_000, closing_cents=100_400,
                              entries=(one, two, three)))  # fmt: skip
    assert (told.new_lines, told.gap_cents) == (1, 0)
    assert shop.totals()["bank"] == 400


def test_a_gap_between_statements_is_said(bank: Bank) -> None:
    bank.pays(100, on=YESTERDAY - timedelta(days=1))
    bank.balance_cents += 25
    assert bank.pays(100, "y", on=YESTERDAY).gap_cents == 25


@pytest.mark.parametrize(("wrong", "reason"), [
    ({"closing_cents": 1}, "unbalanced"),
    ({"closing_cents": None}, "no_balance"),
    ({"closed_on": None}, "no_balance"),
    ({"opening_cents": None, "closing_cents": None, "currency": ""}, "no_balance"),
    ({"currency": "SEK"}, "currency"),
    ({"account": "NL68INGB0000012345"}, "foreign_account"),
    ({"problem": "line"}, "unreadable_line"),
])  # fmt: skip
def test_a_statement_that_can_not_be_right_is_set_aside_whole(
    shop: Shop, bank: Bank, wrong: dict[str, object], reason: str
) -> None:
    number_lines = [entry(100), entry(200)]
    told = bank.tell(*number_lines, **wrong)
    assert (told.reason, told.new_lines, told.is_fresh) == (reason, 0, False)
    assert (shop.totals(), shop.all(BankLine)) == ({}, [])
    [row] = shop.all(Statement)
    assert [line["cents"] for line in row.content or []] == [100, 200]


def test_setting_aside_twice_is_setting_aside_once(shop: Shop, bank: Bank) -> None:
    statement = bank.statement(entry(100), closing_cents=1)
    bank.again(statement)
    assert bank.again(statement).reason == "unbalanced"
    assert len(shop.all(Statement)) == 1


def test_an_account_without_iban_is_known_by_its_number(bank: Bank) -> None:
    assert bank.tell(entry(100), account=IBAN[-10:].lstrip("0")).reason == ""


def test_what_went_out_has_nothing_to_do_with_customers(shop: Shop, bank: Bank) -> None:
    bank.tell(entry(-5_000, "huur"), entry(0, "info"))
    assert shop.totals() == {"bank": -5_000, "bank_other": 5_000}


def test_a_payout_of_the_gateway_is_never_an_invoice(shop: Shop, bank: Bank, account: int) -> None:
    number = shop.invoice(account)
    told = bank.pays(12_100, number, iban=GATEWAY, name="Stichting Buckaroo")
    assert told.by_rule == (("gateway", 1),)
    assert shop.open_cents(number) == [12_100]
    assert (shop.totals()["bank"], shop.totals()["gateway_clearing"]) == (12_100, -12_100)


def test_the_gateway_from_an_unknown_account_waits_for_a_person(shop: Shop, bank: Bank, account: int) -> None:
    number = shop.invoice(account)
    assert bank.pays(12_100, number, name="Buckaroo B.V.").waiting == 1
    assert shop.open_cents(number) == [12_100]


def test_only_a_statement_to_the_last_bank_day_makes_the_bank_fresh(shop: Shop, bank: Bank) -> None:
    old = bank.tell(entry(100), closed_on=(shop.clock.now() - timedelta(days=20)).date())
    assert (old.is_fresh, shop.ask(feeds.fresh_at, Feed.BANK)) == (False, None)
    assert bank.pays(100, "y").is_fresh
    assert shop.ask(feeds.fresh_at, Feed.BANK) == shop.clock.now()


def test_the_bank_is_fresh_until_the_end_of_the_day_that_was_told(shop: Shop, bank: Bank) -> None:
    bank.tell(entry(100), closed_on=YESTERDAY)
    assert shop.ask(feeds.fresh_at, Feed.BANK) == datetime(2026, 3, 5, 23, 0, tzinfo=UTC)


def test_while_a_statement_between_is_missing_the_bank_is_not_fresh(shop: Shop, bank: Bank) -> None:
    days = [YESTERDAY - timedelta(days=back) for back in (2, 1, 0)]
    first, second, third = (bank.statement(entry(100, on=day), closed_on=day) for day in days)
    bank.again(first)
    assert not bank.again(third).is_fresh
    assert shop.ask(feeds.fresh_at, Feed.BANK) is None
    assert bank.again(second).is_fresh


def test_a_day_within_a_longer_statement_is_no_gap(shop: Shop, bank: Bank) -> None:
    lines = (entry(100, "x"), entry(200, "y"))
    day = bank.statement(*lines[:1], closed_on=YESTERDAY - timedelta(days=1))
    longer = replace(day, closing_cents=100_300, closed_on=YESTERDAY, entries=lines)
    assert bank.again(longer).is_fresh
    assert bank.again(day).is_fresh


def test_a_statement_that_never_came_keeps_nobody_waiting_for_ever(shop: Shop, bank: Bank) -> None:
    early = YESTERDAY - timedelta(days=2)
    bank.tell(entry(100, on=early), closed_on=early)
    bank.balance_cents += 25
    assert not bank.pays(100, "y", on=YESTERDAY).is_fresh
    shop.clock.advance(days=40)
    assert bank.pays(100, "z").is_fresh


def test_all_accounts_have_to_be_told_of(shop: Shop) -> None:
    both = replace(RULES, ibans=RULES.ibans | {OTHER})
    one, other = Bank(shop, both), Bank(shop, both)
    one.tell(entry(100), closed_on=YESTERDAY)
    assert not other.tell(entry(100), account=OTHER, closed_on=YESTERDAY - timedelta(days=3)).is_fresh
    assert other.tell(entry(100, "y"), account=OTHER, closed_on=YESTERDAY).is_fresh


def test_a_file_that_is_too_large_or_of_no_known_kind_is_refused() -> None:
    for content, reason in ((b"x" * (MOST_BYTES + 1), "too_large"), (b"hello", "unknown_format")):
        with pytest.raises(BankFileRefused) as refused:
            flows.read([], content)
        assert refused.value.facts["reason"] == reason


@settings(max_examples=50, deadline=None)
@given(days=st.lists(st.lists(st.integers(-500, 500), max_size=4), min_size=1, max_size=4))
def test_every_line_has_a_name_of_its_own_that_is_always_the_same(days: list[list[int]]) -> None:
    told = [entry(cents, "x", on=date(2026, 1, day)) for day, lines in enumerate(days, start=1) for cents in lines]
    names = judging.keys(IBAN, told, ())
    assert len(set(names)) == len(told)
    assert judging.keys(IBAN, told, ()) == names
    assert not set(judging.keys(IBAN, told, names)) & set(names)
