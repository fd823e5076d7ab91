"""Traces to a collector, by OTLP over HTTP."""

from opentelemetry import trace


def export_traces(endpoint: str) -> None:
    """Record traces from now on and send them, in the background, to a collector such as http://localhost:4318.

    A second call changes nothing. Loaded with the first one alone: most installations have no collector.
    """
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    if isinstance(trace.get_tracer_provider(), TracerProvider):
        return
    provider = TracerProvider(resource=Resource.create({"service.name": "voldaan"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")))
    trace.set_tracer_provider(provider)
