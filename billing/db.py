"""The database: engines for SQLite and PostgreSQL, column types, and the unit of work handed to every use case."""

from __future__ import annotations

import select
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ColumnElement,
    DateTime,
    Engine,
    Executable,
    Table,
    Text,
    any_,
    create_engine,
    event,
    literal,
)
from sqlalchemy.engine import Connection, CursorResult, Dialect, Result, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, SQLModel

from billing.second_factor import SecondFactor
from billing.vat_treatment import VatRules

# A server that went without a word, as behind a network that drops everything, is given up after half a minute; of
# itself a connection waits for it a quarter of an hour to two hours. An address can say otherwise.
_NOTICES_SILENCE = {
    "connect_timeout": 10, "tcp_user_timeout": 30_000, "keepalives_idle": 10, "keepalives_interval": 5,
    "keepalives_count": 4,
}  # fmt: skip

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. A naive value is a bug and is refused; SQLite, which knows no zones, keeps UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal kept as text, because SQLite would make it a float."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def table_of(model: type[SQLModel]) -> Table:
    """The plain table behind a model, for statements over many rows."""
    return model.__table__  # type: ignore[attr-defined, no-any-return]  # SQLModel adds it to classes with table=True


def whole(*columns: str) -> CheckConstraint:
    """Only whole numbers: SQLite would keep a fraction or a word in a column of integers."""
    return CheckConstraint(" AND ".join(f"{column} = CAST({column} AS INTEGER)" for column in columns), name="whole")


def rows_changed(result: Result[Any]) -> int:
    """How many rows a statement inserted, changed or removed."""
    return int(result.rowcount)  # type: ignore[attr-defined]  # only results of such statements have it


@dataclass(frozen=True)
class Work:
    """One transaction: the session, and the instant that counts as now for all of it.

    floor_cents: a rest of an invoice below it is too little to ask for; 0 where every cent is asked for. vat: what the
    company decided about VAT across borders. second_factor: of whom one is demanded. only_reads: it is a query.
    What nobody reads within the transaction is deferred, so that a batch writes it in a few large statements. `memo`
    keeps what a transaction under lock needs to look up only once.
    """

    session: Session
    now: datetime
    floor_cents: int = 0
    vat: VatRules = field(default_factory=VatRules)
    second_factor: SecondFactor = SecondFactor.OFFERED
    only_reads: bool = False
    memo: dict[Any, Any] = field(default_factory=dict, repr=False)
    _deferred: dict[Deferred, list[Any]] = field(default_factory=dict, repr=False)

    @property
    def on_postgresql(self) -> bool:
        return self.session.get_bind().dialect.name == "postgresql"

    def plain(self, statement: Executable, **values: Any) -> CursorResult[Any]:
        """Run a statement past the object layer, which costs several times the query itself on the hottest paths.

        What the session has not yet flushed is not seen.
        """
        return self.session.connection().execute(statement, values)

    def among(self, column: Any, values: Sequence[Any]) -> ColumnElement[bool]:
        """Whether a column is one of many values. PostgreSQL gets them as one, so that the statement is the same
        however many they are, and is read and planned once."""
        if self.on_postgresql:
            found: ColumnElement[bool] = column == any_(literal(list(values), ARRAY(column.type)))
        else:
            found = column.in_(values)
        return found

    def defer(self, action: Deferred, item: Any) -> None:
        """Have `action` called once, with all the items deferred for it, when the work is flushed."""
        self._deferred.setdefault(action, []).append(item)

    def flush(self) -> None:
        """Write everything so far; the runtime does it before it commits."""
        self.session.flush()
        while self._deferred:
            action = next(iter(self._deferred))
            action(self, self._deferred.pop(action))

    def next_id(self, table: str) -> int:
        """An id for a row that is written later. PostgreSQL hands them out in growing blocks, which may leave gaps."""
        left: list[int] = self.memo.setdefault(("ids", table), [])
        if not left:
            left += self._reserve_ids(table)
        return left.pop()

    def _reserve_ids(self, table: str) -> list[int]:
        count = self.memo[("block", table)] = min(self.memo.get(("block", table), 0) * 2 or 1, 256)
        connection = self.session.connection()
        if self.on_postgresql:
            given = connection.exec_driver_sql(
                f"SELECT nextval(pg_get_serial_sequence('{table}', 'id')) FROM generate_series(1, {count})"
            )
            return [int(row[0]) for row in given][::-1]
        # Only one transaction writes at a time, so the highest id can't move under us but by our own hand.
        last = self.memo.get(("last", table))
        if last is None:
            last = connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) FROM {table}").scalar_one()
        self.memo[("last", table)] = last + count
        return list(range(last + count, last, -1))


Deferred = Callable[[Work, list[Any]], None]


class Database:
    """An engine for each of reading and writing, over one pool."""

    def __init__(self, url: str) -> None:
        self.url = normal_url(url)
        self.engine = _sqlite_engine(self.url) if self.url.startswith("sqlite") else _postgresql_engine(self.url)
        self._writing = self.engine.execution_options(writes=True)

    @contextmanager
    def session(self, *, writes: bool) -> Iterator[Session]:
        """A session whose transaction, on SQLite, takes the write lock at its start when it `writes`."""
        bind = self._writing if writes else self.engine
        with Session(bind, expire_on_commit=False, autoflush=False) as session:
            yield session

    def dispose(self) -> None:
        self.engine.dispose()


def normal_url(url: str) -> str:
    """The URL with the driver that is installed: psycopg 3."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def migrate(url: str) -> None:
    """Bring a database to the newest revision; creates an SQLite file and its folder when missing."""
    from alembic import command
    from alembic.config import Config

    target = make_url(normal_url(url))
    if target.get_backend_name() == "sqlite" and target.database:
        Path(target.database).parent.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["url"] = normal_url(url)
    command.upgrade(config, "head")


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 30, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        # We begin transactions ourselves: the driver's own way would take the write lock only at the first write,
        # which lets two writers both read before either writes.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql_engine(url: str) -> Engine:
    engine = create_engine(
        url, hide_parameters=True, pool_size=10, max_overflow=20,
        connect_args={**_NOTICES_SILENCE, **make_url(url).query},
    )  # fmt: skip

    @event.listens_for(engine, "checkout")
    def require_alive(connection: Any, *_: Any) -> None:
        # A server that ended a connection has written to it, and so has the system when it found it dead. To ask the
        # server each time whether it is there would cost every transaction a message more.
        ear = select.poll()
        ear.register(connection, select.POLLIN)
        if not ear.poll(0):
            return
        try:
            engine.dialect.do_ping(connection)
        except psycopg.Error as gone:
            raise InvalidatePoolError() from gone

    return engine
