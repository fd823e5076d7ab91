"""Messages signed by "Standard Webhooks" are believed when they are genuine, and of now."""

from datetime import UTC, datetime, timedelta

import pytest

from billing.webhooks import require_genuine, secret_key
from tests.fakes.reports import SECRET, signed

NOW = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
BODY = b"a message"
OTHER = "whsec_YW5vdGhlciBzZWNyZXQsIGp1c3QgYXMgbG9uZyBhcyBpdA=="


def doubt(headers: dict[str, str], body: bytes = BODY, now: datetime = NOW) -> str:
    """Why a message is not believed; empty when it is."""
    try:
        require_genuine(secret_key(SECRET), headers, body, now)
    except ValueError as untrue:
        return str(untrue)
    return ""


@pytest.mark.parametrize("minutes", [-5, 0, 5])
def test_a_genuine_message_is_believed(minutes: int) -> None:
    assert doubt(signed(BODY, NOW + timedelta(minutes=minutes))) == ""


def test_while_a_secret_is_replaced_one_of_two_signatures_is_enough() -> None:
    headers, other = signed(BODY, NOW), signed(BODY, NOW, secret=OTHER)
    headers["webhook-signature"] = f"{other['webhook-signature']} {headers['webhook-signature']}"
    assert doubt(headers) == ""


@pytest.mark.parametrize("minutes", [-6, 6, -100_000])
def test_a_message_of_another_time_is_stale(minutes: int) -> None:
    assert doubt(signed(BODY, NOW + timedelta(minutes=minutes))) == "stale"


def test_a_message_that_was_changed_or_signed_by_another_is_forged() -> None:
    assert doubt(signed(BODY, NOW), b"another message") == "forged"
    assert doubt(signed(BODY, NOW, secret=OTHER)) == "forged"
    assert doubt(signed(BODY, NOW) | {"webhook-id": "msg_2"}) == "forged"
    later = str(int(NOW.timestamp()) + 1)
    assert doubt(signed(BODY, NOW) | {"webhook-timestamp": later}) == "forged"
    assert doubt(signed(BODY, NOW) | {"webhook-signature": "v1,é"}) == "forged"


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
@pytest.mark.parametrize("value", [None, ""])
def test_a_message_without_one_of_the_headers_is_unsigned(name: str, value: str | None) -> None:
    headers = signed(BODY, NOW)
    headers = {**headers, name: value} if value is not None else {k: v for k, v in headers.items() if k != name}
    assert doubt(headers) == "unsigned"


@pytest.mark.parametrize("time", ["now", "-1", "1e9", "٣٠٠٠", "9" * 5000])
def test_a_time_that_is_no_number_is_unsigned(time: str) -> None:
    assert doubt(signed(BODY, NOW) | {"webhook-timestamp": time}) == "unsigned"
