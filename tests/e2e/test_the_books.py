"""After all journeys: every amount is where it belongs, and hearing everything again moves none of it."""

from playwright.sync_api import Page
from sqlmodel import col, func, select

from billing.db import Work
from billing.inbox import DONE, InboxMessage
from billing.ledger.tables import Posting
from billing.outbox import OutboxMessage, Task
from tests.e2e.stack import Demo, eventually
from tests.e2e.steps import BAKERY, pay


def balances(work: Work) -> dict[str, tuple[int, int]]:
    """Of each account of the ledger: its balance in cents and the number of postings."""
    sums = select(Posting.ledger_account, func.sum(Posting.cents), func.count(col(Posting.id)))
    return {name: (cents, count) for name, cents, count in work.session.exec(sums.group_by(Posting.ledger_account))}


def errands(work: Work) -> int:
    """How often something was to be printed or mailed, but for reminders, which come when it is their time."""
    others = select(func.count(col(OutboxMessage.id))).where(OutboxMessage.task != Task.MAIL_REMINDER.value)
    return work.session.exec(others).one()


def all_heard(work: Work) -> bool:
    """Whether there are messages of the gateway, and each has been dealt with."""
    states = set(work.session.exec(select(InboxMessage.state).distinct()))
    return states == {DONE}


def test_the_books_are_right_and_a_replay_changes_nothing(demo: Demo, page: Page) -> None:
    page.goto(demo.pay_link(demo.issue(BAKERY, "Jaarafsluiting", price="30.00")))
    pay(page, demo, "Bancontact")
    eventually(lambda: demo.billing.ask(all_heard))
    before = demo.billing.ask(balances), demo.billing.ask(errands)

    replayed = demo.voldaan("push", "replay", "--all")
    assert replayed.returncode == 0, replayed.stderr
    # The worker takes its share of them.
    eventually(lambda: demo.billing.ask(all_heard))
    assert (demo.billing.ask(balances), demo.billing.ask(errands)) == before
    checked = demo.voldaan("check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
