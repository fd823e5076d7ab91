"""The observer of a year sees what should never be done with money at our bank."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from billing.bank import flows, worklist
from billing.bank.tables import BankLine, Purpose
from billing.db import Database
from tests.banking import GATEWAY
from tests.stopping import colleague
from tests.year.observer import Observer
from tests.year.our_account import Moved, OurAccount, as_camt, as_mt940
from tests.year.post import Letter
from tests.year.world import World

TODAY, TOMORROW = date(2026, 3, 6), date(2026, 3, 7)


@pytest.fixture
def world(database: Database) -> World:
    return World(database, 1)


@pytest.fixture
def observer(world: World) -> Iterator[Observer]:
    made = Observer(world)
    yield made
    made.end()


@pytest.fixture
def account(world: World) -> int:
    return world.shop.customer()


@pytest.fixture
def number(world: World, account: int) -> str:
    return world.shop.invoice(account)


def transfer(world: World, account: int, text: str, *, of: str, cents: int = 12_100, quotes: bool = True) -> Moved:
    """Money that a customer sends today for an invoice."""
    moved = Moved(cents, text, iban="NL02ABNA0000000001", account_id=account, shares={of: 12_100}, quotes=quotes)
    world.ours.book(moved, TODAY)
    return moved


def read(world: World, ours: OurAccount | None = None) -> None:
    """The next morning the statement of today is read. ours: another one than it is."""
    world.go_to(world.at(TOMORROW, 10))
    flows.import_file(world.billing, (ours or world.ours).file(TODAY, as_camt))
    world.ours.read_at[TODAY] = world.clock.now()


def remind(world: World, observer: Observer, number: str) -> None:
    letter = Letter(world.clock.now(), "a@test.example", "<1@x>", "reminder", ("first", number), "https://link")
    observer.mails.letter(letter)


def test_a_transfer_that_found_its_invoice_is_fine(world: World, observer: Observer, account: int, number: str) -> None:
    transfer(world, account, number, of=number)
    read(world)
    observer.bank.day()
    assert (observer.findings, world.shop.open_cents(number)) == ([], [0])


def test_the_same_day_in_both_formats_is_fine(world: World, observer: Observer, account: int, number: str) -> None:
    transfer(world, account, "dank", of=number)
    read(world)
    [told] = flows.import_file(world.billing, world.ours.file(TODAY, as_mt940))
    observer.bank.day()
    assert (told.known, observer.findings) == (True, [])


def test_money_that_was_read_and_is_not_in_the_journal_is_seen(
    world: World, observer: Observer, account: int, number: str
) -> None:
    transfer(world, account, number, of=number)
    world.ours.read_at[TODAY] = world.clock.now()
    observer.bank.day()
    assert any("is in the journal for 0" in finding for finding in observer.findings)
    assert any("come to 12100 cents, the journal has 0" in finding for finding in observer.findings)


def test_another_amount_in_the_journal_is_seen(world: World, observer: Observer, account: int, number: str) -> None:
    wrong = OurAccount()
    wrong.book(replace(transfer(world, account, number, of=number), cents=12_000), TODAY)
    read(world, wrong)
    observer.bank.day()
    assert any("of 12100 cents is in the journal for 12000" in finding for finding in observer.findings)


def test_money_booked_for_somebody_else_is_seen(world: World, observer: Observer, account: int, number: str) -> None:
    stranger = world.shop.customer("Slagerij Test")
    transfer(world, stranger, number, of=world.shop.invoice(stranger, "50.00"))
    read(world)
    observer.bank.day()
    assert f"was booked for {account} by number" in observer.findings.pop()


def test_a_customers_money_that_is_called_nobodys_is_seen(
    world: World, observer: Observer, account: int, number: str
) -> None:
    transfer(world, account, "dank", of=number)
    read(world)
    fien = colleague(world.shop, "fien")
    line_id = world.shop.one(BankLine).id or 0
    world.shop.do(worklist.ignore, fien, line_id)
    observer.bank.day()
    assert "nothing of customers" in observer.findings.pop()
    world.shop.do(worklist.undo, fien, line_id)
    world.shop.do(worklist.ignore, fien, line_id, Purpose.GATEWAY)
    observer.bank.day()
    assert "was taken for gateway" in observer.findings.pop()


def test_a_reminder_while_a_statement_is_missing_is_seen(
    world: World, observer: Observer, account: int, number: str
) -> None:
    read(world)
    world.go_to(world.at(date(2026, 3, 10), 10))
    remind(world, observer, number)
    assert "the statement of 2026-03-09 has not been read" in observer.findings.pop()


@pytest.mark.parametrize(
    ("text", "cents", "quotes"), [("deel van {} en meer", 12_500, True), ("dank", 12_050, False)],
    ids=["it is named", "it is about the amount"],
)  # fmt: skip
def test_a_reminder_while_their_money_waits_is_seen(
    world: World, observer: Observer, account: int, number: str, text: str, cents: int, quotes: bool
) -> None:
    transfer(world, account, text.format(number), of=number, cents=cents, quotes=quotes)
    read(world)
    remind(world, observer, number)
    assert "for which money lies at our bank" in observer.findings.pop()


def test_of_money_that_nothing_tells_of_nobody_can_know(
    world: World, observer: Observer, account: int, number: str
) -> None:
    transfer(world, account, "dank", of=number, cents=12_500, quotes=False)
    read(world)
    world.go_to(world.clock.now() + timedelta(minutes=1))
    remind(world, observer, number)
    assert observer.findings == []


def test_a_stop_while_a_statement_is_missing_or_their_money_waits_is_seen(
    world: World, observer: Observer, account: int, number: str
) -> None:
    transfer(world, account, "dank", of=number)
    read(world)
    observer.bank.stop(account)
    assert "which is theirs" in observer.findings.pop()
    observer.bank.stop(world.shop.customer("Slagerij Test"))
    assert observer.findings == []
    world.go_to(world.at(date(2026, 3, 10), 10))
    observer.bank.stop(account)
    assert any("the statement of 2026-03-09 has not been read" in finding for finding in observer.findings)


def test_a_payout_of_the_gateway_is_matched_as_one(world: World, observer: Observer) -> None:
    world.ours.book(Moved(5_000, "uitbetaling", name="Stichting Buckaroo", iban=GATEWAY), TODAY)
    read(world)
    observer.bank.day()
    assert observer.findings == []
    assert world.shop.totals() == {"bank": 5_000, "gateway_clearing": -5_000}
