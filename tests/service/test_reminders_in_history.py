"""What the page of an invoice tells of its reminders."""

import pytest

from billing import outbox
from billing.access import SYSTEM, Actor
from billing.accounts.tables import Role
from billing.clock import local_day
from billing.correspondence import flows as correspondence
from billing.correspondence.history import EventKind
from billing.errors import NotFound
from billing.outbox import OutboxMessage
from billing.reminders import holds, tasks
from billing.reminders.history import invoice_view
from billing.reminders.tables import HoldKind
from tests.factories import Shop
from tests.fakes.reports import report
from tests.reminding import Desk

K = EventKind
OURS = {K.REMINDED, K.REMINDER_WAITED, K.REMINDER_DROPPED, K.REMINDER_LOST, K.REMINDER_PASSED_ON, K.CALLED}


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


def story(shop: Shop, actor: Actor, number: str) -> list[tuple[EventKind, str, str]]:
    """Kind, who and detail of what reminders did."""
    events = shop.ask(invoice_view, actor, number).history
    assert list(events) == sorted(events, key=lambda event: event.at)
    return [(event.kind, event.who, event.detail) for event in events if event.kind in OURS]


def comes_back(shop: Shop) -> None:
    """The last reminder that was sent comes back."""
    mail = shop.all(OutboxMessage, task="mail_reminder")[-1]
    correspondence.receive_report(shop.billing, report(outbox.message_id(mail.dedup_key, "https://billing.test")))
    shop.carry_out()


def test_a_reminder_says_which_and_to_whom(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    number, other = desk.overdue(account, 6), desk.overdue(account, -60)
    desk.run()
    assert story(shop, owner, number) == [(K.REMINDED, owner.name, "first")]
    assert story(shop, owner, other) == []


def test_each_invoice_of_one_mail_tells_of_it(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    numbers = [desk.overdue(account, 8), desk.overdue(account, 6)]
    desk.run()
    assert [story(shop, owner, number) for number in numbers] == [[(K.REMINDED, owner.name, "first")]] * 2


def test_one_that_waited_says_so_for_good_when_and_for_what_it_did(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    number = desk.overdue(account, 6)
    day = local_day(shop.clock.now())
    shop.do(lambda work: holds.place(work, SYSTEM, account, HoldKind.PROMISE, until=day))
    desk.run()
    since = shop.clock.now()
    shop.clock.advance(hours=1)
    desk.run()
    assert story(shop, owner, number) == [(K.REMINDER_WAITED, "", "G5")]
    desk.later(3)
    waited, reminded = (e for e in shop.ask(invoice_view, owner, number).history if e.kind in OURS)
    assert (waited.kind, waited.at, reminded.kind) == (K.REMINDER_WAITED, since, K.REMINDED)


def test_one_that_came_back_says_who_got_it_instead(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    payer = shop.member(account, mails=True)
    desk.no_mails(owner)
    number = desk.overdue(account, 6)
    desk.run()
    comes_back(shop)
    assert story(shop, owner, number)[1:] == [(K.REMINDER_LOST, payer.name, "")]
    desk.later(1)
    kinds = story(shop, owner, number)
    assert (K.REMINDER_PASSED_ON, payer.name, owner.name) in kinds
    assert (K.REMINDED, owner.name, "first") in kinds


def test_of_two_readers_the_other_one_got_it(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    payer = shop.member(account, mails=True)
    number = desk.overdue(account, 6)
    desk.run()
    comes_back(shop)
    assert story(shop, owner, number)[1:] == [(K.REMINDER_PASSED_ON, payer.name, owner.name)]


def test_one_that_was_paid_before_it_left_says_that_it_did_not_go_out(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    number = desk.overdue(account, 6)
    desk.hold_mails()
    shop.pay(owner, number)
    shop.carry_out()
    assert story(shop, owner, number) == [(K.REMINDER_DROPPED, "", "")]


def test_a_call_that_was_made_is_part_of_it(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    number = desk.overdue(account, 6)
    desk.every_day(45)
    [call] = [task for task in shop.ask(tasks.waiting) if task.kind == "call"]
    shop.do(tasks.finish, SYSTEM, call.id or 0, "reached")
    assert story(shop, owner, number)[-1][0] is K.CALLED


def test_it_is_nobody_elses(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    number = desk.overdue(account, 6)
    desk.run()
    with pytest.raises(NotFound):
        shop.ask(invoice_view, shop.member(shop.customer(), Role.OWNER), number)
