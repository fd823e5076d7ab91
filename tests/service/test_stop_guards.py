"""What the database itself says to whoever stops a service past the services of the program."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.access import Actor
from billing.accounts.tables import Role
from billing.stops.rules import Facts, Precondition, missing, verdicts
from tests import stopping
from tests.factories import Shop
from tests.stopping import GREEN, WRONG, announced, propose, stopped

STOP = "UPDATE service SET state = 'stopped'"


@pytest.fixture
def service_id(shop: Shop, account: int, owner: Actor) -> int:
    return stopping.late_service(shop, account)


def inserting(values: Mapping[str, Any]) -> str:
    """A statement that writes a proposal with these values past the program."""
    row = {
        "state": "'proposed'", "requested_at": "CURRENT_TIMESTAMP", "withdrawn_because": "''", "snapshot": "'{}'",
        **{name.value: "(1 = 1)" for name in Precondition}, **values,
    }  # fmt: skip
    return f"INSERT INTO stop_order ({', '.join(row)}) SELECT {', '.join(map(str, row.values()))} FROM service"


def proposal(service_id: int, account: int, by: Actor, **other: str) -> str:
    return inserting({"account_id": account, "service_id": service_id, "requested_by": by.user_id, **other})


def test_a_service_can_not_be_stopped_without_an_order(shop: Shop, service_id: int) -> None:
    assert "no stop order" in shop.refusal(STOP)


def test_a_service_can_not_begin_stopped(shop: Shop, service_id: int) -> None:
    columns = "account_id, product_id, label, started_on, anchor_day, paid_through"
    assert "no stop order" in shop.refusal(
        f"INSERT INTO service ({columns}, state) SELECT {columns}, 'stopped' FROM service"
    )


def test_neither_a_proposal_nor_an_approval_is_enough(shop: Shop, service_id: int, first: Actor, second: Actor) -> None:
    order_id = propose(shop, first, service_id)
    assert "no stop order" in shop.refusal(STOP)
    stopping.approve(shop, second, order_id)
    assert "no stop order" in shop.refusal(STOP)


def test_an_order_that_was_withdrawn_stops_nothing_any_more(
    shop: Shop, account: int, owner: Actor, service_id: int, first: Actor, second: Actor
) -> None:
    stopped(shop, service_id, first, second)
    shop.pay(owner, stopping.number(shop, account))
    assert "no stop order" in shop.refusal(STOP)


def test_an_order_can_not_be_taken_away_under_a_stopped_service(
    shop: Shop, service_id: int, first: Actor, second: Actor
) -> None:
    stopped(shop, service_id, first, second)
    withdrawing = "UPDATE stop_order SET state = 'withdrawn', withdrawn_at = CURRENT_TIMESTAMP"
    assert "no stop_order: state" in shop.refusal(withdrawing)
    assert "no stop_order: delete" in shop.refusal("DELETE FROM stop_order")


def test_a_stopped_service_can_not_become_a_domain(shop: Shop, service_id: int, first: Actor, second: Actor) -> None:
    stopped(shop, service_id, first, second)
    shop.sql("UPDATE product SET kind = 'domain'")
    assert "no stop order" in shop.refusal("UPDATE service SET product_id = product_id")


def test_a_complete_proposal_is_let_in(shop: Shop, account: int, service_id: int, first: Actor) -> None:
    assert shop.refusal(proposal(service_id, account, first)) == ""


@pytest.mark.parametrize("name", Precondition)
def test_no_proposal_without_a_precondition_is_let_in(
    shop: Shop, account: int, service_id: int, first: Actor, name: Precondition
) -> None:
    assert "preconditions" in shop.refusal(proposal(service_id, account, first, **{name.value: "(1 = 0)"}))


@pytest.mark.parametrize("name", Precondition)
def test_no_precondition_can_be_taken_away(
    shop: Shop, service_id: int, first: Actor, second: Actor, name: Precondition
) -> None:
    stopped(shop, service_id, first, second)
    assert "preconditions" in shop.refusal(f"UPDATE stop_order SET {name.value} = (1 = 0)")


def test_an_order_begins_as_a_proposal_of_a_colleague(shop: Shop, account: int, service_id: int, first: Actor) -> None:
    customer = shop.member(account, Role.ADMINISTRATOR)
    assert "no stop_order: insert" in shop.refusal(proposal(service_id, account, customer))
    whole = {
        "state": "'carried_out'", "approved_by": "requested_by + 1", "approved_at": "CURRENT_TIMESTAMP",
        "announced_on": "'2026-01-01'", "carried_out_by": "1", "carried_out_on": "'2026-02-01'",
        "reversible_until": "'2026-12-31'",
    }  # fmt: skip
    whole["approved_by"] = str(customer.user_id)
    assert "no stop_order: insert" in shop.refusal(proposal(service_id, account, first, **whole))


def approving(by: object) -> str:
    return (
        f"UPDATE stop_order SET state = 'approved', approved_by = {by}, approved_at = CURRENT_TIMESTAMP,"
        " announced_on = '2026-04-19'"
    )


def test_an_order_is_approved_by_another_colleague_and_nobody_else(
    shop: Shop, account: int, service_id: int, first: Actor, second: Actor
) -> None:
    propose(shop, first, service_id)
    customer = shop.member(account, Role.ADMINISTRATOR)
    assert shop.refusal(approving(second.user_id)) == ""
    assert "two_people" in shop.refusal(approving(first.user_id))
    assert "no stop_order: approval" in shop.refusal(approving(customer.user_id))
    assert "no stop_order: approval" in shop.refusal(approving("NULL"))
    assert "approved_first" in shop.refusal("UPDATE stop_order SET state = 'approved'")


def carrying_out(by: object, on: str, until: str) -> str:
    return (
        f"UPDATE stop_order SET state = 'carried_out', carried_out_by = {by}, carried_out_on = '{on}',"
        f" reversible_until = '{until}'"
    )


def test_the_week_and_the_thirty_days_are_kept(
    shop: Shop, account: int, service_id: int, first: Actor, second: Actor
) -> None:
    announced(shop, service_id, first, second)
    customer = shop.member(account, Role.ADMINISTRATOR)
    assert shop.refusal(carrying_out(first.user_id, "2026-04-26", "2026-05-26")) == ""
    assert "no stop_order: state" in shop.refusal(carrying_out(first.user_id, "2026-04-25", "2026-05-26"))
    assert "no stop_order: state" in shop.refusal(carrying_out(first.user_id, "2026-04-26", "2026-05-25"))
    assert "no stop_order: carrying_out" in shop.refusal(carrying_out(customer.user_id, "2026-04-26", "2026-05-26"))


@pytest.mark.parametrize("change", ["service_id = service_id", "requested_by = requested_by", "state = 'proposed'",
                                    "approved_by = approved_by", "announced_on = '2020-01-01'"])  # fmt: skip
def test_what_was_agreed_on_stays_as_it_was(
    shop: Shop, service_id: int, first: Actor, second: Actor, change: str
) -> None:
    announced(shop, service_id, first, second)
    assert "no stop_order" in shop.refusal(f"UPDATE stop_order SET {change}")


def test_a_service_has_one_order_that_runs(shop: Shop, account: int, service_id: int, first: Actor) -> None:
    propose(shop, first, service_id)
    assert "unique" in shop.refusal(proposal(service_id, account, first)).lower()


def test_a_colleague_who_left_keeps_no_service_stopped(
    shop: Shop, account: int, owner: Actor, service_id: int, first: Actor, second: Actor
) -> None:
    stopped(shop, service_id, first, second)
    shop.sql("UPDATE login_user SET staff_role = ''")
    shop.pay(owner, stopping.number(shop, account))
    assert stopping.state_of(shop, service_id) == "active"


def test_the_checks_find_a_service_that_was_stopped_in_another_way(
    shop: Shop, service_id: int, first: Actor, second: Actor
) -> None:
    propose(shop, first, service_id)
    drop = "DROP TRIGGER service_state_refused"
    if shop.database.url.startswith("postgresql"):
        drop += " ON service"
    assert shop.broken_after(drop, STOP) == [
        "every stopped service has a stop order that two people agreed on and a person carried out"
    ]


FACTS = st.builds(
    Facts, invoices=st.just(GREEN.invoices), overdue_cents=st.integers(0, 5_000), floor_cents=st.integers(0, 5_000),
    credit_cents=st.integers(0, 5_000), in_flight=st.integers(0, 2), unmatched_cents=st.integers(0, 2),
    parked=st.integers(0, 1), feeds_fresh=st.booleans(), notices_delivered=st.booleans(), disputed=st.booleans(),
    ladder_finished=st.booleans(), phoned_on=st.none() | st.just(GREEN.phoned_on), addresses_work=st.booleans(),
    mailbox_safe=st.booleans(),
)  # fmt: skip


@given(FACTS)
def test_whatever_is_known_only_all_verdicts_together_let_a_service_stop(facts: Facts) -> None:
    judged = verdicts(facts)
    assert set(judged) == set(Precondition)
    assert missing(facts) == [name for name, holds in judged.items() if not holds]
    stands_in_the_way = (
        facts.in_flight or facts.unmatched_cents or facts.parked or facts.disputed or not facts.feeds_fresh
        or not facts.notices_delivered or not facts.ladder_finished or facts.phoned_on is None
        or not facts.addresses_work or not facts.mailbox_safe
        or facts.credit_cents >= facts.overdue_cents or facts.overdue_cents <= facts.floor_cents
    )  # fmt: skip
    assert bool(missing(facts)) == bool(stands_in_the_way)


def test_each_wrong_fact_is_about_one_precondition() -> None:
    assert {name: missing(facts) for name, facts in WRONG.items()} == {
        name.value: [name.value] for name in Precondition
    }
    assert missing(GREEN) == []
