"""Importing a statement, whole or not at all, and finding out what each line is for. One transaction a statement."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from billing import access, locks
from billing.access import Actor
from billing.bank import deciding, overlaps
from billing.bank import statements as judging
from billing.bank.matching import BankRules
from billing.bank.overlaps import Booked
from billing.bank.tables import BankLine, BankMatch, Statement, StatementState
from billing.clock import AMSTERDAM, local_day
from billing.db import Work, table_of
from billing.feeds import service as feeds
from billing.feeds.tables import Feed
from billing.inserting import insert_rows
from billing.ports import BankEntry, BankStatement
from billing.workdays import add_bank_days

# A line that found no place in so long finds it only by a person.
TRIED_FOR = timedelta(days=90)
# A statement that did not come in so long will never come; by then what it told has shown otherwise.
MISSED_FOR = timedelta(days=30)
_FIELDS = tuple(field.name for field in fields(BankEntry))
# What is called otherwise in our table, where the account is our own.
_COLUMNS = {"iban": "other_iban"}
# There are many lines in a statement, so they are run past the object layer.
_L, _M = table_of(BankLine), table_of(BankMatch).c
_NEW = sql_select(_L).where(_L.c.statement_id == bindparam("statement_id")).order_by(_L.c.id)
_WAITING = (
    sql_select(_L)
    .where(
        _L.c.iban == bindparam("iban"), _L.c.statement_id != bindparam("statement_id"),
        _L.c.booked_on > bindparam("since"),
        _L.c.id.not_in(sql_select(_M.line_id).where(_M.undone_at.is_(None))),
        # What a person took back is not matched by itself a second time.
        _L.c.id.not_in(sql_select(_M.line_id).where(_M.undone_at.is_not(None))),
    )
    .order_by(_L.c.id)
)  # fmt: skip


@dataclass(frozen=True)
class Imported:
    """What became of a statement. reason: why it was set aside, else empty. known: it was here before.

    new_lines: what was not known yet; by_rule: how many of those waiting and new found their place, by what follows.
    gap_cents: it begins elsewhere than where the one before it ended. is_fresh: with it, all is known up to the last
    bank day.
    opening_cents, sum_cents, closing_cents: its balances and what its lines come to; None for what it does not say.
    """

    iban: str
    statement_id: str
    closed_on: date | None
    lines: int
    reason: str = ""
    known: bool = False
    new_lines: int = 0
    by_rule: tuple[tuple[str, int], ...] = ()
    waiting: int = 0
    gap_cents: int = 0
    is_fresh: bool = False
    opening_cents: int | None = None
    sum_cents: int = 0
    closing_cents: int | None = None


def receive(work: Work, actor: Actor, statement: BankStatement, rules: BankRules) -> Imported:
    """The same as `import_statement`, for somebody of the finance department. Raises NotAllowed."""
    access.require_finance(work, actor)
    return import_statement(work, statement, rules)


def import_statement(work: Work, statement: BankStatement, rules: BankRules) -> Imported:
    """Book a statement, or set it aside when it can't be right; one that was here before changes nothing."""
    iban = judging.own_iban(statement.account, sorted(rules.ibans))
    locks.bank_account(work, iban or statement.account or "?")
    reason = judging.problem(statement, is_ours=bool(iban))
    fingerprint = judging.fingerprint(iban or statement.account, statement, reason)
    told = Imported(
        iban or statement.account, statement.statement_id, statement.closed_on, len(statement.entries), reason=reason,
        opening_cents=statement.opening_cents, sum_cents=judging.sum_cents(statement),
        closing_cents=statement.closing_cents,
    )  # fmt: skip
    if work.session.exec(select(Statement.id).where(Statement.fingerprint == fingerprint)).first() is not None:
        return _heard(work, replace(told, known=True))
    new = None if reason else _new_of(work, iban, statement)
    if new is None:
        return _set_aside(work, replace(told, reason=reason or "overlaps"), statement)
    return _heard(work, _book(work, _row(work, told, statement, fingerprint), new, told, rules))


def _set_aside(work: Work, told: Imported, statement: BankStatement) -> Imported:
    """Keep a statement as it was told, once, for a person to look at."""
    fingerprint = judging.fingerprint(told.iban, statement, told.reason)
    if work.session.exec(select(Statement.id).where(Statement.fingerprint == fingerprint)).first() is not None:
        return replace(told, known=True)
    row = _row(work, told, statement, fingerprint)
    row.content = [_kept(entry) for entry in statement.entries]
    work.session.add(row)
    return told


def _row(work: Work, told: Imported, statement: BankStatement, fingerprint: str) -> Statement:
    state = StatementState.SET_ASIDE if told.reason else StatementState.BOOKED
    return Statement(
        iban=told.iban, statement_id=statement.statement_id, fingerprint=fingerprint, state=state.value,
        reason=told.reason, opened_on=statement.opened_on, closed_on=statement.closed_on,
        opening_cents=statement.opening_cents, closing_cents=statement.closing_cents,
        sum_cents=told.sum_cents, imported_at=work.now,
    )  # fmt: skip


