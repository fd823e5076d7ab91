"""Below the four lights: what the gateway still has, how fresh everything is, what holds back, and the last days."""

from dataclasses import dataclass, field
from datetime import datetime

from billing.clock import local_day
from billing.lights.clearing import Clearing
from billing.lights.queries import DayRow, Overview
from billing.lights.standing import Brakes, Fresh
from dashboard.rows.common import cents, clock, day
from dashboard.rows.staff_lights import FILES, Light
from dashboard.texts.languages import SAID

TEXTS = SAID.staff.standing
# What the bookkeeping says when it was asked too much, see `ports.BooksBusy`.
RATE_LIMIT = "rate_limit"
# Minutes up to which an age is told as one.
_MINUTES_UP_TO = 90


@dataclass(frozen=True)
class Line:
    """One line of a card."""

    label: str = ""
    light: Light = field(default_factory=Light)


@dataclass(frozen=True)
class Day:
    """One day that is over. url: of its certificate."""

    day: str = ""
    count: str = ""
    light: Light = field(default_factory=Light)
    version: str = ""
    amount: str = ""
    url: str = ""
    url_name: str = ""


@dataclass(frozen=True)
class Standing:
    """The three cards and the list of days."""

    clearing: tuple[Line, ...] = ()
    fresh: tuple[Line, ...] = ()
    brakes: tuple[Line, ...] = ()
    days: tuple[Day, ...] = ()


def standing(found: Overview, now: datetime) -> Standing:
    """All of it in words."""
    return Standing(
        _clearing(found.clearing),
        _fresh(found.standing.fresh, now),
        _brakes(found.standing.brakes),
        tuple(_day(row) for row in found.days),
    )


def _clearing(one: Clearing) -> tuple[Line, ...]:
    is_zero = one.cents == 0
    balance = _ok(TEXTS.clearing_zero) if is_zero else Light(cents(one.cents), "way", "clock")
    since = () if one.since is None else (Line(TEXTS.clearing_since, _plain(day(one.since))),)
    paid_out = f"{cents(one.paid_out_cents)}, {day(one.paid_out_on)}" if one.paid_out_on else TEXTS.paid_out_never
    return (Line(TEXTS.clearing_balance, balance), *since, Line(TEXTS.paid_out, _plain(paid_out)))


def _fresh(one: Fresh, now: datetime) -> tuple[Line, ...]:
    return (
        Line(TEXTS.bank, _heard(one.bank, now, is_stale="bank" in one.stale, unused=one.bank is None)),
        Line(TEXTS.gateway, _heard(one.gateway, now, is_stale="gateway" in one.stale)),
        Line(TEXTS.books, _books(one, now)),
        Line(TEXTS.mail, _mail(one)),
    )


def _heard(at: datetime | None, now: datetime, *, is_stale: bool, unused: bool = False) -> Light:
    if unused or at is None:
        return _plain(TEXTS.never) if unused else _no(TEXTS.never)
    return _no(_when(at, now)) if is_stale else _ok(_when(at, now))


def _books(one: Fresh, now: datetime) -> Light:
    if not one.books_is_connected:
        return _plain(TEXTS.not_connected)
    if one.books_trouble:
        is_busy = one.books_trouble == RATE_LIMIT
        return _no(TEXTS.trouble_busy if is_busy else TEXTS.trouble.format(reason=one.books_trouble))
    return _ok(_when(one.books, now)) if one.books else _plain(TEXTS.never)


def _mail(one: Fresh) -> Light:
    if one.mails_undelivered:
        return _no(TEXTS.mail_undelivered(one.mails_undelivered))
    if one.mails_waiting:
        return Light(TEXTS.mail_waiting(one.mails_waiting), "way", "clock")
    return _ok(TEXTS.mail_fine)


def _when(at: datetime, now: datetime) -> str:
    minutes = int((now - at).total_seconds() // 60)
    if minutes < _MINUTES_UP_TO:
        return TEXTS.ago(minutes) if minutes > 0 else TEXTS.just_now
    on = local_day(at)
    if on == local_day(now):
        return TEXTS.today_at.format(time=clock(at))
    return TEXTS.day_at.format(day=day(on).removesuffix(f" {on.year}"), time=clock(at))


def _brakes(one: Brakes) -> tuple[Line, ...]:
    words = {"sent": one.sent, "low": one.low, "high": one.high, "balanced": one.balanced, "entries": one.entries}
    if one.reminders_held:
        reminders = _no(TEXTS.reminders_held[one.reminders_held[0]])
    else:
        sentence = TEXTS.reminders_quiet if one.is_quiet else TEXTS.reminders_go
        reminders = _plain(sentence.format(**words)) if one.is_quiet else _ok(sentence.format(**words))
    band = TEXTS.size_small if one.high is None else TEXTS.size_band
    asked = one.stops_asked
    is_balanced = one.entries == one.balanced
    journal = TEXTS.balanced.format(**words)
    return (
        Line(TEXTS.reminders, reminders),
        Line(TEXTS.size, _no(TEXTS.size_held) if one.is_held else _ok(band.format(**words))),
        Line(TEXTS.stops, Light(TEXTS.stops_asked(asked), "way", "clock") if asked else _plain(TEXTS.stops_none)),
        Line(TEXTS.vat, _no(TEXTS.vat_tasks(one.vat_tasks)) if one.vat_tasks else _ok(TEXTS.vat_none)),
        Line(TEXTS.journal, _ok(journal) if is_balanced else _no(journal)),
    )


def _day(row: DayRow) -> Day:
    green = _ok(TEXTS.green_coming(row.coming) if row.coming else TEXTS.green)
    return Day(
        day=day(row.day), count=SAID.staff.lights.count(row.receipts),
        light=_no(TEXTS.reds(row.red)) if row.red else green, amount=cents(row.expected_cents),
        version=TEXTS.version.format(version=row.version) if row.version > 1 else "",
        url=f"{FILES}/{row.day.isoformat()}.csv", url_name=TEXTS.download.format(day=day(row.day)),
    )  # fmt: skip


def _ok(label: str) -> Light:
    return Light(label, "ok", "check")


def _no(label: str) -> Light:
    return Light(label, "no", "x")


def _plain(label: str) -> Light:
    return Light(label, "na", "dash")
