"""P11: `make demo` where all is installed and built: from the command to pages that answer, with data from scratch."""

import time
from collections.abc import Iterator

from billing.bench.children import ROOT, child, free_port
from billing.bench.figures import Figure, Lap, compare
from billing.bench.room import Room, settings_for

GOAL_SECONDS = 20
PATIENCE_SECONDS = 180


def measure(room: Room) -> Iterator[Figure]:
    """On SQLite, as the demo runs; nothing when this is an installation without the demo's tools."""
    if (ROOT / "tools" / "demo.py").exists():
        _build_pages(room)
        laps = [_start(room, number) for number in range(room.sizes.starts)]
        yield compare("P11", "sqlite", laps, f"goal: answering in {GOAL_SECONDS} s", 1 / GOAL_SECONDS)


def _build_pages(room: Room) -> None:
    with child(settings_for(""), "-m", "dashboard.serve", "--build-only", log=room.folder / "build.log") as building:
        building.communicate(timeout=PATIENCE_SECONDS)


def _start(room: Room, number: int) -> Lap:
    port, sandbox_port = free_port(), free_port(25)
    options = {"PORT": port, "SANDBOX_PORT": sandbox_port, "DATA": room.folder / f"demo-{number}"}
    command = ("-m", "tools.demo")
    ready = f"http://127.0.0.1:{port}/health/ready"
    start = time.perf_counter()
    with child(
        {}, *command, log=room.folder / "demo.log", ready=ready, seconds=PATIENCE_SECONDS,
        environment={name: str(value) for name, value in options.items()},
    ):  # fmt: skip
        return Lap(1, time.perf_counter() - start)
