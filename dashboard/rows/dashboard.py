"""The greeting and the callouts of the dashboard."""

from datetime import datetime

from billing.clock import AMSTERDAM, local_day
from dashboard.rows.common import cents, dated
from dashboard.rows.invoices import open_sentence
from dashboard.texts.languages import SAID

_NOON, _EVENING = 12, 18


def greeting(name: str, now: datetime) -> str:
    """`Goedemorgen, Hanna`, by the clock in the Netherlands."""
    morning, afternoon, evening = SAID.dashboard.greetings
    hour = now.astimezone(AMSTERDAM).hour
    pattern = morning if hour < _NOON else afternoon if hour < _EVENING else evening
    return pattern.format(name=name.partition(" ")[0])


def today_line(now: datetime, open_count: int | None) -> str:
    """The day, and what is open; open_count: None for someone who may not see invoices."""
    today = dated(local_day(now), "full")
    today = today[:1].upper() + today[1:]
    if open_count is None:
        return SAID.dashboard.today_other.format(day=today)
    if not open_count:
        return SAID.dashboard.today_clear.format(day=today)
    return SAID.dashboard.today_open.format(day=today, count=open_sentence(open_count))


def overpaid(overpaid_cents: int) -> str:
    """What was paid too much; empty when nothing was."""
    return SAID.dashboard.overpaid.format(amount=cents(overpaid_cents)) if overpaid_cents > 0 else ""
