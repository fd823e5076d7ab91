"""Time enters the product here: aware UTC instants, and the Dutch calendar day that is the legal date."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Clock(Protocol):
    """Says what time it is; another one stands in where time has to be moved."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def local_day(instant: datetime) -> date:
    """The calendar day in the Netherlands on which an instant falls."""
    return instant.astimezone(AMSTERDAM).date()
