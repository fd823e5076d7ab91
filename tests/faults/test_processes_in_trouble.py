"""Smaller troubles than a power cut: a polite stop, a gateway or mail server that goes away, a busy database."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlmodel import select

from billing.inbox import InboxMessage
from billing.outbox import OutboxMessage
from billing.payments.tables import Payment
from tests.faults import books
from tests.faults.customers import Customer, open_invoices
from tests.faults.processes import Installation, Json, eventually

SECONDS = 90

# Whoever notes that a mail was sent waits: this is the moment between two systems that no transaction can cover.
HOLD_BEFORE_DONE = """
    CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep(600); RETURN NEW; END $$;
    CREATE TRIGGER hold BEFORE UPDATE ON outbox_message FOR EACH ROW WHEN (NEW.state = 'done') EXECUTE FUNCTION hold();
"""
LET_GO = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE query LIKE 'UPDATE outbox_message%' AND state = 'active';
    DROP FUNCTION hold CASCADE;
"""


@pytest.fixture
def installation(tmp_path: Path, sqlite_url: str) -> Iterator[Installation]:
    """Nothing runs yet; on SQLite."""
    with Installation(tmp_path, sqlite_url) as installed:
        yield installed


@pytest.mark.timeout(240)
def test_a_worker_asked_to_stop_finishes_what_it_took(installation: Installation):
    _invoices(installation, count=12, mails=True)
    installation.start("sandbox", "worker")
    installation.wait_until_up("sandbox")
    eventually(installation.mails_arrived, seconds=SECONDS)
    assert installation.stop("worker") == 0
    rows = _outbox(installation)
    assert [row.id for row in rows if row.state != "done" and row.tries > 0] == []
    assert len(_mails(installation)) == sum(row.state == "done" and row.task == "mail_invoice" for row in rows) < 12
    installation.start("worker")
    eventually(lambda: books.mails_waiting(installation) == 0, seconds=SECONDS)
    assert len(_mails(installation)) == 12
    assert {mail["deliveries"] for mail in _mails(installation)} == {1}


@pytest.mark.timeout(240)
def test_a_mail_whose_sending_was_not_noted_is_the_same_mail_when_sent_again(tmp_path: Path, postgresql_url: str):
    with (
        Installation(tmp_path, postgresql_url) as installation,
        closing(psycopg.connect(postgresql_url, autocommit=True)) as database,
    ):
        _invoices(installation, count=1, mails=True)
        database.execute(HOLD_BEFORE_DONE)
        installation.start("sandbox", "worker")
        installation.wait_until_up("sandbox")
        eventually(installation.mails_arrived, seconds=SECONDS)
        installation.kill("worker")
        database.execute(LET_GO)
        installation.start("worker")
        eventually(lambda: books.mails_waiting(installation) == 0, seconds=SECONDS)
        assert [mail["deliveries"] for mail in _mails(installation)] == [2]


@pytest.mark.timeout(240)
def test_an_order_cut_off_by_a_gateway_that_goes_away_stays_unknown_and_heals(installation: Installation):
    customer = _customer(installation)
    installation.start("sandbox", "web")
    installation.wait_until_up("sandbox", "web")
    installation.control("outage", kind="hang_after", seconds=60)
    with ThreadPoolExecutor(1) as other:
        answer = other.submit(customer.start_once)
        (ordered,) = eventually(lambda: books.gateway_transactions(installation), seconds=SECONDS)
        assert installation.stop("sandbox") == 0
        assert "fout=provider_unclear" in answer.result()
    assert _states(installation) == ["unknown"]
    installation.start("sandbox", "worker")
    installation.wait_until_up("sandbox")
    eventually(lambda: _states(installation) == ["awaiting"], seconds=SECONDS)
    installation.control(f"transactions/{ordered['Key']}/outcome", outcome="success")
    eventually(lambda: _states(installation) == ["succeeded"], seconds=SECONDS)
    assert books.booked(installation) == books.successes(installation) == {ordered["Key"]: 1210}


@pytest.mark.timeout(240)
def test_mails_for_a_mail_server_that_is_away_come_later_and_once(installation: Installation):
    _invoices(installation, count=3, mails=True)
    installation.start("worker")
    eventually(lambda: _troubled_mails(installation) == 3, seconds=SECONDS)
    installation.start("sandbox")
    installation.wait_until_up("sandbox")
    eventually(lambda: books.mails_waiting(installation) == 0, seconds=SECONDS)
    assert [mail["deliveries"] for mail in _mails(installation)] == [1, 1, 1]
    assert {row.state for row in _outbox(installation) if row.task == "mail_invoice"} == {"done"}


@pytest.mark.timeout(240)
def test_a_push_while_another_writer_keeps_the_database_is_stored_by_its_retry_at_the_latest(
    installation: Installation, tmp_path: Path
):
    customer = _customer(installation)
    installation.start("sandbox", "web", "worker")
    installation.wait_until_up("sandbox", "web", "worker")
    window = customer.open_window()
    with _writing(tmp_path / "voldaan.sqlite"):
        installation.control(f"transactions/{window.key}/outcome", outcome="success")
        eventually(lambda: _deliveries(installation), seconds=SECONDS)
    installation.control("clock", advance="2m")
    eventually(lambda: _deliveries(installation)[0]["result"] == "delivered", seconds=SECONDS)
    eventually(lambda: books.booked(installation) == books.successes(installation), seconds=SECONDS)
    # No answer within the gateway's patience, or an honest "not now"; never an acceptance of what was not stored.
    assert [line["http_status"] for line in _deliveries(installation)][1:] in ([0], [503])
    assert [message.key for message in _inbox(installation)] == [window.key]
    assert _states(installation) == ["succeeded"]


def _invoices(installation: Installation, *, count: int, mails: bool) -> dict[str, int]:
    seller = installation.billing.policy.seller
    return installation.billing.do(open_invoices, customers=1, each=count, seller=seller, mails=mails)


def _customer(installation: Installation) -> Customer:
    ((number, invoice_id),) = _invoices(installation, count=1, mails=False).items()
    return Customer(installation, number, invoice_id, story=(), returns=False)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        yield
        writer.execute("ROLLBACK")


def _mails(installation: Installation) -> list[Json]:
    mails: list[Json] = installation.sandbox("mailbox.json")
    return mails


def _deliveries(installation: Installation) -> list[Json]:
    """The gateway's log of its messages, the newest first."""
    lines: list[Json] = installation.sandbox("control/pushes")["deliveries"]
    return lines


def _outbox(installation: Installation) -> list[OutboxMessage]:
    return installation.billing.ask(lambda work: list(work.session.exec(select(OutboxMessage))))


def _inbox(installation: Installation) -> list[InboxMessage]:
    return installation.billing.ask(lambda work: list(work.session.exec(select(InboxMessage))))


def _states(installation: Installation) -> list[str]:
    return installation.billing.ask(lambda work: list(work.session.exec(select(Payment.state))))


def _troubled_mails(installation: Installation) -> int:
    rows = _outbox(installation)
    return sum(row.task == "mail_invoice" and row.state == "waiting" and bool(row.last_error) for row in rows)
