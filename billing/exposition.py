"""Figures for Prometheus: what the web processes counted, and what stands in the database."""

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from billing import metrics
from billing.health import Counts


def text(counts: Counts) -> bytes:
    """All of it in the text format of Prometheus: of every web process on this port, and of the database."""
    shown = CollectorRegistry()
    try:
        MultiProcessCollector(shown)  # type: ignore[no-untyped-call]  # the library has no type there
    except ValueError:
        # Just one process.
        shown.register(metrics.OF_PROCESS)
    shown.register(_Standing(counts))
    return generate_latest(shown)


class _Standing:
    """What stands in the database, in the library's words."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts

    def collect(self) -> Iterator[Metric]:
        now = self._counts
        yield _gauge("inbox_waiting", "Stored gateway messages that have to be dealt with.", now.inbox_waiting)
        yield _gauge("inbox_oldest_seconds", "How long the oldest of them has been waiting.", now.inbox_oldest_seconds)
        yield _gauge("outbox_waiting", "Side effects that have to happen.", now.outbox_waiting)
        yield _gauge("outbox_oldest_seconds", "How long the oldest has been waiting.", now.outbox_oldest_seconds)
        yield _gauge("outbox_given_up", "Side effects that could not happen.", now.outbox_given_up)
        yield _gauge("gateway_records_parked", "Gateway transactions for a person to look at.", now.parked)
        yield _gauge("renewals_held", "Renewals of domains for a person to decide.", now.renewals_held)
        yield _gauge("webhooks_waiting", "Messages to systems of the host.", now.webhooks_waiting)
        yield _gauge("webhooks_failing", "Systems of the host that take no messages.", now.webhooks_failing)
        yield _gauge("books_waiting", "Documents that have to be handed to the bookkeeping.", now.books_waiting)
        yield _gauge("books_held", "Documents that the bookkeeping refused, for a person.", now.books_held)
        yield _gauge("books_foreign", "Documents with money there that is unknown here.", now.books_foreign)
        yield _gauge("troubles", "What the worker tries in vain; `voldaan troubles` lists it.", now.troubles)
        yield _gauge("invariants_broken", "Invariants that were broken when last looked at.", now.invariants_broken)
        yield _labelled(
            "payments", "Payment attempts that are not over, by state.", "state", now.payments_by_state.items()
        )
        yield _labelled("feed_age_seconds", "How old what a feed told last is.", "feed", now.feed_ages.items())
        yield _labelled("pulse_age_seconds", "When a worker last did this.", "name", now.pulse_ages.items())
        yield CounterMetricFamily("voldaan_invoices_issued", "Invoices that got a number.", now.invoices_issued)


def _gauge(name: str, meaning: str, value: int) -> Metric:
    return GaugeMetricFamily(f"voldaan_{name}", meaning, value)


def _labelled(name: str, meaning: str, label: str, values: Iterable[tuple[str, int]]) -> Metric:
    family = GaugeMetricFamily(f"voldaan_{name}", meaning, labels=[label])
    for value, number in sorted(values):
        family.add_metric([value], number)
    return family
