"""The commands of the finance department: every one names who gives it, and says why when it can't be."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from billing.access import Actor
from billing.accounts.tables import User
from billing.cli import stops as stop_commands
from billing.clock import SystemClock, local_day
from billing.renewals.flows import renew_domains
from billing.renewals.rules import RenewalRules
from billing.safety import orders
from billing.stops import service
from tests import renewals, stopping
from tests.commands import Type
from tests.factories import PASSWORD, Shop


@pytest.fixture(autouse=True)
def _typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.prompt", lambda *_, **__: PASSWORD)


@pytest.fixture
def late(stored: Shop) -> int:
    """The number of a service whose invoice is late, with two colleagues of finance, and a customer's owner."""
    stored.clock.time = SystemClock().now() - timedelta(days=44)
    account = stored.customer()
    stored.member(account, mails=True)
    for name in ("fien", "fred"):
        stopping.colleague(stored, name)
    started = renewals.service(stored, account, local_day(stored.clock.now()))
    renewals.run(stored)
    return started


def test_a_stop_that_may_not_be_is_refused_with_all_that_is_missing(voldaan: Type, late: int) -> None:
    said = voldaan("stops", "propose", str(late), "--by", "fien@staff.example", stop_floor_cents="1000")
    assert said.code == 1
    assert "do not hold, so nothing is stopped: feeds_fresh, notices_delivered, ladder_finished" in one_line(said.err)


def test_a_stop_order_is_listed_approved_by_another_and_withdrawn(voldaan: Type, stored: Shop, late: int) -> None:
    [fien] = stored.all(User, email="fien@staff.example")
    order = stopping.propose(stored, Actor(fien.name, fien.id), late)
    said = voldaan("stops", "list", "--by", "fred@staff.example")
    assert said.out == "1  proposed  Bakkerij Test: Webhosting voorbeeld.test\n"
    same = voldaan("stops", "approve", str(order), "--by", "fien@staff.example")
    assert (same.code, "a stop takes two people" in one_line(same.err)) == (1, True)
    early = voldaan("stops", "carry-out", str(order), "--by", "fred@staff.example")
    assert (early.code, "Only an order that has been approved" in one_line(early.err)) == (1, True)
    assert voldaan("stops", "withdraw", str(order), "--by", "fred@staff.example").code == 0
    again = voldaan("stops", "withdraw", str(order), "--by", "fred@staff.example")
    assert (again.code, "withdrawn before" in one_line(again.err)) == (1, True)
    assert voldaan("stops", "list", "--by", "fred@staff.example", "--json").out == ""


@pytest.mark.parametrize("words", [("propose", "1"), ("approve", "1"), ("carry-out", "1")])
def test_a_step_towards_a_stop_takes_the_password(
    voldaan: Type, late: int, monkeypatch: pytest.MonkeyPatch, words: tuple[str, str]
) -> None:
    monkeypatch.setattr("typer.prompt", lambda *_, **__: "another")
    said = voldaan("stops", *words, "--by", "fien@staff.example")
    assert (said.code, "not the password" in one_line(said.err)) == (1, True)


@pytest.mark.parametrize("who", ["nobody@staff.example", "person-1@test.example", "pia@staff.example"])
def test_only_the_finance_department_gives_orders(voldaan: Type, stored: Shop, late: int, who: str) -> None:
    stopping.colleague(stored, "pia", "presenter")
    for words in (("stops", "list"), ("stops", "propose", str(late)), ("renewals", "list")):
        said = voldaan(*words, "--by", who)
        assert (said.code, "is nobody of the finance department" in one_line(said.err)) == (2, True)


def test_an_order_that_does_not_exist_is_said_to_be_missing(voldaan: Type, late: int) -> None:
    for words in (("stops", "approve", "4711"), ("stops", "withdraw", "4711"), ("renewals", "allow", "4711")):
        said = voldaan(*words, "--by", "fien@staff.example")
        assert (said.code, said.err) == (1, "not_found\n")


def test_a_renewal_that_waits_is_listed_and_let_go(voldaan: Type, stored: Shop, late: int) -> None:
    stored.sql("UPDATE product SET kind = 'domain'")
    stored.clock.time = SystemClock().now()
    stored.billing = replace(
        stored.billing, policy=replace(stored.billing.policy, renewals=RenewalRules(days=7, ceiling_cents=0))
    )
    renew_domains(stored.billing)
    [line] = voldaan("renewals", "list", "--by", "fien@staff.example").out.splitlines()
    assert line.startswith("1  voorbeeld.test by ")
    assert "Bakkerij Test: €" in line
    assert voldaan("renewals", "allow", "1", "--by", "fien@staff.example").code == 0
    again = voldaan("renewals", "allow", "1", "--by", "fien@staff.example")
    assert (again.code, "renewed_before" in again.err) == (1, True)


def test_every_refusal_of_a_stop_has_a_sentence() -> None:
    source = (Path(service.__file__).read_text(), Path(orders.__file__).read_text())
    reasons = set(re.findall(r'reason="(\w+)"', "".join(source))) | set(
        re.findall(r'OrderState\.\w+, "(\w+)"', source[0])
    )
    assert reasons == set(stop_commands.REFUSALS)


def one_line(text: str) -> str:
    return " ".join(re.sub("[│╭╮╰╯─]", " ", text).split())
