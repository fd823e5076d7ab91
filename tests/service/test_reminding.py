"""Climbing the ladder: who is reminded of what, when, and that it happens once."""

from datetime import date

import pytest

from billing.access import SYSTEM, Actor
from billing.accounts.tables import Role
from billing.feeds.service import mark_fresh
from billing.feeds.tables import Feed
from billing.logins import sessions
from billing.logins.sessions import Visitor
from billing.reminders import tasks
from billing.reminders.rules import ReminderRules, StepKind
from billing.reminders.tables import ReminderCase, ReminderTask, StepResult
from tests.factories import Shop
from tests.reminding import Desk

K = StepKind


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


def call_made(shop: Shop) -> None:
    for task in shop.all(ReminderTask, done_at=None):
        shop.do(tasks.finish, SYSTEM, task.id or 0, "reached")


def test_what_is_not_yet_late_or_paid_is_no_reason(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    shop.pay(owner, desk.overdue(account, 30))
    desk.overdue(account, 4)
    assert desk.run() == ()
    assert shop.all(ReminderCase) == []


def test_five_days_after_the_due_date_the_payer_is_reminded_once(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    number = desk.overdue(account, 5)
    [decision] = desk.run()
    assert (decision.kind, decision.numbers, decision.open_cents) == (K.FIRST, (number,), 12_100)
    assert desk.run() == desk.later(1) == ()
    assert desk.reminded() == [("person-1@test.example", f"first {number}")]
    [step] = desk.steps()
    assert (step.result, [gate["open"] for gate in step.gates]) == (StepResult.DONE, [True] * 8)
    assert shop.broken() == []


def test_the_mail_has_number_amount_pay_link_and_pdf(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    number = desk.overdue(account, 5)
    desk.run()
    [mail] = shop.writer.asked_reminders
    assert [(row.number, row.open_cents) for row in mail.rows] == [(number, 12_100)]
    assert mail.rows[0].pay_url.startswith("https://billing.test/pay/")
    assert mail.paid_url.startswith("https://billing.test/reminder/")
    assert [one.filename for one in shop.mail.sent[-1].attachments] == [f"factuur-{number}.pdf"]


def test_one_mail_is_about_all_that_is_overdue_of_an_account(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    old, new, early = desk.overdue(account, 6), desk.overdue(account, 1), desk.overdue(account, 0)
    other = shop.customer("Slagerij Test")
    shop.member(other, Role.OWNER, mails=True)
    theirs = desk.overdue(other, 9)
    desk.run()
    assert desk.reminded() == [
        ("person-1@test.example", f"first {old} {new}"), ("person-2@test.example", f"first {theirs}"),
    ]  # fmt: skip
    assert early not in str(desk.reminded())


def test_the_whole_ladder_day_by_day(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    payer = shop.member(account, mails=True)
    desk.no_mails(owner)
    desk.overdue(account, 5)
    taken = desk.every_day(40)
    call_made(shop)
    # The invoice was due on 1 March. The 15th is a Sunday, so the second reminder and all after it come a day later.
    assert [*taken, *desk.every_day(10)] == [
        (date(2026, 3, 6), K.FIRST), (date(2026, 3, 16), K.SECOND), (date(2026, 3, 26), K.FORMAL),
        (date(2026, 4, 13), K.CALL), (date(2026, 4, 21), K.PROPOSAL),
    ]  # fmt: skip
    to_payer = [subject.split()[0] for address, subject in desk.reminded() if address == f"{payer.name}@test.example"]
    to_owner = [subject.split()[0] for address, subject in desk.reminded() if address == f"{owner.name}@test.example"]
    assert (to_payer, to_owner) == (["first", "second", "formal"], ["second", "formal"])
    assert [task.kind for task in shop.all(ReminderTask)] == ["call", "proposal"]
    assert shop.broken() == []


def test_the_proposal_waits_until_the_call_is_recorded(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    desk.overdue(account, 5)
    taken = desk.every_day(70)
    assert [kind for _, kind in taken][-1] is K.CALL
    [task] = shop.all(ReminderTask)
    call_made(shop)
    assert [kind for _, kind in desk.every_day(2)] == [K.PROPOSAL]
    assert task.facts["open_cents"] == 12_100


def test_however_long_nothing_ran_one_step_is_taken_and_the_next_waits_its_interval(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    number = desk.overdue(account, 5)
    shop.clock.advance(days=101)
    assert [decision.kind for decision in desk.run()] == [K.FIRST]
    shop.clock.advance(days=8)
    assert desk.run() == ()
    assert [decision.kind for decision in desk.later(1)] == [K.SECOND]
    assert [subject for _, subject in desk.reminded()] == [f"first {number}", f"second {number}"]


@pytest.mark.parametrize(
    ("moment", "why"),
    [((2026, 3, 6, 22), "night"), ((2026, 3, 8, 12), "Sunday"), ((2026, 4, 6, 12), "Easter Monday"),
     ((2026, 4, 27, 12), "King's Day")],
)  # fmt: skip
def test_nobody_is_reminded_at_night_on_sundays_and_on_holidays(
    shop: Shop, desk: Desk, account: int, owner: Actor, moment: tuple[int, int, int, int], why: str
) -> None:
    desk.overdue(account, 5)
    shop.clock.time = shop.clock.time.replace(year=moment[0], month=moment[1], day=moment[2], hour=moment[3])
    assert desk.hold_mails().is_quiet, why
    assert desk.steps() == []


def test_a_mail_that_is_held_up_until_the_night_waits_for_the_morning(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    desk.overdue(account, 5)
    shop.carry_out()
    shop.mail.down = True
    desk.run()
    shop.mail.down = False
    shop.clock.advance(hours=12)
    shop.carry_out()
    assert desk.reminded() == []
    shop.clock.advance(hours=11)
    shop.do(mark_fresh, Feed.GATEWAY)
    shop.carry_out()
    assert len(desk.reminded()) == 1


def test_who_has_not_seen_an_invoice_is_told_three_days_ahead(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    number = desk.overdue(account, -3)
    desk.run()
    assert desk.reminded() == [("person-1@test.example", f"friendly {number}")]
    assert [kind for _, kind in desk.every_day(9)] == [K.FIRST]


@pytest.mark.parametrize(("role", "is_told"), [(Role.BOOKKEEPER, False), (Role.TECHNICIAN, True)])
def test_who_was_in_the_dashboard_since_has_seen_the_invoice_if_invoices_are_shown(
    shop: Shop, desk: Desk, account: int, owner: Actor, role: Role, is_told: bool
) -> None:
    person = shop.member(account, role)
    desk.overdue(account, -3)
    shop.clock.advance(hours=1)
    shop.do(sessions.start, person.user_id or 0, Visitor())
    assert bool(desk.run()) is is_told


def test_who_tried_to_pay_has_seen_the_invoice(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    number = desk.overdue(account, -3)
    key = shop.start_key(owner, number)
    shop.gateway.cancel(key)
    shop.hear(key)
    assert desk.run() == ()


@pytest.mark.parametrize(("charges", "costs_cents"), [(False, 0), (True, 4_000)])
def test_a_formal_notice_names_costs_only_where_the_company_charges_them(
    shop: Shop, desk: Desk, account: int, owner: Actor, charges: bool, costs_cents: int
) -> None:
    desk.rules(ReminderRules(charges_costs=charges))
    desk.overdue(account, 5)
    desk.every_day(21)
    notice = shop.writer.asked_reminders[-1]
    assert (notice.kind, notice.costs_cents) == ("formal", costs_cents)


def test_a_case_closes_with_the_last_payment_and_its_tasks_with_it(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    number = desk.overdue(account, 5)
    desk.every_day(45)
    shop.pay(owner, number)
    assert desk.run() == ()
    [case] = shop.all(ReminderCase)
    [task] = shop.all(ReminderTask)
    assert case.closed_at is not None
    assert (task.outcome, task.done_by) == (tasks.NOT_NEEDED, SYSTEM.name)


@pytest.mark.parametrize("way", ["payment", "credit note"])
def test_what_settles_an_invoice_ends_its_reminders(
    shop: Shop, desk: Desk, account: int, owner: Actor, way: str
) -> None:
    number = desk.overdue(account, 5)
    desk.run()
    if way == "payment":
        shop.pay(owner, number)
    else:
        shop.credit(number, 10_000)
    assert desk.later(20) == ()
    assert len(desk.reminded()) == 1
    assert shop.one(ReminderCase).closed_at is not None


def test_a_payment_that_was_taken_back_months_later_begins_a_new_case(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    number = desk.overdue(account, 5)
    desk.run()
    key = shop.pay(owner, number)
    desk.run()
    shop.clock.advance(days=56)
    shop.hear(shop.gateway.take_back(key))
    assert [decision.kind for decision in desk.run()] == [K.FIRST]
    assert [case.closed_at is None for case in shop.all(ReminderCase)] == [False, True]
