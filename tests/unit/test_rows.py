"""How amounts, dates and statuses read on a screen."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing import errors
from billing.errors import BillingError
from billing.settlement import Label, Status
from dashboard.rows.common import amount, badge, cents, distance, moment, wait
from dashboard.rows.dashboard import greeting, today_line
from dashboard.rows.problems import by_code, sentence
from dashboard.rows.shell import login_url
from dashboard.texts.nl import NL

TODAY = date(2026, 11, 23)


@given(st.integers(-1_000_000_000, 1_000_000_000))
def test_the_two_parts_of_an_amount_are_the_whole(value):
    parts = amount(value)
    assert f"{parts.sign}{parts.figures}" == cents(value)
    assert parts.figures[-3] == ","


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "vandaag"),
        (date(2026, 11, 24), "morgen"),
        (date(2026, 11, 30), "over 7 dagen"),
        (date(2026, 11, 22), "gisteren"),
        (date(2026, 11, 10), "13 dagen geleden"),
    ],
)
def test_days_are_said_from_today(day, words):
    assert distance(day, TODAY) == words


@pytest.mark.parametrize(
    ("status", "label", "detail", "icon"),
    [
        (Status(Label.PAID, date(2026, 3, 6), 0), "Betaald", "op 6 maart 2026", "okc"),
        (Status(Label.UNDER_WAY, date(2026, 11, 26), 1), "Betaling onderweg", "verwacht op 26 november 2026", "way"),
        (Status(Label.RETURNED, TODAY, 1), "Teruggeboekt", "opnieuw open", "undo"),
        (Status(Label.PARTLY_SETTLED, TODAY, 22_990), "Deels verrekend", "nog €\u00a0229,90", "half"),
        (Status(Label.OVERDUE, TODAY, 1), "Te laat", "", "alert"),
        (Status(Label.UNPAID, TODAY, 1), "Onbetaald", "", "circle"),
        (Status(Label.CREDITED, None, 0), "Gecrediteerd", "", "note"),
    ],
)
def test_a_status_is_text_icon_and_colour(status, label, detail, icon):
    shown = badge(status)
    assert (shown.label, shown.detail, shown.icon) == (label, detail, icon)
    assert shown.tone.startswith("s-")


@pytest.mark.parametrize(
    ("label", "joint"),
    [(Label.PAID, " "), (Label.RETURNED, ", "), (Label.PARTLY_SETTLED, ", "), (Label.UNDER_WAY, ", ")],
)
def test_two_things_on_one_badge_are_apart(label, joint):
    assert badge(Status(label, TODAY, 1)).joint == joint


def test_an_instant_reads_in_dutch_time():
    assert moment(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "2 juli 2026, 00.30"


@pytest.mark.parametrize(("hour", "words"), [(5, "Goedemorgen"), (11, "Goedemiddag"), (17, "Goedenavond")])
def test_the_greeting_follows_the_dutch_clock(hour, words):
    assert greeting("Hanna de Graan", datetime(2026, 11, 23, hour, 1, tzinfo=UTC)) == f"{words}, Hanna"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (None, ""),
        (0, " Er staat niets open."),
        (1, " Er staat één factuur open."),
        (3, " Er staan drie facturen open."),
    ],
)
def test_the_day_is_told_with_what_is_open(count, words):
    assert today_line(datetime(2026, 11, 23, 9, tzinfo=UTC), count) == f"Maandag 23 november 2026.{words}"


@pytest.mark.parametrize(("seconds", "words"), [(1, "1 seconde"), (90, "90 seconden"), (91, "2 minuten")])
def test_a_wait_is_rounded_up(seconds, words):
    assert wait(seconds) == words


@pytest.mark.parametrize(
    ("path", "query", "url"),
    [
        ("/", "", "/login"),
        ("/login", "fout=1", "/login"),
        ("/invoices/2026-0001", "", "/login?next=%2Finvoices%2F2026-0001"),
        ("/invoices", "kies=open", "/login?next=%2Finvoices%3Fkies%3Dopen"),
    ],
)
def test_log_in_leads_back_to_where_one_was(path, query, url):
    assert login_url(path, query) == url


def _codes() -> set[str]:
    known = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, BillingError)]
    return {kind.code for kind in known}


def test_every_error_code_has_a_sentence():
    assert _codes() <= set(NL.errors)


@pytest.mark.parametrize("code", sorted(_codes()))
def test_an_error_says_what_to_do_next_and_that_nothing_was_lost(code):
    said = by_code(code)
    assert len(said.split(". ")) >= 2
    assert any(word in said for word in ("niets afgeschreven", "niets veranderd", "niets extra", "niet geblokkeerd"))


def test_an_unknown_code_still_gets_a_sentence():
    assert by_code("<script>") == NL.errors["billing_error"]


def test_a_bug_is_named_by_its_id():
    bug = Exception()
    bug.id = "1a2b3c4d"
    assert "1a2b3c4d" in sentence(bug)
