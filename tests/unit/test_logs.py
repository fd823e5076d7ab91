"""What is logged names nobody: no account, address, key or message of anybody, wherever in a line it stands."""

import base64
import logging
import random
import secrets
import sys
import threading
from collections.abc import Iterator
from io import StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from billing import logs
from billing.logs import scrubbed

log = logging.getLogger("tests.logs")
COUNTRIES = {"NL": "ABNA0417164300", "BE": "539007547034", "DE": "370400440532013000", "FR": "20041010050500013M02606"}
AROUND = st.sampled_from(
    ["%s", "iban=%s, next", "(%s)", "'%s'", "of %s:", "a/%s", "«%s»", "%s\nand more", '{"a": "%s"}']
)


@pytest.fixture(autouse=True)
def written() -> Iterator[StringIO]:
    """What a handler writes that knows nothing of us."""
    before, hooks = logging.getLogRecordFactory(), (sys.excepthook, threading.excepthook)
    logs.install()
    text = StringIO()
    handler = logging.StreamHandler(text)
    log.addHandler(handler)
    yield text
    log.removeHandler(handler)
    logging.setLogRecordFactory(before)
    sys.excepthook, threading.excepthook = hooks


def check_digits(country: str, account: str) -> str:
    """ISO 7064, MOD 97-10."""
    digits = "".join(str(int(letter, 36)) for letter in f"{account}{country}00")
    return f"{98 - int(digits) % 97:02d}"


@st.composite
def ibans(draw: st.DrawFn) -> str:
    """An account of some country, as machines or as people write it."""
    country = draw(st.sampled_from(sorted(COUNTRIES)))
    chance = draw(st.randoms(use_true_random=False))
    account = "".join(chance.choice("0123456789") if letter.isdigit() else letter for letter in COUNTRIES[country])
    iban = f"{country}{check_digits(country, account)}{account}"
    spaced = " ".join(iban[place : place + 4] for place in range(0, len(iban), 4))
    return draw(st.sampled_from([iban, iban.lower(), spaced]))


@st.composite
def keys(draw: st.DrawFn) -> str:
    """A key of any kind that there is here: of a session, a link, the API, a webhook, the vault."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    raw = chance.randbytes(draw(st.integers(24, 48)))
    url_safe = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    link = URLSafeSerializer(str(raw), salt="pay").dumps([chance.randrange(1000)]).rpartition(".")[2]
    plain = base64.b64encode(raw).decode()
    return draw(st.sampled_from([url_safe, link, f"vdk_{url_safe}", f"whsec_{plain}", f"gAAAAAB{url_safe}", plain]))


def addresses() -> st.SearchStrategy[str]:
    return st.emails(domains=st.sampled_from(["example.com", "mail.voorbeeld.test"])).filter(
        lambda address: not set("'\"/=(){}`") & set(address)
    )


# Each example takes away what it wrote.
with_the_log = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
ANYTHING = st.one_of(ibans(), keys(), addresses())


def said(written: StringIO) -> str:
    text = written.getvalue()
    written.seek(0)
    written.truncate()
    return text


@given(AROUND, ANYTHING)
def test_it_is_gone_from_a_line(around, secret):
    assert secret not in scrubbed(around % secret)


@with_the_log
@given(AROUND, ANYTHING)
def test_it_is_gone_from_what_is_put_into_a_line(written, around, secret):
    log.warning("refused: %s (%r)", around % secret, (secret,))
    assert secret not in said(written)


@with_the_log
@given(AROUND, ANYTHING)
def test_it_is_gone_from_exceptions_and_what_they_were_caused_by(written, around, secret):
    try:
        try:
            raise ValueError(around % secret)
        except ValueError as cause:
            raise KeyError(secret) from cause
    except KeyError:
        log.exception("problem %s", secret)
    text = said(written)
    assert secret not in text
    assert "Traceback" in text
    assert "KeyError" in text
    assert "test_logs.py" in text


@pytest.mark.parametrize(
    "body",
    [
        b'{"Transaction": {"Key": "X", "CustomerName": "J. Jansen"}}',
        '{"Transaction": {"CustomerName": "J. Jansen"}}',
        "{'brq_customer_name': 'J. Jansen', 'brq_amount': '1.00'}",
        '{\n  "CustomerName": "J. Jansen",\n  "Key": 1\n}',
        "brq_amount=1.00&brq_customer_name=J.+Jansen",
        '<?xml version="1.0"?><Document><Nm>J. Jansen</Nm></Document>',
        "<Dbtr><Nm>J. Jansen</Nm></Dbtr>",
        "DETAIL:  Key (name)=(J. Jansen) already exists.",
        "DETAIL:  Failing row contains (1, J. Jansen, null).",
        "GET /pay/return/x?name=J.Jansen",
    ],
)
def test_bodies_of_messages_are_left_out(written, body):
    log.error("not understood: %s", body)
    assert "Jansen" not in said(written)


@pytest.mark.parametrize(
    "line",
    [
        "lane printing starts",
        "problem 0a1b2c3d",
        "event refused: 'overview_state.load_everything_again_and_again'",
        "transactions ['0123456789ABCDEF0123456789ABCDEF'] could not be booked",
        "user 7 lets reminders go that are far from the usual: 'a colleague asked for it'",
        "2026-0012 is held back from the bookkeeping: total_differs",
        '  File "/usr/lib/python3.11/site-packages/sqlalchemy/orm/session.py", line 12, in <module>',
        "billing.errors.collecting.NotificationSettledTooLateError: collection 12",
        "the lights could not be told: gateway: provider_unclear",
    ],
)
def test_what_helps_to_find_the_trouble_stays(line):
    assert scrubbed(line) == line


def test_a_session_a_key_and_a_password_in_an_address_are_gone():
    token = secrets.token_urlsafe(32)
    for text in (f"voldaan_session={token}", f"Bearer vdk_{token}", "postgresql://voldaan:hunter2@db/voldaan"):
        assert not {token, "hunter2"} & set(scrubbed(text).replace("=", " ").replace(":", " ").split())
        assert token not in scrubbed(text)
        assert "hunter2" not in scrubbed(text)


def test_a_line_that_does_not_fit_its_arguments_is_still_a_line(written):
    log.warning("%d euros", "NL91ABNA0417164300")
    assert said(written) == "a line that can't be written: TypeError\n"


def test_nobody_writes_lines_that_look_like_ours(written):
    log.warning("event refused: %s", "a name\r\nINFO all is well")
    assert said(written) == "event refused: a name\\r\\nINFO all is well\n"


def test_what_ends_a_thread_or_the_process_is_logged_without_them(caplog):
    thread = threading.Thread(target=lambda: int("NL91ABNA0417164300"))
    thread.start()
    thread.join()
    sys.excepthook(ValueError, ValueError("ada@example.com"), None)
    assert "ValueError" in caplog.text
    assert "NL91ABNA0417164300" not in caplog.text
    assert "ada@example.com" not in caplog.text
