"""A demo that begins anew while its processes are at work: what they had begun comes to nothing, and harms nothing."""

from collections.abc import Iterator
from typing import Any

import pytest

from billing.access import SYSTEM
from billing.accounts import service as accounts
from billing.accounts.tables import Account
from billing.correspondence import flows as correspondence
from billing.db import Database
from billing.demo import restoring
from billing.errors import Conflict
from billing.runtime import Billing
from billing.worker.lane import Lane
from tests.dumps import every_row
from tests.factories import Shop


@pytest.fixture
def demo(database_url: str) -> Iterator[Shop]:
    """A shop as it was kept: with a customer, and with a mail about an invoice that waits to be sent."""
    shop = Shop(Database(database_url))
    account_id = shop.customer()
    shop.member(account_id, mails=True)
    shop.invoice(account_id)
    restoring.keep(shop.database)
    yield shop
    shop.database.dispose()


def begin_anew(shop: Shop) -> None:
    restoring.restore(shop.database, shop.clock.rewind)


def test_a_task_that_began_before_writes_nothing_after(demo: Shop) -> None:
    task = demo.billing.for_task()
    task.do(accounts.open_account, SYSTEM, accounts.OpenAccount("Die er nog bij kon", "A. Tester"))
    begin_anew(demo)
    with pytest.raises(Conflict):
        task.do(accounts.open_account, SYSTEM, accounts.OpenAccount("Die te laat kwam", "A. Tester"))
    assert len(demo.all(Account)) == 1


def test_a_mail_that_was_being_sent_is_of_no_use_any_more_and_nobody_is_troubled(
    demo: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, send = every_row(demo.database), demo.mail.send

    def send_while_all_begins_anew(*arguments: Any) -> None:
        send(*arguments)
        begin_anew(demo)

    monkeypatch.setattr(demo.mail, "send", send_while_all_begins_anew)
    lane = Lane(demo.billing, "test", (correspondence.carry_out,), rest=60)
    assert lane.round() == 0
    assert len(demo.mail.sent) == 1
    assert every_row(demo.database) == before
    monkeypatch.undo()
    lane.round()
    assert len(demo.mail.sent) == 2


def test_a_job_that_failed_in_the_future_is_not_left_alone_until_then(demo: Shop) -> None:
    tried: list[int] = []

    def bad(billing: Billing) -> int:
        tried.append(1)
        raise ValueError("poison")

    lane = Lane(demo.billing, "test", (bad,), rest=60)
    demo.clock.advance(days=40)
    lane.round()
    demo.clock.advance(days=-40)
    begin_anew(demo)
    lane.round()
    assert len(tried) == 2
