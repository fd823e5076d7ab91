"""Steps: pieces of work that are timed, whose ids stand in the log, and that together make the trace of what one thing
that somebody did led to, across web, gateway, push, worker and mail.

Without a collector in the settings no trace is recorded or stored.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry import context, trace
from opentelemetry.trace import Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from billing import loglines, metrics

_TRACER = trace.get_tracer("voldaan")
_W3C = TraceContextTextMapPropagator()
_FIELD = "traceparent"


@contextmanager
def step(name: str, *, after: str | None = None, **ids: int | str | None) -> Iterator[None]:
    """Do something under a name of which there are few. ids: of what it is about; what is None is left out.

    after: `current()` of the step that led to it, perhaps in another process long ago; else it belongs to the step
    that it is part of.
    """
    known = {key: value for key, value in ids.items() if value is not None}
    began, result = time.perf_counter(), "failed"
    with loglines.about(**known), _span(name, after, known) as span:
        try:
            yield
            result = "ok"
        except Exception as problem:
            # The kind alone: messages of exceptions may hold anything.
            span.set_status(Status(StatusCode.ERROR, type(problem).__name__))
            raise
        finally:
            metrics.STEP_SECONDS.labels(name, result).observe(time.perf_counter() - began)


@contextmanager
def resumed(traceparent: str | None) -> Iterator[None]:
    """What is asked for within it belongs to an earlier step."""
    if traceparent is None:
        yield
        return
    token = context.attach(_W3C.extract({_FIELD: traceparent}))
    try:
        yield
    finally:
        context.detach(token)


def current() -> str | None:
    """The present step, to be stored with what it leads to; None when no trace is recorded. Source: W3C Trace Context,
    the header `traceparent`."""
    carrier: dict[str, str] = {}
    _W3C.inject(carrier)
    return carrier.get(_FIELD)


@contextmanager
def _span(name: str, after: str | None, ids: dict[str, int | str]) -> Iterator[trace.Span]:
    span = _TRACER.start_span(name, context=_W3C.extract({_FIELD: after}) if after else None)
    if not span.get_span_context().is_valid:
        # Nobody collects any, and a request need not pay for what nobody sees.
        yield span
        return
    span.set_attributes({f"voldaan.{key}": value for key, value in ids.items()})
    with trace.use_span(span, end_on_exit=True, record_exception=False, set_status_on_exception=False):
        yield span
