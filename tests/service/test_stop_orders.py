"""Stopping a service takes two people, a week and every precondition; any money takes it back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from billing.access import SYSTEM, Actor
from billing.accounts.tables import Role
from billing.audit import AuditEvent
from billing.clock import local_day
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.errors import NotAllowed, StopRefused
from billing.invoices.tables import Invoice
from billing.outbox import OutboxMessage
from billing.payments import paylinks
from billing.ports import ServiceNews
from billing.products.tables import ProductKind, Service
from billing.reminders.rules import ReminderRules
from billing.safety import orders
from billing.stops.tables import StopOrder
from tests import stopping
from tests.changing import change
from tests.factories import SIGNING_KEY, Shop
from tests.renewals import run
from tests.stopping import WRONG, announced, approve, carry_out, propose, state_of, stopped

FLOOR = 1_000


@pytest.fixture
def service_id(shop: Shop, account: int, owner: Actor) -> int:
    return stopping.late_service(shop, account)


def news(shop: Shop) -> list[ServiceNews]:
    shop.carry_out()
    return [notice.news for notice in shop.panel.news]


def mails(shop: Shop) -> list[str]:
    found = [message.payload.get("kind") for message in shop.all(OutboxMessage, task="mail_account")]
    return [str(kind) for kind in found if "sto" in str(kind)]


def test_two_people_and_a_week_stop_a_service(shop: Shop, service_id: int, first: Actor, second: Actor) -> None:
    order_id = propose(shop, first, service_id)
    assert state_of(shop, service_id) == "active"
    approve(shop, second, order_id)
    assert state_of(shop, service_id) == "active"
    shop.clock.advance(days=7)
    carry_out(shop, first, order_id)
    order, today = shop.one(StopOrder, id=order_id), local_day(shop.clock.now())
    assert state_of(shop, service_id) == "stopped"
    assert (order.requested_by, order.approved_by, order.carried_out_by) == (
        first.user_id, second.user_id, first.user_id,
    )  # fmt: skip
    assert order.reversible_until == today + timedelta(days=30)
    assert list(order.snapshot) == ["proposed", "approved", "carried_out"]
    assert shop.broken() == []


def test_the_customer_is_told_a_week_ahead_and_the_panel_on_the_day(
    shop: Shop, service_id: int, first: Actor, second: Actor
) -> None:
    order_id = announced(shop, service_id, first, second)
    assert (mails(shop), news(shop)) == (["stop_announced"], [])
    carry_out(shop, first, order_id)
    assert mails(shop) == ["stop_announced", "service_stopped"]
    assert news(shop) == [ServiceNews.STOPPED]
    assert shop.panel.news[0].facts == {"keeps_until": shop.one(StopOrder).reversible_until.isoformat()}  # type: ignore[union-attr]


@pytest.mark.parametrize("name", WRONG)
def test_without_any_single_precondition_there_is_no_stop_order(
    shop: Shop, service_id: int, first: Actor, name: str
) -> None:
    with pytest.raises(StopRefused) as refused:
        propose(shop, first, service_id, WRONG[name])
    assert refused.value.facts == {"reason": "preconditions", "missing": [name]}
    assert shop.all(StopOrder) == []


@pytest.mark.parametrize("name", WRONG)
def test_every_precondition_is_judged_again_at_each_step(
    shop: Shop, service_id: int, first: Actor, second: Actor, name: str
) -> None:
    order_id = propose(shop, first, service_id)
    with pytest.raises(StopRefused):
        approve(shop, second, order_id, WRONG[name])
    assert shop.one(StopOrder).state == "proposed"
    approve(shop, second, order_id)
    shop.clock.advance(days=7)
    with pytest.raises(StopRefused):
        carry_out(shop, first, order_id, WRONG[name])
    assert (shop.one(StopOrder).state, state_of(shop, service_id)) == ("approved", "active")


def test_one_person_is_not_enough(shop: Shop, service_id: int, first: Actor) -> None:
    order_id = propose(shop, first, service_id)
    with pytest.raises(StopRefused, match="same_person"):
        approve(shop, first, order_id)


def test_nothing_is_stopped_sooner_than_a_week_after_the_announcement(
    shop: Shop, service_id: int, first: Actor, second: Actor
) -> None:
    order_id = announced(shop, service_id, first, second)
    shop.clock.advance(days=-1)
    with pytest.raises(StopRefused, match="too_soon"):
        carry_out(shop, first, order_id)


def test_a_proposal_can_not_be_carried_out(shop: Shop, service_id: int, first: Actor, second: Actor) -> None:
    order_id = propose(shop, first, service_id)
    shop.clock.advance(days=30)
    with pytest.raises(StopRefused, match="not_approved"):
        carry_out(shop, second, order_id)


def test_no_machine_no_customer_and_no_other_colleague_gives_an_order(
    shop: Shop, account: int, service_id: int, first: Actor
) -> None:
    order_id = propose(shop, first, service_id)
    strangers = [SYSTEM, shop.member(account, Role.ADMINISTRATOR), stopping.colleague(shop, "pia", "presenter")]
    for actor in strangers:
        for step in (approve, carry_out):
            with pytest.raises(NotAllowed):
                step(shop, actor, order_id)
        with pytest.raises(NotAllowed):
            propose(shop, actor, service_id)
        with pytest.raises(NotAllowed):
            shop.ask(orders.running, actor)


def test_a_domain_is_never_stopped(shop: Shop, service_id: int, first: Actor) -> None:
    shop.sql("UPDATE product SET kind = :kind", kind=ProductKind.DOMAIN.value)
    with pytest.raises(StopRefused, match="domain"):
        propose(shop, first, service_id)


def test_what_has_ended_can_not_be_stopped(shop: Shop, service_id: int, first: Actor) -> None:
    shop.sql("UPDATE service SET state = 'ended', ends_on = '2026-01-01'")
    with pytest.raises(StopRefused, match="not_in_use"):
        propose(shop, first, service_id)


def test_a_service_has_one_order_at_a_time(shop: Shop, service_id: int, first: Actor, second: Actor) -> None:
    propose(shop, first, service_id)
    with pytest.raises(StopRefused, match="running"):
        propose(shop, second, service_id)


def test_a_payment_restores_what_was_stopped_in_the_same_transaction(
    shop: Shop, account: int, owner: Actor, service_id: int, first: Actor, second: Actor
) -> None:
    stopped(shop, service_id, first, second)
    shop.pay(owner, stopping.number(shop, account))
    order = shop.one(StopOrder)
    assert (state_of(shop, service_id), order.state, order.withdrawn_because) == ("active", "withdrawn", "money")
    assert news(shop) == [ServiceNews.STOPPED, ServiceNews.RESTORED]
    assert mails(shop)[-1] == "service_restored"
    assert shop.broken() == []


def test_no_mail_about_stopping_goes_out_once_there_is_money(
    shop: Shop, account: int, owner: Actor, service_id: int, first: Actor, second: Actor
) -> None:
    approve(shop, second, propose(shop, first, service_id))
    shop.pay(owner, stopping.number(shop, account))
    shop.carry_out()
    assert mails(shop) == ["stop_announced"]
    assert [mail.kind for mail in shop.writer.asked_accounts if mail.kind == "stop_announced"] == []


def test_the_announcement_names_invoice_amount_and_day(
    shop: Shop, service_id: int, first: Actor, second: Actor
) -> None:
    policy = replace(shop.billing.policy, reminders=ReminderRules(phone="085 000 00 00"))
    shop.billing = replace(shop.billing, policy=policy)
    approve(shop, second, propose(shop, first, service_id))
    shop.carry_out()
    [mail] = [mail for mail in shop.writer.asked_accounts if mail.kind == "stop_announced"]
    assert (mail.url, mail.phone) == ("https://billing.test/invoices", "085 000 00 00")
    [asked] = mail.invoices
    assert (asked.number, asked.cents) == ("2026-0001", 1_210)
    assert asked.pay_url == f"https://billing.test/pay/{paylinks.sign(shop.all(Invoice)[0].id or 0, SIGNING_KEY)}"
    assert {name: mail.facts[name] for name in ("service", "cents", "invoices", "earliest_on")} == {
        "service": "Webhosting", "cents": "1210", "invoices": "2026-0001", "earliest_on": "2026-04-26",
    }  # fmt: skip


def test_everybody_who_is_to_pay_hears_of_it_and_a_technician_does_not(
    shop: Shop, account: int, owner: Actor, service_id: int, first: Actor, second: Actor
) -> None:
    payer = shop.member(account, mails=True)
    shop.member(account, Role.TECHNICIAN)
    approve(shop, second, propose(shop, first, service_id))
    shop.carry_out()
    told = {mail.recipient for mail in shop.writer.asked_accounts if mail.kind == "stop_announced"}
    assert told == {owner.name, payer.name}


def test_a_second_message_about_the_payment_restores_nothing_twice(
    shop: Shop, account: int, owner: Actor, service_id: int, first: Actor, second: Actor
) -> None:
    stopped(shop, service_id, first, second)
    key = shop.pay(owner, stopping.number(shop, account))
    for _ in range(2):
        shop.hear(key)
    assert news(shop) == [ServiceNews.STOPPED, ServiceNews.RESTORED]
    assert [event.action for event in shop.audit()].count("stop.withdrawn") == 1


@pytest.mark.parametrize("with_credits", [True, False])
def test_credits_and_credit_notes_withdraw_an_order_too(
    shop: Shop, account: int, service_id: int, first: Actor, second: Actor, with_credits: bool
) -> None:
    announced(shop, service_id, first, second)
    invoice = shop.all(Invoice, account_id=account)[0]
    if with_credits:
        shop.do(credits.give_credits, SYSTEM, GiveCredits(account, 100, "Gebaar"))
        shop.do(credits.settle_with_credits, invoice.id or 0)
    else:
        shop.credit(invoice.number or "", 100)
    assert shop.one(StopOrder).state == "withdrawn"
    assert mails(shop) == ["stop_announced"]


def test_credits_used_by_an_invoice_run_withdraw_an_order(
    shop: Shop, account: int, service_id: int, first: Actor, second: Actor
) -> None:
    propose(shop, first, service_id)
    shop.do(credits.give_credits, SYSTEM, GiveCredits(account, 100, "Gebaar"))
    run(shop)
    assert shop.one(StopOrder).state == "withdrawn"


def test_money_of_another_customer_leaves_an_order_alone(
    shop: Shop, service_id: int, first: Actor, second: Actor
) -> None:
    stopped(shop, service_id, first, second)
    other = shop.customer("Fietsclub Test")
    shop.pay(shop.member(other), shop.invoice(other))
    assert state_of(shop, service_id) == "stopped"


def test_a_colleague_withdraws_an_order_and_the_service_goes_on(
    shop: Shop, service_id: int, first: Actor, second: Actor
) -> None:
    order_id = stopped(shop, service_id, first, second)
    shop.do(orders.withdraw, second, order_id)
    assert (state_of(shop, service_id), shop.one(StopOrder).withdrawn_because) == ("active", "person")
    with pytest.raises(StopRefused, match="withdrawn"):
        shop.do(orders.withdraw, second, order_id)
    assert propose(shop, first, service_id) != order_id


def test_what_is_stopped_is_not_invoiced_any_further(shop: Shop, service_id: int, first: Actor, second: Actor) -> None:
    stopped(shop, service_id, first, second)
    before = len(shop.all(Invoice))
    run(shop)
    assert len(shop.all(Invoice)) == before


def test_who_wants_to_be_rid_of_a_stopped_service_can_cancel_it(
    shop: Shop, account: int, owner: Actor, service_id: int, first: Actor, second: Actor
) -> None:
    stopped(shop, service_id, first, second)
    today = local_day(shop.clock.now())
    change(shop, owner, account, service_id, today)
    row = shop.one(Service, id=service_id)
    assert (row.state, row.ends_on) == ("ended", today - timedelta(days=1))
    assert shop.broken() == []


def test_every_step_is_in_the_log(shop: Shop, service_id: int, first: Actor, second: Actor) -> None:
    order_id = stopped(shop, service_id, first, second)
    shop.do(orders.withdraw, second, order_id)
    acts = [(event.action, event.actor) for event in shop.all(AuditEvent) if event.action.startswith("stop.")]
    assert acts == [
        ("stop.proposed", "fien"), ("stop.approved", "fred"), ("stop.carried_out", "fien"), ("stop.withdrawn", "fred"),
    ]  # fmt: skip


def test_as_long_as_nobody_knows_what_reminders_did_no_order_is_given(
    shop: Shop, service_id: int, first: Actor
) -> None:
    with pytest.raises(StopRefused) as refused:
        shop.do(orders.propose, shop.proven(first), service_id, FLOOR)
    assert refused.value.facts["missing"] == ["feeds_fresh", "notices_delivered", "ladder_finished"]
