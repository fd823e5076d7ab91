"""Stop orders for tests, on the shop of `tests.factories`: a customer who is late, and people who work here."""

from dataclasses import replace
from datetime import date, timedelta

from billing.access import SYSTEM, Actor
from billing.accounts import service as accounts
from billing.clock import local_day
from billing.db import Work
from billing.invoices.tables import Invoice
from billing.products.tables import Service
from billing.stops import rules
from billing.stops import service as stops
from billing.stops.rules import Facts, LateInvoice
from billing.stops.tables import StopOrder
from tests.factories import Shop, password_hash
from tests.renewals import run, service

# Everything that has to be true.
GREEN = Facts(
    invoices=(LateInvoice(1, "2026-0001", 1_210),), overdue_cents=1_210, floor_cents=1_000, credit_cents=0,
    in_flight=0, unmatched_cents=0, parked=0, feeds_fresh=True, notices_delivered=True, disputed=False,
    ladder_finished=True, phoned_on=date(2026, 3, 1), addresses_work=True, mailbox_safe=True,
)  # fmt: skip
# One fact for each precondition that makes it false.
WRONG = {
    "feeds_fresh": replace(GREEN, feeds_fresh=False),
    "nothing_in_flight": replace(GREEN, in_flight=1),
    "no_unmatched_money": replace(GREEN, unmatched_cents=1),
    "notices_delivered": replace(GREEN, notices_delivered=False),
    "credit_insufficient": replace(GREEN, credit_cents=1_210),
    "nothing_disputed": replace(GREEN, disputed=True),
    "ladder_finished": replace(GREEN, phoned_on=None),
    "above_floor": replace(GREEN, floor_cents=1_210),
    "addresses_work": replace(GREEN, addresses_work=False),
    "mailbox_safe": replace(GREEN, mailbox_safe=False),
}


def colleague(shop: Shop, name: str, staff_role: str = "finance_lead") -> Actor:
    """Somebody who works here."""
    user_id = shop.do(
        accounts.add_user, SYSTEM, email=f"{name}@staff.example", name=name, password_hash=password_hash(),
        staff_role=staff_role,
    )  # fmt: skip
    return Actor(name=name, user_id=user_id)


def late_service(shop: Shop, account_id: int) -> int:
    """A service of € 12,10 a month whose invoice is 30 days late."""
    service_id = service(shop, account_id, local_day(shop.clock.now()))
    run(shop)
    shop.clock.advance(days=44)
    return service_id


def number(shop: Shop, account_id: int) -> str:
    """The number of the account's oldest invoice."""
    return shop.all(Invoice, account_id=account_id)[0].number or ""


def propose(shop: Shop, actor: Actor, service_id: int, facts: Facts = GREEN) -> int:
    """The number of a new order, judged by these facts."""

    def use_case(work: Work) -> int:
        return stops.propose(work, shop.proven(actor), work.session.get_one(Service, service_id), facts)

    return shop.do(use_case)


def approve(shop: Shop, actor: Actor, order_id: int, facts: Facts = GREEN) -> None:
    shop.do(lambda work: stops.approve(work, shop.proven(actor), work.session.get_one(StopOrder, order_id), facts))


def carry_out(shop: Shop, actor: Actor, order_id: int, facts: Facts = GREEN) -> None:
    shop.do(lambda work: stops.carry_out(work, shop.proven(actor), work.session.get_one(StopOrder, order_id), facts))


def announced(shop: Shop, service_id: int, first: Actor, second: Actor) -> int:
    """The number of an order that was announced a week ago, by two people."""
    order_id = propose(shop, first, service_id)
    approve(shop, second, order_id)
    shop.clock.advance(days=rules.ANNOUNCED_DAYS / timedelta(days=1))
    return order_id


def stopped(shop: Shop, service_id: int, first: Actor, second: Actor) -> int:
    """The number of an order under which the service is stopped."""
    order_id = announced(shop, service_id, first, second)
    carry_out(shop, first, order_id)
    return order_id


def state_of(shop: Shop, service_id: int) -> str:
    return shop.one(Service, id=service_id).state
