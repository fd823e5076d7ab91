"""Damaged input at every door, for as long as you like: python -m tests.fuzz --minutes 10 --seed 3 --what push"""

import argparse
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from tests.fuzz.api import Api
from tests.fuzz.doors import BankFiles, Events, Pushes
from tests.fuzz.running import Target, fuzz

TARGETS: dict[str, Callable[[Path], Target]] = {"push": Pushes, "bank": BankFiles, "events": Events, "api": Api}


def main() -> int:
    """Tell the seed, what was done and what was found; 1 when anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="for each door")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--what", choices=[*TARGETS, "all"], default="all")
    asked = parser.parse_args()
    seed = secrets.randbits(32) if asked.seed is None else asked.seed
    # Reflex lets nobody but a test make a state.
    os.environ.setdefault("PYTEST_CURRENT_TEST", "fuzz")
    found = 0
    for name in TARGETS if asked.what == "all" else [asked.what]:
        print(f"{name}: seed {seed}", flush=True)
        with tempfile.TemporaryDirectory(prefix="voldaan-fuzz-") as folder:
            turns, findings = fuzz(TARGETS[name](Path(folder)), seed, _until(time.monotonic() + asked.minutes * 60))
        print("\n".join([f"{name}: {turns} turns, {len(findings)} findings", *map(str, findings)]), flush=True)
        found += len(findings)
    return 1 if found else 0


def _until(end: float) -> Iterator[int]:
    for number in count():
        if time.monotonic() > end:
            return
        yield number


if __name__ == "__main__":
    sys.exit(main())
