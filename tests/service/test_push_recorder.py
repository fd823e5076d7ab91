"""Every message of the gateway with what became of it: applied, known already, twice, parked, unknown, refused."""

import pytest

from billing.access import SYSTEM, Actor
from billing.errors import NotAllowed, NotFound
from billing.inbox import InboxMessage
from billing.lights import flows, recorder
from billing.lights.recorder import FILTERS
from billing.lights.scrubbing import scrubbed
from billing.payments import flows as payments
from tests.factories import Shop
from tests.fakes.collecting import sign

pytestmark = pytest.mark.usefixtures("sound_books")


def verdicts(shop: Shop, actor: Actor) -> list[str]:
    """Of every message, the oldest first."""
    return [one.verdict.value for one in shop.ask(recorder.recorded, actor).rows][::-1]


def listed(shop: Shop, actor: Actor, which: str) -> list[int]:
    return sorted(one.message_id for one in shop.ask(recorder.recorded, actor, which).rows)


def test_each_verdict(shop: Shop, account: int, owner: Actor, first: Actor) -> None:
    key = shop.pay(owner, shop.invoice(account))
    shop.clock.advance(seconds=5)
    shop.push(key, "an-older-state")
    parked = shop.start_key(owner, shop.invoice(account))
    shop.succeed(parked, currency="USD")
    shop.push("F" * 32, "of-a-stranger")
    payments.process_pushes(shop.billing)
    shop.push(key, "the-newest")
    assert verdicts(shop, first) == ["applied", "late", "parked", "unknown", "waiting"]
    assert [listed(shop, first, which) for which in ("applied", "late", "parked", "unknown", "waiting")] == [
        [1], [2], [3], [4], [5]
    ]  # fmt: skip


def test_filters_divide_all_messages(shop: Shop, account: int, owner: Actor, first: Actor) -> None:
    shop.pay(owner, shop.invoice(account))
    sign(shop, owner, account)
    shop.push("F" * 32, "of-a-stranger")
    found = [number for which in FILTERS if which not in {"", "twice"} for number in listed(shop, first, which)]
    assert sorted(found) == listed(shop, first, "")


def test_the_same_message_again_is_counted_and_not_kept_twice(shop: Shop, first: Actor) -> None:
    assert [shop.push("A", "same") for _ in range(3)] == [True, False, False]
    [row] = shop.ask(recorder.recorded, first, "twice").rows
    assert (row.repeats, row.repeated_at) == (2, shop.clock.now())


def test_a_message_that_can_not_be_dealt_with_is_stuck(shop: Shop, first: Actor) -> None:
    shop.push("A")
    shop.sql("UPDATE inbox_message SET tries = 9")
    assert verdicts(shop, first) == ["stuck"]


def test_pages_turn_and_stay_within_the_list(shop: Shop, first: Actor) -> None:
    for number in range(recorder.PAGE_SIZE + 1):
        shop.push("A", f"message-{number}")
    found = [shop.ask(recorder.recorded, first, "", "", page) for page in (-3, 2, 99)]
    assert [(one.page, len(one.rows), one.pages) for one in found] == [(1, 25, 2), (2, 1, 2), (2, 1, 2)]


def test_a_search_takes_signs_as_they_are(shop: Shop, first: Actor) -> None:
    shop.push("A")
    assert [shop.ask(recorder.recorded, first, "", text).count for text in ("a", "%", "_", "'")] == [1, 0, 0, 0]


def test_all_about_one_payment_stands_together(shop: Shop, account: int, owner: Actor, first: Actor) -> None:
    key = shop.pay(owner, shop.invoice(account))
    shop.hear(key)
    found = shop.ask(recorder.detail, first, 2)
    assert [one.message_id for one in found.others] == [1]


def test_a_replay_changes_nothing_that_is_right_and_is_written_down(
    shop: Shop, account: int, owner: Actor, first: Actor
) -> None:
    shop.pay(owner, shop.invoice(account))
    before = (shop.totals(), shop.open_cents("2026-0001"))
    for _ in range(2):
        flows.replay(shop.billing, first, 1)
    assert (shop.totals(), shop.open_cents("2026-0001")) == before
    assert [event.actor for event in shop.audit() if event.action == "push.replayed"] == ["fien", "fien"]


def test_only_finance_may_look_or_replay(shop: Shop, owner: Actor) -> None:
    shop.push("A")
    for actor in (owner, SYSTEM):
        with pytest.raises(NotAllowed):
            shop.ask(recorder.recorded, actor)
        with pytest.raises(NotAllowed):
            shop.ask(recorder.detail, actor, 1)
        with pytest.raises(NotAllowed):
            flows.replay(shop.billing, actor, 1)


@pytest.mark.parametrize("message_id", [0, -1, 999])
def test_a_message_that_does_not_exist_is_not_found(shop: Shop, first: Actor, message_id: int) -> None:
    with pytest.raises(NotFound):
        shop.ask(recorder.detail, first, message_id)
    with pytest.raises(NotFound):
        flows.replay(shop.billing, first, message_id)
    assert shop.all(InboxMessage) == []


JSON = (
    b'{"Transaction": {"Key": "AB", "CustomerName": "J. de Tester", "Status": {"Code": {"Code": 190}},'
    b' "Services": [{"Name": "ideal", "Parameters": [{"Name": "consumerIBAN", "Value": "NL13TEST0123456789"}]}]}}'
)


@pytest.mark.parametrize("body", [JSON, b"brq_customer_name=J.+de+Tester&brq_statuscode=190&brq_service_ideal_"
                                        b"consumerIBAN=NL13TEST0123456789"])  # fmt: skip
def test_nothing_in_a_message_names_or_pays_anybody(body: bytes) -> None:
    shown = dict(scrubbed(body))
    assert not any(word in str(shown) for word in ("Tester", "NL13TEST"))
    assert "190" in shown.values()


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[" * 5000, b"null", b"7"])
def test_a_message_of_no_sense_is_shown_as_it_is(body: bytes) -> None:
    assert isinstance(scrubbed(body), tuple)
