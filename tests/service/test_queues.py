"""Inbox and outbox: each row is dealt with by one worker, and what a crashed worker held comes back."""

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

import pytest

from billing import inbox, outbox
from billing.correspondence import flows as correspondence
from billing.db import Work
from billing.inbox import InboxMessage
from billing.outbox import OutboxMessage, Task
from billing.runtime import Billing
from tests.factories import Shop

Claim = Callable[[Work, int], Sequence[Any]]
QUEUES = [inbox, outbox]


def put(work: Work, *names: str) -> None:
    for name in names:
        inbox.receive(work, [inbox.Arrival("test", name, "transaction", name, content_type="", body=b"")])
        outbox.put(work, Task.RENDER_INVOICE, name)


@pytest.fixture(autouse=True)
def _three_rows(shop: Shop) -> None:
    shop.do(put, "one", "two", "three")


def ids(rows: Sequence[Any]) -> list[int]:
    return [row.id for row in rows]


@pytest.mark.parametrize("queue", QUEUES)
def test_a_claimed_row_is_not_given_out_again(shop: Shop, queue: ModuleType) -> None:
    claim: Claim = queue.claim
    first, second, third = shop.do(claim, 2), shop.do(claim, 2), shop.do(claim, 2)
    assert (len(first), len(second), len(third)) == (2, 1, 0)
    assert set(ids(first)).isdisjoint(ids(second))


@pytest.mark.parametrize("queue", QUEUES)
def test_a_claim_keeps_to_its_limit_also_when_the_database_thinks_the_queue_is_empty(
    shop: Shop, queue: ModuleType
) -> None:
    # Statistics of an empty table make PostgreSQL choose a plan that looks for due rows once for each row there is.
    shop.sql("DELETE FROM inbox_message", "DELETE FROM outbox_message", "ANALYZE")
    shop.do(put, "four", "five", "six")
    assert len(shop.do(queue.claim, 1)) == 1


@pytest.mark.parametrize("queue", QUEUES)
def test_rows_that_a_crashed_worker_held_come_back(shop: Shop, queue: ModuleType) -> None:
    held = shop.do(queue.claim, 10)
    shop.clock.advance(seconds=29)
    assert shop.do(queue.claim, 10) == []
    shop.clock.advance(seconds=1)
    again = shop.do(queue.claim, 10)
    assert ids(again) == ids(held)
    assert {row.tries for row in again} == {2}


@pytest.mark.parametrize("queue", QUEUES)
def test_a_claim_that_fails_gives_its_rows_back_at_once(shop: Shop, queue: ModuleType) -> None:
    def crash(work: Work) -> None:
        queue.claim(work, 10)
        raise RuntimeError("the power went out")

    with pytest.raises(RuntimeError):
        shop.do(crash)
    assert {row.tries for row in shop.do(queue.claim, 10)} == {1}


@pytest.mark.parametrize("queue", QUEUES)
def test_two_workers_never_get_the_same_row(shop: Shop, queue: ModuleType) -> None:
    mine: list[int] = []
    theirs = shop.overlap(lambda work: mine.extend(ids(queue.claim(work, 1))), lambda work: queue.claim(work, 10))
    assert sorted(mine + ids(theirs)) == [1, 2, 3]


