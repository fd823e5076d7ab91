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
    wrong = False
    for engine in [asked.engine] if asked.engine else ENGINES:
        trial = Trial(
            engine, asked.seed, payments=round(PAYMENTS_A_MINUTE * asked.minutes),
            orders=round(ORDERS_A_MINUTE * asked.minutes), seconds=60 * asked.minutes, whole=True,
        )  # fmt: skip
        found = trial.run(_tell)
        for finding in found:
            print(f"WRONG: {finding}", flush=True)
        wrong = wrong or bool(found)
    if wrong:
        print(f"\nAgain: make faults ARGS='--seed {asked.seed} --minutes {asked.minutes:g}'")
    return 1 if wrong else 0


def _tell(text: str) -> None:
    print(f"{datetime.now():%H:%M:%S} {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
