"""Mandates and collections against a gateway that shares no code with the adapter, over real HTTP and bank days."""

from collections.abc import Iterator
from datetime import date

import httpx
import pytest

from billing.adapters.buckaroo import BuckarooGateway
from billing.errors import ProviderUnclear
from billing.ports import MandateScheme, Outcome, TransactionKind
from billing.sandbox import RunningSandbox
from billing.sandbox.bankdays import next_bank_day
from tests.adapters.buckaroo_wire import debit_order, mandate_order
from tests.adapters.sandbox_line import Impatient, Line, connect

SOON = date(2026, 1, 1)


@pytest.fixture
def line(sandbox: RunningSandbox) -> Iterator[Line]:
    line = connect(sandbox)
    yield line
    line.close()


def signed(line: Line, **changes: object) -> str:
    """The identity of a mandate that its customer has signed."""
    start = line.gateway.start_mandate(mandate_order(push_url=f"{line.trap.url}/hooks/buckaroo", **changes))
    line.control(f"transactions/{start.key}/outcome", outcome="success")
    line.next_notice()
    return start.mandate_id


def collect(line: Line, **changes: object) -> str:
    order = debit_order(push_url=f"{line.trap.url}/hooks/buckaroo", collect_on=SOON, **changes)
    key = line.gateway.collect(order).key
    line.next_notice()
    return key


def test_a_mandate_leads_to_a_page_that_is_there(line: Line) -> None:
    start = line.gateway.start_mandate(mandate_order())

    assert (start.outcome, start.status_code, len(start.mandate_id)) == (Outcome.AWAITING_CUSTOMER, 790, 35)
    assert "Doorlopende machtiging" in httpx.get(start.redirect_url, timeout=10, trust_env=False).text


@pytest.mark.parametrize("push_format", ["json", "form"])
def test_a_signature_is_told_as_a_data_request_and_described_in_full(line: Line, push_format: str) -> None:
    line.control("settings", push_format=push_format)
    start = line.gateway.start_mandate(mandate_order(push_url=f"{line.trap.url}/hooks/buckaroo"))

    httpx.post(start.redirect_url, data={"outcome": "success", "bank": "polder"}, timeout=10, trust_env=False)

    notice = line.next_notice()
    assert (notice.key, notice.subject) == (start.key, "data_request")
    mandate = line.gateway.mandates([start.key])[start.key]
    assert (mandate.outcome, mandate.mandate_id, mandate.token) == (Outcome.SUCCEEDED, start.mandate_id, "mt01")
    assert (mandate.iban, mandate.account_name, mandate.bank_id) == (
        "NL13TEST0123456789",
        "J. de Tèster",
        "DEMO-POLDER",
    )
    assert (mandate.account_name, mandate.signer_name) == ("J. de Tèster", "J. de Tèster")
    assert (mandate.is_test, bool(mandate.evidence), bool(mandate.changed_at)) == (True, True, True)


@pytest.mark.parametrize(
    ("choice", "outcome"),
    [("cancel", Outcome.CANCELLED), ("fail", Outcome.FAILED), ("expire", Outcome.FAILED)],
)
def test_a_mandate_that_nobody_signed_says_so(line: Line, choice: str, outcome: Outcome) -> None:
    start = line.gateway.start_mandate(mandate_order())

    line.control(f"transactions/{start.key}/outcome", outcome=choice)

    assert line.gateway.mandates([start.key])[start.key].outcome is outcome


def test_a_mandate_without_a_reference_is_refused_with_a_reason(line: Line) -> None:
    start = line.gateway.start_mandate(mandate_order(customer_reference=""))

    assert (start.outcome, start.status_code, start.redirect_url) == (Outcome.FAILED, 491, "")
    assert "debtorreference" in start.reason


