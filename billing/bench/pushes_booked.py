"""P3: pushes booked: the truth asked for over real HTTP, then attempt, journal, settlement, audit and outbox.

A fifth of the pushes come twice, all in disorder. What is measured is what a worker does; it counts only when every
payment was booked exactly once.
"""

import random
from collections.abc import Iterator, Sequence
from uuid import uuid4

from sqlmodel import col, func, select, update

from billing import inbox
from billing.access import SYSTEM
from billing.accounts.people import topics_text
from billing.accounts.tables import MailTopic, Membership
from billing.bench import raw
from billing.bench.children import free_port, sandbox, team
from billing.bench.figures import Figure, Lap, compare, median, timed
from billing.bench.room import POSTGRESQL, Room, billing_on, settings_for
from billing.db import Work
from billing.demo.bulk import OPEN_EVERY, seed_bulk
from billing.inbox import Arrival
from billing.invoices.tables import Invoice
from billing.ledger.rules import EntryKind
from billing.ledger.tables import JournalEntry
from billing.payments.flows import start_payment
from billing.payments.receiving import SOURCE
from billing.payments.service import StartPayment
from billing.payments.tables import GatewayRecord, Payment
from billing.ports import Method
from billing.runtime import Billing

TWICE_EVERY = 5
LIMIT_TABLES = (
    "CREATE TABLE notice (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE)",
    "CREATE TABLE attempt (id INTEGER PRIMARY KEY, state TEXT NOT NULL)",
    "CREATE TABLE bill (id INTEGER PRIMARY KEY, open_cents INTEGER NOT NULL)",
    "CREATE TABLE entry (id INTEGER PRIMARY KEY, bill INTEGER NOT NULL, cents INTEGER NOT NULL)",
)


def measure(room: Room) -> Iterator[Figure]:
    """On each engine with one worker, on PostgreSQL also with two."""
    for engine in room.engines:
        port = free_port(25)
        url = room.fresh(engine)
        settings = settings_for(url, sandbox_port=port, smtp_port=port + 25)
        with sandbox(settings, room.folder) as world:
            world.post("/control/settings", {"send_pushes": False})
            with billing_on(settings) as billing:
                _start_payments(billing, room.sizes.attempts)
                world.post("/control/outcomes", {"outcome": "success", "all_pending": True})
                billing.do(_store_pushes)
            limit = median([_limit(room, engine) for _ in range(room.sizes.runs)])
            one = [_lap(room, settings, 1) for _ in range(room.sizes.runs)]
            yield compare("P3", engine, one, "raw: a notification as one small transaction", limit.per_second)
            if engine == POSTGRESQL:
                two = [_lap(room, settings, 2) for _ in range(room.sizes.runs)]
                yield compare("P3", engine, two, "one worker; this is two", median(one).per_second)
        room.drop(url)


def _start_payments(billing: Billing, attempts: int) -> None:
    seed_bulk(billing, customers=attempts // OPEN_EVERY * OPEN_EVERY + 1, invoices=attempts * OPEN_EVERY)
    billing.do(lambda work: work.session.execute(update(Membership).values(mail_topics=topics_text(MailTopic))))
    numbers = select(Invoice.number).where(col(Invoice.open_cents) > 0).order_by(col(Invoice.id)).limit(attempts)
    for number in billing.ask(lambda work: work.session.exec(numbers).all()):
        start_payment(billing, SYSTEM, StartPayment((number or "",), Method.IDEAL, client_ip="192.0.2.1"))


def _store_pushes(work: Work) -> None:
    """As if they had been received: each key once, every fifth a second time with another state, in any order."""
    keys: list[str] = [key or "" for key in work.session.exec(select(Payment.provider_key).order_by(col(Payment.id)))]
    keys += keys[::TWICE_EVERY]
    random.Random(1).shuffle(keys)
    inbox.receive(
        work, [Arrival(SOURCE, uuid4().hex, "transaction", key, "application/json", b"{}") for key in keys]
    )  # fmt: skip


def _lap(room: Room, settings: dict[str, str], workers: int) -> Lap:
    url = room.copy(settings["database_url"])
    own = settings | {"database_url": url}
    lap = team([["book"]] * workers, own, room.folder)
    with billing_on(own) as billing:
        billing.ask(_require_booked_once, room.sizes.attempts)
    room.drop(url)
    return lap


def _require_booked_once(work: Work, attempts: int) -> None:
    booked = select(func.count()).select_from(GatewayRecord).where(GatewayRecord.verdict == "booked")
    kind = EntryKind.PAYMENT_RECEIVED.value
    entries = select(func.count()).select_from(JournalEntry).where(
        JournalEntry.kind == kind, col(JournalEntry.source_key).startswith("gateway:")
    )  # fmt: skip
    found = (work.session.exec(booked).one(), work.session.exec(entries).one())
    if found != (attempts, attempts):
        raise RuntimeError(f"of {attempts} payments, records and journal show {found}")


def _limit(room: Room, engine: str) -> Lap:
    url, n = room.empty(engine), room.sizes.attempts
    with raw.connection(url) as execute:
        for statement in LIMIT_TABLES:
            execute(statement)
        for number in range(n):
            execute("INSERT INTO attempt VALUES (?, 'pending')", (number,))
            execute("INSERT INTO bill VALUES (?, 1000)", (number,))
        lap = timed(lambda: _notifications(execute, range(n)), n)
    room.drop(url)
    return lap


def _notifications(execute: raw.Execute, numbers: Sequence[int]) -> None:
    for number in numbers:
        execute("BEGIN")
        execute("INSERT INTO notice VALUES (?, ?)", (number, f"{number:032x}"))
        execute("UPDATE attempt SET state = 'paid' WHERE id = ?", (number,))
        execute("UPDATE bill SET open_cents = 0 WHERE id = ?", (number,))
        execute("INSERT INTO entry VALUES (?, ?, -1000)", (number, number))
        execute("COMMIT")
