"""Time enters the product here: aware UTC instants, and the Dutch calendar day that is the legal date."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from billing.errors import SettingsInvalid

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Clock(Protocol):
    """Says what time it is; another one stands in where time has to be moved. rewound: how often it was set back."""

    @property
    def rewound(self) -> int: ...

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own time."""

    rewound = 0

    def now(self) -> datetime:
        return datetime.now(UTC)


class DemoClock:
    """The machine's time moved on by an offset that all processes of a demo share, the sandbox included.

    path: the file in which the sandbox keeps it, as whole seconds and how often it was rewound; no file is no offset.
    It only grows: time never runs backwards, so a file that is gone or says less changes nothing, but for a demo that
    began anew, which the file counts.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._version = (0, 0)
        self._offset, self._rewound = timedelta(), 0

    @property
    def rewound(self) -> int:
        """How often the demo began anew."""
        self._look()
        return self._rewound

    def now(self) -> datetime:
        """The demo's instant, aware UTC. Raises SettingsInvalid when the file is none of the sandbox's."""
        self._look()
        return datetime.now(UTC) + self._offset

    def _look(self) -> None:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return
        version = (found.st_ino, found.st_mtime_ns)
        if version == self._version:
            return
        try:
            seconds, _, times = self._path.read_text("ascii").partition(" ")
            offset, rewound = timedelta(seconds=int(seconds)), int(times or 0)
        except ValueError:
            raise SettingsInvalid(problems=[f"VOLDAAN_DEMO_CLOCK: no seconds in {self._path}"]) from None
        self._offset = offset if rewound > self._rewound else max(self._offset, offset)
        self._rewound, self._version = max(self._rewound, rewound), version


def local_day(instant: datetime) -> date:
    """The calendar day in the Netherlands on which an instant falls."""
    return instant.astimezone(AMSTERDAM).date()
