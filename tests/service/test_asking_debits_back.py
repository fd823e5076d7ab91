"""A debit that the gateway has is asked back when it should not come any more; when that fails nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from billing.access import Actor
from billing.errors import ProviderUnclear
from billing.mandates import flows, recalling, service
from billing.ports import Outcome
from billing.settlement import Label
from tests.factories import Shop
from tests.fakes.collecting import (
    OTHER_IBAN,
    collections,
    fail,
    go_on,
    mails,
    mandates,
    sign,
    states,
    submit,
    told,
    work,
)  # fmt: skip
from tests.fakes.crashing import Crash, CrashingDatabase

pytestmark = pytest.mark.usefixtures("mandate")


def insist(shop: Shop, owner: Actor, number: str) -> None:
    """Pay by hand although a debit is under way."""
    started = shop.start(owner, number, despite_pending=True)
    shop.succeed(shop.payment(started.token).provider_key or "")


def refuses(shop: Shop, key: str) -> None:
    """The bank has the order: the gateway can't give it up any more."""
    shop.gateway.change(key, Outcome.PENDING, status_code=793)


@pytest.mark.parametrize("act", [service.withdraw, service.pause], ids=["withdraw", "pause"])
def test_a_mandate_that_ends_takes_back_what_the_bank_does_not_have_yet(
    shop: Shop, owner: Actor, account: int, act: object
) -> None:
    debit = submit(shop, account)
    told(shop)
    shop.do(act, shop.proven(owner), account)  # type: ignore[arg-type]
    work(shop)
    assert (shop.gateway.cancelled, states(shop)) == ([debit.key], ["recalled"])
    assert (shop.status(debit.number).label, shop.open_cents(debit.number)) == (Label.UNPAID, [12_100])
    [mail] = mails(shop, *[kind for kind in type(mails(shop)[0].kind) if kind == "debit_withdrawn"])
    assert mail.facts["number"] == debit.number
    go_on(shop, 10)
    assert (len(shop.gateway.collected), shop.broken()) == (1, [])


def test_what_was_paid_by_hand_is_not_debited_as_well(shop: Shop, owner: Actor, account: int) -> None:
    debit = submit(shop, account)
    insist(shop, owner, debit.number)
    told(shop)
    work(shop)
    assert (shop.gateway.cancelled, states(shop), told(shop)) == ([debit.key], ["recalled"], [])
    assert (shop.totals().get("unallocated", 0), mandates(shop)[0].state, mandates(shop)[0].points) == (0, "active", 0)
    assert shop.broken() == []


def test_what_was_credited_is_not_debited(shop: Shop, account: int) -> None:
    debit = submit(shop, account)
    shop.credit(debit.number, 10_000)
    work(shop)
    assert (states(shop), shop.status(debit.number).label) == (["recalled"], Label.CREDITED)
    assert shop.broken() == []


def test_a_debit_that_can_not_be_given_up_stays_under_way_and_becomes_the_customers_money(
    shop: Shop, owner: Actor, account: int
) -> None:
    debit = submit(shop, account)
    refuses(shop, debit.key)
    insist(shop, owner, debit.number)
    work(shop)
    work(shop)
    assert (shop.gateway.cancelled, states(shop)) == ([debit.key], ["submitted"])
    shop.succeed(debit.key)
    work(shop)
    assert (states(shop), shop.totals()["unallocated"], shop.broken()) == (["collected"], -12_100, [])


