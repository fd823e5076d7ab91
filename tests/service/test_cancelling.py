"""Cancelling a service: what is given back is shown first, and then it is exactly that."""

from datetime import UTC, date, datetime, timedelta

import pytest

from billing.access import Actor
from billing.audit import AuditEvent
from billing.clock import local_day
from billing.credits.tables import CreditLot, CreditNote, CreditNoteLine
from billing.errors import NotFound
from billing.invoices.tables import Invoice, InvoiceLine
from billing.outbox import OutboxMessage
from billing.ports import AccountMailKind
from billing.products.tables import Service
from billing.proration import Proration
from tests.changing import change, half_used, paid_of, preview
from tests.factories import Shop
from tests.renewals import product, run, service

pytestmark = pytest.mark.usefixtures("sound_books")

TODAY = date(2026, 3, 6)
DAY = timedelta(days=1)


@pytest.fixture
def yearly(shop: Shop, account: int, owner: Actor) -> int:
    """A service of € 73 a year of which 100 of 365 days are left, and which is paid."""
    return half_used(shop, owner, account)


def test_a_yearly_package_cancelled_half_way_gives_back_the_days_that_are_left(
    shop: Shop, account: int, owner: Actor, yearly: int
) -> None:
    shown = change(shop, owner, account, yearly, TODAY)
    [line] = shown.plan.lines
    assert (line.net_cents, line.used_days, line.days, line.used_cents, line.cents) == (7_300, 265, 365, 5_300, 2_000)
    note = shop.one(CreditNote)
    assert (note.net_cents, note.vat_cents, note.total_cents, note.credit_cents) == (2_000, 420, 2_420, 2_420)
    assert note.reason == "Webhosting opgezegd per 6 maart 2026"
    assert shop.one(CreditNoteLine).detail == "voorbeeld.test, 6 maart 2026 t/m 13 juni 2026"
    assert shop.one(CreditLot).left_cents == 2_420
    gone = shop.one(Service, id=yearly)
    assert (gone.state, gone.ends_on) == ("ended", TODAY - DAY)
    assert shop.broken() == []


def test_looking_changes_nothing(shop: Shop, account: int, owner: Actor, yearly: int) -> None:
    shown = preview(shop, owner, account, yearly, TODAY)
    assert (shown.plan.credit_cents, shop.all(CreditNote), shop.one(Service).state) == (2_420, [], "active")
    assert shown.expires_at == shop.clock.now() + timedelta(minutes=15)


def test_at_the_end_of_the_period_nothing_is_given_back_and_it_runs_until_then(
    shop: Shop, account: int, owner: Actor, yearly: int
) -> None:
    last = date(2026, 6, 13)
    shown = change(shop, owner, account, yearly, last + DAY)
    going = shop.one(Service)
    assert (shown.plan.notes, going.state, going.ends_on) == ((), "ending", last)
    shop.clock.advance(days=100)
    run(shop)
    assert (len(shop.all(Invoice)), shop.one(Service).state) == (1, "ended")
    assert shop.broken() == []


def test_a_day_in_between_is_possible_too_and_a_second_look_gives_back_the_rest(
    shop: Shop, account: int, owner: Actor, yearly: int
) -> None:
    change(shop, owner, account, yearly, TODAY + timedelta(days=50))
    shown = change(shop, owner, account, yearly, TODAY)
    assert [note.net_cents for note in shop.all(CreditNote)] == [1_000, 1_000]
    assert shown.plan.lines[0].cents == 1_000
    assert shop.broken() == []


@pytest.mark.parametrize(
    ("policy", "net_cents"), [(Proration.LINEAR, 6_000), (Proration.DOMAIN, 3_000), (Proration.NONE, 0)]
)
def test_what_is_given_back_follows_the_policy_of_the_product(
    shop: Shop, account: int, owner: Actor, policy: Proration, net_cents: int
) -> None:
    shop.clock.advance(days=-14)
    started = service(shop, account, date(2026, 2, 20), product(shop, "120.00", proration=policy))
    run(shop)
    shop.clock.advance(days=14)
    change(shop, owner, account, started, TODAY)
    assert sum(note.net_cents for note in shop.all(CreditNote)) == net_cents
    assert shop.broken() == []


