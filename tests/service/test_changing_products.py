"""Downgrading and upgrading a service: the difference for the rest of the period, shown first."""

from datetime import date
from typing import Any

import pytest

from billing.access import SYSTEM, Actor
from billing.changes import queries
from billing.changes.plan import Bill
from billing.changes.service import Preview
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.credits.tables import CreditLot, CreditNote
from billing.errors import ChangeRefused, NotFound, PreviewStale
from billing.invoices.tables import Invoice, InvoiceLine
from billing.products.tables import Service
from billing.proration import Proration
from tests.changing import change, confirm, preview
from tests.factories import Shop
from tests.renewals import price, product, run, service

pytestmark = pytest.mark.usefixtures("sound_books")

TODAY = date(2026, 3, 6)
START = date(2026, 2, 20)  # of a period of 28 days, half of which has passed


@pytest.fixture
def half_way(shop: Shop, account: int, owner: Actor) -> int:
    """A paid service of € 120 a month, half-way."""
    return begun(shop, account, owner)


def begun(shop: Shop, account: int, owner: Actor, **other: Any) -> int:
    shop.clock.advance(days=-14)
    started = service(shop, account, START, product(shop, "120.00", **other))
    shop.pay(owner, shop.one(Invoice, run_id=run(shop).run_id).number or "")
    shop.clock.advance(days=14)
    return started


def bill(shown: Preview) -> Bill:
    assert shown.plan.bill is not None
    return shown.plan.bill


def test_a_downgrade_gives_back_the_difference_for_the_days_that_are_left(
    shop: Shop, account: int, owner: Actor, half_way: int
) -> None:
    cheap = product(shop, "40.00")
    shown = change(shop, owner, account, half_way, TODAY, cheap)
    [line] = shown.plan.lines
    assert (line.used_cents, line.kept_cents, line.cents) == (6_000, 2_000, 4_000)
    assert (shown.plan.what, shop.one(CreditNote).reason) == (
        "downgrade",
        "Van Webhosting naar Webhosting per 6 maart 2026",
    )
    changed = shop.one(Service)
    assert (changed.product_id, changed.state, changed.paid_through) == (cheap, "active", date(2026, 3, 19))
    assert shop.broken() == []


def test_after_a_downgrade_the_next_period_costs_the_new_price(
    shop: Shop, account: int, owner: Actor, half_way: int
) -> None:
    change(shop, owner, account, half_way, TODAY, product(shop, "40.00"))
    run(shop)
    newest = shop.all(InvoiceLine)[-1]
    assert (newest.period_start, newest.net_cents) == (date(2026, 3, 20), 4_000)
    assert shop.row("2026-0002").credits_cents == 4_840
    assert shop.broken() == []


def test_cancelling_after_a_downgrade_gives_back_the_rest_at_the_new_price(
    shop: Shop, account: int, owner: Actor, half_way: int
) -> None:
    change(shop, owner, account, half_way, TODAY, product(shop, "40.00"))
    shop.clock.advance(days=7)
    change(shop, owner, account, half_way, date(2026, 3, 13))
    assert [note.net_cents for note in shop.all(CreditNote)] == [4_000, 1_000]
    assert shop.broken() == []


def test_two_downgrades_give_back_what_one_would(shop: Shop, account: int, owner: Actor, half_way: int) -> None:
    change(shop, owner, account, half_way, TODAY, product(shop, "80.00"))
    change(shop, owner, account, half_way, TODAY, product(shop, "40.00"))
    assert [note.net_cents for note in shop.all(CreditNote)] == [2_000, 2_000]
    assert shop.broken() == []


def test_an_upgrade_is_invoiced_for_the_days_that_are_left(
    shop: Shop, account: int, owner: Actor, half_way: int
) -> None:
    shown = change(shop, owner, account, half_way, TODAY, product(shop, "200.00"))
    assert [(charge.rest_cents, charge.worth_cents) for charge in bill(shown).lines] == [(10_000, 6_000)]
    invoice = shop.row("2026-0002")
    assert (invoice.net_cents, invoice.open_cents, invoice.subject) == (
        4_000, 4_840, "Van Webhosting naar Webhosting per 6 maart 2026",
    )  # fmt: skip
    assert shop.one(InvoiceLine, invoice_id=invoice.id).detail == "voorbeeld.test, 6 maart 2026 t/m 19 maart 2026"
    assert shop.broken() == []


