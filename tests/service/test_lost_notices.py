"""A notice of a debit that comes back after it was handed over was never given: the debit does not go out on it."""

import pytest

from billing import outbox
from billing.access import Actor
from billing.accounts.tables import Role
from billing.correspondence import flows as correspondence
from billing.mandates import flows, queries, submitting
from billing.outbox import OutboxMessage
from billing.ports import AccountMailKind
from tests.factories import Shop
from tests.fakes.collecting import collections, go_on, mails, states, submit, today, told, work
from tests.fakes.reports import DELIVERED, FAILED, report

pytestmark = pytest.mark.usefixtures("mandate")
ANNOUNCED = AccountMailKind.DEBIT_ANNOUNCED


def notices(shop: Shop) -> list[OutboxMessage]:
    return [row for row in shop.all(OutboxMessage) if row.payload.get("kind") == ANNOUNCED]


def comes_back(shop: Shop, notice: OutboxMessage, kind: tuple[str, str] = FAILED) -> None:
    """A mail server reports about a mail, and the worker takes note."""
    message_id = outbox.message_id(notice.dedup_key, shop.billing.policy.public_url)
    assert correspondence.receive_report(shop.billing, report(message_id, kind))
    shop.carry_out()


def addresses(shop: Shop, subject: str = "debit_announced") -> list[str]:
    return [mail.to_address for mail in shop.mail.sent if mail.subject == subject]


def test_somebody_else_is_told_and_the_day_moves(shop: Shop, owner: Actor, account: int) -> None:
    shop.member(account, Role.ADMINISTRATOR)
    shop.invoice(account)
    work(shop)
    go_on(shop, 3)
    comes_back(shop, notices(shop)[0])
    work(shop)
    [old, new] = collections(shop)
    assert (old.state, old.reason, new.state) == ("withdrawn", "came_back", "announced")
    assert (new.collect_on - today(shop)).days >= 14
    [_, second] = mails(shop, ANNOUNCED)
    assert (second.recipient, second.facts["instead_of"]) == ("person-2", owner.name)
    go_on(shop, 20)
    assert ([order.collect_on for order in shop.gateway.collected], shop.broken()) == ([new.collect_on], [])


def test_with_nobody_else_to_tell_nothing_is_debited_and_the_invoice_says_so(
    shop: Shop, owner: Actor, account: int
) -> None:
    number = shop.invoice(account)
    work(shop)
    comes_back(shop, notices(shop)[0])
    go_on(shop, 30)
    [one] = collections(shop)
    assert (one.state, one.reason, one.for_staff, shop.gateway.collected) == ("withdrawn", "untold", True, [])
    found = shop.ask(queries.collection_of, owner, number, shop.billing.policy.mandates)
    assert (found.is_untold, found.planned, found.may_pay) == (True, None, True)
    assert shop.broken() == []


def test_one_of_two_who_was_reached_is_enough(shop: Shop, account: int) -> None:
    shop.member(account, mails=True)
    shop.invoice(account)
    work(shop)
    comes_back(shop, notices(shop)[0])
    go_on(shop, 14)
    assert (states(shop), len(shop.gateway.collected), shop.broken()) == (["submitted"], 1, [])


def test_the_second_of_two_that_comes_back_too_is_the_end_of_it(shop: Shop, account: int) -> None:
    shop.member(account, mails=True)
    shop.invoice(account)
    work(shop)
    for notice in notices(shop):
        comes_back(shop, notice)
    assert (states(shop), collections(shop)[0].reason) == (["withdrawn"], "untold")


def test_a_report_that_comes_twice_or_of_another_mail_moves_nothing(shop: Shop, account: int) -> None:
    shop.member(account, Role.ADMINISTRATOR)
    shop.invoice(account)
    work(shop)
    [first] = notices(shop)
    comes_back(shop, first, DELIVERED)
    assert states(shop) == ["announced"]
    for _ in range(2):
        comes_back(shop, first)
    other = next(row for row in shop.all(OutboxMessage, task="mail_invoice"))
    comes_back(shop, other)
    assert states(shop) == ["withdrawn", "planned"]


def test_a_bounce_that_nobody_dealt_with_yet_is_seen_at_submission(shop: Shop, account: int) -> None:
    shop.member(account, Role.ADMINISTRATOR)
    shop.invoice(account)
    work(shop)
    go_on(shop, 10)
    [notice] = notices(shop)
    message_id = outbox.message_id(notice.dedup_key, shop.billing.policy.public_url)
    correspondence.receive_report(shop.billing, report(message_id))
    shop.clock.advance(days=1)
    [due] = shop.ask(submitting.due, 10)
    assert shop.do(submitting.claim, due, shop.billing.policy.mandates) is None
    assert states(shop) == ["withdrawn", "planned"]


def test_a_bounce_after_submission_asks_the_debit_back_and_announces_anew(
    shop: Shop, owner: Actor, account: int
) -> None:
    shop.member(account, Role.ADMINISTRATOR)
    debit = submit(shop, account)
    comes_back(shop, notices(shop)[0])
    told(shop)
    work(shop)
    assert (shop.gateway.cancelled, states(shop)) == ([debit.key], ["recalled"])
    work(shop)
    assert (states(shop), told(shop)) == (["recalled", "announced"], ["debit_announced"])
    assert shop.broken() == []


def test_a_bounce_after_the_money_came_changes_nothing(shop: Shop, account: int) -> None:
    debit = submit(shop, account)
    shop.succeed(debit.key)
    work(shop)
    comes_back(shop, notices(shop)[0])
    flows.recall_collections(shop.billing)
    assert (states(shop), shop.gateway.cancelled, shop.open_cents(debit.number)) == (["collected"], [], [0])
