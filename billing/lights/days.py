"""The record of how each day stood: written down when the day is over, and again whenever something of it changed."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, func, select

from billing.clock import local_day
from billing.db import Work, table_of
from billing.lights import gathering, sums
from billing.lights.receipts import Receipt, Span, Terms
from billing.lights.rules import Source
from billing.lights.tables import DayRecord

ONE_DAY = timedelta(days=1)
# Direct debits can be taken back for eight weeks, but that is a receipt of its own, of its own day.
WATCHED = timedelta(days=35)
GENESIS = "0" * 64
_HASHED = ("day", "version", "receipts", "red", "coming", "expected_cents", "bank_cents", "gateway_cents",
           "books_cents", "dashboard_cents", "content", "previous_hash")  # fmt: skip


def write_down(work: Work, terms: Terms) -> int:
    """Record each day that is over and of which nothing, or something else, is written down; returns how many.

    It begins with the day before the first time, and leaves days alone that are more than five weeks past.
    """
    yesterday = local_day(work.now) - ONE_DAY
    known = _newest(work, yesterday - WATCHED)
    begun = work.session.exec(select(func.min(DayRecord.day))).one()
    first = max(min(begun or yesterday, yesterday), yesterday - WATCHED)
    found = gathering.of_span(work, Span(first, yesterday), terms)
    written = 0
    for number in range((yesterday - first).days + 1):
        day = first + number * ONE_DAY
        values = _values(day, [one for one in found if one.day == day])
        before = known.get(day)
        if before is None or before.content != values["content"]:
            _append(work, values, before.version + 1 if before else 1)
            written += 1
    return written


def digest(record: dict[str, Any]) -> str:
    """The hash that a record (its columns by name) must carry: over its own content and the hash before it."""
    content = [str(record[name]) if name == "day" else record[name] for name in _HASHED]
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _newest(work: Work, since: date) -> dict[date, DayRecord]:
    statement = select(DayRecord).where(DayRecord.day >= since).order_by(col(DayRecord.version))
    return {record.day: record for record in work.session.exec(statement)}


def _values(day: date, receipts: Sequence[Receipt]) -> dict[str, Any]:
    totals = sums.of(receipts)
    return {
        "day": day, "receipts": len(receipts), "red": sum(one.is_red for one in receipts),
        "coming": sum(one.is_coming for one in receipts), "expected_cents": sum(one.cents for one in receipts),
        **{f"{source.value}_cents": totals[source].cents for source in Source},
        "content": sorted((_kept(one) for one in receipts), key=lambda one: str(one["key"])),
    }  # fmt: skip


def _kept(receipt: Receipt) -> dict[str, Any]:
    return {
        "key": receipt.key, "kind": receipt.kind, "cents": receipt.cents, "numbers": list(receipt.numbers),
        "cause": receipt.cause.value if receipt.cause else "",
        **{source.value: receipt.lamps[source].value for source in Source},
    }  # fmt: skip


def _append(work: Work, values: dict[str, Any], version: int) -> None:
    """Add to the end of the chain; of two workers that do so at once, one does nothing and comes again."""
    work.flush()
    last = work.session.exec(select(DayRecord.hash).order_by(col(DayRecord.id).desc()).limit(1)).first()
    record = {**values, "version": version, "previous_hash": last or GENESIS}
    insert = (postgresql.insert if work.on_postgresql else sqlite.insert)(table_of(DayRecord))
    row = {**record, "hash": digest(record), "made_at": work.now}
    work.session.execute(insert.values(**row).on_conflict_do_nothing())
