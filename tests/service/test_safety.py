"""What stands in the way of stopping a service, why each is safe, and what will be charged next."""

from datetime import date, timedelta

import pytest

from billing.access import SYSTEM, Actor
from billing.accounts.tables import Role
from billing.clock import local_day
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.errors import NotAllowed, NotFound
from billing.invoices.tables import Invoice
from billing.ports import Outcome
from billing.safety import orders, queries
from billing.safety.facts import facts
from billing.safety.rules import Safety, Stage, Step
from billing.stops.rules import Facts
from tests import stopping
from tests.factories import Shop
from tests.renewals import product, run, service
from tests.stopping import announced, late_service, number, propose, stopped

LEAD_DAYS = 14


def known(shop: Shop, account: int) -> Facts:
    return shop.ask(facts, account, 1_000)


@pytest.fixture
def late(shop: Shop, account: int, owner: Actor) -> str:
    """The number of an invoice of € 12,10 that is late."""
    late_service(shop, account)
    return number(shop, account)


def test_what_is_late_counts_and_what_is_not_yet_due_does_not(shop: Shop, account: int, late: str) -> None:
    shop.invoice(account, "500.00")
    found = known(shop, account)
    assert (found.overdue, found.overdue_cents, found.floor_cents) == ((late,), 1_210, 1_000)


def test_credits_and_money_without_a_purpose_are_known(shop: Shop, account: int, owner: Actor, late: str) -> None:
    shop.do(credits.give_credits, SYSTEM, GiveCredits(account, 700, "Gebaar"))
    other = shop.invoice(account)
    key = shop.start_key(owner, other)
    shop.succeed(key, amount_cents=12_400)
    found = known(shop, account)
    assert (found.credit_cents, found.unmatched_cents) == (700, 300)


@pytest.mark.parametrize("outcome", [Outcome.PENDING, Outcome.UNKNOWN, Outcome.AWAITING_CUSTOMER])
def test_a_payment_that_has_not_ended_is_in_flight(
    shop: Shop, account: int, owner: Actor, late: str, outcome: Outcome
) -> None:
    key = shop.start_key(owner, late)
    shop.gateway.change(key, outcome)
    shop.hear(key)
    assert known(shop, account).in_flight == 1
    shop.gateway.change(key, Outcome.FAILED)
    shop.hear(key)
    assert known(shop, account).in_flight == 0


def test_a_payment_that_a_person_has_to_look_at_could_be_theirs(
    shop: Shop, account: int, owner: Actor, late: str
) -> None:
    shop.succeed(shop.start_key(owner, late), currency="USD")
    assert known(shop, account).parked == 1
    assert known(shop, shop.customer("Fietsclub Test")).parked == 0
    shop.sql("UPDATE gateway_record SET payment_id = NULL")
    assert known(shop, account).parked == 1
    shop.clock.advance(days=31)
    assert known(shop, account).parked == 0


def test_an_account_without_a_case_proves_nothing(shop: Shop, account: int, late: str) -> None:
    found = known(shop, account)
    assert (found.feeds_fresh, found.notices_delivered, found.ladder_finished, found.phoned_on) == (
        False, False, False, None,
    )  # fmt: skip


def test_somebody_who_works_here_sees_all_orders_that_run(
    shop: Shop, account: int, late: str, first: Actor, second: Actor
) -> None:
    order_id = announced(shop, 1, first, second)
    [row] = shop.ask(orders.running, second)
    today = local_day(shop.clock.now())
    assert (row.order_id, row.state, row.account, row.requested_by, row.approved_by, row.earliest) == (
        order_id, "approved", "Bakkerij Test", "fien", "fred", today,
    )  # fmt: skip
    shop.do(orders.withdraw, first, order_id)
    assert shop.ask(orders.running, second) == []


def test_orders_and_services_that_are_not_there_are_said_to_be_so(shop: Shop, first: Actor) -> None:
    with pytest.raises(NotFound):
        shop.do(orders.propose, first, 4711, 0)
    for step in (orders.approve, orders.carry_out):
        with pytest.raises(NotFound):
            shop.do(step, first, 4711, 0)
    with pytest.raises(NotFound):
        shop.do(orders.withdraw, first, 4711)


# Cards


def safety(shop: Shop, actor: Actor, account: int) -> Safety:
    [one] = shop.ask(queries.safe_services, actor, account, LEAD_DAYS)
    return one.safety


