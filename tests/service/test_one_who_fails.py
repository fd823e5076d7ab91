"""One who fails keeps nobody else waiting, and is seen to fail until it goes well."""

from typing import Any

import pytest

from billing import health
from billing.access import Actor
from billing.accounts.tables import Role
from billing.mandates import flows, planning, submitting
from billing.reminders import service as deciding
from billing.renewals import flows as renewing
from billing.renewals import service as renewals
from billing.runtime import Billing
from billing.troubles import flows as flows_of_troubles
from billing.troubles.tables import Trouble
from billing.worker import Worker
from billing.worker.lane import Lane
from tests.commands import Type
from tests.factories import Shop
from tests.fakes.collecting import collections, go_on, sign, work
from tests.reminding import Desk


class Poison:
    """Stands in for a function, and fails for one id."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, bad: int) -> None:
        self._real, self._bad, self.is_cured = getattr(module, name), bad, False
        monkeypatch.setattr(module, name, self)

    def __call__(self, work: Any, subject: int, *args: Any, **kwargs: Any) -> Any:
        if subject == self._bad and not self.is_cured:
            raise ValueError("poison")
        return self._real(work, subject, *args, **kwargs)


def troubles(shop: Shop) -> list[tuple[str, str, int]]:
    return [(one.job, one.subject, one.times) for one in shop.all(Trouble)]


def neighbour(shop: Shop) -> int:
    """Another customer who pays by mandate."""
    account = shop.customer("Buren B.V.")
    sign(shop, shop.member(account, Role.OWNER, mails=True), account)
    return account


@pytest.mark.usefixtures("mandate")
def test_an_account_that_can_not_be_planned_keeps_nobody_from_being_debited(
    shop: Shop, account: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = neighbour(shop)
    for one in (account, other):
        shop.invoice(one)
    poison = Poison(monkeypatch, planning, "plan", account)
    work(shop)
    flows.plan_collections(shop.billing)
    assert [one.account_id for one in collections(shop)] == [other]
    assert troubles(shop) == [("mandates.plan_collections", f"account {account}", 2)]
    assert shop.one(Trouble).error == "ValueError: poison"
    assert shop.ask(health.counts).troubles == 1
    poison.is_cured = True
    flows.plan_collections(shop.billing)
    assert [one.account_id for one in collections(shop)] == [other, account]
    assert troubles(shop) == []


@pytest.mark.usefixtures("mandate")
def test_a_collection_that_can_not_be_submitted_keeps_no_other_from_it(
    shop: Shop, account: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = neighbour(shop)
    for one in (account, other):
        shop.invoice(one)
    work(shop)
    bad = next(one.id or 0 for one in collections(shop) if one.account_id == account)
    Poison(monkeypatch, submitting, "claim", bad)
    go_on(shop, 15)
    sent = [one.account_id for one in collections(shop) if one.payment_id is not None]
    assert sent == [other]
    assert shop.broken() == []


@pytest.mark.usefixtures("mandate")
def test_an_order_that_ended_in_a_mistake_of_ours_is_looked_up_and_never_sent_again(
    shop: Shop, account: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect = shop.gateway.collect

    def badly(order: Any) -> Any:
        collect(order)
        raise KeyError("answer")

    monkeypatch.setattr(shop.gateway, "collect", badly)
    shop.invoice(account)
    go_on(shop, 15)
    assert len(shop.gateway.collected) == 1
    assert shop.broken() == []


def test_a_domain_that_can_not_be_renewed_keeps_no_other_from_it(
    shop: Shop, account: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    renewed: list[int] = []
    monkeypatch.setattr(renewals, "accounts_due", lambda work, rules: [account, 4711])
    monkeypatch.setattr(renewals, "renew_due", lambda work, one, rules: renewed.append(one) or 1)
    Poison(monkeypatch, renewals, "renew_due", account)
    assert renewing.renew_domains(shop.billing) == 1
    assert (renewed, troubles(shop)) == ([4711], [("renewals.renew_domains", f"account {account}", 1)])


@pytest.mark.parametrize("step", ["preview", "decide"])
def test_an_account_that_can_not_be_reminded_keeps_no_other_from_it(
    shop: Shop, owner: Actor, account: int, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, other = Desk(shop), shop.customer("Buren B.V.")
    shop.member(other, Role.OWNER, mails=True)
    for one in (account, other):
        desk.overdue(one, 5)
    Poison(monkeypatch, deciding, step, account)
    assert [decision.account_id for decision in desk.run()] == [other]
    assert {subject for _, subject, _ in troubles(shop)} == {f"account {account}"}


def test_a_job_that_fails_is_left_alone_for_longer_and_longer_and_the_next_ones_go_on(shop: Shop) -> None:
    tried: list[float] = []
    went_on: list[float] = []
    is_cured = False
    began = shop.clock.now()

    def bad(billing: Billing) -> int:
        tried.append((billing.clock.now() - began).total_seconds())
        if not is_cured:
            raise ValueError("poison")
        return 0

    def good(billing: Billing) -> int:
        went_on.append(1)
        return 0

    lane = Lane(shop.billing, "test", (bad, good), rest=60)
    assert (lane.round(), lane.round()) == (2, 60)
    for _ in range(80):
        shop.clock.advance(seconds=1)
        lane.round()
    assert (tried, len(went_on)) == ([0, 2, 12, 72], 82)
    assert [subject for _, subject, _ in troubles(shop)] == [""]
    is_cured = True
    shop.clock.advance(minutes=5)
    assert lane.round() == 60
    assert troubles(shop) == []


def test_what_one_process_left_in_trouble_another_ends(shop: Shop) -> None:
    fails = True

    def moody(billing: Billing) -> int:
        if fails:
            raise ValueError("poison")
        return 0

    Lane(shop.billing, "test", (moody,), rest=60).round()
    assert len(troubles(shop)) == 1
    fails = False
    Lane(shop.billing, "test", (moody,), rest=60).round()
    assert troubles(shop) == []


def test_a_database_that_is_away_pauses_the_whole_lane(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    went_on: list[int] = []

    def bad(billing: Billing) -> int:
        raise ValueError("poison")

    def gone(*_: object) -> None:
        raise ConnectionError("gone")

    def good(billing: Billing) -> int:
        went_on.append(1)
        return 0

    monkeypatch.setattr(type(shop.billing), "do", gone)
    assert (Lane(shop.billing, "test", (bad, good), rest=60).round(), went_on) == (2, [])


def test_a_worker_that_is_told_to_end_finishes_the_row_at_hand_and_begins_nothing_else(shop: Shop) -> None:
    taken: list[int] = []

    def take(row_id: int) -> int:
        taken.append(row_id)
        if row_id == 2:
            worker.stop()
        return 1

    def each(billing: Billing) -> int:
        return flows_of_troubles.each(billing, "job", "row", take, [1, 2, 3, 4])

    def after(billing: Billing) -> int:
        taken.append(99)
        return 0

    worker = Worker(shop.billing)
    Lane(shop.billing, "test", (each, after), rest=60).round()
    assert taken == [1, 2]


def test_every_lane_ends_when_the_worker_is_told_to(shop: Shop) -> None:
    worker = Worker(shop.billing)
    worker.start()
    worker.stop()
    worker.join()
    assert troubles(shop) == []


def test_what_fails_is_listed_and_ends_in_1(voldaan: Type, stored: Shop) -> None:
    assert (voldaan("troubles").code, voldaan("troubles").out) == (0, "")

    def bad(billing: Billing) -> int:
        raise ValueError("poison")

    Lane(stored.billing, "test", (bad,), rest=60).round()
    said = voldaan("troubles")
    assert said.code == 1
    assert said.out.endswith("1 times: ValueError: poison\n")
    assert '"subject": ""' in voldaan("troubles", "--json").out
