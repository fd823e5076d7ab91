"""The whole road from a late invoice to a stopped service and back, with everything that is asked on the way."""

from datetime import date

import pytest

from billing import outbox
from billing.access import SYSTEM, Actor
from billing.clock import local_day
from billing.correspondence import flows as correspondence
from billing.db import Work
from billing.errors import StopRefused
from billing.feeds.service import mark_fresh
from billing.feeds.tables import Feed
from billing.outbox import OutboxMessage
from billing.reminders import holds, tasks
from billing.reminders.rules import StepKind
from billing.reminders.tables import HoldKind
from billing.safety import orders, queries
from billing.safety.rules import Safety, Stage, Step
from tests.factories import Shop
from tests.fakes.reports import report
from tests.reminding import Desk
from tests.stopping import late_service, number, state_of

FLOOR = 1_000


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


@pytest.fixture
def service_id(shop: Shop, account: int, owner: Actor) -> int:
    """A service whose invoice of € 12,10 is 30 days late, before the first reminder of it."""
    return late_service(shop, account)


def missing(shop: Shop, actor: Actor, service_id: int) -> list[str]:
    """What stands in the way of a stop order."""
    shop.do(mark_fresh, Feed.GATEWAY)
    with pytest.raises(StopRefused) as refused:
        shop.do(orders.propose, shop.proven(actor), service_id, FLOOR)
    found: list[str] = refused.value.facts["missing"]
    return found


def card(shop: Shop, owner: Actor, account: int) -> Safety:
    [one] = shop.ask(queries.safe_services, owner, account, 14)
    return one.safety


def phone(shop: Shop) -> None:
    """Somebody calls the customer, who does not pick up."""
    [call] = [task for task in shop.ask(tasks.waiting) if task.kind == "call"]
    shop.do(tasks.finish, SYSTEM, call.id or 0, "no_answer")


def climb(shop: Shop, desk: Desk) -> list[tuple[date, StepKind]]:
    """All reminders, the call and the proposal, day by day."""
    taken = desk.every_day(40)
    phone(shop)
    return [*taken, *desk.every_day(12)]


def test_the_card_names_the_next_reminder_and_then_the_call(
    shop: Shop, desk: Desk, account: int, owner: Actor, service_id: int
) -> None:
    today = local_day(shop.clock.now())
    assert (card(shop, owner, account).step, card(shop, owner, account).next_on) == (Step.REMINDER, today)
    desk.every_day(21)
    assert card(shop, owner, account).stage is Stage.OVERDUE
    assert card(shop, owner, account).step is Step.CALL


def test_nothing_can_be_proposed_before_the_ladder_was_climbed(
    shop: Shop, desk: Desk, owner: Actor, service_id: int, first: Actor
) -> None:
    assert missing(shop, first, service_id) == ["notices_delivered", "ladder_finished"]
    desk.every_day(40)
    assert missing(shop, first, service_id) == ["ladder_finished"]
    phone(shop)
    assert missing(shop, first, service_id) == ["ladder_finished"]


def test_at_the_end_of_the_road_two_people_stop_it_and_a_payment_brings_it_back(
    shop: Shop, desk: Desk, account: int, owner: Actor, service_id: int, first: Actor, second: Actor
) -> None:
    kinds = [kind for _, kind in climb(shop, desk)]
    assert kinds == [StepKind.FIRST, StepKind.SECOND, StepKind.FORMAL, StepKind.CALL, StepKind.PROPOSAL]
    shop.do(mark_fresh, Feed.GATEWAY)
    order_id = shop.do(orders.propose, shop.proven(first), service_id, FLOOR)
    shop.do(orders.approve, shop.proven(second), order_id, FLOOR)
    shop.clock.advance(days=7)
    shop.do(mark_fresh, Feed.GATEWAY)
    shop.do(orders.carry_out, shop.proven(first), order_id, FLOOR)
    assert state_of(shop, service_id) == "stopped"
    shop.pay(owner, number(shop, account))
    assert state_of(shop, service_id) == "active"
    assert shop.broken() == []


def test_an_outage_of_the_gateway_on_the_last_day_leaves_the_service_on(
    shop: Shop, desk: Desk, account: int, owner: Actor, service_id: int, first: Actor, second: Actor
) -> None:
    climb(shop, desk)
    shop.do(mark_fresh, Feed.GATEWAY)
    order_id = shop.do(orders.propose, shop.proven(first), service_id, FLOOR)
    shop.do(orders.approve, shop.proven(second), order_id, FLOOR)
    shop.clock.advance(days=7)
    with pytest.raises(StopRefused):
        shop.do(orders.carry_out, shop.proven(first), order_id, FLOOR)
    assert state_of(shop, service_id) == "active"


def test_a_promise_to_pay_stands_in_the_way(
    shop: Shop, desk: Desk, account: int, owner: Actor, service_id: int, first: Actor
) -> None:
    climb(shop, desk)

    def promise(work: Work) -> None:
        holds.place(work, SYSTEM, account, HoldKind.PROMISE, until=local_day(work.now))

    shop.do(promise)
    assert missing(shop, first, service_id) == ["nothing_disputed"]


def test_an_address_that_mails_come_back_from_stands_in_the_way(
    shop: Shop, desk: Desk, account: int, owner: Actor, service_id: int, first: Actor
) -> None:
    climb(shop, desk)
    mail = shop.all(OutboxMessage, task="mail_invoice")[0]
    message_id = outbox.message_id(mail.dedup_key, shop.billing.policy.public_url)
    shop.sql("DELETE FROM mail_delivery WHERE outbox_id > :id", id=mail.id)
    correspondence.receive_report(shop.billing, report(message_id))
    assert {"addresses_work", "mailbox_safe"} <= set(missing(shop, first, service_id))


def test_mail_that_lives_on_the_hosting_at_risk_stands_in_the_way(
    shop: Shop, desk: Desk, account: int, owner: Actor, service_id: int, first: Actor
) -> None:
    climb(shop, desk)
    shop.package(account, "test.example")
    assert missing(shop, first, service_id) == ["mailbox_safe"]
    elsewhere = shop.member(account, mails=True)
    shop.sql("UPDATE login_user SET email = 'elders@andere.example' WHERE id = :id", id=elsewhere.user_id)
    shop.do(mark_fresh, Feed.GATEWAY)
    assert shop.do(orders.propose, shop.proven(first), service_id, FLOOR)
