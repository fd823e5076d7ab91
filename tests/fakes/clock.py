"""A clock that stands still until it is moved."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """Starts on a Friday morning in March 2026, Dutch winter time."""

    def __init__(self) -> None:
        self.rewound = 0
        self.time = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def rewind(self) -> datetime:
        """Be set back, to no other time; says what time it is."""
        self.rewound += 1
        return self.time

    def advance(self, **how_long: float) -> None:
        """Move on by days, hours, minutes or seconds."""
        self.time += timedelta(**how_long)
