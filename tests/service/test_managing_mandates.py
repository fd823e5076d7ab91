"""A customer pauses, resumes and takes back a mandate; what was announced by it is off, and told."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from billing.access import Actor
from billing.accounts.tables import Role
from billing.db import Work
from billing.errors import CheckNeeded, MandateRefused, NotAllowed, NotFound
from billing.mandates import flows, queries, service
from billing.ports import Outcome
from billing.states import MandateState
from tests.factories import Shop
from tests.fakes.collecting import (
    ask,
    collect,
    collections,
    decide,
    fail,
    go_on,
    go_to,
    mails,
    mandates,
    states,
    submit,
    today,
    told,
    work,
)

Act = Callable[[Work, Actor, int], None]


pytestmark = pytest.mark.usefixtures("mandate")


def test_a_mandate_is_taken_back_for_good(shop: Shop, owner: Actor, account: int) -> None:
    shop.do(service.withdraw, shop.proven(owner), account)
    shop.carry_out()
    [mandate] = mandates(shop)
    assert (mandate.state, mandate.ended_at, mandate.reason) == ("revoked", shop.clock.now(), "customer")
    assert told(shop) == ["mandate_withdrawn"]
    shop.invoice(account)
    go_on(shop, 20)
    assert (collections(shop), shop.gateway.collected, shop.broken()) == ([], [], [])


@pytest.mark.parametrize("act", [service.withdraw, service.pause], ids=["withdraw", "pause"])
def test_between_notice_and_debit_the_plan_is_off_and_the_customer_is_told_what_now(
    shop: Shop, owner: Actor, account: int, act: Act
) -> None:
    number = shop.invoice(account)
    work(shop)
    told(shop)
    shop.do(act, shop.proven(owner), account)
    shop.carry_out()
    assert states(shop) == ["withdrawn"]
    [mail] = [mail for mail in mails(shop) if mail.kind == "debit_withdrawn"]
    assert {"number": number, "cents": "12100", "collect_on": "2026-03-20"}.items() <= mail.facts.items()
    assert mail.facts["why"] in {"mandate_revoked", "mandate_paused"}
    assert mail.url.startswith("https://billing.test/pay/")
    go_on(shop, 20)
    assert (shop.gateway.collected, shop.open_cents(number), shop.broken()) == ([], [12_100], [])


def test_a_plan_that_nobody_was_told_of_goes_silently(shop: Shop, owner: Actor, account: int) -> None:
    shop.invoice(account, due_on=date(2026, 6, 1))
    work(shop)
    shop.do(service.pause, shop.proven(owner), account)
    shop.carry_out()
    assert (states(shop), told(shop)) == (["withdrawn"], ["mandate_paused"])


def test_a_resumed_mandate_announces_anew(shop: Shop, owner: Actor, account: int) -> None:
    shop.invoice(account)
    work(shop)
    shop.do(service.pause, shop.proven(owner), account)
    go_on(shop, 5)
    told(shop)
    shop.do(service.resume, shop.proven(owner), account)
    work(shop)
    assert (states(shop), sorted(told(shop))) == (["withdrawn", "announced"], ["debit_announced", "mandate_resumed"])
    assert collections(shop)[1].collect_on >= today(shop) + timedelta(days=14)
    assert shop.broken() == []


def test_resuming_forgets_what_went_wrong(shop: Shop, owner: Actor, account: int) -> None:
    fail(shop, submit(shop, account).key, "MS02")
    assert (mandates(shop)[0].points, mandates(shop)[0].reason) == (3, "MS02")
    shop.do(service.resume, shop.proven(owner), account)
    assert (mandates(shop)[0].points, mandates(shop)[0].reason) == (0, "")


def test_what_makes_no_sense_is_refused(shop: Shop, owner: Actor, account: int) -> None:
    def reason(act: Act) -> str:
        with pytest.raises(MandateRefused) as refused:
            shop.do(act, shop.proven(owner), account)
        return str(refused.value.facts["reason"])

    assert reason(service.resume) == "not_paused"
    shop.do(service.pause, shop.proven(owner), account)
    assert reason(service.pause) == "not_active"
    shop.do(service.withdraw, shop.proven(owner), account)
    assert [reason(act) for act in (service.pause, service.resume, service.withdraw)] == ["no_mandate"] * 3


@pytest.mark.parametrize("act", [service.withdraw, service.pause, service.resume])
def test_only_who_may_authorise_a_debit_may_stop_it(shop: Shop, owner: Actor, account: int, act: Act) -> None:
    with pytest.raises(CheckNeeded):
        shop.do(act, owner, account)
    with pytest.raises(NotAllowed):
        shop.do(act, shop.proven(shop.member(account)), account)
    with pytest.raises(NotFound):
        shop.do(act, shop.proven(shop.member(shop.customer(), Role.OWNER)), account)
    assert mandates(shop)[0].state == "active"


def test_a_mandate_that_nobody_used_for_36_months_lapses_and_is_told(shop: Shop, account: int) -> None:
    go_to(shop, date(2029, 3, 6))
    work(shop)
    assert mandates(shop)[0].state == "active"
    go_to(shop, date(2029, 3, 7))
    work(shop)
    work(shop)
    assert (mandates(shop)[0].state, told(shop), shop.broken()) == ("expired", ["mandate_expired"], [])


def test_a_mandate_that_is_used_lives_on(shop: Shop, account: int) -> None:
    go_to(shop, date(2028, 3, 6))
    collect(shop, account)
    go_to(shop, date(2029, 3, 7))
    flows.let_mandates_lapse(shop.billing)
    assert mandates(shop)[0].state == "active"


def test_a_mandate_that_was_taken_back_at_the_bank_ends_here_too(shop: Shop, account: int) -> None:
    decide(shop, mandates(shop)[0].provider_key or "", Outcome.CANCELLED)
    shop.carry_out()
    assert (mandates(shop)[0].state, mandates(shop)[0].reason, told(shop)) == ("revoked", "bank", ["mandate_withdrawn"])


def test_what_happens_to_a_mandate_is_written_down(shop: Shop, owner: Actor, account: int) -> None:
    shop.do(service.pause, shop.proven(owner), account)
    shop.do(service.resume, shop.proven(owner), account)
    shop.do(service.withdraw, shop.proven(owner), account)
    acts = [event.action for event in shop.audit() if event.action.startswith("mandate.")]
    assert acts == [
        "mandate.requested", "mandate.given", "mandate.paused", "mandate.resumed", "mandate.revoked",
    ]  # fmt: skip


# What the pages show


def test_the_page_of_a_mandate_shows_what_is_and_what_comes(shop: Shop, owner: Actor, account: int) -> None:
    done, coming = collect(shop, account), shop.invoice(account)
    work(shop)
    view = shop.ask(queries.mandate_standing, owner, account).view
    assert view is not None
    assert (view.state, view.iban_mask, view.bank_id) == (MandateState.ACTIVE, "NL•• •••• 6789", "TESTNL2A")
    assert view.last is not None
    assert (view.last.invoice_number, view.last.state) == (done.number, "collected")
    assert [(row.invoice_number, row.cents) for row in view.coming] == [(coming, 12_100)]
    assert view.may_manage
    assert view.coming == shop.ask(queries.coming_collections, owner, account)


def test_a_bookkeeper_sees_the_mandate_and_may_not_touch_it(shop: Shop, account: int) -> None:
    view = shop.ask(queries.mandate_standing, shop.member(account), account).view
    assert view is not None
    assert not view.may_manage
    with pytest.raises(NotAllowed):
        shop.ask(queries.mandate_standing, shop.member(account, Role.TECHNICIAN), account)
    with pytest.raises(NotFound):
        shop.ask(queries.mandate_standing, shop.member(shop.customer()), account)


def test_an_account_without_a_mandate_shows_none(shop: Shop) -> None:
    other = shop.customer()
    assert shop.ask(queries.mandate_standing, shop.member(other), other).view is None


def test_a_paused_mandate_says_why_and_one_that_ended_when(shop: Shop, owner: Actor, account: int) -> None:
    fail(shop, submit(shop, account).key, "MS02")
    paused = shop.ask(queries.mandate_standing, owner, account).view
    shop.do(service.withdraw, shop.proven(owner), account)
    ended = shop.ask(queries.mandate_standing, owner, account).view
    assert paused is not None
    assert ended is not None
    assert (paused.reason_key, ended.reason_key, ended.ended_at) == ("refused_by_payer", "", shop.clock.now())


def test_an_unsigned_request_beside_a_living_mandate_is_told_apart(shop: Shop, owner: Actor, account: int) -> None:
    assert shop.ask(queries.mandate_standing, owner, account).requested is None
    ask(shop, owner, account)
    view = shop.ask(queries.mandate_standing, owner, account).view
    assert view is not None
    assert view.state is MandateState.ACTIVE
    assert shop.ask(queries.mandate_standing, owner, account).requested is MandateState.REQUESTED
