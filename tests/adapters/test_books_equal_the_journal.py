"""The bookkeeping of the sandbox after all kinds of money: its accounts come to what they do in the journal."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from billing.access import SYSTEM, Actor
from billing.accounts.tables import Role
from billing.adapters.books import Moneybird
from billing.bank import worklist
from billing.bookkeeping import flows
from billing.bookkeeping.entries import CONTRAS
from billing.bookkeeping.export.journal import period_journal
from billing.clock import local_day
from billing.credits import choices
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.db import Database
from billing.sandbox import RunningSandbox
from billing.sandbox.books import Books
from tests.adapters.test_books_contract import LEDGERS, moneybird
from tests.banking import GATEWAY, Bank, entry
from tests.clearing import Gateway, identity
from tests.factories import Shop
from tests.fakes.money_back import keep, overpay, send_back
from tests.money_there import balances
from tests.refunding import Refunding
from tests.stopping import colleague


@pytest.fixture
def shop(database: Database, sandbox: RunningSandbox) -> Iterator[Shop]:
    """A company whose bookkeeping is that of the sandbox."""
    shop = Shop(database)
    books: Moneybird = moneybird(sandbox)
    shop.change_books(books)
    yield shop
    books.close()
    assert shop.broken() == []


@pytest.fixture
def account(shop: Shop) -> int:
    flows.plan(shop.billing)
    return shop.customer()


@pytest.fixture
def owner(shop: Shop, account: int) -> Actor:
    return shop.member(account, Role.OWNER)


def hand_over(shop: Shop, sandbox: RunningSandbox) -> Books:
    """What the worker does, until nothing is left."""
    while flows.plan(shop.billing):
        pass
    while flows.hand_over(shop.billing):
        pass
    return sandbox.world.books


def same(shop: Shop, books: Books) -> dict[str, int]:
    """The accounts there, which have to be those here."""
    there, here = balances(books), journal_of(shop)
    here[LEDGERS["notes"]] = here[LEDGERS["earlier"]] = 0
    assert {number: cents for number, cents in there.items() if cents} == {n: c for n, c in here.items() if c}
    return there


def journal_of(shop: Shop) -> dict[str, int]:
    """The accounts here, by what they are called there, without empty ones."""
    return {LEDGERS[CONTRAS[name]]: cents for name, cents in shop.totals().items() if name in CONTRAS and cents}


def test_what_is_too_much_kept_sent_back_or_given_stands_there(
    shop: Shop, account: int, owner: Actor, sandbox: RunningSandbox
) -> None:
    for _ in range(2):
        overpay(shop, account, owner)
    keep(shop, owner, account, 1)
    send_back(shop, owner, account, 2)
    shop.do(credits.give_credits, SYSTEM, GiveCredits(account, 1_000, "storing"))
    shop.carry_out()
    there = same(shop, hand_over(shop, sandbox))
    assert (there[LEDGERS["goodwill"]], there[LEDGERS["credits"]]) == (1_000, -1_500)


def test_fees_payouts_and_lines_of_the_bank_stand_there(
    shop: Shop, account: int, owner: Actor, sandbox: RunningSandbox
) -> None:
    bank, gateway = Bank(shop), Gateway(shop)
    cents = gateway.day(shop.pay(owner, shop.invoice(account)), payout=identity(7))
    today = local_day(shop.clock.now())
    bank.tell(
        entry(cents, f"xid.: {identity(7)}", iban=GATEWAY, on=today), entry(-2_500, "huur", on=today),
        entry(700, "dank", on=today),
    )  # fmt: skip
    there = same(shop, hand_over(shop, sandbox))
    assert (there.get(LEDGERS["payments"], 0), there[LEDGERS["fees"]]) == (0, 29)


def test_what_was_transferred_and_goes_back_by_bank_stands_there(
    shop: Shop, account: int, owner: Actor, sandbox: RunningSandbox
) -> None:
    refunding = Refunding(shop, Bank(shop), account, owner)
    refunding.sent(colleague(shop, "fien"))
    hand_over(shop, sandbox)
    refunding.leaves()
    there = same(shop, hand_over(shop, sandbox))
    assert there[LEDGERS["bank"]] == 12_100


def test_what_waited_and_found_its_place_and_lost_it_stands_there(
    shop: Shop, account: int, owner: Actor, sandbox: RunningSandbox
) -> None:
    fien, number = colleague(shop, "fien"), shop.invoice(account)
    Bank(shop).pays(12_600, "dank")
    same(shop, hand_over(shop, sandbox))
    shop.do(worklist.confirm, fien, 1, [number])
    same(shop, hand_over(shop, sandbox))
    shop.do(worklist.undo, fien, 1)
    same(shop, hand_over(shop, sandbox))


def test_credits_and_notes_stand_there(shop: Shop, account: int, owner: Actor, sandbox: RunningSandbox) -> None:
    paid = shop.invoice(account)
    shop.pay(owner, paid)
    shop.credit(paid, 5_000)
    shop.credit(shop.invoice(account), 1_000)
    shop.do(choices.pay_out, shop.proven(owner), account, 1)
    shop.carry_out()
    shop.hear(shop.gateway.take_back(shop.pay(owner, shop.invoice(account))))
    same(shop, hand_over(shop, sandbox))


@pytest.fixture
def older(shop: Shop) -> list[str]:
    """Three invoices from before the bookkeeping is connected, and what the journal came to by then."""
    shop.member(account := shop.customer(), Role.OWNER)
    numbers = [shop.invoice(account) for _ in range(3)]
    shop.clock.advance(days=1)
    flows.plan(shop.billing)
    return numbers


def test_what_becomes_of_invoices_from_before_it_was_connected_stands_there(
    shop: Shop, older: list[str], sandbox: RunningSandbox
) -> None:
    owner = shop.member(shop.row(older[0]).account_id, Role.ADMINISTRATOR)
    owed = shop.totals()["receivable"]
    bank, gateway = Bank(shop), Gateway(shop)
    cents = gateway.day(shop.pay(owner, older[0]), payout=identity(7))
    today = local_day(shop.clock.now())
    bank.tell(entry(cents, f"xid.: {identity(7)}", iban=GATEWAY, on=today), entry(12_100, older[1], on=today))
    shop.credit(older[2], 1_000)
    books = hand_over(shop, sandbox)
    there = balances(books)
    assert there[LEDGERS["earlier"]] == shop.totals()["receivable"] - owed == -2 * 12_100 - 1_210
    without = {LEDGERS["earlier"]: 0}
    assert {n: c for n, c in (there | without).items() if c} == journal_of(shop)


def test_invoices_brought_in_later_leave_nothing_of_before(
    shop: Shop, older: list[str], sandbox: RunningSandbox
) -> None:
    owner = shop.member(shop.row(older[0]).account_id, Role.ADMINISTRATOR)
    key = shop.pay(owner, older[0])
    shop.credit(older[2], 1_000)
    hand_over(shop, sandbox)
    shop.billing = replace(shop.billing, policy=replace(shop.billing.policy, books_since=date(2020, 1, 1)))
    shop.hear(shop.gateway.take_back(key))
    there = same(shop, hand_over(shop, sandbox))
    assert there.get(LEDGERS["earlier"], 0) == 0


def test_an_export_of_everything_comes_to_the_journal(shop: Shop, account: int, owner: Actor) -> None:
    overpay(shop, account, owner)
    keep(shop, owner, account, 1)
    today = local_day(shop.clock.now())
    sums: dict[str, int] = {}
    for row in shop.ask(period_journal, today, today).rows:
        sums[row.ledger_account] = sums.get(row.ledger_account, 0) + row.cents
    assert sums == {name: cents for name, cents in shop.totals().items() if name in sums}
    assert set(sums) == {name for name, cents in shop.totals().items()}
