"""Background work in lanes: one job after the other within a lane, several lanes beside each other."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

log = logging.getLogger(__name__)

Job = Callable[[], object]


class Lanes:
    """A small pool of threads. in_flight: how many jobs run or wait."""

    def __init__(self, name: str, workers: int) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix=name)
        self._lock = threading.Lock()
        self._waiting: dict[str, deque[Job]] = {}

    @property
    def in_flight(self) -> int:
        with self._lock:
            return sum(len(jobs) for jobs in self._waiting.values())

    def run(self, lane: str, job: Job) -> None:
        """Do this after all that waits in the lane."""
        with self._lock:
            jobs = self._waiting.setdefault(lane, deque())
            jobs.append(job)
            is_idle = len(jobs) == 1
        if is_idle:
            self._pool.submit(self._drain, lane, jobs)

    def stop(self) -> None:
        """Let running jobs end, and drop what waits for a thread."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _drain(self, lane: str, jobs: deque[Job]) -> None:
        while True:
            try:
                jobs[0]()
            except Exception:
                log.exception("a job in the background failed")
            with self._lock:
                jobs.popleft()
                if not jobs:
                    del self._waiting[lane]
                    return