def test_an_invoice_that_is_not_paid_is_lowered_first(shop: Shop, account: int, owner: Actor) -> None:
    started = service(shop, account, TODAY, product(shop, "120.00", months=12))
    run(shop)
    shown = change(shop, owner, account, started, TODAY)
    assert (shown.plan.offset_cents, shown.plan.credit_cents) == (14_520, 0)
    assert (shop.one(Invoice).open_cents, shop.all(CreditLot)) == (0, [])
    assert shop.broken() == []


def test_a_period_that_is_partly_paid_gives_back_what_was_paid(shop: Shop, account: int, owner: Actor) -> None:
    started = service(shop, account, TODAY, product(shop, "120.00", months=12))
    run(shop)
    shop.credit(shop.one(Invoice).number or "", 2_000)
    shown = change(shop, owner, account, started, TODAY)
    assert (shown.plan.lines[0].cents, shown.plan.credited_cents) == (10_000, 12_100)
    assert (shop.one(Invoice).open_cents, shop.one(Invoice).credited_cents) == (0, 14_520)
    assert shop.broken() == []


def test_when_nothing_is_prepaid_it_only_ends(shop: Shop, account: int, owner: Actor) -> None:
    started = service(shop, account, TODAY)
    shown = change(shop, owner, account, started, TODAY)
    assert (shown.plan.notes, shop.all(CreditNote), shop.one(Service).state) == ((), [], "ended")
    run(shop)
    assert shop.all(Invoice) == []
    assert shop.broken() == []


def test_a_next_period_that_is_invoiced_already_is_taken_back_as_a_whole_and_first(
    shop: Shop, account: int, owner: Actor
) -> None:
    sold = product(shop, "31.00")
    started = service(shop, account, TODAY, sold)
    shop.pay(owner, shop.one(Invoice, run_id=run(shop).run_id).number or "")
    shop.clock.advance(days=20)
    run(shop)
    shown = change(shop, owner, account, started, TODAY + timedelta(days=20))
    assert [(line.invoice_number, line.cents) for line in shown.plan.lines] == [
        ("2026-0002", 3_100), ("2026-0001", 1_100),
    ]  # fmt: skip
    assert [(note.offset_cents, note.credit_cents) for note in shop.all(CreditNote)] == [(3_751, 0), (0, 1_331)]
    assert shop.broken() == []


def test_at_the_end_of_the_running_period_the_next_is_taken_back(shop: Shop, account: int, owner: Actor) -> None:
    started = service(shop, account, TODAY, product(shop, "31.00"))
    run(shop)
    shop.clock.advance(days=20)
    run(shop)
    change(shop, owner, account, started, date(2026, 4, 6))
    assert (shop.one(CreditNote).invoice_number, shop.one(CreditNote).net_cents) == ("2026-0002", 3_100)
    assert (shop.one(Service).state, shop.one(Service).ends_on) == ("ending", date(2026, 4, 5))
    shop.clock.advance(days=8)
    assert run(shop).tally.invoices == 0
    assert shop.broken() == []


@pytest.mark.parametrize("started_on", [date(2024, 2, 29), date(2025, 5, 31), date(2025, 12, 31)])
def test_odd_days_of_the_calendar_add_up(shop: Shop, account: int, owner: Actor, started_on: date) -> None:
    started = service(shop, account, started_on, product(shop, "99.99"))
    run(shop)
    shown = change(shop, owner, account, started, TODAY)
    for line in shown.plan.lines:
        assert line.used_cents + line.cents == 9_999
    assert shop.broken() == []


