"""Reading the lights, for somebody of finance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col, select

from billing import access
from billing.access import Actor
from billing.db import Work
from billing.errors import NotFound
from billing.lights import clearing, gathering, standing, sums
from billing.lights.clearing import Clearing
from billing.lights.receipts import Receipt, Span, Terms
from billing.lights.rules import Source
from billing.lights.standing import Standing
from billing.lights.sums import SourceSum
from billing.lights.tables import DayRecord
from billing.reminders.rules import ReminderRules
from billing.runs.rules import RunRules

PAGE_SIZE = 25
LAST_DAYS = 14


@dataclass(frozen=True)
class DayRow:
    """One day as it was last written down."""

    day: date
    version: int
    receipts: int
    red: int
    coming: int
    expected_cents: int
    hash: str


@dataclass(frozen=True)
class SealedDay:
    """One day with all that its hash is over. content: each receipt with its lights, as plain values."""

    row: DayRow
    made_at: datetime
    cents: Mapping[Source, int]
    content: Sequence[Mapping[str, Any]]
    previous_hash: str


@dataclass(frozen=True)
class Overview:
    """How some days stand. count: of all receipts, red: of which something is wrong, receipts: one page of those that
    are not red. days: the records of the last days, the newest first."""

    span: Span
    count: int
    sums: Mapping[Source, SourceSum]
    red: tuple[Receipt, ...]
    others: tuple[Receipt, ...]
    page: int
    pages: int
    clearing: Clearing
    standing: Standing
    days: tuple[DayRow, ...]

    @property
    def red_cents(self) -> int:
        return sum(one.cents for one in self.red)


def require_reader(work: Work, actor: Actor) -> None:
    """Raises NotAllowed for who is not of finance."""
    access.require_finance(work, actor)


def overview(
    work: Work, actor: Actor, span: Span, terms: Terms, limits: RunRules, rules: ReminderRules, page: int = 1
) -> Overview:
    """How some days stand. limits, rules: of runs and reminders, for the brakes. Raises NotAllowed."""
    access.require_finance(work, actor)
    receipts = gathering.of_span(work, span, terms)
    others = [one for one in receipts if not one.is_red]
    pages = max(-(-len(others) // PAGE_SIZE), 1)
    page = min(max(page, 1), pages)
    return Overview(
        span=span, count=len(receipts), sums=sums.of(receipts), red=tuple(one for one in receipts if one.is_red),
        others=tuple(others[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]), page=page, pages=pages,
        clearing=clearing.clearing(work), standing=standing.standing(work, span, terms, limits, rules),
        days=tuple(_day(record) for record in _newest(work)),
    )  # fmt: skip


def receipt(work: Work, actor: Actor, key: str, terms: Terms) -> Receipt:
    """One receipt by its key. Raises NotAllowed or NotFound."""
    access.require_finance(work, actor)
    found = gathering.one(work, key, terms)
    if found is None:
        raise NotFound()
    return found


def sealed_day(work: Work, actor: Actor, day: date) -> SealedDay:
    """How a day was last written down. Raises NotAllowed or NotFound."""
    access.require_finance(work, actor)
    newest = select(DayRecord).where(DayRecord.day == day).order_by(col(DayRecord.version).desc())
    found = work.session.exec(newest.limit(1)).first()
    if found is None:
        raise NotFound()
    cents = {
        Source.BANK: found.bank_cents, Source.GATEWAY: found.gateway_cents, Source.BOOKS: found.books_cents,
        Source.DASHBOARD: found.dashboard_cents,
    }  # fmt: skip
    return SealedDay(_day(found), found.made_at, cents, found.content, found.previous_hash)


def _newest(work: Work) -> Sequence[DayRecord]:
    latest = select(col(DayRecord.day)).order_by(col(DayRecord.day).desc()).limit(1)
    last = work.session.exec(latest).first()
    if last is None:
        return []
    statement = select(DayRecord).where(DayRecord.day > last - timedelta(days=LAST_DAYS))
    by_day = {record.day: record for record in work.session.exec(statement.order_by(col(DayRecord.version)))}
    return sorted(by_day.values(), key=lambda record: record.day, reverse=True)


def _day(record: DayRecord) -> DayRow:
    return DayRow(
        record.day, record.version, record.receipts, record.red, record.coming, record.expected_cents, record.hash
    )