def test_an_answer_nobody_got_is_looked_up_and_the_question_not_repeated(
    shop: Shop, owner: Actor, account: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    debit, cancel = submit(shop, account), shop.gateway.cancel

    def silently(key: str) -> bool:
        cancel(key)
        raise ProviderUnclear(reason="timeout", sent=True)

    monkeypatch.setattr(shop.gateway, "cancel", silently)
    shop.do(service.withdraw, shop.proven(owner), account)
    flows.recall_collections(shop.billing)
    assert states(shop) == ["submitted"]
    go_on(shop, 1)
    assert (shop.gateway.cancelled, states(shop), shop.broken()) == ([debit.key], ["recalled"], [])


def test_while_the_gateway_is_silent_a_debit_is_under_way(shop: Shop, owner: Actor, account: int) -> None:
    debit = submit(shop, account)
    shop.do(service.withdraw, shop.proven(owner), account)
    shop.gateway.down = True
    flows.recall_collections(shop.billing)
    flows.recall_collections(shop.billing)
    shop.gateway.down = False
    assert (shop.gateway.cancelled, shop.status(debit.number).label) == ([debit.key], Label.UNDER_WAY)


def test_a_worker_that_dies_before_it_asks_leaves_the_question_to_the_next(
    shop: Shop, owner: Actor, account: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    debit = submit(shop, account)
    shop.do(service.withdraw, shop.proven(owner), account)
    dying = CrashingDatabase(shop.database.url)
    dying.crash_at(1, keeps=True)
    with pytest.raises(Crash):
        flows.recall_collections(replace(shop.billing, database=dying))
    dying.dispose()
    assert (shop.gateway.cancelled, collections(shop)[0].recalls) == ([], 1)
    assert flows.recall_collections(shop.billing) == 0
    shop.clock.advance(minutes=1)
    work(shop)
    assert (shop.gateway.cancelled, states(shop), shop.broken()) == ([debit.key], ["recalled"], [])


def test_a_question_that_the_gateway_never_heard_is_asked_again_until_it_did(
    shop: Shop, owner: Actor, account: int
) -> None:
    debit = submit(shop, account)
    shop.do(service.withdraw, shop.proven(owner), account)
    cancel, tries = shop.gateway.cancel, []

    def deaf(key: str) -> bool:
        tries.append(shop.clock.now())
        raise ProviderUnclear(reason="ConnectTimeout")

    shop.gateway.cancel = deaf  # type: ignore[method-assign]  # the line is cut on the way there
    for _ in range(30):
        flows.recall_collections(shop.billing)
        shop.clock.advance(minutes=1)
    assert [(one - tries[0]) // timedelta(minutes=1) for one in tries] == [0, 1, 6, 21]
    shop.gateway.cancel = cancel  # type: ignore[method-assign]
    shop.clock.advance(hours=1)
    work(shop)
    assert (shop.gateway.cancelled, states(shop), shop.broken()) == ([debit.key], ["recalled"], [])
    assert len([event for event in shop.audit() if event.action == "collection.recalled"]) == 1


def test_what_can_not_be_given_up_is_not_asked_for_without_end(shop: Shop, owner: Actor, account: int) -> None:
    debit = submit(shop, account)
    refuses(shop, debit.key)
    shop.do(service.withdraw, shop.proven(owner), account)
    shop.sql("UPDATE payment SET collect_on = '2027-01-01'")
    for _ in range(24 * 20):
        flows.recall_collections(shop.billing)
        shop.clock.advance(hours=1)
    assert len(shop.gateway.cancelled) == 1 + len(recalling.PAUSES)


def test_money_that_comes_after_it_was_given_up_is_money_that_came(shop: Shop, owner: Actor, account: int) -> None:
    debit = submit(shop, account)
    insist(shop, owner, debit.number)
    work(shop)
    shop.succeed(debit.key)
    shop.carry_out()
    assert (states(shop), shop.totals()["unallocated"], shop.broken()) == (["collected"], -12_100, [])


def test_another_account_is_debited_in_place_of_the_old_one(shop: Shop, owner: Actor, account: int) -> None:
    debit = submit(shop, account)
    sign(shop, owner, account, iban=OTHER_IBAN)
    work(shop)
    work(shop)
    [old, new] = collections(shop)
    assert (old.state, new.state, new.mandate_id) == ("recalled", "announced", mandates(shop)[-1].id)
    go_on(shop, 20)
    assert [order.mandate_id for order in shop.gateway.collected] == [one.reference for one in mandates(shop)]
    assert (shop.open_cents(debit.number), shop.broken()) == ([12_100], [])


def test_on_the_day_itself_nothing_is_asked_back(shop: Shop, owner: Actor, account: int) -> None:
    submit(shop, account)
    shop.clock.advance(days=(collections(shop)[0].collect_on - shop.clock.now().date()) / timedelta(days=1))
    shop.do(service.withdraw, shop.proven(owner), account)
    assert flows.recall_collections(shop.billing) == 0


def test_two_workers_ask_once(shop: Shop, owner: Actor, account: int) -> None:
    submit(shop, account)
    shop.do(service.withdraw, shop.proven(owner), account)
    [due] = shop.ask(recalling.due, 10)
    claim = partial(recalling.claim, collection_id=due, limits=shop.billing.policy.mandates)
    assert shop.overlap(claim, claim) is None


def test_a_debit_that_the_gateway_gave_up_by_itself_is_a_failure_as_before(shop: Shop, account: int) -> None:
    debit = submit(shop, account)
    shop.gateway.change(debit.key, Outcome.CANCELLED)
    shop.hear(debit.key)
    shop.carry_out()
    assert (states(shop), collections(shop)[0].for_staff) == (["failed"], True)


def test_one_that_failed_meanwhile_is_not_asked_for(shop: Shop, owner: Actor, account: int) -> None:
    debit = submit(shop, account)
    fail(shop, debit.key)
    shop.do(service.withdraw, shop.proven(owner), account)
    assert flows.recall_collections(shop.billing) == 0


def test_it_is_in_the_log(shop: Shop, owner: Actor, account: int) -> None:
    debit = submit(shop, account)
    insist(shop, owner, debit.number)
    work(shop)
    [asked] = [event for event in shop.audit() if event.action == "collection.recalled"]
    assert (asked.actor, asked.subject) == ("Voldaan", debit.number)


def test_an_account_that_changed_before_submission_is_the_only_one_debited(
    shop: Shop, owner: Actor, account: int
) -> None:
    shop.invoice(account)
    work(shop)
    sign(shop, owner, account, iban=OTHER_IBAN)
    go_on(shop, 25)
    assert [order.mandate_id for order in shop.gateway.collected] == [mandates(shop)[-1].reference]
    assert (states(shop), shop.gateway.cancelled, shop.broken()) == (["withdrawn", "submitted"], [], [])
