"""Cancelling a service twice, at once, too late, or by who may not: a clear no, and nothing is lost."""

from datetime import UTC, date, datetime, timedelta

import pytest

from billing.access import SYSTEM, Actor
from billing.accounts.tables import Role
from billing.changes import service as changes
from billing.changes.service import ConfirmChange
from billing.changes.tables import ChangePreview
from billing.credits.tables import CreditNote
from billing.errors import ChangeRefused, CheckNeeded, NotAllowed, NotFound, PreviewStale
from billing.invoices.tables import Invoice
from billing.products.tables import Service
from billing.runs import service as runs
from billing.runs.rules import RunRules
from billing.runs.tally import Tally
from tests.changing import change, command, confirm, half_used, preview
from tests.factories import SELLER, Shop
from tests.renewals import product, run, service

pytestmark = pytest.mark.usefixtures("sound_books")

TODAY = date(2026, 3, 6)


@pytest.fixture
def yearly(shop: Shop, account: int, owner: Actor) -> int:
    """A service of € 73 a year of which 100 of 365 days are left, and which is paid."""
    return half_used(shop, owner, account)


def test_the_same_yes_twice_changes_nothing_more(shop: Shop, account: int, owner: Actor, yearly: int) -> None:
    shown = change(shop, owner, account, yearly, TODAY)
    confirm(shop, owner, account, shown)
    assert len(shop.all(CreditNote)) == 1


def test_two_tabs_at_once_cancel_once(shop: Shop, account: int, owner: Actor, yearly: int) -> None:
    first, second = (preview(shop, owner, account, yearly, TODAY) for _ in range(2))
    who = shop.proven(owner)
    with pytest.raises(ChangeRefused):
        shop.overlap(
            lambda work: changes.confirm(work, who, command(account, first)),
            lambda work: changes.confirm(work, who, command(account, second)),
        )
    assert len(shop.all(CreditNote)) == 1
    assert shop.broken() == []


def test_one_yes_from_two_tabs_at_once_counts_once(shop: Shop, account: int, owner: Actor, yearly: int) -> None:
    shown, who = preview(shop, owner, account, yearly, TODAY), shop.proven(owner)
    shop.overlap(
        lambda work: changes.confirm(work, who, command(account, shown)),
        lambda work: changes.confirm(work, who, command(account, shown)),
    )
    assert len(shop.all(CreditNote)) == 1
    assert shop.broken() == []


def test_a_run_that_has_begun_does_not_invoice_what_is_being_cancelled(
    shop: Shop, account: int, owner: Actor, yearly: int
) -> None:
    shown, who = preview(shop, owner, account, yearly, TODAY), shop.proven(owner)
    begun = shop.do(runs.begin, SYSTEM, date(2026, 6, 20), RunRules(), forced=True)
    assert begun is not None
    shop.overlap(
        lambda work: changes.confirm(work, who, command(account, shown)),
        lambda work: runs.invoice_chunk(work, SYSTEM, begun, 0, SELLER, Tally()),
    )
    assert len(shop.all(Invoice)) == 1
    assert shop.broken() == []


def test_a_preview_counts_for_a_quarter_of_an_hour(shop: Shop, account: int, owner: Actor, yearly: int) -> None:
    shown = preview(shop, owner, account, yearly, TODAY)
    shop.clock.advance(minutes=15, seconds=1)
    with pytest.raises(PreviewStale):
        confirm(shop, owner, account, shown)
    assert (shop.all(CreditNote), shop.one(Service).state) == ([], "active")


def test_what_was_paid_meanwhile_is_shown_again(shop: Shop, account: int, owner: Actor) -> None:
    started = service(shop, account, TODAY, product(shop, "120.00", months=12))
    run(shop)
    shown = preview(shop, owner, account, started, TODAY)
    shop.pay(owner, shop.one(Invoice).number or "")
    with pytest.raises(PreviewStale):
        confirm(shop, owner, account, shown)
    assert change(shop, owner, account, started, TODAY).plan.credit_cents == 14_520
    assert shop.broken() == []


def test_another_hash_than_the_one_that_was_shown_is_no_yes(
    shop: Shop, account: int, owner: Actor, yearly: int
) -> None:
    shown = preview(shop, owner, account, yearly, TODAY)
    with pytest.raises(PreviewStale):
        shop.do(
            changes.confirm, shop.proven(owner), ConfirmChange(account, shown.preview_id, "0" * 64, SELLER)
        )  # fmt: skip


