"""P9: a statement of the bank in CAMT.053: read, beside a bare XML parser on the same bytes; and imported: every line
matched with the open invoices and booked, beside the bare rows of it.

Most transfers quote a reference or a number, as they should, and a tenth says nothing that could be known.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree
from sqlmodel import col, func, select, update

from billing.accounts.people import topics_text
from billing.accounts.tables import MailTopic, Membership
from billing.adapters.camt import CamtReader
from billing.bank import flows
from billing.bank.matching import references
from billing.bank.tables import BankMatch
from billing.bench import raw
from billing.bench.figures import Figure, Lap, beside, compare, median, timed
from billing.bench.room import Room, billing_on, settings_for
from billing.clock import local_day
from billing.db import Work
from billing.demo.bulk import OPEN_EVERY, seed_bulk
from billing.invoices.tables import Invoice
from billing.ledger.rules import EntryKind
from billing.ledger.tables import JournalEntry
from billing.runtime import Billing
from billing.sandbox.bankfile import statement

INVOICES_EACH = 100
UNKNOWN_EVERY = 10
LIMIT_TABLES = (
    "CREATE TABLE bill (id INTEGER PRIMARY KEY, open_cents INTEGER NOT NULL)",
    "CREATE TABLE line (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, cents INTEGER NOT NULL, text TEXT NOT NULL)",
    "CREATE TABLE receipt (id INTEGER PRIMARY KEY, line INTEGER NOT NULL, bill INTEGER NOT NULL, cents INTEGER)",
    "CREATE TABLE entry (id INTEGER PRIMARY KEY, account TEXT NOT NULL, bill INTEGER NOT NULL, cents INTEGER NOT NULL)",
    "CREATE TABLE trail (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE)",
)


def measure(room: Room) -> Iterator[Figure]:
    """Reading needs no database; importing is measured on each engine, each time on a copy of the same invoices."""
    for engine in room.engines:
        seeded = room.fresh(engine)
        with billing_on(settings_for(seeded)) as billing:
            _seed(billing, room.sizes.invoices)
            content = billing.ask(_file, billing.policy.seller.iban, room.sizes.entries)
        if engine == room.engines[0]:
            yield _reading(room, content)
        laps = [_import(room, seeded, content) for _ in range(room.sizes.runs)]
        limit = median([_limit(room, engine) for _ in range(room.sizes.runs)])
        yield compare("P9", engine, laps, "raw: the rows of it, one by one", limit.per_second)
        room.drop(seeded)


def _seed(billing: Billing, invoices: int) -> None:
    seed_bulk(billing, customers=invoices // INVOICES_EACH + 1, invoices=invoices)
    billing.do(lambda work: work.session.execute(update(Membership).values(mail_topics=topics_text(MailTopic))))


def _file(work: Work, iban: str, entries: int) -> bytes:
    """The statement in which open invoices are paid."""
    found = select(Invoice.number, Invoice.reference, Invoice.open_cents).where(col(Invoice.open_cents) > 0)
    rows = work.session.exec(found.order_by(col(Invoice.id)).limit(2 * entries)).all()
    # A reference that begins like another one is left to a person when it stands in a text.
    clear = [row for row in rows if len(references(row[1])) == 1]
    transfers = [_transfer(place, *row) for place, row in enumerate(clear[:entries])]
    return statement(iban, 0, transfers, local_day(work.now)).encode()


def _transfer(place: int, number: str | None, reference: str, cents: int) -> dict[str, Any]:
    payer = {"amount_cents": cents, "name": f"Klant {place}", "iban": f"NL00TEST{place:010d}"}
    match place % UNKNOWN_EVERY:
        case 0:
            return payer | {"text": "dank voor alles"}
        case 1 | 2 | 3:
            # Of a number alone, another customer with the same amount would make a case for a person.
            return payer | {"text": f"factuur {number} webhosting, kenmerk {reference}"}
        case _:
            return payer | {"reference": reference}


def _reading(room: Room, content: bytes) -> Figure:
    reader, entries = CamtReader(), content.count(b"<Ntry>")
    return beside(
        "P9", "none", lambda: timed(lambda: reader.read(content), entries), "bare lxml parse; this is reading",
        lambda: timed(lambda: etree.fromstring(content), entries), runs=room.sizes.runs,
    )  # fmt: skip


def _import(room: Room, seeded: str, content: bytes) -> Lap:
    url, entries = room.copy(seeded), content.count(b"<Ntry>")
    with billing_on(settings_for(url)) as billing:
        billing.database.engine.connect().close()
        lap = timed(lambda: flows.import_file(billing, content), entries)
        billing.ask(_require_booked, entries)
    room.drop(url)
    return lap


def _require_booked(work: Work, entries: int) -> None:
    matched = work.session.exec(select(func.count()).select_from(BankMatch)).one()
    kinds = (EntryKind.PAYMENT_RECEIVED.value, EntryKind.BANK_UNMATCHED.value)
    booked = select(func.count()).select_from(JournalEntry).where(
        col(JournalEntry.kind).in_(kinds), col(JournalEntry.source_key).startswith("bank:")
    )  # fmt: skip
    found = (matched, work.session.exec(booked).one())
    unknown = -(-entries // UNKNOWN_EVERY)
    if found != (entries - unknown, entries):
        raise RuntimeError(f"of {entries} lines, matches and entries are {found}")


def _limit(room: Room, engine: str) -> Lap:
    url, n = room.empty(engine), room.sizes.invoices // OPEN_EVERY
    n = min(n, room.sizes.entries)
    with raw.connection(url) as execute:
        for table in LIMIT_TABLES:
            execute(table)
        execute("BEGIN")
        for number in range(n):
            execute("INSERT INTO bill VALUES (?, 1000)", (number,))
        execute("COMMIT")
        lap = timed(lambda: _rows(execute, range(n)), n)
    room.drop(url)
    return lap


def _rows(execute: raw.Execute, numbers: Sequence[int]) -> None:
    execute("BEGIN")
    for number in numbers:
        key = f"{number:064x}"
        execute("INSERT INTO line VALUES (?, ?, 1000, ?)", (number, key, "factuur 2026-0001"))
        execute("INSERT INTO receipt VALUES (?, ?, ?, 1000)", (number, number, number))
        execute("INSERT INTO entry VALUES (?, 'bank', ?, 1000)", (2 * number, number))
        execute("INSERT INTO entry VALUES (?, 'receivable', ?, -1000)", (2 * number + 1, number))
        execute("UPDATE bill SET open_cents = 0 WHERE id = ?", (number,))
        execute("INSERT INTO trail VALUES (?, ?)", (number, key))
    execute("COMMIT")
