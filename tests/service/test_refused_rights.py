"""Whoever is refused something leaves one line in the log: who, which right, where, by which call; and no more."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest

from billing import loglines
from billing.access import Look, Scope
from billing.accounts import queries as accounts
from billing.accounts.tables import Role
from billing.api import customers
from billing.errors import CheckNeeded, NotAllowed, NotFound, OnlyLooking
from billing.invoices import queries as invoices
from billing.logins import sessions
from tests import machines
from tests.staffing import finance


class Lines:
    """What the log says of refusals, as JSON for machines."""

    def __init__(self) -> None:
        self.written = StringIO()

    def all(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.written.getvalue().splitlines()]


@pytest.fixture
def lines() -> Iterator[Lines]:
    heard = Lines()
    handler = logging.StreamHandler(heard.written)
    handler.setFormatter(loglines.json_formatter())
    log = logging.getLogger("billing.refusals")
    log.addHandler(handler)
    yield heard
    log.removeHandler(handler)


def test_a_member_without_the_right(shop, account, lines):
    technician = shop.member(account, Role.TECHNICIAN)
    with pytest.raises(NotAllowed):
        shop.ask(invoices.open_invoices, technician, account)
    [line] = lines.all()
    assert line.pop("at")
    assert line == {
        "level": "warning", "logger": "billing.refusals", "user_id": technician.user_id, "account_id": account,
        "right": "invoices.view", "call": "invoices.queries.open_invoices", "refusal": "not_allowed",
        "event": f"refused: user {technician.user_id} has no right invoices.view in account {account}: "
        "invoices.queries.open_invoices",
    }  # fmt: skip
    assert technician.name not in str(line)


def test_a_stranger_to_whom_the_account_sounds_missing(shop, account, lines):
    stranger = shop.member(shop.customer("Garage Test"), Role.OWNER)
    with pytest.raises(NotFound) as refused:
        shop.ask(invoices.open_invoices, stranger, account)
    [line] = lines.all()
    assert (line["user_id"], line["account_id"], line["right"]) == (stranger.user_id, account, "invoices.view")
    assert line["refusal"] == "not_found"
    assert (str(refused.value), refused.value.facts) == (str(NotFound()), {})


def test_a_key_without_the_scope_and_one_of_another_customer(shop, account, lines):
    narrow = machines.actor_of(shop.billing, machines.key(shop.billing, Scope.INVOICES_READ))
    with pytest.raises(NotAllowed):
        shop.ask(customers.one, narrow, account)
    bound = machines.key(shop.billing, account_id=shop.customer("Garage Test"))
    with pytest.raises(NotFound):
        shop.ask(customers.one, machines.actor_of(shop.billing, bound), account)
    scope, reach = lines.all()
    assert (scope["key_id"], scope["right"], scope["refusal"]) == (narrow.key.key_id, "customers:read", "not_allowed")
    assert (reach["account_id"], reach["right"], reach["refusal"]) == (account, "customers:read", "not_found")
    assert "user_id" not in scope


def test_somebody_who_is_not_of_finance(shop, account, owner, lines):
    with pytest.raises(NotAllowed):
        shop.do(sessions.act_for, shop.proven(owner), "", account, "curious")
    [line] = lines.all()
    assert (line["user_id"], line["right"], line["call"]) == (owner.user_id, "finance", "logins.sessions.act_for")
    assert "curious" not in str(line)


def test_who_looks_through_the_eyes_of_somebody_else(shop, account, owner, lines):
    looking = replace(owner, looks_as=Look(account, frozenset()))
    with pytest.raises(OnlyLooking):
        shop.do(sessions.end_others, looking, "")
    [line] = lines.all()
    assert (line["user_id"], line["right"], line["refusal"]) == (owner.user_id, "only_looking", "only_looking")


def test_an_address_that_is_given_at_the_command_line_is_not_in_it(shop, owner, lines):
    with pytest.raises(NotAllowed):
        shop.ask(accounts.finance_member, f"{owner.name}@test.example")
    [line] = lines.all()
    assert line["event"] == "refused: somebody unknown has no right finance: accounts.queries.finance_member"


def test_what_is_not_there_and_what_takes_a_proof_first_are_no_refusals(shop, account, owner, lines):
    with pytest.raises(NotFound):
        shop.do(sessions.end_one, owner, 987_654)
    fien = finance(shop)
    shop.clock.advance(minutes=11)
    with pytest.raises(CheckNeeded):
        shop.do(sessions.act_for, fien, "", account, "asked to")
    assert lines.all() == []
