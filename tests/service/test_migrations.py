"""Databases of earlier releases come along with what is in them."""

from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

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