def test_a_new_look_throws_away_what_is_too_old(shop: Shop, account: int, owner: Actor, yearly: int) -> None:
    preview(shop, owner, account, yearly, TODAY)
    shop.clock.advance(minutes=16)
    preview(shop, owner, account, yearly, TODAY)
    assert len(shop.all(ChangePreview)) == 1


@pytest.mark.parametrize(
    ("days", "reason"), [(-1, "past"), (101, "beyond")]
)  # fmt: skip
def test_days_that_can_not_be(shop: Shop, account: int, owner: Actor, yearly: int, days: int, reason: str) -> None:
    with pytest.raises(ChangeRefused) as refused:
        preview(shop, owner, account, yearly, TODAY + timedelta(days=days))
    assert refused.value.facts == {"reason": reason}


def test_what_has_ended_can_not_be_cancelled(shop: Shop, account: int, owner: Actor, yearly: int) -> None:
    change(shop, owner, account, yearly, TODAY)
    with pytest.raises(ChangeRefused) as refused:
        preview(shop, owner, account, yearly, TODAY)
    assert refused.value.facts == {"reason": "ended"}


def test_what_has_ended_by_the_calendar_can_not_be_cancelled_though_nobody_wrote_that_down(
    shop: Shop, account: int, owner: Actor, yearly: int
) -> None:
    change(shop, owner, account, yearly, TODAY + timedelta(days=5))
    shop.clock.advance(days=5)
    assert shop.one(Service).state == "ending"
    for attempted in (
        lambda: preview(shop, owner, account, yearly, TODAY + timedelta(days=5)),
        lambda: shop.do(changes.keep, shop.proven(owner), account, yearly),
    ):
        with pytest.raises(ChangeRefused) as refused:
            attempted()
        assert refused.value.facts == {"reason": "ended"}


def test_a_yes_after_midnight_to_a_day_that_has_passed_is_no_yes(shop: Shop, account: int, owner: Actor) -> None:
    started = service(shop, account, TODAY)
    run(shop)
    shop.clock.time = datetime(2026, 3, 6, 22, 55, tzinfo=UTC)
    shown = preview(shop, owner, account, started, TODAY)
    shop.clock.advance(minutes=10)
    with pytest.raises(PreviewStale):
        confirm(shop, owner, account, shown)
    assert (shop.all(CreditNote), shop.one(Service).state) == ([], "active")


def test_what_ends_can_not_be_cancelled_for_a_later_day(shop: Shop, account: int, owner: Actor, yearly: int) -> None:
    change(shop, owner, account, yearly, TODAY + timedelta(days=50))
    with pytest.raises(ChangeRefused):
        preview(shop, owner, account, yearly, TODAY + timedelta(days=51))


# Who


@pytest.mark.parametrize("role", [Role.BOOKKEEPER, Role.READ_ONLY, Role.TECHNICIAN])
def test_without_the_right_nothing_is_shown_or_done(
    shop: Shop, account: int, owner: Actor, yearly: int, role: Role
) -> None:
    other, shown = shop.member(account, role), preview(shop, owner, account, yearly, TODAY)
    with pytest.raises(NotAllowed):
        preview(shop, other, account, yearly, TODAY)
    with pytest.raises(NotAllowed):
        confirm(shop, other, account, shown)
    with pytest.raises(NotAllowed):
        shop.do(changes.keep, shop.proven(other), account, yearly)


def test_a_yes_needs_a_fresh_proof_of_identity(shop: Shop, account: int, owner: Actor, yearly: int) -> None:
    shown = preview(shop, owner, account, yearly, TODAY)
    with pytest.raises(CheckNeeded):
        shop.do(changes.confirm, owner, command(account, shown))
    with pytest.raises(CheckNeeded):
        shop.do(changes.keep, owner, account, yearly)


def test_a_service_of_somebody_else_does_not_exist(shop: Shop, account: int, yearly: int) -> None:
    other = shop.customer()
    stranger = shop.member(other, Role.OWNER)
    for asks in (account, other):
        with pytest.raises(NotFound):
            preview(shop, stranger, asks, yearly, TODAY)


def test_a_preview_of_somebody_else_does_not_exist(shop: Shop, account: int, owner: Actor, yearly: int) -> None:
    shown = preview(shop, owner, account, yearly, TODAY)
    other = shop.customer()
    stranger = shop.member(other, Role.OWNER)
    for asks in (account, other):
        with pytest.raises(NotFound):
            confirm(shop, stranger, asks, shown)
    assert shop.one(Service).state == "active"