def test_a_paid_service_names_its_next_invoice(shop: Shop, account: int, owner: Actor) -> None:
    service(shop, account, local_day(shop.clock.now()))
    run(shop)
    shop.pay(owner, number(shop, account))
    assert safety(shop, owner, account) == Safety(Stage.PAID, date(2026, 4, 5), Step.INVOICE, date(2026, 3, 23))


def test_a_card_follows_its_invoice(shop: Shop, account: int, owner: Actor) -> None:
    service(shop, account, local_day(shop.clock.now()))
    run(shop)
    invoice = number(shop, account)
    assert safety(shop, owner, account) == Safety(
        Stage.OPEN, date(2026, 3, 20), Step.DUE, date(2026, 3, 20), invoice
    )  # fmt: skip
    key = shop.start_key(owner, invoice)
    shop.gateway.change(key, Outcome.PENDING)
    shop.hear(key)
    assert safety(shop, owner, account).stage is Stage.UNDER_WAY
    shop.gateway.change(key, Outcome.FAILED)
    shop.hear(key)
    shop.clock.advance(days=20)
    late = safety(shop, owner, account)
    assert (late.stage, late.days_late, late.step, late.next_on) == (Stage.OVERDUE, 6, Step.REMINDER, date(2026, 3, 26))


def test_a_proposal_is_no_news_for_the_customer_yet(
    shop: Shop, account: int, owner: Actor, late: str, first: Actor, second: Actor
) -> None:
    order_id = propose(shop, first, 1)
    assert safety(shop, owner, account).stage is Stage.OVERDUE
    stopping.approve(shop, second, order_id)
    found, week = safety(shop, owner, account), local_day(shop.clock.now()) + timedelta(days=7)
    assert (found.stage, found.next_on, found.number) == (Stage.ANNOUNCED, week, late)


def test_a_stopped_service_says_until_when_all_is_kept(
    shop: Shop, account: int, owner: Actor, late: str, first: Actor, second: Actor
) -> None:
    stopped(shop, 1, first, second)
    kept = local_day(shop.clock.now()) + timedelta(days=30)
    assert safety(shop, owner, account) == Safety(Stage.STOPPED, kept, Step.PAY_TO_RESTORE, None, late)
    shop.pay(owner, late)
    assert safety(shop, owner, account).stage is not Stage.STOPPED


def test_who_may_not_see_invoices_reads_no_number(shop: Shop, account: int, late: str) -> None:
    found = safety(shop, shop.member(account, Role.TECHNICIAN), account)
    assert (found.stage, found.number) == (Stage.OVERDUE, "")


def test_cards_are_for_who_belongs_to_the_account(shop: Shop, account: int, late: str) -> None:
    stranger = shop.member(shop.customer("Fietsclub Test"))
    for query in (queries.safe_services, queries.coming_charges):
        with pytest.raises(NotFound):
            shop.ask(query, stranger, account, LEAD_DAYS)
    with pytest.raises(NotAllowed):
        shop.ask(queries.coming_charges, shop.member(account, Role.TECHNICIAN), account, LEAD_DAYS)


# Coming charges


def test_coming_charges_are_what_the_next_runs_will_invoice(shop: Shop, account: int, owner: Actor) -> None:
    service(shop, account, local_day(shop.clock.now()))
    run(shop)
    first_two = shop.ask(queries.coming_charges, owner, account, LEAD_DAYS)[:2]
    assert [(charge.invoiced_on, charge.pay_by, charge.total_cents, charge.vat_cents) for charge in first_two] == [
        (date(2026, 3, 23), date(2026, 4, 6), 1_210, 210), (date(2026, 4, 22), date(2026, 5, 6), 1_210, 210),
    ]  # fmt: skip
    assert (first_two[0].name, first_two[0].by_mandate) == ("Webhosting", False)
    run(shop, date(2026, 3, 23))
    assert shop.all(Invoice)[-1].total_cents == 1_210
    assert shop.ask(queries.coming_charges, owner, account, LEAD_DAYS)[0] == first_two[1]


def test_the_soonest_charge_comes_first_and_what_is_far_away_is_left_out(
    shop: Shop, account: int, owner: Actor
) -> None:
    today = local_day(shop.clock.now())
    for days in (40, 15, 120):
        service(shop, account, today + timedelta(days=days), product(shop, f"{days}.00", months=12))
    found = shop.ask(queries.coming_charges, owner, account, LEAD_DAYS)
    assert [(charge.invoiced_on - today).days for charge in found] == [1, 26]
