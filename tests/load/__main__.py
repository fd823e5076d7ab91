"""Open dashboards, a storm of pushes and an invoice run at once: python -m tests.load --dashboards 300 --minutes 10"""

import argparse
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta

from dashboard.serve import build
from tests.faults import books
from tests.faults.processes import ROOT, VOLDAAN, Installation, eventually
from tests.load.memory import Course, Memory, resident_kb
from tests.load.stacks import Customer, stack
from tests.load.tabs import CONNECT_SECONDS, Seen, Tab
from tests.load.waves import Waves, booked, until_seen
from tools.redis import require_redis

# Goal P6, and ours of P10.
GOAL_MS, GOAL_SESSION_KB, GOAL_UPDATE_MS = 250, 300, 1_000
OPEN_AT_ONCE, WARMING_UP = 10, 20
SETTLING_SECONDS = 300
UPDATE_WITHIN = timedelta(seconds=30)


def main() -> int:
    """Tell what was measured; 1 when money or invariants were wrong, or anything could not be shown or paid."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--dashboards", type=int, default=300, help=f"more than {WARMING_UP}")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--every", type=float, default=10, help="seconds between two looks of a customer, on average")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    # Whoever is asked to end has to clear up after itself.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    require_redis()
    build()
    with stack(asked.dashboards) as (installation, customers, pids):
        wrong = _load(installation, customers, pids, asked)
    for line in wrong:
        print(f"WRONG: {line}", flush=True)
    return 1 if wrong else 0


def _load(
    installation: Installation, customers: list[Customer], pids: dict[str, int], asked: argparse.Namespace
) -> list[str]:
    chance, seen = random.Random(asked.seed), Seen()
    # The first of them make the web processes load what all need.
    tabs = list(_opened(installation, customers[:WARMING_UP], seen, asked.every, chance))
    empty = {name: resident_kb(pid) for name, pid in pids.items()}
    tabs += _opened(installation, customers[WARMING_UP:], seen, asked.every, chance)
    full = {name: resident_kb(pid) for name, pid in pids.items()}
    print(f"{sum(tab.is_open.is_set() for tab in tabs)} of {len(tabs)} dashboards open", flush=True)
    memory, waves = Memory(pids), Waves(installation, customers, 60 * asked.minutes, chance)
    memory.start()
    waves.start()
    ran = _run_in_the_middle(installation, 60 * asked.minutes)
    waves.stop()
    for tab in tabs:
        tab.close()
    for tab in tabs:
        tab.join()
    courses = memory.stop()
    _tell_times(seen, installation)
    _tell_memory(courses, (full["web"] + full["redis"] - empty["web"] - empty["redis"]) / len(customers[WARMING_UP:]))
    print(f"{waves.paid} payments, {ran.stdout.strip()}", flush=True)
    return [*_first(seen.errors), *_first(waves.errors), *_wrong_end(installation, ran)]


def _opened(
    installation: Installation, customers: Sequence[Customer], seen: Seen, every: float, chance: random.Random
) -> Iterator[Tab]:
    """A few at a time, as customers come in."""
    for start in range(0, len(customers), OPEN_AT_ONCE):
        few = [
            Tab(installation.port, f"voldaan_session={one.token}", one.account_id, seen, every=every, chance=chance)
            for one in customers[start : start + OPEN_AT_ONCE]
        ]  # fmt: skip
        for tab in few:
            tab.is_open.wait(CONNECT_SECONDS)
        yield from few


def _run_in_the_middle(installation: Installation, seconds: float) -> subprocess.CompletedProcess[str]:
    """An invoice run from a third of the time on."""
    time.sleep(seconds / 3)
    began = time.monotonic()
    ran = subprocess.run(
        [*VOLDAAN, "invoices", "run", "--force", "--json"], cwd=ROOT, env=installation.environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    time.sleep(max(0.0, seconds * 2 / 3 - (time.monotonic() - began)))
    return ran


def _wrong_end(installation: Installation, ran: subprocess.CompletedProcess[str]) -> Iterator[str]:
    if ran.returncode != 0:
        yield f"the invoice run: {ran.stdout}{ran.stderr}"
    eventually(
        lambda: books.booked(installation) == books.successes(installation), seconds=SETTLING_SECONDS, pause=1.0,
        otherwise=lambda: f"the books never came to hold what the gateway does: {books.counts(installation)}",
    )  # fmt: skip
    checked = installation.run("check")
    if checked.returncode != 0:
        yield f"voldaan check: {checked.stdout}{checked.stderr}"


def _tell_times(seen: Seen, installation: Installation) -> None:
    paid = installation.billing.ask(booked)
    until, missed = until_seen(paid, seen.updates, UPDATE_WITHIN)
    _tell("event (click to shown)", seen.events, f"goal p99 {GOAL_MS} ms")
    _tell(
        "push received to booking",
        [(one.at - one.told_at).total_seconds() for one in paid],
        f"goal {GOAL_UPDATE_MS} ms",
    )
    _tell("booking to live update seen", until, f"goal {GOAL_UPDATE_MS} ms; {missed} with none in 30 s")


def _tell(name: str, seconds: Sequence[float], goal: str) -> None:
    if not seconds:
        print(f"{name}: none", flush=True)
        return
    parts = ", ".join(f"p{part} {1000 * _percentile(seconds, part):.0f} ms" for part in (50, 95, 99))
    print(f"{name}: {len(seconds)}, {parts}, longest {1000 * max(seconds):.0f} ms ({goal})", flush=True)


def _tell_memory(courses: dict[str, Course], session_kb: float) -> None:
    for name, one in courses.items():
        print(
            f"memory of {name}: {one.first_kb:,} KB, at the end {one.last_kb:,}, at most {one.highest_kb:,}; "
            f"slope {one.slope:+.0f} KB a minute", flush=True,
        )  # fmt: skip
    print(f"memory for each dashboard: {session_kb:.0f} KB (goal {GOAL_SESSION_KB})", flush=True)


def _percentile(values: Sequence[float], part: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * part // 100)]


def _first(errors: list[str], most: int = 5) -> list[str]:
    return errors[:most] + ([f"… and {len(errors) - most} more"] if len(errors) > most else [])


if __name__ == "__main__":
    sys.exit(main())
