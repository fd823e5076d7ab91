"""Bulk data for measurements: reproducible, written in large statements, and as exact as everything else."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.progress import track
from sqlalchemy import insert, update
from sqlmodel import col, func, select

from billing import locks
from billing.access import DEFAULTS, scopes_text
from billing.accounts.tables import Account, Membership, Role, User
from billing.clock import local_day
from billing.db import Work, table_of
from billing.demo import renewing
from billing.documents import creditor_reference
from billing.invoices.tables import DRAFT, ISSUED, Invoice, InvoiceLine, InvoiceVat
from billing.ledger import service as ledger
from billing.ledger.rules import EntryKind, LedgerAccount
from billing.ledger.tables import JournalEntry
from billing.logins.passwords import hash_password
from billing.ports import Party
from billing.runtime import Billing
from billing.vat import vat_cents

CHUNK = 5_000
RATE = Decimal(21)
SERIES = "F"
# One invoice in ten is still open: enough to search among, few enough to look like life.
OPEN_EVERY = 10


@dataclass
class Chunk:
    """Rows by table, and the postings of each journal entry."""

    rows: dict[Any, list[dict[str, Any]]]
    postings: list[list[dict[str, Any]]]


def seed_bulk(billing: Billing, *, customers: int, invoices: int, services: int = 0) -> None:
    """Add customers with one log-in each (`klant-1@bulk.test`, …), paid and open invoices spread over them, and for
    each so many services that are due today."""
    first_account = billing.do(_customers, customers)
    for start in track(range(0, invoices, CHUNK), description="Invoices", transient=True, console=Console(stderr=True)):
        billing.do(_write_chunk, first_account, customers, start, min(CHUNK, invoices - start), billing.policy.seller)
    with billing.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "postgresql":
            for table in ("account", "login_user", "invoice", "journal_entry"):
                # We gave the numbers ourselves, so the server has to be told where to go on.
                connection.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
                    f"coalesce(max(id), 1), max(id) IS NOT NULL) FROM {table}"
                )
        _give_services(billing, range(first_account, first_account + customers), services)
        connection.exec_driver_sql("ANALYZE")


def _give_services(billing: Billing, accounts: range, each: int) -> None:
    if each:
        products = billing.do(renewing.add_products, each)
        for start in range(0, len(accounts), CHUNK):
            billing.do(renewing.give_services, accounts[start : start + CHUNK], products)


def _customers(work: Work, customers: int) -> int:
    """Customers and their log-ins; returns the id of the first account."""
    session = work.session
    account_id, user_id = _next_id(session, Account), _next_id(session, User)
    password_hash = hash_password("voldaan-demo")
    people = range(customers)
    base = {"street": "Demolaan 1", "postal_code": "1234 GH", "city": "Voorbeeldstad", "created_at": work.now}
    session.execute(insert(Account), [{"id": account_id + n, "name": f"Klant {n + 1}", **base} for n in people])
    session.execute(insert(User), [
        {"id": user_id + n, "email": f"klant-{account_id + n}@bulk.test", "name": f"Klant {n + 1}",
         "password_hash": password_hash, "created_at": work.now}
        for n in people
    ])  # fmt: skip
    session.execute(insert(Membership), [
        {"account_id": account_id + n, "user_id": user_id + n, "role": Role.OWNER.value,
         "scopes": scopes_text(DEFAULTS[Role.OWNER])}
        for n in people
    ])  # fmt: skip
    return account_id


def _write_chunk(work: Work, first_account: int, customers: int, start: int, count: int, seller: Party) -> None:
    _write(work, _chunk(work, first_account, customers, start, count, seller))


def _chunk(work: Work, first_account: int, customers: int, start: int, count: int, seller: Party) -> Chunk:
    today = local_day(work.now)
    series = locks.number_series(work, SERIES, today.year)
    invoice_id, entry_id = _next_id(work.session, Invoice), _next_id(work.session, JournalEntry)
    rows: dict[Any, list[dict[str, Any]]] = {t: [] for t in (Invoice, InvoiceLine, InvoiceVat, JournalEntry)}
    postings: list[list[dict[str, Any]]] = []
    for n in range(count):
        series.last += 1
        account_id = first_account + (start + n) % customers
        invoice = _invoice(invoice_id + n, account_id, series.last, today, work.now, seller)
        rows[Invoice].append(invoice)
        rows[InvoiceLine].append(_line(invoice))
        rows[InvoiceVat].append(
            {"invoice_id": invoice["id"], "vat_rate": RATE, "base_cents": invoice["net_cents"],
             "vat_cents": invoice["vat_cents"]}
        )  # fmt: skip
        for entry, lines in _entries(invoice, today, work.now):
            rows[JournalEntry].append({"id": entry_id, **entry})
            postings.append([{"entry_id": entry_id, **line} for line in lines])
            entry_id += 1
    work.session.add(series)
    return Chunk(rows, postings)


def _invoice(
    invoice_id: int, account_id: int, sequence: int, today: date, now: datetime, seller: Party
) -> dict[str, Any]:
    net_cents = 500 + sequence * 37 % 25_000
    vat = vat_cents(net_cents, RATE)
    number = f"{today.year}-{sequence:04d}"
    is_open = (sequence + account_id) % OPEN_EVERY == 0
    return {
        "id": invoice_id, "account_id": account_id, "state": DRAFT, "series": SERIES, "year": today.year,
        "sequence": sequence, "number": number, "subject": "Webhosting, 1 maand", "issued_on": today,
        "due_on": today + timedelta(days=14), "issued_at": now, "reference": creditor_reference(number),
        "seller": asdict(seller), "buyer": asdict(Party(name=f"Klant {account_id}")), "net_cents": net_cents,
        "vat_cents": vat, "total_cents": net_cents + vat, "open_cents": net_cents + vat if is_open else 0,
        "settled_on": None if is_open else today, "version": 1 if is_open else 2,
    }  # fmt: skip


def _line(invoice: dict[str, Any]) -> dict[str, Any]:
    return {
        "invoice_id": invoice["id"], "position": 1, "description": "Webhosting", "quantity": Decimal(1),
        "unit_price": Decimal(invoice["net_cents"]) / 100, "vat_rate": RATE, "net_cents": invoice["net_cents"],
    }  # fmt: skip


def _entries(
    invoice: dict[str, Any], today: date, now: datetime
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    refs = {"account_id": invoice["account_id"], "invoice_id": invoice["id"]}
    total = invoice["total_cents"]
    yield (
        _entry(EntryKind.INVOICE_ISSUED, f"invoice:{invoice['id']}", today, now),
        [
            _posting(LedgerAccount.RECEIVABLE, total, refs),
            _posting(LedgerAccount.DEFERRED_REVENUE, -invoice["net_cents"], refs),
            _posting(LedgerAccount.VAT, -invoice["vat_cents"], refs),
        ],
    )
    if not invoice["open_cents"]:
        yield (
            _entry(EntryKind.PAYMENT_RECEIVED, f"bulk:{invoice['id']}", today, now),
            [
                _posting(LedgerAccount.GATEWAY_CLEARING, total, refs),
                _posting(LedgerAccount.RECEIVABLE, -total, refs),
            ],
        )


def _entry(kind: EntryKind, source_key: str, today: date, now: datetime) -> dict[str, Any]:
    return {"kind": kind.value, "source_key": source_key, "occurred_on": today, "booked_at": now}


def _posting(account: LedgerAccount, cents: int, refs: dict[str, Any]) -> dict[str, Any]:
    return {"ledger_account": account.value, "cents": cents, **refs}


def _write(work: Work, chunk: Chunk) -> None:
    for table, values in chunk.rows.items():
        work.session.execute(insert(table_of(table)), values)
    ledger.write_postings(work, chunk.postings)
    # Lines can only be given to a draft, so the whole chunk is issued at the end.
    ids = [invoice["id"] for invoice in chunk.rows[Invoice]]
    work.session.execute(update(Invoice).where(col(Invoice.id).between(ids[0], ids[-1])).values(state=ISSUED))


def _next_id(session: Any, table: Any) -> int:
    return int(session.exec(select(func.coalesce(func.max(col(table.id)), 0))).one()) + 1