def test_the_invoice_of_an_upgrade_is_settled_with_credits(
    shop: Shop, account: int, owner: Actor, half_way: int
) -> None:
    shop.do(credits.give_credits, SYSTEM, GiveCredits(account, 1_000, "Tegoed"))
    shown = change(shop, owner, account, half_way, TODAY, product(shop, "200.00"))
    assert (bill(shown).credits_cents, bill(shown).open_cents) == (1_000, 3_840)
    assert shop.broken() == []


def test_cancelling_after_an_upgrade_gives_back_both_the_newest_first(
    shop: Shop, account: int, owner: Actor, half_way: int
) -> None:
    change(shop, owner, account, half_way, TODAY, product(shop, "200.00"))
    shop.clock.advance(days=7)
    shown = change(shop, owner, account, half_way, date(2026, 3, 13))
    assert [(line.invoice_number, line.cents) for line in shown.plan.lines] == [
        ("2026-0002", 2_000), ("2026-0001", 3_000),
    ]  # fmt: skip
    assert [(note.offset_cents, note.credit_cents) for note in shop.all(CreditNote)] == [(2_420, 0), (0, 3_630)]
    assert shop.broken() == []


def test_going_up_and_back_down_gives_back_what_was_charged(
    shop: Shop, account: int, owner: Actor, half_way: int
) -> None:
    old = shop.one(Service).product_id
    change(shop, owner, account, half_way, TODAY, product(shop, "200.00"))
    change(shop, owner, account, half_way, TODAY, old)
    assert [(note.invoice_number, note.net_cents) for note in shop.all(CreditNote)] == [("2026-0002", 4_000)]
    assert shop.broken() == []


def test_going_down_and_back_up_charges_what_was_given_back(
    shop: Shop, account: int, owner: Actor, half_way: int
) -> None:
    old = shop.one(Service).product_id
    change(shop, owner, account, half_way, TODAY, product(shop, "40.00"))
    shown = change(shop, owner, account, half_way, TODAY, old)
    assert (bill(shown).net_cents, bill(shown).open_cents) == (4_000, 0)
    assert shop.one(CreditLot).left_cents == 0
    assert shop.broken() == []


@pytest.mark.parametrize(("policy", "given", "charged"), [(Proration.DOMAIN, 2_000, 2_000), (Proration.NONE, 0, 4_000)])
def test_a_change_follows_the_policy_of_the_product(
    shop: Shop, account: int, owner: Actor, policy: Proration, given: int, charged: int
) -> None:
    started = begun(shop, account, owner, proration=policy)
    down = preview(shop, owner, account, started, TODAY, product(shop, "40.00", proration=policy))
    up = preview(shop, owner, account, started, TODAY, product(shop, "200.00", proration=policy))
    assert sum(line.cents for line in down.plan.lines) == given
    assert bill(up).net_cents == charged
    change(shop, owner, account, started, TODAY, product(shop, "40.00", proration=policy))
    assert shop.broken() == []


def test_what_is_not_paid_yet_is_lowered(shop: Shop, account: int, owner: Actor) -> None:
    started = service(shop, account, TODAY, product(shop, "120.00"))
    run(shop)
    change(shop, owner, account, started, TODAY, product(shop, "40.00"))
    assert (shop.one(Invoice).open_cents, shop.all(CreditLot)) == (4_840, [])
    assert shop.broken() == []


def test_when_nothing_is_prepaid_only_the_product_changes(shop: Shop, account: int, owner: Actor) -> None:
    started = service(shop, account, TODAY, product(shop, "120.00"))
    for euros in ("40.00", "200.00"):
        shown = change(shop, owner, account, started, TODAY, product(shop, euros))
        assert (shown.plan.notes, shown.plan.bill) == ((), None)
    run(shop)
    assert shop.one(Invoice).net_cents == 20_000


