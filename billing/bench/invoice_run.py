"""P1: the invoice run: due services become issued, numbered invoices, settled with credits, journalled, audited, with
what is to be printed and mailed asked for; beside a bulk insert of the very same rows by SQLAlchemy Core.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Table, func, insert, select, text, update
from sqlmodel import Session

from billing.access import SYSTEM
from billing.accounts.people import topics_text
from billing.accounts.tables import MailTopic, Membership
from billing.audit import AuditEvent
from billing.bench.figures import Figure, Lap, compare, median, timed
from billing.bench.room import Room, billing_on, settings_for
from billing.db import Database, Work, table_of
from billing.demo.bulk import seed_bulk
from billing.invoices.tables import DRAFT, Invoice, InvoiceLine, InvoiceRun, InvoiceVat
from billing.ledger.tables import JournalEntry, Posting
from billing.outbox import OutboxMessage
from billing.runs.flows import run_invoices
from billing.runtime import Billing

SERVICES = 3
ROWS = 5_000
WRITTEN = [table_of(model) for model in (
    InvoiceRun, Invoice, InvoiceLine, InvoiceVat, JournalEntry, Posting, AuditEvent, OutboxMessage,
)]  # fmt: skip


def measure(room: Room) -> Iterator[Figure]:
    """On each engine, for a tenth of the customers and for all: what one costs is to stay the same."""
    for engine in room.engines:
        for accounts in (room.sizes.accounts // 10, room.sizes.accounts):
            yield _figure(room, engine, accounts)


def _figure(room: Room, engine: str, accounts: int) -> Figure:
    """The runs and the inserts in turns, each on a copy of the same customers."""
    seeded = room.fresh(engine)
    with billing_on(settings_for(seeded)) as billing:
        seed_bulk(billing, customers=accounts, invoices=0, services=SERVICES)
        billing.do(lambda work: work.session.execute(update(Membership).values(mail_topics=topics_text(MailTopic))))
    laps, limits = [], []
    for _ in range(room.sizes.runs):
        done = room.copy(seeded)
        laps.append(_run(done, accounts))
        limits.append(_insert_the_same(room, seeded, done, accounts))
        room.drop(done)
    room.drop(seeded)
    return compare("P1", engine, laps, "a Core bulk insert of the same rows", median(limits).per_second)


def _run(url: str, accounts: int) -> Lap:
    with billing_on(settings_for(url)) as billing:
        billing.database.engine.connect().close()
        lap = timed(lambda: run_invoices(billing, SYSTEM), accounts)
        _require_all(billing, accounts)
    return lap


def _require_all(billing: Billing, accounts: int) -> None:
    ran = billing.ask(lambda work: work.session.scalars(select(InvoiceRun)).one())
    if (ran.invoices, ran.lines, ran.credits_cents > 0) != (accounts, accounts * SERVICES, True):
        raise RuntimeError(f"of {accounts} customers, {ran.invoices} were invoiced")


def _insert_the_same(room: Room, seeded: str, done: str, accounts: int) -> Lap:
    """All that the run wrote, read from where it did and inserted into another copy; the reading is not counted."""
    url = room.copy(seeded)
    source = Database(done)
    with billing_on(settings_for(url)) as target, source.session(writes=False) as reading:
        reads: list[Lap] = []
        target.database.engine.connect().close()
        lap = timed(lambda: target.do(_insert, reading, reads), accounts)
    source.dispose()
    room.drop(url)
    read_seconds, read_cpu = sum(read.seconds for read in reads), sum(read.cpu_seconds or 0 for read in reads)
    return Lap(lap.n, lap.seconds - read_seconds, (lap.cpu_seconds or 0) - read_cpu)


def _insert(work: Work, reading: Session, reads: list[Lap]) -> None:
    if work.on_postgresql:
        # It wants whole entries in each statement, and a list of rows is a statement each.
        work.session.execute(text("DROP TRIGGER posting_balanced ON posting"))
    for table in WRITTEN:
        last = work.session.scalar(select(func.coalesce(func.max(table.c.id), 0)))
        rows = reading.execute(select(table).where(table.c.id > last).order_by(table.c.id)).mappings()
        while batch := _read(table, rows, reads):
            work.session.execute(insert(table), batch)


def _read(table: Table, rows: Any, reads: list[Lap]) -> list[dict[str, Any]]:
    # Lines are only let into a draft.
    draft = {"state": DRAFT} if table is table_of(Invoice) else {}
    batch: list[dict[str, Any]] = []
    reads.append(timed(lambda: batch.extend(dict(row) | draft for row in islice(rows, ROWS)), ROWS))
    return batch
