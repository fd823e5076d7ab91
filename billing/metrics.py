"""What a process counts and times of its own work, for Prometheus.

Every label has few values, which are known when the program is written; ids never are labels.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]  # the library has no type there
OF_PROCESS = CollectorRegistry()
_SECONDS = (0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10, 60)


def _counter(name: str, meaning: str, *labels: str) -> Counter:
    return Counter(f"voldaan_{name}", meaning, labels, registry=OF_PROCESS)


def _histogram(name: str, meaning: str, *labels: str) -> Histogram:
    return Histogram(f"voldaan_{name}", meaning, labels, registry=OF_PROCESS, buckets=_SECONDS)


PUSHES = _counter("pushes", "Gateway messages by what came of them.", "result", "reason")
MAIL_REPORTS = _counter("mail_reports", "Reports about mails by what came of them.", "result", "reason")
BOOKS_NEWS = _counter("books_news", "Messages of the bookkeeping by what came of them.", "result", "reason")
TRANSACTIONS = _counter("transactions", "Answers of the gateway by what was done with them.", "verdict")
MAILS = _counter("mails", "What mail systems said of mails.", "state")
STEP_SECONDS = _histogram("step_seconds", "How long steps of the work took.", "step", "result")
LANE_SECONDS = _histogram("lane_seconds", "How long rounds of a lane of the worker took that did something.", "lane")
JOB_FAILURES = _counter("job_failures", "Jobs of the worker that failed as a whole.", "job")
HTTP_SECONDS = _histogram("http_seconds", "How long answers took.", "route", "method", "status")
CALL_SECONDS = _histogram("call_seconds", "How long pages waited for the billing module.", "call")
LANE_AT = Gauge(
    "voldaan_lane_last_round_timestamp_seconds", "When a lane of this worker last came round.", ["lane"],
    registry=OF_PROCESS,
)  # fmt: skip
