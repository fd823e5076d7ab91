"""Databases of earlier releases come along with what is in them."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

import billing
from billing import access
from billing.accounts.tables import Role
from billing.db import migrate, normal_url

NOW = "2026-03-06 09:00:00"


@pytest.fixture
def first_release(tmp_path: Path) -> str:
    """A new database at the first revision, on SQLite."""
    url = f"sqlite:///{tmp_path}/first.sqlite"
    config = Config()
    config.set_main_option("script_location", str(Path(billing.__file__).parent / "migrations"))
    config.attributes["url"] = normal_url(url)
    command.upgrade(config, "0001")
    return url


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
