"""What a screen tells of several subjects at one moment, to whom, and by how many questions."""

from datetime import timedelta

from billing import access
from billing.access import Actor, Permission
from billing.accounts import members
from billing.accounts.tables import Role
from billing.clock import local_day
from billing.db import Work
from billing.mandates.queries import MandateStanding
from billing.screens.home import Home, home
from tests.factories import Shop
from tests.renewals import run, service
from tests.stopping import late_service

LEAD_DAYS = 14


def first_page(shop: Shop, actor: Actor, account: int) -> Home:
    return shop.ask(home, actor, account, LEAD_DAYS)


def test_who_sees_no_invoices_reads_of_services_alone(shop: Shop, account: int) -> None:
    late_service(shop, account)
    found = first_page(shop, shop.member(account, Role.TECHNICIAN), account)
    assert (found.coming, found.overpaid_cents, found.mandate) == ((), 0, MandateStanding())
    assert found.services is not None
    assert [one.row.name for one in found.services] == ["Webhosting"]


def test_a_stranger_reads_nothing(shop: Shop, account: int) -> None:
    late_service(shop, account)
    stranger = shop.member(shop.customer("Fietsclub Test"))
    assert first_page(shop, stranger, account) == Home(0, (), MandateStanding(), None)


def test_the_first_page_asks_no_more_for_many_invoices_and_services_than_for_one(
    shop: Shop, account: int, owner: Actor, asked: list[str]
) -> None:
    today = local_day(shop.clock.now())
    service(shop, account, today)
    run(shop)
    asked.clear()
    first_page(shop, owner, account)
    few = len(asked)
    for days in range(10):
        service(shop, account, today - timedelta(days=days))
        shop.invoice(account)
    run(shop)
    asked.clear()
    first_page(shop, owner, account)
    assert len(asked) == few


def test_a_query_looks_up_once_what_somebody_may_do(shop: Shop, account: int, owner: Actor, asked: list[str]) -> None:
    def may(work: Work, times: int) -> None:
        for _ in range(times):
            access.require(work, owner, Permission.INVOICES_VIEW, account)

    shop.ask(may, 1)
    once = len(asked)
    asked.clear()
    shop.ask(may, 3)
    assert len(asked) == once


def test_a_use_case_goes_by_the_rights_that_it_has_just_changed(shop: Shop, account: int, owner: Actor) -> None:
    helper = shop.member(account, Role.BOOKKEEPER)

    def remove(work: Work) -> tuple[bool, bool]:
        before = access.permissions(work, helper, account)
        members.remove_member(work, shop.proven(owner), account, helper.user_id or 0)
        work.flush()
        return bool(before), bool(access.permissions(work, helper, account))

    assert shop.do(remove) == (True, False)
