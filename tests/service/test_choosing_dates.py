"""The customer chooses the day of a debit; each choice is announced anew."""

from datetime import date, timedelta

import pytest

from billing.access import Actor
from billing.errors import (
    CheckNeeded,
    DateRefused,
    MandateRefused,
    NotAllowed,
    NotFound,
    NothingToPay,
    PaymentUnderWay,
)
from billing.mandates import choosing, queries, service
from billing.mandates.queries import InvoiceCollection
from billing.mandates.tables import Collection
from billing.ports import MandateScheme
from tests.factories import Shop
from tests.fakes.collecting import (
    collect,
    collections,
    fail,
    go_on,
    mandates,
    sign,
    states,
    storno,
    submit,
    today,
    told,
    work,
)

pytestmark = pytest.mark.usefixtures("mandate")


def choose(shop: Shop, actor: Actor, number: str, day: date) -> Collection:
    return shop.do(choosing.choose_new_date, actor, number, day, shop.billing.policy.mandates)


def view(shop: Shop, actor: Actor, number: str) -> InvoiceCollection:
    return shop.ask(queries.collection_of, actor, number, shop.billing.policy.mandates)


def test_after_a_storno_a_new_day_is_chosen_announced_and_collected(shop: Shop, owner: Actor, account: int) -> None:
    debit = collect(shop, account)
    storno(shop, debit.key)
    told(shop)
    shown = view(shop, owner, debit.number)
    assert shown.came_back is not None
    assert (shown.came_back.reason_key, shown.planned, shown.may_pay) == ("taken_back", None, True)
    assert shown.choice is not None
    made = choose(shop, shop.proven(owner), debit.number, shown.choice.first)
    work(shop)
    assert (mandates(shop)[0].state, made.chosen_by_name, told(shop)) == ("active", owner.name, ["debit_announced"])
    go_on(shop, 20)
    assert (len(shop.gateway.collected), shop.gateway.collected[1].collect_on) == (2, shown.choice.first)
    assert shop.broken() == []


def test_an_announced_debit_moves_to_another_day(shop: Shop, owner: Actor, account: int) -> None:
    number = shop.invoice(account)
    work(shop)
    told(shop)
    choose(shop, shop.proven(owner), number, date(2026, 4, 1))
    go_on(shop, 26)
    assert ([one.reason for one in collections(shop)], told(shop)) == (["new_date", ""], ["debit_announced"])
    assert [order.collect_on for order in shop.gateway.collected] == [date(2026, 4, 1)]
    assert shop.broken() == []


def test_a_chosen_day_is_the_last_try_by_itself(shop: Shop, owner: Actor, account: int) -> None:
    debit = submit(shop, account)
    fail(shop, debit.key, "MS02")
    made = choose(shop, shop.proven(owner), debit.number, shown_first(shop, owner, debit.number))
    assert made.round == 2


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 3, 19), "early"), (date(2026, 3, 21), "no_bank_day"), (date(2026, 4, 3), "no_bank_day"),
        (date(2026, 4, 7), "late"),
    ],
)  # fmt: skip
def test_only_bank_days_in_time_and_within_thirty_days_can_be_chosen(
    shop: Shop, owner: Actor, account: int, day: date, reason: str
) -> None:
    number = shop.invoice(account)
    with pytest.raises(DateRefused) as refused:
        choose(shop, shop.proven(owner), number, day)
    assert refused.value.facts == {"reason": reason, "first": "2026-03-20", "last": "2026-04-05"}


def test_there_is_nothing_to_choose_for_what_is_paid_or_under_way(shop: Shop, owner: Actor, account: int) -> None:
    debit = submit(shop, account)
    with pytest.raises(PaymentUnderWay):
        choose(shop, shop.proven(owner), debit.number, today(shop) + timedelta(days=20))
    shown = view(shop, owner, debit.number)
    assert (shown.choice, shown.may_pay) == (None, False)
    assert shown.planned is not None
    assert (shown.planned.state, shown.planned.expected_on) == ("submitted", date(2026, 3, 24))
    shop.succeed(debit.key)
    with pytest.raises(NothingToPay):
        choose(shop, shop.proven(owner), debit.number, today(shop) + timedelta(days=20))


def test_a_day_needs_a_mandate_that_allows_it(shop: Shop, owner: Actor, account: int) -> None:
    number = shop.invoice(account)
    sign(shop, owner, account, scheme=MandateScheme.BUSINESS, maximum_cents=12_099)
    with pytest.raises(MandateRefused) as refused:
        choose(shop, shop.proven(owner), number, date(2026, 3, 20))
    assert refused.value.facts["reason"] == "maximum"
    shop.do(service.withdraw, shop.proven(owner), account)
    with pytest.raises(MandateRefused) as refused:
        choose(shop, shop.proven(owner), number, date(2026, 3, 20))
    assert refused.value.facts["reason"] == "no_mandate"
    assert (states(shop), view(shop, owner, number).choice) == ([], None)


def test_only_who_may_authorise_a_debit_chooses_its_day(shop: Shop, owner: Actor, account: int) -> None:
    number, day = shop.invoice(account), date(2026, 3, 20)
    bookkeeper = shop.member(account)
    with pytest.raises(CheckNeeded):
        choose(shop, owner, number, day)
    with pytest.raises(NotAllowed):
        choose(shop, shop.proven(bookkeeper), number, day)
    with pytest.raises(NotFound):
        choose(shop, shop.proven(shop.member(shop.customer())), number, day)
    assert (states(shop), view(shop, bookkeeper, number).choice, view(shop, bookkeeper, number).may_pay) == (
        [], None, True,
    )  # fmt: skip


def shown_first(shop: Shop, actor: Actor, number: str) -> date:
    choice = view(shop, actor, number).choice
    assert choice is not None
    return choice.first
