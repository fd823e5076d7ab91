"""Migrations run while the version before goes on: whatever it writes and reads still fits."""

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.engine import make_url

import billing
from billing.db import Database, normal_url

FOLDER = Path(billing.__file__).parent / "migrations"
FIRST = "0019"
# What can refuse a row that fitted before, looked at one by one: why what the version before writes still fits.
_WIDER = "takes what it took, and more"
_NEW_COLUMN = "is about a column that the version before does not know, and holds for its default"
_ERASED = "the version before erases nobody, and what it gives nobody has been erased of"
REVIEWED = {
    ("0020", "collection: ck_collection_state"): _WIDER,
    ("0020", "collection: ck_collection_submitted"): "asks more of a state only that the version before does not know",
    ("0020", "stop_order: ck_stop_order_preconditions"): "a step by the version before is refused, and nobody is "
    "stopped: the new version judges it",
    **{("0022", f"account: ck_account_{name}"): _NEW_COLUMN
       for name in ("customer_kind", "vat_answer", "vat_answered")},
    **{("0022", f"account: ck_account_{name}"): "holds for businesses of whose number nothing is known, as whom the "
       "version before knows everybody" for name in ("consumer", "vat_answer_about")},
    **{("0022", f"{table}: ck_{table}_{name}"): _WIDER
       for table in ("invoice", "credit_note") for name in ("reverse_charge", "vat_treatment")},
    **{("0026", f"{table}: trigger {table}_of_erased_refused"): _ERASED
       for table in ("hosting_package", "invitation", "mandate", "membership", "service")},
    ("0027", "gateway_line: trigger gateway_line_arrived_refused"): _WIDER,
    ("0029", "account: ck_account_language"): _NEW_COLUMN,
}  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """What a database asks of rows. columns: by table and name, with whether they may be left out."""

    columns: dict[tuple[str, str], tuple[str, bool]]
    rules: dict[tuple[str, str], str]

    @property
    def tables(self) -> set[str]:
        return {table for table, _ in self.columns}


@pytest.fixture(params=["sqlite", "postgresql"])
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new database, on each engine, in which nothing has been migrated."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/older.sqlite"
        return
    server, name = request.getfixturevalue("postgresql_server"), f"voldaan_older_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield normal_url(make_url(server).set(database=name).render_as_string(hide_password=False))
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_each_migration_leaves_room_for_the_version_before(older: str) -> None:
    _upgrade(older, FIRST)
    engine, found = create_engine(older), set()
    before = _shape(engine)
    for revision in _after_first():
        _upgrade(older, revision)
        after = _shape(engine)
        found |= {(revision, problem) for problem in _narrower(before, after)}
        before = after
    engine.dispose()
    assert found == set(REVIEWED)


def test_what_the_version_before_writes_during_a_migration_is_kept(older: str) -> None:
    *_, previous, newest = _after_first()
    _upgrade(older, previous)
    database, stop, written = Database(older), threading.Event(), []

    def write_as_before() -> None:
        while not stop.is_set() or not written:
            with database.session(writes=True) as session, session.begin():
                session.execute(
                    text("INSERT INTO outbox_message (task, dedup_key, urgency, payload, created_at, due_at, state, "
                         "tries, last_error) VALUES ('mail_account', :key, 0, '{}', :at, :at, 'waiting', 0, '')"),
                    {"key": f"key-{len(written)}", "at": "2026-03-06 09:00:00"},
                )  # fmt: skip
            written.append(len(written))

    writer = threading.Thread(target=write_as_before)
    writer.start()
    try:
        _upgrade(older, newest)
    finally:
        stop.set()
        writer.join()
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM outbox_message")).scalar_one() == len(written) > 0
    database.dispose()


def _narrower(before: Shape, after: Shape) -> Iterator[str]:
    """What fitted before and may not fit now."""
    for (table, name), (kind, _) in before.columns.items():
        if (table, name) not in after.columns:
            yield f"{table}.{name} is gone"
        elif after.columns[table, name][0] != kind:
            yield f"{table}.{name} is of another type"
    for (table, name), (_, may_be_left_out) in after.columns.items():
        could = before.columns.get((table, name), ("", True))[1]
        if table in before.tables and could and not may_be_left_out:
            yield f"{table}.{name} has to be given"
    for (table, name), rule in after.rules.items():
        if table in before.tables and before.rules.get((table, name)) != rule:
            yield f"{table}: {name}"


def _shape(engine: Engine) -> Shape:
    found, columns, rules = inspect(engine), {}, {}
    for (_, table), all_of_it in found.get_multi_columns().items():
        for column in all_of_it:
            is_key = column["name"] == "id"
            may_be_left_out = bool(column["nullable"] or column["default"] is not None or is_key)
            columns[table, column["name"]] = (str(column["type"]), may_be_left_out)
    for (_, table), checks in found.get_multi_check_constraints().items():
        rules |= {(table, str(check["name"])): str(check["sqltext"]) for check in checks}
    for (_, table), indexes in found.get_multi_indexes().items():
        rules |= {(table, str(index["name"])): str(index["column_names"]) for index in indexes if index["unique"]}
    for (_, table), uniques in found.get_multi_unique_constraints().items():
        rules |= {(table, str(unique["name"])): str(unique["column_names"]) for unique in uniques}
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute(_TRIGGERS[engine.dialect.name])
        rules |= {(table, f"trigger {name}"): body for table, name, body in cursor.fetchall()}
    return Shape(columns, rules)


_TRIGGERS = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_schema WHERE type = 'trigger'",
    "postgresql": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(t.oid) || prosrc FROM pg_trigger t "
    "JOIN pg_proc p ON p.oid = tgfoid WHERE NOT tgisinternal",
}


def _after_first() -> list[str]:
    newest_first = ScriptDirectory(str(FOLDER)).walk_revisions(FIRST, "heads")
    return [script.revision for script in newest_first if script.revision != FIRST][::-1]


def _upgrade(url: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["url"] = url
    command.upgrade(config, revision)
