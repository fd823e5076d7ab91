"""`voldaan reminders …`: what is typed, what is said."""

import json

import pytest

from billing.access import SYSTEM
from billing.accounts.tables import Role
from billing.clock import SystemClock
from billing.errors import NotAllowed, NotFound, Refused
from billing.reminders import cases, tasks
from billing.reminders.tables import AccountHold, ReminderStep, ReminderTask, TaskKind
from tests.factories import Shop
from tests.reminding import Desk
from tests.service.conftest import Type


@pytest.fixture
def late(stored: Shop) -> str:
    """The number of an invoice that should have been paid nine days ago, by the machine's own clock."""
    account = stored.customer()
    stored.member(account, Role.OWNER, mails=True)
    stored.clock.time = SystemClock().now()
    return Desk(stored).overdue(account, 9)


def test_a_dry_run_tells_what_would_be_sent_or_why_not_and_changes_nothing(
    voldaan: Type, stored: Shop, late: str
) -> None:
    said = voldaan("reminders", "run", "--dry-run")
    assert (said.code, late in said.out, "G4 not everything that was paid has been heard" in said.out) == (
        0,
        True,
        True,
    )
    assert said.out.splitlines()[-1] == "0 steps would be taken, 1 postponed."
    [row] = [json.loads(line) for line in voldaan("reminders", "run", "--dry-run", "--json").out.splitlines()]
    assert (row["step"], row["invoices"], [gate["gate"] for gate in row["closed"]]) == ("first", [late], ["G4"])
    assert stored.all(ReminderStep) == []


def test_an_account_is_left_in_peace_and_reminded_again(voldaan: Type, stored: Shop, late: str) -> None:
    assert voldaan("reminders", "hold", "1", "dispute", "--why", "Server lag eruit").out.strip() == "hold 1"
    assert "G5 on hold" in voldaan("reminders", "run", "--dry-run").out
    assert voldaan("reminders", "release", "1").code == 0
    assert "G5" not in voldaan("reminders", "run", "--dry-run").out
    [hold] = stored.all(AccountHold)
    assert (hold.why, hold.released_by) == ("Server lag eruit", SYSTEM.name)


@pytest.mark.parametrize("words", [("1", "says_paid"), ("1", "nonsense"), ("1", "promise")])
def test_a_hold_that_can_not_be_is_wrong_usage(voldaan: Type, stored: Shop, late: str, words: tuple[str, str]) -> None:
    assert voldaan("reminders", "hold", *words).code == 2


def test_a_hold_on_nobody_is_a_sentence(voldaan: Type) -> None:
    said = voldaan("reminders", "hold", "4711", "dispute")
    assert (said.code, "not_found" in said.err, "Traceback" in said.err) == (1, True, False)


def test_who_is_reminded_is_listed_with_the_holds_that_can_be_released(
    voldaan: Type, stored: Shop, late: str
) -> None:  # fmt: skip
    assert voldaan("reminders", "cases").out == ""
    assert voldaan("reminders", "case", "1").out == "account 1 has no open case\n"
    stored.do(cases.of_account, 1)
    voldaan("reminders", "hold", "1", "dispute", "--why", "Server lag eruit")
    assert voldaan("reminders", "cases").out.endswith("Bakkerij Test\n")
    said = voldaan("reminders", "case", "1").out
    assert said == "hold 1: dispute until it is released, by Voldaan: Server lag eruit\n"


def test_the_work_list_is_worked_off_once(voldaan: Type, stored: Shop) -> None:
    account = stored.customer()
    stored.do(tasks.add, account, TaskKind.CALL, "step:1", {"open_cents": 12_100})
    assert not stored.do(tasks.add, account, TaskKind.CALL, "step:1", {"open_cents": 12_100})
    assert "call      account 1" in voldaan("reminders", "tasks").out
    assert json.loads(voldaan("reminders", "tasks", "--json").out)["facts"] == {"open_cents": 12_100}
    assert voldaan("reminders", "done", "1", "reached", "--note", "betaalt vrijdag").code == 0
    assert voldaan("reminders", "done", "1", "reached").code == 1
    assert voldaan("reminders", "tasks").out == ""
    [task] = stored.all(ReminderTask)
    assert (task.outcome, task.note) == ("reached", "betaalt vrijdag")


def test_only_employees_end_a_task_and_with_an_outcome(stored: Shop) -> None:
    account = stored.customer()
    stored.do(tasks.add, account, TaskKind.CALL, "step:1", {})
    with pytest.raises(NotAllowed):
        stored.do(tasks.finish, stored.member(account, Role.OWNER), 1, "reached")
    with pytest.raises(Refused):
        stored.do(tasks.finish, SYSTEM, 1, "  ")
    with pytest.raises(NotFound):
        stored.do(tasks.finish, SYSTEM, 4711, "reached")
