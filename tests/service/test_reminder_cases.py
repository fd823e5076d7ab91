"""How an account stands: what was said, what waits and why, and who may see it."""

from datetime import timedelta

import pytest

from billing.access import SYSTEM, Actor
from billing.accounts.tables import Role
from billing.clock import local_day
from billing.errors import NotAllowed, NotFound
from billing.reminders import holds, queries, report
from billing.reminders.gates import Gate
from billing.reminders.queries import CaseView
from billing.reminders.rules import StepKind
from billing.reminders.tables import HoldKind, StepResult
from tests.factories import Shop
from tests.reminding import Desk


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


def case(shop: Shop, actor: Actor, account: int) -> CaseView | None:
    return shop.ask(queries.case_of, actor, account)


def test_a_case_tells_what_was_said_and_why_the_next_step_waits(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    number = desk.overdue(account, 5)
    desk.run()
    until = local_day(shop.clock.now()) + timedelta(days=30)
    shop.do(holds.place, SYSTEM, account, HoldKind.DISPUTE, until=until, why="Server lag eruit")
    desk.later(10)
    seen = case(shop, owner, account)
    assert seen is not None
    assert [(step.kind, step.result, step.closed) for step in seen.steps] == [
        (StepKind.SECOND, StepResult.POSTPONED, (Gate.HOLD,)), (StepKind.FIRST, StepResult.DONE, ()),
    ]  # fmt: skip
    assert seen.steps[0].numbers == (number,)
    assert (seen.is_frozen, seen.holds[0].why, seen.troubled, seen.at_risk) == (True, "Server lag eruit", (), "")
    assert list(report.case_lines(seen)) == [
        "second         €121.00  2026-03-16  postponed G5 on hold",
        "first          €121.00  2026-03-06  done",
        "hold 1: dispute until 2026-04-05, by Voldaan: Server lag eruit",
    ]


def test_a_case_is_gone_with_the_payment_before_anybody_closes_it(
    shop: Shop, desk: Desk, account: int, owner: Actor
) -> None:
    number = desk.overdue(account, 5)
    desk.run()
    assert case(shop, owner, account) is not None
    shop.pay(owner, number)
    assert case(shop, owner, account) is None


def test_a_mailbox_at_risk_is_shown_on_the_case(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    shop.mail.refuses = {f"{owner.name}@test.example"}
    desk.overdue(account, 5)
    desk.run()
    seen = case(shop, SYSTEM, account)
    assert seen is not None
    assert list(report.case_lines(seen))[-2:] == [
        f"mails do not reach {owner.name}@test.example", f"nobody but {owner.name}@test.example gets the invoices",
    ]  # fmt: skip
    assert (seen.troubled, seen.at_risk) == ((f"{owner.name}@test.example",), f"{owner.name}@test.example")


def test_a_case_is_for_who_may_see_invoices(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    desk.overdue(account, 5)
    desk.run()
    assert case(shop, shop.member(account, Role.READ_ONLY), account) is not None
    with pytest.raises(NotAllowed):
        case(shop, shop.member(account, Role.TECHNICIAN), account)
    with pytest.raises(NotFound):
        case(shop, shop.member(shop.customer("Slagerij Test")), account)


def test_the_list_of_all_cases_is_for_employees(shop: Shop, desk: Desk, account: int, owner: Actor) -> None:
    desk.overdue(account, 5)
    desk.run()
    assert [one.account_id for one in shop.ask(queries.open_cases, SYSTEM)] == [account]
    with pytest.raises(NotAllowed):
        shop.ask(queries.open_cases, owner)
