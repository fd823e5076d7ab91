"""One payment is one trace, whichever processes had a hand in it."""

import json

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from billing import steps
from billing.access import Actor
from billing.errors import ProviderUnclear
from billing.outbox import OutboxMessage
from billing.payments import flows as payments
from billing.ports import Outcome
from tests.factories import Shop

OF_A_PAYMENT = {
    "payment.start", "gateway.start", "push.receive", "booking", "invoice.print", "outbox.mail_paid", "mail.send",
}  # fmt: skip


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    """A collector of traces."""
    collected, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(collected))
    monkeypatch.setattr(steps, "_TRACER", provider.get_tracer("voldaan"))
    return collected


def _traces(spans: InMemorySpanExporter, step: str) -> list[int]:
    return [span.context.trace_id for span in spans.get_finished_spans() if span.context and span.name == step]


def _hear(shop: Shop, *keys: str) -> None:
    """The gateway's messages arrive at a web process, and a worker books them together."""
    for key in keys:
        shop.gateway.change(key, Outcome.SUCCEEDED)
        with steps.step("http.POST"):
            shop.push(key)
    payments.process_pushes(shop.billing)


def test_one_payment_is_one_trace_from_the_click_to_the_mail(
    shop: Shop, account: int, owner: Actor, spans: InMemorySpanExporter
) -> None:
    number = shop.invoice(account)
    shop.carry_out()
    spans.clear()
    _hear(shop, shop.start_key(owner, number))
    shop.carry_out()
    (trace,) = _traces(spans, "payment.start")
    assert {step: set(_traces(spans, step)) for step in OF_A_PAYMENT} == {step: {trace} for step in OF_A_PAYMENT}


def test_payments_that_are_booked_together_keep_their_own_traces(
    shop: Shop, account: int, owner: Actor, spans: InMemorySpanExporter
) -> None:
    shop.carry_out()
    spans.clear()
    keys = [shop.start_key(owner, shop.invoice(account)) for _ in range(2)]
    _hear(shop, *keys)
    shop.carry_out()
    first, second = _traces(spans, "payment.start")
    assert sorted(_traces(spans, "outbox.mail_paid")) == sorted([first, second])
    assert sorted(_traces(spans, "booking")) == sorted([first, second])


def test_a_step_that_failed_says_how_and_nothing_of_what(
    shop: Shop, account: int, owner: Actor, spans: InMemorySpanExporter
) -> None:
    shop.gateway.down = True
    with pytest.raises(ProviderUnclear):
        shop.start(owner, shop.invoice(account))
    [failed] = [span for span in spans.get_finished_spans() if span.name == "gateway.start"]
    assert (failed.status.description, failed.events) == ("ProviderUnclear", ())
    assert "test.example" not in json.dumps(dict(failed.attributes or {}))


def test_without_a_collector_nothing_is_recorded_or_stored(shop: Shop, account: int, owner: Actor) -> None:
    key = shop.start_key(owner, shop.invoice(account))
    _hear(shop, key)
    assert shop.payment_of(key).traceparent is None
    assert {message.traceparent for message in shop.all(OutboxMessage)} == {None}
    assert steps.current() is None
