"""From the decision to the mailbox: what happens in between, and when the mailbox does not work."""

from collections.abc import Callable, Mapping, Sequence

import pytest

from billing.access import SYSTEM, Actor
from billing.clock import local_day
from billing.correspondence import flows as correspondence
from billing.db import Work
from billing.errors import BillingError, ProviderRefused, ProviderUnclear
from billing.feeds.service import mark_fresh
from billing.feeds.tables import Feed
from billing.ports import GatewayTransaction, Method, Outcome
from billing.reminders import answers, holds, service
from billing.reminders.answers import SaysPaid
from billing.reminders.gates import Gate
from billing.reminders.service import Decision, Run
from billing.reminders.tables import HoldKind, ReminderTask, StepResult, TaskKind
from tests.factories import SIGNING_KEY, Shop
from tests.fakes.reports import DELAYED, report
from tests.reminding import STEP, Desk, closed_gates


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


def test_a_refused_address_is_repaired_before_anything_else_is_said(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    payer = shop.member(account, mails=True)
    desk.no_mails(owner)
    shop.mail.refuses = {f"{payer.name}@test.example"}
    number = desk.overdue(account, 5)
    desk.run()
    assert desk.reminded() == []
    [decision] = desk.later(3)
    assert (decision.kind.value, decision.closed) == ("first", ())
    assert desk.reminded() == [(f"{owner.name}@test.example", f"first {number}")]
    assert [step.turn for step in desk.steps()] == [1, 2]
    # The second reminder goes to the owner alone, since the payer's address is known not to work.
    assert [decision.kind.value for decision in desk.later(9)] == ["second"]
    assert desk.reminded()[1:] == [(f"{owner.name}@test.example", f"second {number}")]
    assert shop.broken() == []


def test_where_no_address_works_an_employee_is_asked_once_and_nothing_is_skipped(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    shop.mail.refuses = {f"{owner.name}@test.example"}
    desk.overdue(account, 5)
    desk.run()
    for _ in range(3):
        assert closed_gates(desk.later(11)) == [Gate.REACHED]
    [task] = shop.all(ReminderTask)
    assert task.kind == TaskKind.ADDRESS
    assert desk.reminded() == []


def test_the_only_mailbox_that_lives_on_the_unpaid_hosting_is_told_to_somebody_else(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    payer = shop.member(account, mails=True)
    desk.no_mails(owner)
    shop.package(account, "test.example")
    desk.overdue(account, 14)
    desk.run()
    assert "billing_mailbox_at_risk" not in str(shop.mail.sent)
    desk.later(10)
    [told] = [mail for mail in shop.mail.sent if mail.subject.startswith("billing_mailbox_at_risk")]
    assert told.to_address == f"{owner.name}@test.example"
    [task] = shop.all(ReminderTask)
    assert (task.kind, task.facts["email"]) == (TaskKind.ADDRESS, f"{payer.name}@test.example")


PaidMeanwhile = Callable[[Shop, Actor, str], object]


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda shop, owner, number: shop.pay(owner, number),
        lambda shop, owner, number: shop.start(owner, number),
        lambda shop, owner, number: shop.credit(number, 100),
        lambda shop, owner, number: shop.do(holds.place, SYSTEM, shop.row(number).account_id, HoldKind.COMPLAINT),
    ],
    ids=["paid", "paying", "partly credited", "complaint"],
)
def test_a_mail_in_the_outbox_is_dropped_when_the_world_changed_meanwhile(
    shop: Shop, desk: Desk, account: int, owner: Actor, meanwhile: PaidMeanwhile
) -> None:
    number = desk.overdue(account, 9)
    desk.hold_mails()
    meanwhile(shop, owner, number)
    shop.carry_out()
    assert desk.reminded() == []
    [step] = desk.steps()
    assert step.result == StepResult.DROPPED
    assert "reminders.dropped" in [event.action for event in shop.audit()]
    assert shop.broken() == []


def test_a_transfer_that_came_late_and_nobody_told_of_is_no_reason_for_a_reminder(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    key = shop.start_key(owner, desk.overdue(account, 0), method=Method.TRANSFER)
    shop.clock.advance(days=10)
    desk.hold_mails()
    shop.gateway.change(key, Outcome.SUCCEEDED)
    shop.carry_out()
    assert (desk.reminded(), desk.steps()[0].result) == ([], StepResult.DROPPED)
    assert shop.broken() == []


@pytest.mark.parametrize("trouble", [ProviderUnclear(reason="ConnectError"), ProviderRefused(reason="not now")])
def test_a_reminder_waits_while_the_gateway_can_not_say_what_was_paid(
    shop: Shop, desk: Desk, account: int, owner: Actor, monkeypatch: pytest.MonkeyPatch, trouble: BillingError
) -> None:
    number = desk.overdue(account, 0)
    shop.start(owner, number, method=Method.TRANSFER)
    shop.clock.advance(days=10)
    desk.hold_mails()

    def refuse(keys: Sequence[str]) -> Mapping[str, GatewayTransaction]:
        raise trouble

    with monkeypatch.context() as patched:
        patched.setattr(shop.gateway, "transactions", refuse)
        shop.carry_out()
    assert desk.reminded() == []
    shop.clock.advance(minutes=1)
    shop.carry_out()
    assert desk.reminded() == [(f"{owner.name}@test.example", f"first {number}")]


def test_what_was_dropped_for_a_part_is_said_again_for_the_rest(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    number = desk.overdue(account, 9)
    desk.hold_mails()
    shop.credit(number, 100)
    shop.carry_out()
    [decision] = desk.run()
    assert decision.open_cents == 12_100 - 121
    assert [(step.turn, step.result) for step in desk.steps()] == [(1, StepResult.DROPPED), (2, StepResult.DONE)]


def test_the_database_itself_refuses_a_second_mail_on_one_day_and_a_changed_step(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    desk.overdue(account, 9)
    desk.run()
    again = f"INSERT INTO reminder_step (kind, {STEP}) SELECT 'second', {STEP} FROM reminder_step"
    assert "unique" in shop.refusal(again).lower()
    assert "final" in shop.refusal("UPDATE reminder_step SET open_cents = 1")
    assert "final" in shop.refusal("DELETE FROM reminder_step")


def test_two_runs_at_one_moment_send_one_mail(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    desk.overdue(account, 9)
    shop.do(mark_fresh, Feed.GATEWAY)
    run = Run(shop.billing.policy.reminders, shop.billing.policy.runs)

    def decide(work: Work) -> Decision | None:
        return service.decide(work, account, run)

    assert shop.overlap(decide, decide) is None
    shop.carry_out()
    assert len(desk.reminded()) == 1


def bounce(shop: Shop, subject: str) -> None:
    """The mail server of the reader sends a mail back, days after ours took it."""
    mail = next(mail for mail in shop.mail.sent if mail.subject.startswith(subject))
    assert correspondence.receive_report(shop.billing, report(mail.message_id))


def test_a_bounce_takes_the_same_step_to_somebody_else_and_skips_none(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    payer = shop.member(account, mails=True)
    desk.no_mails(owner)
    desk.overdue(account, 5)
    desk.run()
    shop.clock.advance(days=3)
    bounce(shop, "first")
    assert [(decision.kind.value, decision.closed) for decision in desk.run()] == [("first", ())]
    assert desk.later(8) == ()
    assert [decision.kind.value for decision in desk.later(1)] == ["second"]
    assert [(address, subject.split()[0]) for address, subject in desk.reminded()] == [
        (f"{payer.name}@test.example", "first"), (f"{owner.name}@test.example", "first"),
        (f"{owner.name}@test.example", "second"),
    ]  # fmt: skip
    assert shop.broken() == []


def test_who_has_a_new_address_is_told_the_same_there(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    shop.mail.refuses = {f"{owner.name}@test.example"}
    desk.overdue(account, 5)
    desk.run()
    shop.sql("UPDATE login_user SET email = 'new@test.example' WHERE id = :id", id=owner.user_id)
    assert [decision.kind.value for decision in desk.later(3)] == ["first"]
    assert [address for address, _ in desk.reminded()] == ["new@test.example"]


def test_a_mail_that_is_only_ever_delayed_is_taken_for_lost_after_ten_days(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    desk.overdue(account, 5)
    desk.later(1)
    [mail] = [mail for mail in shop.mail.sent if mail.subject.startswith("first")]
    correspondence.receive_report(shop.billing, report(mail.message_id, DELAYED))
    assert closed_gates(desk.later(9)) == [Gate.REACHED]
    assert [decision.kind.value for decision in desk.later(1)] == ["first"]


def test_the_link_in_the_mail_leads_to_peace_for_a_week_and_to_a_search(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    number = desk.overdue(account, 9)
    desk.run()
    token = shop.writer.asked_reminders[0].paid_url.rpartition("/")[2]
    shop.clock.advance(days=6)
    told = SaysPaid(local_day(shop.clock.now()), "transfer", 12_100)
    for _ in range(2):
        shop.do(answers.says_paid, token, SIGNING_KEY, told)
    assert closed_gates(desk.later(4)) == [Gate.HOLD]
    [task] = shop.all(ReminderTask)
    assert (task.kind, task.facts["invoices"], task.facts["cents"]) == (TaskKind.PAID, [number], 12_100)
    assert [decision.kind.value for decision in desk.later(4)] == ["second"]
    assert shop.broken() == []
