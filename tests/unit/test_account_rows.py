"""How a person's own log-in reads on a screen."""

from datetime import UTC, date, datetime, timedelta

import pytest

from billing.access import DEFAULTS, Permission
from billing.accounts.queries import Belonging
from billing.accounts.tables import MailTopic, Role
from billing.errors import CheckNeeded, Conflict, NotFound
from billing.logins.queries import KnownPasskey, OpenSession, Security
from dashboard.rows.account import TEXTS, Place, device, place, safety, seen, sentence, topics
from dashboard.rows.shell import account_parts
from dashboard.texts.nl import NL

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BASE = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) {}"


@pytest.mark.parametrize(
    ("system", "browser", "words"),
    [
        ("Windows NT 10.0; Win64; x64", "Chrome/130.0.0.0 Safari/537.36", "Chrome op Windows"),
        ("Windows NT 10.0; Win64; x64", "Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0", "Edge op Windows"),
        ("Macintosh; Intel Mac OS X 10_15_7", "Version/18.0 Safari/605.1.15", "Safari op een Mac"),
        ("X11; CrOS x86_64 14541.0.0", "Chrome/130.0.0.0 Safari/537.36", "Chrome op een Chromebook"),
        ("Linux; Android 14; Pixel 8", "Chrome/130.0.0.0 Mobile Safari/537.36", "Chrome op Android"),
        ("Linux; Android 14; SM-S911B", "SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
         "Samsung Internet op Android"),
        ("iPhone; CPU iPhone OS 18_0 like Mac OS X", "Version/18.0 Mobile/15E148 Safari/604.1", "Safari op een iPhone"),
        ("iPad; CPU OS 17_5 like Mac OS X", "CriOS/129.0 Mobile/15E148 Safari/604.1", "Chrome op een iPad"),
        ("X11; Linux x86_64; rv:131.0", "Gecko/20100101 Firefox/131.0", "Firefox op Linux"),
        ("X11; Linux x86_64", "Chrome/130.0.0.0 Safari/537.36 OPR/115.0.0.0", "Opera op Linux"),
    ],
)  # fmt: skip
def test_a_device_is_told_in_plain_words(system, browser, words):
    assert device(BASE.format(system, browser)) == words


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [("", "Onbekend apparaat"), ("curl/8.9", "Onbekend apparaat"), ("Firefox/131.0", "Firefox"), ("iPad", "Een iPad")],
)
def test_a_device_that_says_little_is_told_with_little(user_agent, words):
    assert device(user_agent) == words


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(), "nu actief"),
        (timedelta(minutes=5), "nu actief"),
        (timedelta(minutes=6), "laatst gezien 6 minuten geleden"),
        (timedelta(minutes=59, seconds=59), "laatst gezien 59 minuten geleden"),
        (timedelta(hours=1), "laatst gezien 1 uur geleden"),
        (timedelta(hours=11, minutes=59), "laatst gezien 11 uur geleden"),
    ],
)
def test_a_session_was_seen_so_long_ago(ago, words):
    assert seen(NOW - ago, NOW) == words


def test_the_safety_of_a_log_in_is_told_whole():
    told = safety(
        Security(
            app_since=datetime(2026, 3, 2, 23, 30, tzinfo=UTC),
            codes_left=3,
            passkeys=(KnownPasskey(7, "Laptop", NOW, None), KnownPasskey(8, "Telefoon", NOW, NOW)),
            sessions=(_session(1, is_here=True), _session(2)),
        ),
        NOW,
    )
    assert (told.has_app, told.app_since) == (True, "sinds 3 maart 2026")
    assert (told.codes_left, told.few_codes) == ("Nog 3 reservecodes over", True)
    assert [(key.id, key.facts) for key in told.passkeys] == [
        ("7", "Toegevoegd op 23 november 2026, nog niet gebruikt"),
        ("8", "Toegevoegd op 23 november 2026, laatst gebruikt op 23 november 2026"),
    ]
    assert [(session.id, session.here) for session in told.sessions] == [("1", True), ("2", False)]
    assert told.elsewhere


def test_a_log_in_with_a_password_alone_is_told_as_such():
    told = safety(Security(None, 0, (), (_session(1, is_here=True),)), NOW)
    assert (told.has_app, told.app_since, told.passkeys, told.elsewhere) == (False, "", (), False)


@pytest.mark.parametrize(("count", "words"), [(0, "Nog geen"), (1, "Nog 1 reservecode "), (10, "Nog 10 reservecodes")])
def test_backup_codes_are_counted(count, words):
    assert TEXTS.security.codes_left(count).startswith(words)


def test_every_topic_and_every_role_has_its_words():
    assert {topic.id for topic in topics(())} == set(MailTopic)
    assert [topic.chosen for topic in topics({"receipts"})] == [False, True]
    assert set(NL.roles) == set(Role)


def test_an_account_is_told_with_the_role_and_the_last_day_in_it():
    belonging = Belonging(4, "Fietsclub", Role.READ_ONLY, date(2027, 3, 31))
    assert place(belonging, 4) == Place("Fietsclub", "Alleen lezen", "tot en met 31 maart 2027", on_screen=True)


@pytest.mark.parametrize("problem", [NotFound(), Conflict()])
def test_on_these_pages_an_error_does_not_speak_of_paying(problem):
    assert "niets veranderd" in sentence(problem)
    assert "afgeschreven" not in sentence(problem)


def test_an_error_that_is_the_same_everywhere_is_told_as_everywhere():
    assert sentence(CheckNeeded()) == NL.errors["check_needed"]


@pytest.mark.parametrize(
    ("rights", "names"),
    [
        (
            frozenset(Permission),
            ["Profiel", "Factuurgegevens", "Beveiliging", "Beheer gebruikers", "Machtiging", "Je gegevens"],
        ),
        (DEFAULTS[Role.BOOKKEEPER], ["Profiel", "Factuurgegevens", "Beveiliging", "Machtiging"]),
        (DEFAULTS[Role.TECHNICIAN], ["Profiel", "Beveiliging"]),
        (frozenset(), ["Profiel", "Beveiliging"]),
    ],
)
def test_the_menu_has_the_pages_that_are_of_use(rights, names):
    assert [part.name for part in account_parts(rights)] == names


def _session(session_id: int, *, is_here: bool = False) -> OpenSession:
    return OpenSession(session_id, "192.0.2.7", "", NOW - timedelta(hours=1), NOW, is_here)