def _book(work: Work, row: Statement, new: Sequence[BankEntry], told: Imported, rules: BankRules) -> Imported:
    ended_at = _end_before(work, row)
    row.gap_cents = 0 if ended_at is None else (row.opening_cents or 0) - ended_at
    row.new_lines, row.new_cents = len(new), sum(entry.cents for entry in new)
    if len(new) < told.lines:
        # It begins within one that is here already.
        row.gap_cents = 0
    work.session.add(row)
    work.flush()
    lines = _write_lines(work, row, new)
    matches = deciding.decide(work, [*_waiting(work, row), *lines], lines, rules)
    return replace(
        told, new_lines=len(lines), by_rule=tuple(sorted(Counter(matches.values()).items())), gap_cents=row.gap_cents,
        waiting=sum(1 for line in lines if line.id not in matches),
    )  # fmt: skip


def _heard(work: Work, told: Imported) -> Imported:
    """All that there is to know are the statements of every account up to the last bank day, without a gap."""
    if told.reason:
        return told
    work.flush()
    until = min((_whole_until(work, iban) or date.min for iban in _told_of(work)), default=date.min)
    if until < add_bank_days(local_day(work.now), -1):
        return told
    over = datetime.combine(until + timedelta(days=1), time(), AMSTERDAM)
    feeds.mark_fresh(work, Feed.BANK, min(over, work.now))
    return replace(told, is_fresh=True)


def _told_of(work: Work) -> Sequence[str]:
    """The accounts of which a statement came lately."""
    return work.session.exec(select(Statement.iban).where(*_lately(work)).distinct()).all()


def _whole_until(work: Work, iban: str) -> date | None:
    told = select(Statement).where(Statement.iban == iban, *_lately(work))
    return judging.whole_until(
        (row.closed_on, row.opening_cents or 0, row.closing_cents or 0, row.new_cents)
        for row in work.session.exec(told.order_by(col(Statement.closed_on), col(Statement.id)))
        if row.closed_on is not None
    )


def _lately(work: Work) -> tuple[ColumnElement[bool], ...]:
    since = local_day(work.now) - MISSED_FOR
    return col(Statement.state) == StatementState.BOOKED.value, col(Statement.closed_on) > since


def _end_before(work: Work, row: Statement) -> int | None:
    """Where the last statement before this one ended; None when there is none."""
    before = select(Statement.closing_cents).where(
        Statement.iban == row.iban, Statement.state == StatementState.BOOKED.value,
        col(Statement.closed_on) <= row.closed_on,
    )  # fmt: skip
    latest = before.order_by(col(Statement.closed_on).desc(), col(Statement.id).desc())
    return work.session.exec(latest.limit(1)).first()


def _new_of(work: Work, iban: str, statement: BankStatement) -> list[BankEntry] | None:
    """The lines that were not told before; None when that is not certain."""
    days = {entry.booked_on for entry in statement.entries}
    about = select(BankLine.statement_id).where(BankLine.iban == iban, col(BankLine.booked_on).in_(days))
    rows = select(Statement).where(col(Statement.id).in_(about)).order_by(col(Statement.closed_on), col(Statement.id))
    told = [_booked(work, row) for row in work.session.exec(rows)]
    return overlaps.unknown(statement.opening_cents or 0, statement.entries, told)


def _booked(work: Work, row: Statement) -> Booked:
    lines = select(BankLine).where(BankLine.statement_id == row.id).order_by(col(BankLine.id))
    entries = tuple(
        BankEntry(**{name: getattr(line, _COLUMNS.get(name, name)) for name in _FIELDS})
        for line in work.session.exec(lines)
    )
    return Booked(row.opening_cents or 0, row.closing_cents or 0, entries)


def _write_lines(work: Work, statement: Statement, entries: Sequence[BankEntry]) -> Sequence[Any]:
    """Write down what is new of a statement that is there already; returns its lines as plain rows, in their order."""
    days = {entry.booked_on for entry in entries}
    among = select(BankLine.key).where(BankLine.iban == statement.iban, col(BankLine.booked_on).in_(days))
    keys = judging.keys(statement.iban, entries, work.session.exec(among).all())
    rows = [
        {"statement_id": statement.id, "key": key, "iban": statement.iban}
        | {_COLUMNS.get(name, name): getattr(entry, name) for name in _FIELDS}
        for key, entry in zip(keys, entries, strict=True)
    ]  # fmt: skip
    insert_rows(work, BankLine, rows)
    return work.plain(_NEW, statement_id=statement.id).all()


def _waiting(work: Work, statement: Statement) -> Sequence[Any]:
    """Lines of before this statement that are without a match, as plain rows: what they are for may have become known
    since."""
    since = local_day(work.now) - TRIED_FOR
    return work.plain(_WAITING, iban=statement.iban, statement_id=statement.id, since=since).all()


def _kept(entry: BankEntry) -> dict[str, object]:
    return asdict(entry) | {"value_on": entry.value_on.isoformat(), "booked_on": entry.booked_on.isoformat()}
