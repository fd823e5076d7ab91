"""Logs: one line an event, with the ids of what is being done; as JSON for machines, or as text for people.

A process says its lines as `configure` has them. A server that sets logging up by itself is given `config`.
"""

import logging.config
from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from structlog.contextvars import bound_contextvars, merge_contextvars
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict

from billing import logs

TEXT = "%(levelname)s %(name)s: %(message)s"
# What they say of each step is for their makers.
_CHATTY = (
    "httpx", "httpcore", "mail.log", "alembic.runtime", "weasyprint.progress", "fontTools", "opentelemetry",
)  # fmt: skip

about = bound_contextvars
"""`with about(payment_id=5):` each line that is logged within it bears that id, also those of other modules."""


def configure(form: str) -> None:
    """Have all that this process logs written to standard error. form: `json` or `text`.

    Leaves a process alone whose logging somebody else has set up.
    """
    logs.install()
    if not logging.getLogger().handlers:
        logging.config.dictConfig(config(form))


def config(form: str) -> dict[str, Any]:
    """The same, in the words of `logging.config.dictConfig`."""
    handler = {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": form}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"text": {"format": TEXT}, "json": {"()": "billing.loglines.json_formatter"}},
        "handlers": {"console": handler},
        "root": {"level": "INFO", "handlers": ["console"]},
        "loggers": {name: {"level": "WARNING"} for name in _CHATTY},
    }


def json_formatter() -> logging.Formatter:
    """One JSON object a line: `at`, `level`, `logger`, `event`, the ids, and `exception` where there is one.

    A traceback is written as Python does. The values of variables stay out of it: some are secrets.
    """
    return ProcessorFormatter(
        foreign_pre_chain=[
            merge_contextvars,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        ],
        processors=[
            _with_traceback,
            ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        keep_exc_info=True,
    )


def call_name(function: Callable[..., Any]) -> str:
    """Such as `invoices.queries.invoice_view`: there are as many as we have written."""
    inner = function.func if isinstance(function, partial) else function
    return f"{inner.__module__.removeprefix('billing.')}.{inner.__qualname__}"


def _with_traceback(_: object, __: str, line: EventDict) -> EventDict:
    """As text, also where somebody made it text already; and not once more below the line."""
    record: logging.LogRecord = line["_record"]
    if record.exc_info and not record.exc_text:
        record.exc_text = logging.Formatter().formatException(record.exc_info)
    if record.exc_text:
        line["exception"] = record.exc_text
    line.pop("exc_info", None)
    record.exc_info = record.exc_text = None
    return line
