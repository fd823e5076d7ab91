"""Real processes at work while everything fails: python -m tests.faults_harness --seed 7 --minutes 3"""

import argparse
import signal
import sys
from datetime import datetime

from dashboard.serve import build
from tests.faults_harness.trials import Trial

ENGINES = ("sqlite", "postgresql")
# What a minute of a storm has time for.
PAYMENTS_A_MINUTE, ORDERS_A_MINUTE = 40, 20


def main() -> int:
    """Tell what was done when, and what it came to; 1 when anything ended wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults_harness", description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--engine", choices=ENGINES, help="both, one after the other, when left out")
    asked = parser.parse_args()
    # Whoever is asked to end has to clear up after itself.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    build()
    engines = [asked.engine] if asked.engine else ENGINES
    gone_wrong = [engine for engine in engines if _goes_wrong(engine, asked.seed, asked.minutes)]
    return 1 if gone_wrong else 0


def _goes_wrong(engine: str, seed: int, minutes: float) -> bool:
    trial = Trial(
        engine, seed, payments=round(PAYMENTS_A_MINUTE * minutes), orders=round(ORDERS_A_MINUTE * minutes),
        seconds=60 * minutes, whole=True,
    )  # fmt: skip
    try:
        found = trial.run(_tell)
    except AssertionError as never:
        found = [f"it did not end: {never}"]
    for finding in found:
        print(f"WRONG: {finding}", flush=True)
    if found:
        print(f"\nAgain: make faults ARGS='--engine {engine} --seed {seed} --minutes {minutes:g}'", flush=True)
    return bool(found)


def _tell(text: str) -> None:
    print(f"{datetime.now():%H:%M:%S} {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
