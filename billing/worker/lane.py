"""One lane: its jobs one after the other, each done whatever became of the one before."""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from billing import loglines, metrics, pulse
from billing.runtime import Billing
from billing.troubles import flows as troubles

log = logging.getLogger(__name__)

AFTER_TROUBLE_SECONDS = 2.0
# A job that fails again and again is left alone so long, while the others of its lane go on.
BACK_OFF = (timedelta(seconds=2), timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5))

Job = Callable[[Billing], int]


class Lane:
    """Jobs that wait for each other, and for nobody else. rest: seconds between rounds in which nothing was done."""

    def __init__(self, billing: Billing, name: str, jobs: Sequence[Job], rest: float) -> None:
        self._billing, self.name, self._jobs, self._rest = billing, name, jobs, rest
        self._alive_at: datetime | None = None
        self._forget()

    def round(self) -> float:
        """Do each job that is not left alone; returns how long to rest."""
        began = time.perf_counter()
        with loglines.about(lane=self.name):
            busy, rest = self._all()
        if busy:
            metrics.LANE_SECONDS.labels(self.name).observe(time.perf_counter() - began)
        metrics.LANE_AT.labels(self.name).set_to_current_time()
        return rest

    def _all(self) -> tuple[int, float]:
        busy, rest = 0, self._rest
        if self._began_anew():
            self._forget()
        for job in self._jobs:
            if self._billing.stopping.is_set():
                break
            if job in self._left_alone and self._billing.clock.now() < self._left_alone[job]:
                continue
            try:
                busy += self._do(job)
            except Exception as bug:
                if self._began_anew():
                    log.info("%s is of no use any more: the demo began anew", _name(job))
                    return 0, 0
                rest = min(rest, AFTER_TROUBLE_SECONDS)
                if not self._leave_alone(job, bug):
                    return 0, AFTER_TROUBLE_SECONDS
        self._give_sign_of_life()
        return busy, 0 if busy else rest

    def _give_sign_of_life(self) -> None:
        now = self._billing.clock.now()
        if self._alive_at is None or now - self._alive_at >= pulse.WRITTEN_EVERY:
            try:
                self._billing.do(pulse.beat, self.name)
                self._alive_at = now
            except Exception:
                log.exception("the database is away, no sign of life")

    def _do(self, job: Job) -> int:
        done = job(self._billing.for_task())
        self._failures.pop(job, None)
        self._left_alone.pop(job, None)
        if job not in self._sound:
            troubles.went_well(self._billing, _name(job), {""})
            self._sound.add(job)
        return done

    def _forget(self) -> None:
        self._rewound = self._billing.clock.rewound
        self._alive_at = None
        self._failures: dict[Job, int] = {}
        self._left_alone: dict[Job, datetime] = {}
        self._sound: set[Job] = set()

    def _began_anew(self) -> bool:
        """Whether what this lane knows is of rows that are gone: only a demo sets time back, when it begins anew."""
        return self._billing.clock.rewound != self._rewound

    def _leave_alone(self, job: Job, bug: Exception) -> bool:
        """Have it seen that a job failed. False when it can't be: the database is away, and all there is to do waits
        for it. Nothing is lost, the rows are still there."""
        self._sound.discard(job)
        metrics.JOB_FAILURES.labels(_name(job)).inc()
        try:
            troubles.note(self._billing, _name(job), "", bug)
        except Exception:
            log.exception("the database is away, trying again soon")
            return False
        failures = self._failures[job] = self._failures.get(job, 0) + 1
        self._left_alone[job] = self._billing.clock.now() + BACK_OFF[min(failures, len(BACK_OFF)) - 1]
        return True


def _name(job: Job) -> str:
    """Such as `mandates.plan_collections`, for a job in billing.mandates."""
    return f"{job.__module__.removeprefix('billing.').removesuffix('.flows')}.{job.__name__}"
