"""What memory processes hold over time, their own processes included."""

import re
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SAMPLE_SECONDS = 2.0


@dataclass(frozen=True)
class Course:
    """A process over the time of a load. slope: KB a minute over its second half, by least squares."""

    first_kb: int
    last_kb: int
    highest_kb: int
    slope: float


class Memory:
    """Looks at processes (by the ids of their first ones) again and again until told to stop."""

    def __init__(self, processes: Mapping[str, int]) -> None:
        self._processes = processes
        self._samples: dict[str, list[tuple[float, int]]] = {name: [] for name in processes}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="memory", daemon=True)

    def start(self) -> None:
        """Look from now on."""
        self._thread.start()

    def stop(self) -> dict[str, Course]:
        """Look no more; what was seen of each."""
        self._over.set()
        self._thread.join()
        return {name: course(samples) for name, samples in self._samples.items() if samples}

    def _watch(self) -> None:
        while not self._over.wait(SAMPLE_SECONDS):
            for name, pid in self._processes.items():
                if held := resident_kb(pid):
                    self._samples[name].append((time.monotonic(), held))


def resident_kb(pid: int) -> int:
    """KB of RAM that a process and those under it hold, what they share counted once; 0 when it is gone."""
    return sum(_own_kb(one) for one in (pid, *_under(pid)))


def course(samples: list[tuple[float, int]]) -> Course:
    """Sum up (seconds, KB) pairs."""
    held = [kb for _, kb in samples]
    return Course(held[0], held[-1], max(held), 60 * _slope(samples[len(samples) // 2 :]))


def _slope(samples: list[tuple[float, int]]) -> float:
    """KB a second of the straight line through the samples; 0 for fewer than two."""
    count = len(samples)
    middle = sum(seconds for seconds, _ in samples) / count
    spread = sum((seconds - middle) ** 2 for seconds, _ in samples)
    return sum((seconds - middle) * kb for seconds, kb in samples) / spread if spread else 0.0


def _own_kb(pid: int) -> int:
    try:
        found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(found[1]) if found else 0


def _under(pid: int) -> Iterator[int]:
    try:
        children = [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return
    for child in children:
        yield child
        yield from _under(child)
