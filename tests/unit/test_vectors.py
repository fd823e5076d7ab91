"""Figures from public sources, with which everybody's computer has to agree."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing import config, settings_checks, vat
from billing.bank.matching import numbers, only_reference, references
from billing.config import Settings
from billing.errors import SettingsInvalid
from billing.mandates.reasons import Response, reason_of
from billing.mandates.rules import reference
from billing.money import euros, parse_euros, round_cents
from billing.reminders.costs import collection_costs
from billing.workdays import is_bank_day

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text())
# EPC: at most 35 characters of the SEPA set, no slash at either end and no two together.
MANDATE = re.compile(r"(?!.*//)(?!/)[A-Za-z0-9/?:().,'+ -]{1,35}(?<!/)")
# What is done about each code, as people say it: the mandate's answer, and whether somebody has to look.
DONE = {
    "retry": (Response.RETRY, False), "retry_once": (Response.RETRY, False), "contact": (Response.PAUSE, False),
    "customer_refund": (Response.PAUSE, False), "stop_and_refund_risk": (Response.STOP, True),
}  # fmt: skip


@pytest.mark.parametrize(("principal", "costs"), VECTORS["wik"]["no_vat"].items())
def test_the_costs_of_collecting_are_those_of_the_decree(principal: str, costs: str) -> None:
    assert euros(collection_costs(round(Decimal(principal) * 100))) == Decimal(costs)


def test_who_can_not_reclaim_vat_may_add_it_to_the_costs() -> None:
    [(principal, costs)] = VECTORS["wik"]["with_vat"].items()
    net = collection_costs(parse_euros(f"{principal}.00"))
    assert euros(net + vat.vat_cents(net, Decimal(21))) == Decimal(costs)


@pytest.mark.parametrize("vector", VECTORS["rounding"])
def test_vat_is_rounded_once_a_rate(vector: dict[str, object]) -> None:
    lines = [(Decimal(rate), parse_euros(net)) for net, rate in vector["lines"]]  # type: ignore[attr-defined]
    assert euros(sum(total.vat_cents for total in vat.totals(lines))) == Decimal(str(vector["vat_per_rate"]))


@pytest.mark.parametrize("vector", VECTORS["rounding"])
def test_rounded_once_a_line_it_can_be_another_amount(vector: dict[str, object]) -> None:
    lines = [(Decimal(rate), parse_euros(net)) for net, rate in vector["lines"]]  # type: ignore[attr-defined]
    alone = [vat.vat_cents(net, rate) for rate, net in lines]
    assert euros(sum(alone)) == Decimal(str(vector["vat_per_line"]))


@pytest.mark.parametrize(("exact", "rounded"), re.findall(r"([\d.]+) -> ([\d.]+)", VECTORS["rounding_rule"]))
def test_halves_of_a_cent_are_rounded_up(exact: str, rounded: str) -> None:
    assert euros(round_cents(Decimal(exact) * 100)) == Decimal(rounded)


@pytest.mark.parametrize("day", VECTORS["target_closed_2026"])
def test_on_these_days_no_bank_moves_money(day: str) -> None:
    assert not is_bank_day(date.fromisoformat(day))


@pytest.mark.parametrize("reference", VECTORS["iso11649"]["valid"])
def test_a_right_reference_is_recognised(reference: str) -> None:
    assert only_reference(reference) == {reference}


@pytest.mark.parametrize("reference", VECTORS["iso11649"]["invalid"])
def test_a_wrong_reference_is_not(reference: str) -> None:
    assert reference not in only_reference(reference)


@pytest.mark.parametrize("text", VECTORS["betalingskenmerk"]["valid"] + VECTORS["betalingskenmerk"]["invalid"])
def test_a_reference_of_dutch_banks_is_never_taken_for_one_of_ours(text: str) -> None:
    assert (references(text), only_reference(text), numbers(text)) == (set(), set(), set())


@pytest.mark.parametrize("number", VECTORS["sepa_creditor_id"]["valid"])
def test_a_right_creditor_identifier_is_taken(number: str) -> None:
    settings_checks.require_valid(_with_creditor(number))


@pytest.mark.parametrize("number", VECTORS["sepa_creditor_id"]["invalid"])
def test_a_wrong_creditor_identifier_is_named(number: str) -> None:
    with pytest.raises(SettingsInvalid) as invalid:
        settings_checks.require_valid(_with_creditor(number))
    [problem] = invalid.value.facts["problems"]
    assert problem.startswith("VOLDAAN_CREDITOR_ID: ")


def _with_creditor(number: str) -> Settings:
    return config.load(demo=True, creditor_id=number)


@given(st.from_regex(r"[A-Za-z0-9]{3}|", fullmatch=True), st.integers(1, 2**63 - 1), st.integers(1, 10**6))
def test_banks_take_every_reference_of_a_mandate(prefix: str, account_id: int, place: int) -> None:
    assert MANDATE.fullmatch(reference(prefix, account_id, place))


def test_what_banks_take_as_a_reference_of_a_mandate_is_what_is_known_of_it() -> None:
    known = VECTORS["mandate_reference"]
    assert [text for text in known["valid"] + known["invalid"] if MANDATE.fullmatch(text)] == known["valid"]


@pytest.mark.parametrize(("code", "done"), VECTORS["reasons"].items())
def test_a_code_of_a_bank_has_the_answer_that_it_asks_for(code: str, done: str) -> None:
    reason = reason_of(code)
    assert reason.tells
    if done == "new_mandate":
        # Nothing is debited by itself any more, and the customer reads why.
        assert reason.response in {Response.STOP, Response.PAUSE}
        assert reason.key in {"wrong_account", "account_closed"}
    else:
        assert (reason.response, reason.for_staff) == DONE[done]
