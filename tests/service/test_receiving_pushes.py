"""Pushes that come in together: one transaction, and each is told for itself what became of it."""

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy import event

from billing import inbox, metrics, steps
from billing.access import Actor
from billing.errors import PushRefused
from billing.inbox import InboxMessage
from billing.payments.receiving import receive_pushes
from tests.factories import Shop
from tests.fakes.pushes import push


def _stored(shop: Shop) -> dict[str, int]:
    return {message.external_id: message.repeats for message in shop.all(InboxMessage)}


def test_each_is_told_whether_it_was_new_there_already_or_refused(shop: Shop) -> None:
    shop.push("OLD")
    together = [push("B"), push("OLD"), push("X", authorization="forged"), push("A")]
    new, old, forged, other = receive_pushes(shop.billing, together)
    assert (new, old, other) == (True, False, True)
    assert isinstance(forged, PushRefused)
    assert forged.facts["status"] == 401
    assert _stored(shop) == {"OLD": 1, "A": 0, "B": 0}


def test_of_two_that_are_the_same_the_first_is_new(shop: Shop) -> None:
    assert receive_pushes(shop.billing, [push("A"), push("B"), push("A"), push("A")]) == [True, True, False, False]
    assert _stored(shop) == {"A": 2, "B": 0}


def test_only_forgeries_store_nothing(shop: Shop) -> None:
    outcomes = receive_pushes(shop.billing, [push("A", authorization="forged")] * 3)
    assert [type(outcome) for outcome in outcomes] == [PushRefused] * 3
    assert _stored(shop) == {}
    assert [row.count for row in shop.all(inbox.RefusedPush)] == [1]


def test_a_thousand_are_stored_in_a_few_statements(shop: Shop) -> None:
    statements: list[str] = []
    event.listen(shop.database.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    assert receive_pushes(shop.billing, [push(f"{number}") for number in range(1_000)]) == [True] * 1_000
    assert len(_stored(shop)) == 1_000
    assert len([statement for statement in statements if "INSERT" in statement]) < 10


def test_each_belongs_to_the_trace_of_its_own_payment_or_request(
    shop: Shop, account: int, owner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    collected, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(collected))
    monkeypatch.setattr(steps, "_TRACER", provider.get_tracer("voldaan"))
    first, second = (shop.start_key(owner, shop.invoice(account)) for _ in range(2))
    requests = []
    for _ in range(3):
        with steps.step("http.POST"):
            requests.append(steps.current())
    keys = (first, second, "unknown")
    together = [push(key, traceparent=request) for key, request in zip(keys, requests, strict=True)]
    receive_pushes(shop.billing, together)
    spans = collected.get_finished_spans()
    begun = [f"{span.context.trace_id:032x}" for span in spans if span.context and span.name == "payment.start"]
    found = {
        str((span.attributes or {})["voldaan.gateway_key"]): f"{span.context.trace_id:032x}"
        for span in spans if span.context and span.name == "push.receive"
    }  # fmt: skip
    assert found == {first: begun[0], second: begun[1], "unknown": (requests[2] or "").split("-")[1]}


def test_how_long_it_took_is_noted_for_each(shop: Shop) -> None:
    metrics.STEP_SECONDS.clear()
    receive_pushes(shop.billing, [push("A"), push("B")])
    [family] = metrics.STEP_SECONDS.collect()
    counts = [
        one.value for one in family.samples if one.name.endswith("_count") and one.labels["step"] == "push.receive"
    ]
    assert counts == [2.0]
