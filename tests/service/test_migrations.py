"""Databases of earlier releases come along with what is in them."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

import billing
from billing import access
from billing.accounts.tables import Role
from billing.db import migrate, normal_url

NOW = "2026-03-06 09:00:00"


@pytest.fixture
def first_release(tmp_path: Path) -> str:
    """A new database at the first revision, on SQLite."""
    url = f"sqlite:///{tmp_path}/first.sqlite"
    _upgrade(url, "0001")
    return url


@pytest.fixture
def before_prices(tmp_path: Path) -> str:
    """A new database at the last revision in which a product had one price, on SQLite."""
    url = f"sqlite:///{tmp_path}/third.sqlite"
    _upgrade(url, "0003")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def third_revision(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A new database from before credit notes had lines, on each engine."""
    yield from _at("0003", request, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def before_readers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A new database from before it was kept who was told of a debit, on each engine."""
    yield from _at("0016", request, tmp_path)


def _at(revision: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/earlier.sqlite"
        _upgrade(url, revision)
        yield url
        return
    server = request.getfixturevalue("postgresql_server")
    name = f"voldaan_{revision}_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        url = make_url(server).set(database=name).render_as_string(hide_password=False)
        _upgrade(url, revision)
        yield url
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _upgrade(url: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(billing.__file__).parent / "migrations"))
    config.attributes["url"] = normal_url(url)
    command.upgrade(config, revision)


def test_members_of_the_first_release_keep_their_rights_and_mails(first_release: str) -> None:
    engine = create_engine(first_release)
    with engine.begin() as connection:
        for number, role in enumerate(Role, start=1):
            values = {"id": number, "role": role.value, "mail": number % 2, "at": NOW}
            for statement in (
                "INSERT INTO account (id, name, attention, street, postal_code, city, country, vat_number, version, "
                "created_at) VALUES (:id, 'Klant', '', '', '', '', 'NL', '', 0, :at)",
                "INSERT INTO login_user (id, email, name, password_hash, language, staff_role, created_at) "
                "VALUES (:id, 'p' || :id || '@test.example', 'P', '', 'nl', '', :at)",
                "INSERT INTO membership (account_id, user_id, role, receives_billing_mail) "
                "VALUES (:id, :id, :role, :mail)",
            ):
                connection.execute(text(statement), values)
    migrate(first_release)
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT role, scopes, mail_topics FROM membership ORDER BY id")).fetchall()
    assert [(role, scopes) for role, scopes, _ in kept] == [
        (role.value, access.scopes_text(access.DEFAULTS[role])) for role in Role
    ]
    assert [topics for _, _, topics in kept] == ["invoices receipts", "", "invoices receipts", "", ""]
    engine.dispose()


def test_products_keep_their_price_and_services_their_day_of_renewal(before_prices: str) -> None:
    engine = create_engine(before_prices)
    with engine.begin() as connection:
        for statement in (
            "INSERT INTO account (id, name, attention, street, postal_code, city, country, vat_number, version, "
            "created_at) VALUES (1, 'Klant', '', '', '', '', 'NL', '', 0, :at)",
            "INSERT INTO product VALUES (1, 'h', 'Webhosting', '12.50', '21', 12), (2, 'm', 'E-mail', '3', '9', 1)",
            "INSERT INTO service VALUES (1, 1, 1, 'a', '2026-05-30'), (2, 1, 2, 'b', '2026-02-28')",
        ):
            connection.execute(text(statement), {"at": NOW})
    migrate(before_prices)
    with engine.connect() as connection:
        products = connection.execute(
            text("SELECT name, kind, proration, period_months, unit_price, vat_rate, valid_from FROM product p "
                 "JOIN price_version v ON v.product_id = p.id ORDER BY p.id")
        ).fetchall()  # fmt: skip
        services = connection.execute(
            text("SELECT label, state, started_on, anchor_day, paid_through FROM service ORDER BY id")
        ).fetchall()
    assert [tuple(row) for row in products] == [
        ("Webhosting", "hosting", "linear", 12, "12.50", "21", "2000-01-01"),
        ("E-mail", "email", "linear", 1, "3", "9", "2000-01-01"),
    ]
    assert [tuple(row) for row in services] == [
        ("a", "active", "2025-05-31", 31, "2026-05-30"),
        ("b", "active", "2026-02-01", 1, "2026-02-28"),
    ]
    engine.dispose()


@pytest.mark.parametrize("revision", ["0001", "0003"])
def test_a_postgresql_database_of_an_earlier_release_comes_along(postgresql_server: str, revision: str) -> None:
    name = f"voldaan_old_{revision}"
    with psycopg.connect(postgresql_server, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        url = make_url(postgresql_server).set(database=name).render_as_string(hide_password=False)
        _upgrade(url, revision)
        engine = create_engine(normal_url(url))
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO product VALUES (1, 'h', 'Webhosting', '12.50', '21', 12)"))
        migrate(url)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT unit_price FROM price_version")).scalar_one() == "12.50"
        engine.dispose()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


EARLIER_NOTES = (
    "INSERT INTO account (id, name, attention, street, postal_code, city, country, vat_number, version, created_at) "
    "VALUES (1, 'Klant', '', '', '', '', 'NL', '', 0, :at)",
    "INSERT INTO invoice (id, account_id, state, series, year, sequence, number, subject, issued_on, due_on, "
    "issued_at, reference, seller, buyer, net_cents, vat_cents, total_cents, currency, language, open_cents, "
    "credits_cents, credited_cents, version) VALUES (1, 1, 'draft', 'F', 2026, 1, '2026-0001', '', '2026-03-01', "
    "'2026-03-15', :at, '', '{}', '{}', 3000, 510, 3510, 'EUR', 'en', 0, 0, 2080, 0)",
    "INSERT INTO invoice_line (invoice_id, position, description, detail, quantity, unit_price, vat_rate, net_cents) "
    "VALUES (1, 1, 'Hosting', '', '1', '10', '21', 1000), (1, 2, 'Boek', '', '1', '10', '9', 1000), "
    "(1, 3, 'E-mail', '', '1', '10', '21', 1000)",
    "INSERT INTO invoice_vat (invoice_id, vat_rate, base_cents, vat_cents) "
    "VALUES (1, '21', 2000, 420), (1, '9', 1000, 90)",
    "UPDATE invoice SET state = 'issued'",
    "INSERT INTO credit_note (id, account_id, invoice_id, series, year, sequence, number, issued_on, issued_at, "
    "reason, seller, buyer, net_cents, vat_cents, total_cents, offset_cents, credit_cents) VALUES "
    "(1, 1, 1, 'C', 2026, 1, 'C2026-0001', '2026-03-02', :at, 'Deel', '{}', '{}', 1200, 252, 1452, 0, 1452), "
    "(2, 1, 1, 'C', 2026, 2, 'C2026-0002', '2026-03-03', :at, 'Boek', '{}', '{}', 500, 45, 545, 0, 545)",
    "INSERT INTO credit_lot (id, account_id, credit_note_id, label, original_cents, left_cents, created_at) VALUES "
    "(1, 1, 1, 'C2026-0001', 1452, 100, :at)",
)


def test_credit_notes_of_before_get_the_lines_and_vat_they_must_have_had(third_revision: str) -> None:
    engine = create_engine(normal_url(third_revision))
    with engine.begin() as connection:
        for statement in EARLIER_NOTES:
            connection.execute(text(statement), {"at": NOW} if ":at" in statement else {})
    migrate(third_revision)
    with engine.connect() as connection:
        lines = connection.execute(
            text("SELECT credit_note_id, position, description, quantity, unit_price, net_cents FROM credit_note_line")
        ).fetchall()
        vat = connection.execute(text("SELECT credit_note_id, vat_rate, base_cents, vat_cents FROM credit_note_vat"))
        notes = connection.execute(text("SELECT invoice_number, language, payout_cents FROM credit_note")).fetchall()
        lot = connection.execute(text("SELECT source, reason, left_cents FROM credit_lot")).one()
        assert lines == [
            (1, 1, "Hosting", "1", "10", 1000), (1, 2, "E-mail", "1", "2.00", 200), (2, 1, "Boek", "1", "5.00", 500),
        ]  # fmt: skip
        assert vat.fetchall() == [(1, "21", 1200, 252), (2, "9", 500, 45)]
        assert notes == [("2026-0001", "en", 0)] * 2
        for table in ("invoice", "credit_note"):
            assert set(connection.execute(text(f"SELECT vat_treatment FROM {table}")).scalars()) == {"domestic"}
        prints = connection.execute(text("SELECT payload FROM outbox_message WHERE task = 'render_credit_note'"))
        assert [str(row[0]).replace("'", '"') for row in prints] == ['{"credit_note_id": 1}', '{"credit_note_id": 2}']
        assert tuple(lot) == ("credit_note", "Deel", 100)
        with pytest.raises(DBAPIError, match="credit_note is final"):
            connection.execute(text("UPDATE credit_note SET reason = 'x'"))
    engine.dispose()


def test_open_invoices_of_before_can_be_left_with_a_small_rest(third_revision: str) -> None:
    engine = create_engine(normal_url(third_revision))
    with engine.begin() as connection:
        for statement in EARLIER_NOTES:
            connection.execute(text(statement), {"at": NOW} if ":at" in statement else {})
    migrate(third_revision)
    with engine.begin() as connection:
        kept = connection.execute(text("SELECT total_cents, open_cents, brought_cents, carried_cents FROM invoice"))
        assert kept.fetchall() == [(3510, 0, 0, 0)]
        connection.execute(text("UPDATE invoice SET open_cents = 3510"))
    for change, refusal in (("open_cents = 3511", "ck_invoice_open"), ("brought_cents = 1", "invoice is final")):
        with engine.begin() as connection, pytest.raises(DBAPIError, match=refusal):
            connection.execute(text(f"UPDATE invoice SET {change}"))
    engine.dispose()


def test_who_was_told_of_a_debit_is_known_from_the_mails_of_before(before_readers: str) -> None:
    engine = create_engine(normal_url(before_readers))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # Neither account nor invoice matters here.
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for collection in (1, 2):
            connection.execute(
                text(
                    "INSERT INTO collection (id, account_id, invoice_id, mandate_id, state, round, collect_on, "
                    "submit_on, notice_days, announced_cents, announced_at, chosen_by_name, reason, for_staff, "
                    "created_at, changed_at) VALUES (:id, 1, :id, 1, 'announced', 1, '2026-03-20', '2026-03-17', 14, "
                    "100, :at, '', '', (1 = 0), :at, :at)"
                ), {"id": collection, "at": NOW},
            )  # fmt: skip
        for key in ("collection:1:debit_announced:7", "collection:1:debit_announced:12", "account:mandate_given:x"):
            connection.execute(
                text("INSERT INTO outbox_message (task, dedup_key, urgency, payload, created_at, due_at, state, tries, "
                     "last_error) VALUES ('mail_account', :key, 0, '{}', :at, :at, 'done', 1, '')"),
                {"key": key, "at": NOW},
            )  # fmt: skip
    migrate(before_readers)
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT CAST(readers AS VARCHAR) FROM collection ORDER BY id")).scalars().all()
    assert [json.loads(readers) for readers in kept] == [[7, 12], []]
    engine.dispose()


def test_changing_a_constraint_leaves_a_sound_database(first_release: str) -> None:
    migrate(first_release)
    engine = create_engine(first_release)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
        assert connection.execute(text("PRAGMA foreign_key_check")).fetchall() == []
    engine.dispose()
