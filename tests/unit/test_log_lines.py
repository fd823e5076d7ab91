"""What a line of the log holds."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from billing import config, loglines


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What a logger of ours writes as JSON."""
    heard = StringIO()
    handler = logging.StreamHandler(heard)
    handler.setFormatter(loglines.json_formatter())
    log = logging.getLogger("billing.test")
    log.addHandler(handler)
    yield heard
    log.removeHandler(handler)


def _said(lines: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_a_line_bears_the_ids_of_what_is_being_done_and_the_next_one_does_not(lines: StringIO) -> None:
    log = logging.getLogger("billing.test")
    with loglines.about(payment_id=5, invoice_id=7):
        log.warning("parked: %s", "currency")
    log.warning("quiet again")
    first, second = _said(lines)
    assert first.pop("at") <= second.pop("at")  # type: ignore[operator]  # both are texts
    assert first == {
        "level": "warning", "logger": "billing.test", "event": "parked: currency", "payment_id": 5, "invoice_id": 7,
    }  # fmt: skip
    assert second == {"level": "warning", "logger": "billing.test", "event": "quiet again"}


def test_a_traceback_is_one_line_without_the_values_of_variables(lines: StringIO) -> None:
    secret = "-".join(("not", "for", "logs"))
    try:
        int(secret[:0])
    except ValueError:
        logging.getLogger("billing.test").exception("it failed")
    (line,) = _said(lines)
    assert "ValueError" in str(line["exception"])
    assert secret not in str(line)


def test_a_traceback_that_somebody_made_text_of_stays_within_its_line(lines: StringIO) -> None:
    record = logging.makeLogRecord(
        {"name": "billing.test", "msg": "it failed", "exc_text": "ValueError: …", "levelno": 40, "levelname": "ERROR"}
    )
    logging.getLogger("billing.test").handle(record)
    (line,) = _said(lines)
    assert (line["event"], line["exception"]) == ("it failed", "ValueError: …")


def test_a_wrong_log_format_is_said_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOLDAAN_LOG_FORMAT", "xml")
    assert config.log_format() == "text"
    monkeypatch.setenv("VOLDAAN_LOG_FORMAT", "json")
    assert config.log_format() == "json"
