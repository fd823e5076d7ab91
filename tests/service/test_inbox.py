from datetime import date, timedelta

import pytest

from billing.access import DEFAULTS, SYSTEM, Actor, Look
from billing.accounts.tables import Role
from billing.db import Work
from billing.errors import NotAllowed
from billing.invoices import inbox
from billing.invoices.inbox import Inbox, open_everywhere
from billing.settlement import Label
from tests.factories import Shop

TODAY = date(2026, 3, 6)


@pytest.fixture
def bakery(shop: Shop) -> int:
    return shop.customer("Bakkerij")


@pytest.fixture
def club(shop: Shop) -> int:
    return shop.customer("Fietsclub")


@pytest.fixture
def bookkeeper(shop: Shop, bakery: int, club: int) -> Actor:
    """One person who keeps the books of two customers."""
    actor = shop.member(bakery)
    shop.also_member(actor, club)
    return actor


def numbers(found: Inbox) -> list[str]:
    return [row.invoice.number for row in found.rows]


def test_open_invoices_of_all_customers_stand_together_with_the_oldest_due_date_first(
    shop: Shop, bakery: int, club: int, bookkeeper: Actor
) -> None:
    late = shop.invoice(bakery, due_on=TODAY + timedelta(days=9))
    first = shop.invoice(club, "10.00", due_on=TODAY - timedelta(days=2))
    shop.pay(bookkeeper, shop.invoice(club))
    shop.draft(bakery)

    found = shop.ask(open_everywhere, bookkeeper)

    assert [(row.at.name, row.invoice.number, row.invoice.status.label) for row in found.rows] == [
        ("Fietsclub", first, Label.OVERDUE), ("Bakkerij", late, Label.UNPAID),
    ]  # fmt: skip


def test_what_is_open_is_counted_for_each_customer_and_together(
    shop: Shop, bakery: int, club: int, bookkeeper: Actor
) -> None:
    shop.credit(shop.invoice(bakery), 1_000)
    shop.invoice(bakery)
    shop.also_member(bookkeeper, shop.customer("Alles betaald"))

    found = shop.ask(open_everywhere, bookkeeper)

    assert [(at.name, at.count, at.open_cents) for at in found.customers] == [
        ("Alles betaald", 0, 0), ("Bakkerij", 2, 22_990), ("Fietsclub", 0, 0),
    ]  # fmt: skip
    assert (found.count, found.open_cents) == (2, 22_990)


def test_one_customer_can_be_listed_alone_and_the_totals_stay_those_of_all(
    shop: Shop, bakery: int, club: int, bookkeeper: Actor
) -> None:
    shop.invoice(bakery)
    mine = shop.invoice(club)
    found = shop.ask(open_everywhere, bookkeeper, only=club)
    assert (numbers(found), found.shown, found.listed, found.count) == ([mine], club, 1, 2)


def test_a_customer_of_somebody_else_can_not_be_listed(shop: Shop, bakery: int, bookkeeper: Actor) -> None:
    mine, foreign = shop.invoice(bakery), shop.customer("Van een ander")
    shop.invoice(foreign)
    found = shop.ask(open_everywhere, bookkeeper, only=foreign)
    assert (numbers(found), found.shown) == ([mine], inbox.EVERYBODY)
    assert foreign not in [at.account_id for at in found.customers]


def test_it_says_where_one_may_pay_and_where_only_look(shop: Shop, bakery: int, club: int) -> None:
    actor = shop.member(bakery)
    shop.also_member(actor, club, Role.READ_ONLY)
    found = shop.ask(open_everywhere, actor)
    assert {at.name: at.may_pay for at in found.customers} == {"Bakkerij": True, "Fietsclub": False}


def test_an_account_without_the_right_is_not_there(shop: Shop, bakery: int, club: int) -> None:
    actor = shop.member(bakery)
    shop.also_member(actor, club, Role.TECHNICIAN)
    mine = shop.invoice(bakery)
    shop.invoice(club)
    found = shop.ask(open_everywhere, actor)
    assert (numbers(found), [at.name for at in found.customers]) == ([mine], ["Bakkerij"])


def test_a_membership_that_is_over_is_gone_the_day_after(shop: Shop, bakery: int, club: int) -> None:
    actor = shop.member(bakery)
    shop.also_member(actor, club, ends_on=TODAY)
    assert len(shop.ask(open_everywhere, actor).customers) == 2
    shop.clock.advance(days=1)
    assert [at.name for at in shop.ask(open_everywhere, actor).customers] == ["Bakkerij"]


def test_who_may_see_invoices_nowhere_has_no_inbox(shop: Shop, bakery: int, club: int) -> None:
    technician = shop.member(bakery, Role.TECHNICIAN)
    shop.also_member(technician, club, Role.TECHNICIAN)
    over = shop.member(bakery, ends_on=TODAY - timedelta(days=1))
    for actor in (technician, over, SYSTEM, Actor("Betaallink", pays_invoice_id=1)):
        with pytest.raises(NotAllowed):
            shop.ask(open_everywhere, actor)


def test_through_somebody_elses_eyes_there_is_one_account_and_no_inbox(
    shop: Shop, bakery: int, bookkeeper: Actor
) -> None:
    looking = Actor(bookkeeper.name, bookkeeper.user_id, looks_as=Look(bakery, DEFAULTS[Role.BOOKKEEPER]))
    with pytest.raises(NotAllowed):
        shop.ask(open_everywhere, looking)


def test_pages_run_on_and_a_page_that_does_not_exist_is_the_nearest(
    shop: Shop, bakery: int, club: int, bookkeeper: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "PAGE_SIZE", 2)
    issued = [shop.invoice(account, "1.00") for account in (bakery, club, bakery)]
    assert numbers(shop.ask(open_everywhere, bookkeeper)) == issued[:2]
    assert numbers(shop.ask(open_everywhere, bookkeeper, 2)) == issued[2:]
    assert [shop.ask(open_everywhere, bookkeeper, n).page for n in (-1, 0, 9)] == [1, 1, 2]
    last = shop.ask(open_everywhere, bookkeeper, 2)
    assert (last.listed, last.pages, last.open_cents) == (3, 2, 363)


def test_nothing_open_anywhere_is_one_empty_page(shop: Shop, bookkeeper: Actor) -> None:
    found = shop.ask(open_everywhere, bookkeeper)
    assert (found.rows, found.count, found.page, found.pages) == ((), 0, 1, 1)


def test_more_customers_are_no_more_questions_to_the_database(
    shop: Shop, bakery: int, bookkeeper: Actor, asked: list[str]
) -> None:
    for number in range(5):
        another = shop.customer(f"Klant {number}")
        shop.also_member(bookkeeper, another)
        shop.invoice(another)
    asked.clear()
    assert len(shop.ask(open_everywhere, bookkeeper).rows) == 5
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 3


def test_what_is_open_is_found_by_the_index_on_open_invoices(shop: Shop, bakery: int, club: int) -> None:
    assert "ix_invoice_open" in shop.ask(_plan, [bakery, club])


def _plan(work: Work, accounts: list[int]) -> str:
    connection = work.session.connection()
    if work.on_postgresql:
        # A table of nothing is quicker read whole; the question is whether the index could serve.
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    query = inbox._TOTALS.params(accounts=accounts)
    sql = str(query.compile(connection.engine, compile_kwargs={"literal_binds": True}))
    explain = "EXPLAIN" if work.on_postgresql else "EXPLAIN QUERY PLAN"
    return str(connection.exec_driver_sql(f"{explain} {sql}").all())