def test_rows_behind_a_slow_one_are_not_taken_by_another_worker(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    also: list[int] = []

    def slowly(billing: Billing, message: OutboxMessage) -> None:
        done.append(message.id or 0)
        shop.clock.advance(seconds=20)
        also.extend(ids(shop.do(outbox.claim, 10)))

    monkeypatch.setitem(correspondence.HANDLERS, Task.RENDER_INVOICE, slowly)
    assert correspondence.carry_out(shop.billing) == 3
    # The third had waited for two when its lease was over; it is done by whoever took it then, and by nobody else.
    assert sorted(done + also) == [1, 2, 3]


def test_a_row_that_another_worker_has_by_now_is_left_to_it(shop: Shop) -> None:
    [first, second, _] = shop.do(outbox.claim, 10)
    shop.clock.advance(seconds=20)
    assert outbox.needs_keeping(second, shop.clock.now())
    assert shop.do(outbox.keep, second)
    shop.clock.advance(seconds=10)
    again = shop.do(outbox.claim, 10)
    assert second.id not in ids(again)
    assert not shop.do(outbox.keep, first)


def test_what_was_claimed_and_not_begun_when_the_worker_ends_is_free_at_once(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told_to_stop(billing: Billing, message: OutboxMessage) -> None:
        billing.stopping.set()

    monkeypatch.setitem(correspondence.HANDLERS, Task.RENDER_INVOICE, told_to_stop)
    correspondence.carry_out(shop.billing)
    assert [(row.state, row.tries) for row in shop.all(OutboxMessage)] == [("done", 1), ("waiting", 0), ("waiting", 0)]
    assert len(shop.do(outbox.claim, 10)) == 2


def test_questions_to_outsiders_are_asked_apart_from_everything_else(shop: Shop) -> None:
    shop.do(lambda work: outbox.put(work, Task.CHECK_VAT_NUMBER, "question", account_id=1, number="", asked_by=""))
    assert "check_vat_number" not in {row.task for row in shop.do(outbox.claim, 10)}
    [question] = shop.do(outbox.claim, 1, outbox.QUESTIONS, outbox.LONG_LEASE)
    assert question.due_at - shop.clock.now() == outbox.LONG_LEASE


def test_a_finished_message_stays_finished(shop: Shop) -> None:
    shop.do(inbox.finish, ids(shop.do(inbox.claim, 10)), "booked")
    shop.clock.advance(days=1)
    assert shop.do(inbox.claim, 10) == []
    assert {m.verdict for m in shop.all(InboxMessage)} == {"booked"}


def test_a_message_that_is_put_back_waits_longer_each_time(shop: Shop) -> None:
    [message, *_] = shop.do(inbox.claim, 10)
    seconds = []
    for tries in range(1, 7):
        shop.do(inbox.put_back, [message.id or 0], tries, "down")
        due = shop.one(InboxMessage, id=message.id).due_at
        seconds.append(int((due - shop.clock.now()).total_seconds()))
    assert seconds == [1, 5, 30, 300, 300, 300]


def test_a_side_effect_that_is_put_back_waits_longer_each_time(shop: Shop) -> None:
    seconds = []
    for tries in range(1, 7):
        shop.do(outbox.put_back, 1, tries, "down")
        seconds.append(int((shop.one(OutboxMessage, id=1).due_at - shop.clock.now()).total_seconds()))
    assert seconds == [5, 30, 120, 600, 3600, 3600]


def test_the_same_side_effect_is_asked_for_once(shop: Shop) -> None:
    shop.do(put, "one")
    assert len(shop.all(OutboxMessage)) == 3


def test_what_is_given_up_is_not_tried_again(shop: Shop) -> None:
    shop.do(outbox.give_up, 1, "no such mailbox")
    shop.do(outbox.finish, 2)
    assert ids(shop.do(outbox.claim, 10)) == [3]
    assert shop.one(OutboxMessage, id=1).last_error == "no such mailbox"


def test_only_the_named_messages_are_opened_again(shop: Shop) -> None:
    shop.do(inbox.finish, ids(shop.do(inbox.claim, 10)), "booked")
    assert shop.do(inbox.reopen, [2, 4711]) == 1
    assert ids(shop.do(inbox.claim, 10)) == [2]


def test_messages_about_one_thing_are_given_out_together(shop: Shop) -> None:
    again = inbox.Arrival("test", "three again", "transaction", "one", content_type="", body=b"")
    shop.do(inbox.receive, [again])
    assert [message.key for message in shop.do(inbox.claim, 1)] == ["one", "one"]
    assert [message.key for message in shop.do(inbox.claim, 9)] == ["two", "three"]


def test_of_messages_about_one_thing_those_that_another_worker_has_are_left(shop: Shop) -> None:
    [taken] = shop.do(inbox.claim, 1)
    shop.do(inbox.receive, [inbox.Arrival("test", "one again", "transaction", "one", content_type="", body=b"")])
    assert taken.key == "one"
    assert {message.external_id for message in shop.do(inbox.claim, 9)} == {"one again", "two", "three"}


def test_messages_about_nothing_that_has_a_key_are_not_given_out_all_at_once(shop: Shop) -> None:
    shop.do(inbox.claim, 9)
    names = ("one", "two", "three")
    shop.do(inbox.receive, [inbox.Arrival("other", name, "other", "", content_type="", body=b"") for name in names])
    assert [len(shop.do(inbox.claim, 2)) for _ in range(3)] == [2, 1, 0]