@pytest.mark.parametrize(
    ("now", "started_on", "used_days", "days"),
    [
        (datetime(2028, 2, 29, 12, tzinfo=UTC), date(2028, 1, 31), 29, 29),
        (datetime(2028, 2, 29, 12, tzinfo=UTC), date(2028, 2, 28), 1, 29),
        (datetime(2026, 8, 31, 12, tzinfo=UTC), date(2026, 7, 31), 31, 31),
        # The night of an hour less, and the one of an hour more: just before and just after midnight.
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), date(2026, 3, 1), 27, 31),
        (datetime(2026, 3, 28, 23, 1, tzinfo=UTC), date(2026, 3, 1), 28, 31),
        (datetime(2026, 3, 29, 22, 1, tzinfo=UTC), date(2026, 3, 1), 29, 31),
        (datetime(2026, 10, 24, 22, 1, tzinfo=UTC), date(2026, 10, 1), 24, 31),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 1), 24, 31),
        (datetime(2026, 10, 25, 23, 1, tzinfo=UTC), date(2026, 10, 1), 25, 31),
    ],
)  # fmt: skip
def test_cancelling_today_counts_whole_dutch_days_also_on_odd_ones(
    shop: Shop, account: int, owner: Actor, now: datetime, started_on: date, used_days: int, days: int
) -> None:
    shop.clock.time = now
    started = service(shop, account, started_on, product(shop, f"{days}.00"))
    run(shop, forced=True)
    shown = change(shop, owner, account, started, local_day(now))
    notes = {line.period_start: line for line in shop.all(InvoiceLine)}
    given = sum(note.net_cents for note in shop.all(CreditNote))
    assert given == sum(line.net_cents for line in notes.values()) - 100 * used_days
    assert shown.plan.endings[0].ends_on == local_day(now) - DAY


# What hangs on it


def test_what_hangs_on_it_is_named_and_chosen_one_by_one(shop: Shop, account: int, owner: Actor) -> None:
    root = paid_of(shop, account, owner)
    domain = service(shop, account, TODAY, product(shop, "12.00", months=12), hangs_on=root)
    mail = service(shop, account, TODAY, product(shop, "24.00", months=12), hangs_on=domain)
    run(shop)
    shown = change(shop, owner, account, root, TODAY, also=(mail,))
    assert [ending.service_id for ending in shown.plan.endings] == [root, mail]
    assert [staying.service_id for staying in shown.plan.staying] == [domain]
    assert [shop.one(Service, id=one).state for one in (root, domain, mail)] == ["ended", "active", "ended"]
    assert shown.plan.credited_cents == 14_520 + 2_904
    assert shop.broken() == []


def test_only_what_hangs_on_it_can_go_along(shop: Shop, account: int, owner: Actor) -> None:
    root, other = paid_of(shop, account, owner), service(shop, account, TODAY)
    with pytest.raises(NotFound):
        preview(shop, owner, account, root, TODAY, also=(other,))


def test_it_is_in_the_log_and_mailed(shop: Shop, account: int, owner: Actor, yearly: int) -> None:
    change(shop, owner, account, yearly, TODAY)
    [event] = shop.all(AuditEvent, action="service.cancelled")
    assert (event.user_id, event.subject, event.facts["ends_on"]) == (owner.user_id, "Webhosting", "2026-03-05")
    asked = {message.task for message in shop.all(OutboxMessage, state="waiting")}
    assert {"mail_credit_note", "render_credit_note", "mail_account"} <= asked
    shop.carry_out()
    assert {message.state for message in shop.all(OutboxMessage)} == {"done"}


@pytest.mark.parametrize(
    ("from_day", "kind", "last_day"),
    [
        (TODAY, AccountMailKind.SERVICE_ENDED, None),
        (TODAY + DAY, AccountMailKind.SERVICE_CANCELLED, "2026-03-06"),
    ],
)
def test_the_mail_names_a_last_day_that_is_still_to_come_and_no_other(
    shop: Shop, account: int, owner: Actor, yearly: int, from_day: date, kind: AccountMailKind, last_day: str | None
) -> None:
    change(shop, owner, account, yearly, from_day)
    shop.carry_out()
    mail = shop.writer.asked_accounts[-1]
    assert (mail.kind, mail.facts.get("last_day")) == (kind, last_day)


def test_what_was_shown_is_final_and_so_is_what_came_of_it(shop: Shop, account: int, owner: Actor, yearly: int) -> None:
    preview(shop, owner, account, yearly, TODAY)
    change(shop, owner, account, yearly, TODAY)
    for statement in (
        "UPDATE change_preview SET credited_cents = 1", "UPDATE change_preview SET used_at = NULL",
        "DELETE FROM change_preview", "DELETE FROM change_document", "UPDATE change_document SET preview_id = 1",
    ):  # fmt: skip
        assert "is final" in shop.refusal(statement)
