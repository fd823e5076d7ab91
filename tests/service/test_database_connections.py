"""A database that falls silent is noticed: what waits for it waits half a minute, and not the hours that systems do."""

from collections.abc import Iterator
from contextlib import contextmanager

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


def _parameters(url: str) -> dict[str, str]:
    """What a connection of ours tells the driver."""
    with _opened(url) as database, database.engine.connect() as connection:
        return connection.connection.driver_connection.info.get_parameters()  # type: ignore[no-any-return,union-attr]


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.dispose()
