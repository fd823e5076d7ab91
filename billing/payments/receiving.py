"""Pushes come in: verified, stored together, and answered one by one. What they lead to happens in the worker."""

from collections.abc import Sequence
from contextlib import ExitStack

from billing import inbox, steps
from billing.errors import PushRefused
from billing.inbox import Arrival
from billing.payments.queries import trace_of
from billing.ports import Push
from billing.runtime import Billing

SOURCE = "buckaroo"


def receive_pushes(billing: Billing, pushes: Sequence[Push]) -> Sequence[bool | PushRefused]:
    """Verify pushes and store them in one transaction.

    Says of each whether it was new, or why it was refused, and then nothing of it is stored but that it was, and why.
    """
    read = [_read(billing, push) for push in pushes]
    arrivals = [one for one in read if isinstance(one, Arrival)]
    with ExitStack() as together:
        for push, arrival in zip(pushes, read, strict=True):
            if isinstance(arrival, Arrival):
                led_by = push.traceparent and billing.ask(trace_of, arrival.key)
                together.enter_context(
                    steps.step("push.receive", after=led_by or push.traceparent, gateway_key=arrival.key)
                )
        are_new = iter(billing.do(inbox.receive, arrivals) if arrivals else ())
    return [next(are_new) if isinstance(one, Arrival) else one for one in read]


def _read(billing: Billing, push: Push) -> Arrival | PushRefused:
    try:
        notice = billing.pushes.read(push)
    except PushRefused as refused:
        reason = str(refused.facts.get("reason", "unreadable"))
        if not billing.ask(inbox.refused_lately, reason):
            billing.do(inbox.note_refusal, reason)
        return refused
    return Arrival(SOURCE, notice.external_id, notice.subject, notice.key, push.content_type[:100], push.body)
