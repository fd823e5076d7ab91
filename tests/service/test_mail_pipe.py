"""`voldaan mail report`: the end of a mail server's pipe, which has to be told whether to keep a report."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from billing import outbox
from billing.deliveries.reports import LARGEST_BYTES
from billing.deliveries.tables import MailDelivery
from billing.outbox import OutboxMessage
from tests.factories import Shop
from tests.fakes.reports import report
from tests.service.conftest import Type

Pipe = Callable[[bytes], None]


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Pipe:
    """What comes in through standard input."""
    return lambda raw: monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


def test_a_report_about_a_mail_is_read_from_standard_input(voldaan: Type, stored: Shop, pipe: Pipe) -> None:
    account = stored.customer()
    stored.member(account, mails=True)
    stored.invoice(account)
    stored.carry_out()
    pipe(report(outbox.message_id(stored.one(OutboxMessage, task="mail_invoice").dedup_key, "http://localhost:3000")))
    assert voldaan("mail", "report").code == 0
    assert stored.one(MailDelivery).state == "bounced"


@pytest.mark.parametrize(
    ("raw", "code", "said"),
    [
        (report("<0123@elsewhere.test>"), 0, "not about a mail of ours"),
        (report("<0123@localhost>"), 75, "try again later"),
        (b"Subject: Hallo\r\n\r\ntekst", 1, "no_report"),
        (b" " * (LARGEST_BYTES + 2), 1, "huge"),
    ],
)
def test_the_pipe_of_a_mail_server_is_told_what_to_do(
    voldaan: Type, stored: Shop, pipe: Pipe, raw: bytes, code: int, said: str
) -> None:
    pipe(raw)
    told = voldaan("mail", "report")
    assert (told.code, said in told.err, "Traceback" in told.err) == (code, True, False)


def test_while_the_database_is_away_the_pipe_keeps_a_report(voldaan: Type, pipe: Pipe, tmp_path: Path) -> None:
    pipe(report("<0123@localhost>"))
    assert voldaan("mail", "report", database_url=f"sqlite:///{tmp_path}/not-migrated.sqlite").code == 75
