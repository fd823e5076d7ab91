from pathlib import Path

from billing import health
from billing.access import Actor
from billing.db import Database, migrate
from billing.ports import Outcome
from tests.factories import Shop


def test_a_migrated_database_fits_the_program(shop: Shop) -> None:
    assert shop.ask(health.schema_is_current)


def test_a_database_of_another_revision_does_not_fit(sqlite_url: str) -> None:
    shop = Shop(Database(sqlite_url))
    shop.sql("UPDATE alembic_version SET version_num = 'older'")
    assert not shop.ask(health.schema_is_current)
    shop.database.dispose()


def test_a_database_that_a_later_version_migrated_fits_too(sqlite_url: str) -> None:
    shop = Shop(Database(sqlite_url))
    for revision, fits in (("9999", True), ("0001", False)):
        shop.sql("UPDATE alembic_version SET version_num = :revision", revision=revision)
        assert shop.ask(health.schema_is_current) is fits
    shop.sql("DELETE FROM alembic_version")
    assert not shop.ask(health.schema_is_current)
    shop.database.dispose()


def test_migrating_makes_the_file_and_its_folder(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/folder/voldaan.sqlite"
    migrate(url)
    migrate(url)
    shop = Shop(Database(url))
    assert shop.ask(health.schema_is_current)
    shop.database.dispose()


def test_what_waits_is_counted(shop: Shop, account: int, owner: Actor) -> None:
    parked = shop.start_key(owner, shop.invoice(account))
    shop.succeed(parked, currency="USD")
    waiting = shop.start_key(owner, shop.invoice(account))
    shop.gateway.change(waiting, Outcome.PENDING)
    shop.push(waiting)
    shop.mail.refuses = {f"{owner.name}@test.example"}
    shop.carry_out()
    shop.pay(owner, shop.invoice(account, "1.00"))

    counts = shop.ask(health.counts)

    assert (counts.inbox_waiting, counts.outbox_given_up, counts.parked) == (0, 2, 1)
    assert counts.outbox_waiting > 0
    assert counts.payments_by_state == {"parked": 1, "pending": 1}