def test_a_collection_lives_through_its_days_in_order(line: Line) -> None:
    answer = line.gateway.collect(
        debit_order(push_url=f"{line.trap.url}/hooks/buckaroo", collect_on=SOON, mandate_id=signed(line))
    )
    assert (answer.outcome, answer.status_code, answer.sub_code) == (Outcome.PENDING, 791, "C620")
    assert answer.collect_on is not None
    assert answer.collect_on == next_bank_day(answer.collect_on)

    line.control("reversals", key=answer.key, reason="MD06", after_days=40)
    line.control("clock", advance="60d")

    assert [line.next_notice().key for _ in range(2)] == [answer.key] * 2
    back = line.next_notice().key
    found = line.gateway.transactions([answer.key, back])
    collected, reversal = found[answer.key], found[back]
    assert (collected.kind, collected.outcome) == (TransactionKind.PAYMENT, Outcome.SUCCEEDED)
    assert (collected.payer_iban, collected.collect_on) == ("NL13TEST0123456789", answer.collect_on)
    assert (reversal.kind, reversal.outcome) == (TransactionKind.REVERSAL, Outcome.SUCCEEDED)
    assert (reversal.original_key, reversal.reason_code) == (answer.key, "MD06")
    assert (reversal.amount_cents, reversal.attempt) == (2495, "")


def test_a_series_begins_with_an_ideal_payment_that_tells_the_account(line: Line) -> None:
    first = line.start(starts_series=True)
    line.pay(first)
    line.next_notice()

    key = collect(line, original_key=first)

    assert line.gateway.transactions([first])[first].payer_iban == "NL13TEST0123456789"
    assert line.gateway.transactions([key])[key].payer_iban == "NL13TEST0123456789"


def test_a_payment_that_began_no_series_is_not_collected_by(line: Line) -> None:
    plain = line.start()
    line.pay(plain)

    answer = line.gateway.collect(debit_order(original_key=plain))

    assert (answer.outcome, answer.status_code, answer.reason) == (Outcome.FAILED, 491, "Not a recurrent payment")


def test_a_business_mandate_keeps_to_its_limit(line: Line) -> None:
    mandate = signed(line, scheme=MandateScheme.BUSINESS, maximum_cents=2495)

    assert line.gateway.collect(debit_order(mandate_id=mandate)).outcome is Outcome.PENDING
    assert line.gateway.collect(debit_order(mandate_id=mandate, amount_cents=2496)).outcome is Outcome.FAILED


def test_a_withdrawn_mandate_is_refused_with_the_bank_s_reason(line: Line) -> None:
    mandate = signed(line)
    line.control("withdrawals", mandate=mandate)

    answer = line.gateway.collect(debit_order(mandate_id=mandate))

    assert (answer.outcome, answer.status_code) == (Outcome.FAILED, 490)
    assert line.gateway.transactions([answer.key])[answer.key].reason_code == "MD01"


def test_a_refusal_before_the_day_tells_why(line: Line) -> None:
    line.control("debit-faults", refuse_later=1, reason="AC04")
    key = collect(line, mandate_id=signed(line))

    line.control("clock", advance="30d")

    failed = line.gateway.transactions([key])[key]
    assert (failed.kind, failed.outcome, failed.reason_code) == (TransactionKind.PAYMENT, Outcome.FAILED, "AC04")


def test_a_collection_done_during_an_outage_is_unclear_and_found_once(line: Line) -> None:
    mandate = signed(line)
    line.control("outage", kind="hang_after", seconds=2, match="POST /json/Transaction")
    impatient = BuckarooGateway(line.settings, transport=Impatient())

    with pytest.raises(ProviderUnclear) as unclear:
        impatient.collect(debit_order(mandate_id=mandate, attempt="lost"))

    impatient.close()
    assert unclear.value.facts["sent"] is True
    assert len(line.gateway.find("lost")) == 1


def test_a_key_of_no_mandate_is_absent(line: Line) -> None:
    assert line.gateway.mandates(["F" * 32, line.start(), "no key"]) == {}
