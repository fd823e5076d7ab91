"""A database that falls silent is noticed: what waits for it waits half a minute, and not the hours that systems do."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from billing.db import Database


def test_a_silent_server_is_given_up_within_half_a_minute(postgresql_url: str):
    given = _parameters(postgresql_url)
    assert given["connect_timeout"] == "10"
    assert given["tcp_user_timeout"] == "30000"
    assert int(given["keepalives_idle"]) + int(given["keepalives_interval"]) * int(given["keepalives_count"]) == 30


def test_what_an_address_says_itself_counts(postgresql_url: str):
    url = make_url(postgresql_url).update_query_dict({"connect_timeout": "3"})
    given = _parameters(url.render_as_string(hide_password=False))
    assert (given["connect_timeout"], given["tcp_user_timeout"]) == ("3", "30000")


def _server_process(database: Database) -> int:
    with database.session(writes=True) as session:
        return int(session.execute(text("SELECT pg_backend_pid()")).scalar_one())


def test_nobody_notices_that_the_server_ended_a_connection_which_was_at_rest(postgresql_url: str):
    with _opened(postgresql_url) as database:
        before = _server_process(database)
        assert _server_process(database) == before
        with psycopg.connect(postgresql_url, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", (before,))
        assert _server_process(database) != before


def test_a_notice_of_the_server_ends_no_connection(postgresql_url: str):
    with _opened(postgresql_url) as database:
        with database.engine.connect() as listening:
            listening.execute(text("LISTEN news"))
            listening.commit()
        before = _server_process(database)
        with psycopg.connect(postgresql_url, autocommit=True) as other:
            other.execute("NOTIFY news")
        assert _server_process(database) == before


def test_a_connection_at_rest_is_not_asked_whether_it_is_there(postgresql_url: str, monkeypatch: pytest.MonkeyPatch):
    with _opened(postgresql_url) as database:
        before = _server_process(database)
        monkeypatch.setattr(database.engine.dialect, "do_ping", None)
        assert _server_process(database) == before


def _parameters(url: str) -> dict[str, str]:
    """What a connection of ours tells the driver."""
    with _opened(url) as database, database.engine.connect() as connection:
        return connection.connection.driver_connection.info.get_parameters()  # type: ignore[no-any-return,union-attr]


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.dispose()