def test_a_price_that_changes_meanwhile_is_shown_again(shop: Shop, account: int, owner: Actor, half_way: int) -> None:
    cheap = product(shop, "40.00")
    shown = preview(shop, owner, account, half_way, TODAY, cheap)
    price(shop, cheap, "60.00", TODAY)
    with pytest.raises(PreviewStale):
        confirm(shop, owner, account, shown)
    assert (shop.all(CreditNote), change(shop, owner, account, half_way, TODAY, cheap).plan.credited_cents) == (
        [],
        3_630,
    )


def test_credits_that_were_used_meanwhile_are_shown_again(
    shop: Shop, account: int, owner: Actor, half_way: int
) -> None:
    shop.do(credits.give_credits, SYSTEM, GiveCredits(account, 1_000, "Tegoed"))
    shown = preview(shop, owner, account, half_way, TODAY, product(shop, "200.00"))
    shop.do(credits.settle_with_credits, shop.row(shop.invoice(account)).id or 0)
    with pytest.raises(PreviewStale):
        confirm(shop, owner, account, shown)
    assert shop.broken() == []


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"euros": "120.00"}, "same_price"), ({"euros": "40.00", "months": 12}, "not_offered"),
        ({"euros": "40.00", "vat": "9"}, "vat_differs"),
        ({"euros": "40.00", "valid_from": date(2026, 3, 7)}, "no_price"),
    ],
)  # fmt: skip
def test_products_that_it_can_not_become(
    shop: Shop, account: int, owner: Actor, half_way: int, other: dict[str, object], reason: str
) -> None:
    with pytest.raises(ChangeRefused) as refused:
        preview(shop, owner, account, half_way, TODAY, product(shop, **other))
    assert refused.value.facts == {"reason": reason}


def test_a_product_that_does_not_exist(shop: Shop, account: int, owner: Actor, half_way: int) -> None:
    with pytest.raises(NotFound):
        preview(shop, owner, account, half_way, TODAY, 987)


def test_a_product_that_is_off_the_shelf_is_not_offered(shop: Shop, account: int, owner: Actor, half_way: int) -> None:
    cheap, gone = product(shop, "40.00"), product(shop, "30.00")
    shop.sql("UPDATE product SET on_offer = false WHERE id = :id", id=gone)
    [found] = shop.ask(queries.overview, owner, account, 14)
    assert [(offer.product_id, offer.is_cheaper) for offer in found.offers] == [(cheap, True)]
    with pytest.raises(ChangeRefused):
        preview(shop, owner, account, half_way, TODAY, gone)


def test_what_ends_is_not_changed(shop: Shop, account: int, owner: Actor, half_way: int) -> None:
    change(shop, owner, account, half_way, date(2026, 3, 20))
    with pytest.raises(ChangeRefused) as refused:
        preview(shop, owner, account, half_way, TODAY, product(shop, "40.00"))
    assert refused.value.facts == {"reason": "ending"}


# What the page is told


def test_the_page_says_what_comes_next(shop: Shop, account: int, owner: Actor, half_way: int) -> None:
    [found] = shop.ask(queries.overview, owner, account, 5)
    assert (found.next_on, found.period_ends, found.open_number) == (date(2026, 3, 15), date(2026, 3, 19), "")
    run(shop)
    [found] = shop.ask(queries.overview, owner, account, 5)
    assert (found.open_number, found.row.paid_through) == ("2026-0002", date(2026, 3, 19))
    assert (found.next_on, found.period_ends) == (date(2026, 4, 15), date(2026, 3, 19))


def test_who_may_not_change_is_offered_nothing(shop: Shop, account: int, owner: Actor, half_way: int) -> None:
    product(shop, "40.00")
    [found] = shop.ask(queries.overview, shop.member(account), account, 14)
    assert (found.offers, found.hanging, found.period_ends) == ((), (), None)


def test_the_page_is_told_what_came_of_it(shop: Shop, account: int, owner: Actor, half_way: int) -> None:
    down = change(shop, owner, account, half_way, TODAY, product(shop, "40.00"))
    assert shop.ask(queries.outcome, owner, account, down.preview_id).notes == ("C2026-0001",)
    up = change(shop, owner, account, half_way, TODAY, product(shop, "400.00"))
    made = shop.ask(queries.outcome, owner, account, up.preview_id)
    assert (made.notes, made.invoice_number, made.open_cents) == ((), "2026-0002", 21_780 - 4_840)
