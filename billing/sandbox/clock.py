"""The sandbox's own time, which can be moved, and the jobs that wait for moments in it."""

import heapq
import itertools
import logging
import math
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from billing.sandbox.files import write_whole

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LONGEST_NAP_SECONDS = 1.0
FURTHEST = timedelta(days=18_262)

log = logging.getLogger(__name__)


class EmulatedClock:
    """Real time plus an offset, faster or slower by `scale` (emulated seconds per real second).

    file: where the offset is kept as whole seconds, for others whose clock moves along, with how often it was rewound
    behind it; None for a clock of its own.
    """

    def __init__(self, scale: float = 1.0, file: Path | None = None) -> None:
        self.scale = scale
        self._file = file
        seconds, _, rewound = file.read_text("ascii").partition(" ") if file and file.exists() else ("0", "", "")
        self.offset, self._rewound = timedelta(seconds=int(seconds)), int(rewound or 0)
        self._start = datetime.now(UTC)
        self._started = time.monotonic()

    def now(self) -> datetime:
        """The emulated instant, aware UTC."""
        return self._start + timedelta(seconds=(time.monotonic() - self._started) * self.scale) + self.offset

    def advance(self, by: timedelta) -> None:
        """Jump forward. Raises ValueError for a jump back, as time never runs backwards, and for one too far."""
        if by < timedelta():
            raise ValueError("the clock only goes forward")
        if self.offset + by > FURTHEST:
            raise ValueError("the clock goes no further than fifty years")
        if self._file is None:
            self.offset += by
            return
        seconds = math.ceil((self.offset + by).total_seconds())
        self._keep(seconds)
        self.offset = timedelta(seconds=seconds)

    @property
    def was_rewound(self) -> bool:
        """Whether the file has to be believed, even where it says less than was known before."""
        return self._rewound > 0

    def rewind(self) -> None:
        """Back to real time, for a demo that begins anew. It is counted, so that nobody takes it for a mistake."""
        self._rewound += 1
        if self._file is not None:
            self._keep(0)
        self.offset = timedelta()

    def _keep(self, seconds: int) -> None:
        if self._file is not None:
            write_whole(self._file, f"{seconds} {self._rewound}\n" if self._rewound else f"{seconds}\n")


def dutch_time(instant: datetime) -> str:
    """Local Dutch time without a zone, as the gateway writes it."""
    return instant.astimezone(AMSTERDAM).strftime("%Y-%m-%dT%H:%M:%S")


def local_date(instant: datetime) -> date:
    """The Dutch calendar day of an instant."""
    return instant.astimezone(AMSTERDAM).date()


Job = Callable[[], None]


class Timers:
    """Runs jobs when the emulated clock reaches their moment, in moment order."""

    def __init__(self, clock: EmulatedClock) -> None:
        self._clock = clock
        self._jobs: list[tuple[datetime, int, Job]] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._turn = threading.RLock()
        self._running = False
        self._thread: threading.Thread | None = None

    def at(self, moment: datetime, job: Job) -> None:
        """Run `job` at an emulated moment; at once when that has passed."""
        with self._changed:
            heapq.heappush(self._jobs, (moment, next(self._numbers), job))
            if self._jobs[0][2] is job:
                self._changed.notify()

    def run_due(self) -> None:
        """Run everything whose moment has come, in the caller's thread; when this returns it is all done."""
        # One thread at a time, or a jump's second job could be over before its first.
        with self._turn:
            while (job := self._take_due()) is not None:
                try:
                    job()
                except Exception:
                    log.exception("a timed job failed")

    def clear(self) -> None:
        with self._changed:
            self._jobs.clear()

    def start(self) -> None:
        self._running = True
        self._thread = threading.Thread(target=self._loop, name="sandbox-timers", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._running = False
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _take_due(self) -> Job | None:
        with self._changed:
            if not self._jobs or self._jobs[0][0] > self._clock.now():
                return None
            return heapq.heappop(self._jobs)[2]

    def _loop(self) -> None:
        while self._running:
            self.run_due()
            with self._changed:
                if self._running:
                    self._changed.wait(self._nap())

    def _nap(self) -> float:
        if not self._jobs:
            return LONGEST_NAP_SECONDS
        wait = (self._jobs[0][0] - self._clock.now()).total_seconds() / self._clock.scale
        return min(max(wait, 0.0), LONGEST_NAP_SECONDS)
