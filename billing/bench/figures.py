"""What a benchmark yields: a figure beside the limit that was measured in the same run, and how both are printed."""

import json
import platform
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from os import cpu_count

import psycopg
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Lap:
    """One timed run over `n` items. cpu_seconds: of the process under test; None where that is not the point."""

    n: int
    seconds: float
    cpu_seconds: float | None = None

    @property
    def per_second(self) -> float:
        return self.n / self.seconds


@dataclass(frozen=True)
class Figure:
    """One line of the report. limit_per_second: measured beside it, or set as a goal where the name says so."""

    name: str
    n: int
    seconds: float
    per_second: float
    cpu_ms_per_item: float | None
    limit_name: str
    limit_per_second: float
    ratio: float
    database: str


def timed(action: Callable[[], object], n: int) -> Lap:
    """Run once, by the wall clock and by the CPU time of this process."""
    cpu, start = time.process_time(), time.perf_counter()
    action()
    return Lap(n, time.perf_counter() - start, time.process_time() - cpu)


def median(laps: Sequence[Lap]) -> Lap:
    """The lap in the middle by its pace, with the CPU time of the lap in the middle by that."""
    middle = sorted(laps, key=lambda lap: lap.per_second)[len(laps) // 2]
    cpu = [lap.cpu_seconds / lap.n for lap in laps if lap.cpu_seconds is not None]
    return Lap(middle.n, middle.seconds, statistics.median_low(cpu) * middle.n if cpu else None)


def beside(
    name: str, database: str, ours: Callable[[], Lap], limit_name: str, limit: Callable[[], Lap], *, runs: int
) -> Figure:
    """Measure ours and the limit in turns, so that a busy moment of the machine strikes both; medians of each."""
    pairs = [(ours(), limit()) for _ in range(runs)]
    return compare(name, database, [lap for lap, _ in pairs], limit_name, median([lap for _, lap in pairs]).per_second)


def compare(name: str, database: str, laps: Sequence[Lap], limit_name: str, limit_per_second: float) -> Figure:
    """A figure from laps and a limit that is known already."""
    lap = median(laps)
    return Figure(
        name=name, n=lap.n, seconds=round(lap.seconds, 4), per_second=round(lap.per_second, 2),
        cpu_ms_per_item=None if lap.cpu_seconds is None else round(1000 * lap.cpu_seconds / lap.n, 4),
        limit_name=limit_name, limit_per_second=round(limit_per_second, 2),
        ratio=round(lap.per_second / limit_per_second, 3), database=database,
    )  # fmt: skip


def as_json_line(figure: Figure) -> str:
    """One object on one line."""
    return json.dumps(asdict(figure))


def print_table(figures: Iterable[Figure], postgres: str) -> None:
    """All figures for a person, with the machine and the versions they were measured on."""
    table = Table("", "n", "seconds", "per second", "CPU ms each", "limit", "limit per second", "ratio", "database")
    for figure in figures:
        cpu = "" if figure.cpu_ms_per_item is None else f"{figure.cpu_ms_per_item:.3f}"
        table.add_row(
            figure.name, f"{figure.n:,}", f"{figure.seconds:.3f}", f"{figure.per_second:,.2f}", cpu,
            figure.limit_name, f"{figure.limit_per_second:,.2f}", f"{figure.ratio:.2f}", figure.database,
        )  # fmt: skip
    console = Console()
    console.print(machine(postgres), highlight=False)
    console.print(table)


def machine(postgres: str) -> str:
    """The machine and the versions; postgres: URL of the server, empty for none."""
    return f"{cpu_count()} cores {platform.machine()}, {platform.system()}, {_versions(postgres)}"


def _versions(postgres: str) -> str:
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    if not postgres:
        return f"{versions}, no PostgreSQL (give --postgres URL)"
    with psycopg.connect(postgres) as connection:
        return f"{versions}, PostgreSQL {connection.info.server_version // 10_000}"
